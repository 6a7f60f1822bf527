"""The lot that is drawn, and where a school and our signals differ; against naive twins and a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.definitions.loading import library_for
from headway.desk.self_evaluation import rules

LIBRARY = library_for()
URNS = st.sets(st.integers(100_000, 999_999), max_size=60)


@given(URNS, st.text(max_size=8))
def test_a_third_is_drawn_and_the_same_seed_draws_it_again(urns: set[int], seed: str) -> None:
    drawn = rules.third_of(urns, seed)
    assert set(drawn) <= urns and len(drawn) == len(set(drawn)) == (len(urns) + 2) // 3
    assert drawn == rules.third_of(sorted(urns, reverse=True), seed)


def test_every_school_can_be_drawn() -> None:
    urns = set(range(100_000, 100_030))
    assert {urn for seed in range(40) for urn in rules.third_of(urns, str(seed))} == urns


def signal(answer: str, domain: str = "outcomes") -> dict[str, str]:
    return {"answer": answer, "domain": domain, "title": f"{domain} {answer}"}


@pytest.mark.parametrize(
    ("rating", "answers", "said"),
    [
        ("secure", ["met", "not_met"], "The school sees it well; our signals do not"),
        ("strong", ["not_met"], ""),
        ("strong", ["unknown"], ""),  # what is unknown says nothing
        ("developing", ["met"], ""),
        ("developing", ["not_met"], ""),
        ("help", ["not_met", "unknown"], "The school asks for help"),
        ("help", ["unknown"], ""),
        ("help", ["met"], ""),
        ("", ["met"], ""),
        ("secure", [], ""),
    ],
)
def test_where_a_school_and_our_signals_differ(rating: str, answers: list[str], said: str) -> None:
    found = rules.differs(rating, [signal(answer) for answer in answers])
    assert found.startswith(said) and bool(found) is bool(said)


def test_a_strength_that_is_met_is_no_concern() -> None:
    assert rules.differs("strong", [signal("met", "strength")]) == ""
    assert rules.differs("help", [signal("met", "strength")]) == ""


@pytest.mark.parametrize("scheme", sorted(LIBRARY.tiers))
def test_every_domain_of_a_schemes_signals_is_asked_of_the_school_but_the_inspectors_and_its_own_wish(scheme: str) -> None:
    rule = LIBRARY.tiers[scheme]
    asked = {domain for criterion in rule.criteria.values() for domain in criterion.domains}
    assert {signal.domain for signal in rule.signals.values()} - asked <= {"inspection", "request"}

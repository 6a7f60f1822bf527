"""Chains worked out step by step and straight from the words of the rule agree, whatever the register holds."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from headway.analysis.chains import kind_of, worked

WORDS = (
    "Predecessor",
    "Successor",
    "Predecessor - merged",
    "Successor - amalgamated",
    "Successor - Split School",
    "Sixth Form Centre Link",
)
DAYS = [None, date(2012, 8, 31), date(2012, 9, 1), date(2012, 9, 20), date(2013, 4, 1), date(2015, 1, 1), date(2018, 9, 1)]
SCHOOLS = st.integers(100_001, 100_006)
LINK = st.tuples(SCHOOLS, SCHOOLS, st.sampled_from(WORDS[:2] * 4 + WORDS), st.sampled_from(DAYS))
REGISTER = st.lists(LINK, max_size=9, unique_by=lambda link: (link[0], link[1], kind_of(link[2])))
Register = list[tuple[int, int, str, date | None]]


def blended(word: str) -> bool:
    return any(part in word for part in ("merged", "amalgamated", "Split"))


def tellings(register: Register, new: int, old: int) -> list[tuple[str, date | None]]:
    """Everything either side says of the two, as a plain succession of the one to the other."""
    return [
        (word, on)
        for urn, link, word, on in register
        if urn != link and (urn, link, word) in ((new, old, "Predecessor"), (old, new, "Successor"))
    ]


def plain(register: Register, new: int, old: int) -> bool:
    about = [word for urn, link, word, _ in register if {urn, link} == {new, old}]
    return bool(tellings(register, new, old)) and not any(blended(word) for word in about)


def day(register: Register, new: int, old: int) -> date | None:
    return max((on for _, on in tellings(register, new, old) if on), default=None)


def only_past(register: Register, urns: list[int], new: int) -> int | None:
    """The one predecessor of a school, by the rule as written, with no circle looked for."""
    olds = [old for old in urns if plain(register, new, old)]
    for old in olds:
        on = day(register, new, old)
        others = [day(register, new, other) for other in olds if other != old]
        first = all(on and other and other > on + timedelta(days=366) for other in others)
        rivals = [urn for urn in urns if urn != new and plain(register, urn, old)]
        names = {urn for urn in [new, *rivals] if any(word == "Predecessor" for word, _ in tellings(register, urn, old))}
        alone = names == {new} if names else not rivals
        mergers = [(when, on) for urn, link, word, when in register if urn != link and blended(word) and {urn, link} & {new, old}]
        apart = all((a is None) != (b is None) or (a and b and abs((a - b).days) > 31) for a, b in mergers)
        if first and alone and apart:
            return old
    return None


def line_of(pasts: dict[int, int], urn: int) -> list[int]:
    """The predecessors in turn, stopping before any school that is its own distant predecessor."""
    line = [urn]
    while line[-1] in pasts and pasts[line[-1]] not in line and not circular(pasts, line[-1]):
        line.append(pasts[line[-1]])
    return line[1:]


def circular(pasts: dict[int, int], urn: int) -> bool:
    at = urn
    for _ in range(len(pasts)):
        at = pasts.get(at, 0)
        if at == urn:
            return True
    return False


def chains(register: Register) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in worked(register)[1]:
        found.setdefault(row["urn"], []).append(row)
    return found


@given(REGISTER)
def test_the_chain_of_every_school_is_what_the_rule_says(register: Register) -> None:
    urns = sorted({urn for link in register for urn in link[:2]})
    pasts = {new: old for new in urns if (old := only_past(register, urns, new)) is not None}
    found = {urn: [row["of_urn"] for row in rows] for urn, rows in chains(register).items()}
    assert found == {urn: line_of(pasts, urn) for urn in urns if line_of(pasts, urn)}


@given(REGISTER, st.randoms())
def test_the_order_of_the_register_and_a_second_telling_change_nothing(register: Register, chance: Any) -> None:
    mixed = [*register]
    chance.shuffle(mixed)
    assert worked(register) == worked(mixed) == worked([*register, *register])


@given(REGISTER)
def test_a_past_reaches_back_without_a_hole_and_no_later_than_its_successor_began(register: Register) -> None:
    for rows in chains(register).values():
        assert len({row["of_urn"] for row in rows} | {rows[0]["urn"]}) == len(rows) + 1
        assert all(row["from_year"] <= row["to_year"] for row in rows)
        for newer, older in pairwise(rows):
            assert older["to_year"] <= newer["to_year"]
            began = day(register, newer["of_urn"], older["of_urn"])
            assert began is None or newer["from_year"] <= older["to_year"] or older["to_year"] == newer["to_year"]


@given(REGISTER)
def test_a_link_is_marked_as_chained_where_it_is_a_step_of_a_chain_and_nowhere_else(register: Register) -> None:
    links, rows = worked(register)
    steps = set()
    for line in chains(register).values():
        steps |= set(pairwise([line[0]["urn"], *(row["of_urn"] for row in line)]))
    marked = {
        (link["urn"], link["link_urn"]) if link["kind"] == "predecessor" else (link["link_urn"], link["urn"])
        for link in links
        if link["chained"]
    }
    assert marked == steps
    assert all(link["kind"] in ("predecessor", "successor") for link in links if link["chained"])
    assert len({(link["urn"], link["link_urn"], link["kind"]) for link in links}) == len(links)
    assert not [row for row in rows if row["urn"] == row["of_urn"]]

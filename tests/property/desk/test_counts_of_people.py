"""Whoever knows the total and every count that is shown cannot work out one that is not."""

from hypothesis import given
from hypothesis import strategies as st

from headway.desk.consultation.rules import FEWEST, shown_counts

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(min_value=0, max_value=30), max_size=8)


def bounds(counts: dict[str, int], shown: dict[str, int | None], name: str) -> tuple[int, int]:
    """The least and the most that a hidden count can be, from the total and what is shown: the others take the rest between them."""
    rest = sum(counts.values()) - sum(count for count in shown.values() if count is not None)
    alone = sum(count is None for count in shown.values()) == 1
    return (rest, rest) if alone else (0, rest)


@given(COUNTS)
def test_no_hidden_count_is_bounded_closely(counts: dict[str, int]) -> None:
    shown = shown_counts(counts)
    assert all(shown[name] == count for name, count in counts.items() if shown[name] is not None)
    assert all(shown[name] is None for name, count in counts.items() if 0 < count < FEWEST)
    if len(counts) < 2 or sum(counts.values()) < FEWEST:
        return  # the total itself is told in words only: fewer than five
    for name, count in shown.items():
        if count is None:
            least, most = bounds(counts, shown, name)
            assert most - least >= FEWEST, (counts, shown)


@given(COUNTS)
def test_no_more_is_hidden_than_must_be(counts: dict[str, int]) -> None:
    if not any(0 < count < FEWEST for count in counts.values()):
        assert shown_counts(counts) == counts

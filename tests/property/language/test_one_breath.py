"""Nothing is called best and worst, better and worse, or ahead and behind in one breath."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from headway.language.answer import _standing as stands
from headway.language.answer import standing
from headway.language.funnels import funnel_sentence
from headway.language.gap_views import parts_words
from headway.readings.districts import Part, Parts
from headway.readings.ranking.funnel import Funnel, Point
from headway.stats.funnels import Spread
from headway.vocabulary.academic_year import AcademicYear
from tests.factories.lines import RWM, line, reading, trend

YEAR = AcademicYear(2023)
PAIRS = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100), st.integers(11, 500)), min_size=1, max_size=8)


def named(at: int) -> Any:
    """A measure whose name no other's holds."""
    return replace(RWM, id=f"made.up_{at}", short=f"Subject {'ABCDEFGH'[at]}")


@given(PAIRS)
def test_a_measure_is_better_or_worse_never_both(pairs: list[tuple[float, float, int]]) -> None:
    lines = [
        line(
            trend(reading("2023/24", own, named(at), n), measure=named(at)),
            england=trend(reading("2023/24", theirs, named(at), name="England"), measure=named(at)),
        )
        for at, (own, theirs, n) in enumerate(pairs)
    ]
    said = stands(lines).lower()
    better, _, worse = said.partition(";") if " better " in said else ("", "", said)
    for at, one in enumerate(lines):
        name = f"subject {'abcdefgh'[at]}"
        assert not (name in better and name in worse)
        if name in better:
            assert standing(one) == "better"
        if name in worse:
            assert standing(one) == "worse"


@given(st.lists(st.tuples(st.sampled_from(["", "high", "low"]), st.booleans()), min_size=2, max_size=12))
def test_a_school_stands_out_above_or_below(sides: list[tuple[Any, bool]]) -> None:
    points = tuple(
        Point(SimpleNamespace(urn=at, name=f"School {chr(65 + at)}"), reading("2023/24", 50.0, n=30), side, False, out and bool(side))  # type: ignore[arg-type]
        for at, (side, out) in enumerate(sides)
    )
    said = funnel_sentence(Funnel(RWM, YEAR, "primary", Spread(0.6, 0.01, 2.0, 500), points, 0.6))
    high, _, low = said.partition("worse than that")
    for point in points:
        name = point.establishment.name
        assert not (name in high and name in low)
        assert (name in high) <= (point.side == "high") and (name in low) <= (point.side == "low")


@given(st.lists(st.tuples(st.floats(-30, 30), st.booleans()), min_size=1, max_size=8))
def test_a_part_of_an_area_is_behind_or_not_named(parts: list[tuple[float, bool]]) -> None:
    made = tuple(
        Part(f"Ward {chr(65 + at)}", 5, 300.0, 60.0, behind, (behind - 1, behind + 1), beyond) for at, (behind, beyond) in enumerate(parts)
    )
    said = parts_words(Parts(RWM, YEAR, "ward", 60.0, made, 0, 0))
    for part in made:
        assert (part.name in said) <= (part.beyond_chance and (part.behind or 0) > 0)

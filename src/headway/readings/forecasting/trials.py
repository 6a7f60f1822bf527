"""The trials that publication made of every series, looked up."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headway.readings.door import Door

if TYPE_CHECKING:
    from headway.stats.forecast.trials import Trial

Key = tuple[str, str]  # measure, cut
SQL = """
SELECT measure, cut, origin, horizon, places, model, last, three, inside, inside_by_size, width, pit, asked, hit
FROM forecast_trial ORDER BY measure, cut, origin, horizon
"""
WALKS = "SELECT measure, cut, until, moves, widened, covered, covered_plain FROM forecast_walk ORDER BY measure, cut, until"


@dataclass(frozen=True)
class WalkFacts:
    """How far England's own figure has moved, until the start of a year: see `stats.forecast.national.Walk`."""

    until: int
    moves: int
    widened: float
    covered: float
    covered_plain: float


def trials_of(door: Door) -> dict[Key, "tuple[Trial, ...]"]:
    """Every series' trials, by origin and horizon; series that could not be tried are not in it."""
    if "forecast_trials" not in door.kept:
        door.kept["forecast_trials"] = _trials(door)
    kept: dict[Key, tuple[Trial, ...]] = door.kept["forecast_trials"]
    return kept


def walks_of(door: Door) -> dict[tuple[str, str, int], WalkFacts]:
    """By measure, cut and last year: a measure whose series broke has several."""
    if "forecast_walk" not in door.lookup.tables:
        return {}
    return {(measure, cut, facts[0]): WalkFacts(*facts) for measure, cut, *facts in door.lookup.rows(WALKS)}


def _trials(door: Door) -> dict[Key, "tuple[Trial, ...]"]:
    from headway.stats.forecast.trials import Trial

    found: dict[Key, list[Trial]] = {}
    for measure, cut, origin, horizon, places, model, last, three, inside, by_size, width, pit, asked, hit in (
        door.lookup.rows(SQL) if "forecast_trial" in door.lookup.tables else ()
    ):
        pairs = tuple(zip(by_size[::2], by_size[1::2], strict=True))
        found.setdefault((measure, cut), []).append(
            Trial(
                origin, horizon, places, model, last, three, tuple(inside), pairs, width, tuple(pit), tuple(asked), tuple(hit)
            )
        )  # fmt: skip
    return {key: tuple(of) for key, of in found.items()}

"""How forecasts have held: by horizon, by measure, by year. Of each trial that counts, the choice to show it was made on earlier ones."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from headway.readings.door import Door
from headway.readings.forecasting.answers import Calibration, Every, Held, Levels, MeasureRecord, Record, YearRecord
from headway.readings.forecasting.trials import Key, WalkFacts, trials_of, walks_of
from headway.vocabulary.academic_year import AcademicYear

if TYPE_CHECKING:
    from headway.stats.forecast.calibration import Shown
    from headway.stats.forecast.trials import Trial

ENOUGH = 30  # promises told at a probability, below which its share is not drawn


def calibration(door: Door) -> Calibration:
    """Answered once a snapshot. Without trials every part is empty."""
    if "calibration" not in door.kept:
        door.kept["calibration"] = _calibration(door)
    kept: Calibration = door.kept["calibration"]
    return kept


def _calibration(door: Door) -> Calibration:
    from headway.stats.forecast.trials import HORIZONS

    found = once({key: of for key, of in trials_of(door).items() if key[0] in door.library.measures})
    records = tuple(record(found, horizon) for horizon in HORIZONS) if found else ()
    measures = [_measure(door, key, of, horizon) for horizon in HORIZONS for key, of in found.items()]
    return Calibration(records, tuple(measures), _levels(walks_of(door)))


def once(found: Mapping[Key, "tuple[Trial, ...]"]) -> dict[Key, "tuple[Trial, ...]"]:
    """Series without those that are another's under a second name, as a measure of looked-after children that is also a cut."""
    kept, seen = {}, set()
    for key, trials in sorted(found.items()):
        mark = tuple((one.origin, one.horizon, one.places, round(one.last, 9)) for one in trials)
        if mark not in seen:
            seen.add(mark)
            kept[key] = trials
    return kept


def record(found: Mapping[Key, "tuple[Trial, ...]"], horizon: int) -> Record:
    from headway.stats.forecast.calibration import gate, reliability, shown, skill

    told = {key: of for key, trials in found.items() if (of := shown(trials, horizon))}
    every = [one.trial for of in told.values() for one in of]
    gates = [gate(trials, horizon) for trials in found.values()]
    pooled, slope = skill(told), reliability(every)
    figures = sum(one.places for one in every)
    reach = 1.96 * slope.slope_se if slope else 0.0
    return Record(
        horizon, len(gates), sum(one.shown for one in gates), sum(one.reason == "not_better" for one in gates),
        sum(one.reason == "too_narrow" for one in gates),
        sum(one.reason in ("untested", "too_few_trials") for one in gates), len(every), figures,
        pooled.ratio if pooled else None, pooled.low if pooled else None, pooled.high if pooled else None, _held(every),
        tuple(sum(one.pit[at] for one in every) / figures for at in range(len(every[0].pit))) if every else (),
        slope.slope if slope else None, slope.slope - reach if slope else None, slope.slope + reach if slope else None,
        slope.intercept if slope else None, slope.hits + slope.misses if slope else 0, _told(every), _by_year(told, horizon),
        _every(found, horizon),
    )  # fmt: skip


def _every(found: Mapping[Key, "tuple[Trial, ...]"], horizon: int) -> Every | None:
    """No choice stands behind these: they say how the way of forecasting holds, not how well it was chosen."""
    from headway.stats.forecast.calibration import Shown, gate, reliability, skill

    mine = {key: [one for one in trials if one.horizon == horizon] for key, trials in found.items()}
    beside = {key: [Shown(one, gate(found[key], horizon, by=one.origin).better) for one in of] for key, of in mine.items()}
    pooled, every = skill(beside), [one for of in mine.values() for one in of]
    if pooled is None:
        return None
    slope = reliability(every)
    years = tuple(AcademicYear(year) for year in sorted({one.target for one in every}))
    return Every(
        len(every), sum(one.places for one in every), years, pooled.ratio, pooled.low, pooled.high, _held(every),
        slope.slope if slope else None,
    )  # fmt: skip


def _held(trials: Sequence["Trial"]) -> tuple[Held, ...]:
    from headway.stats.forecast.trials import SHARES

    figures = sum(one.places for one in trials)
    return tuple(
        held for at, share in enumerate(SHARES) if (held := _interval(share, sum(one.inside[at] for one in trials), figures)) is not None
    )


def _interval(should: float, inside: int, figures: int) -> Held | None:
    from headway.stats.forecast.calibration import coverage

    found = coverage(inside, figures)
    return Held(should, found.share, found.low, found.high, figures) if found else None


def _told(trials: Sequence["Trial"]) -> tuple[tuple[float, float, int], ...]:
    from math import exp

    from headway.stats.forecast.trials import CHANCES, middle_of

    asked = [sum(one.asked[step] for one in trials) for step in range(CHANCES)]
    hit = [sum(one.hit[step] for one in trials) for step in range(CHANCES)]
    return tuple(
        (1 / (1 + exp(-middle_of(step))), hit[step] / asked[step], asked[step]) for step in range(CHANCES) if asked[step] >= ENOUGH
    )


def _by_year(told: Mapping[Key, Sequence["Shown"]], horizon: int) -> tuple[YearRecord, ...]:
    by_year: dict[int, list[Trial]] = defaultdict(list)
    for of in told.values():
        for one in of:
            by_year[one.trial.target].append(one.trial)
    found = []
    for year, trials in sorted(by_year.items()):
        held = _interval(0.8, sum(one.inside[1] for one in trials), sum(one.places for one in trials))
        if held:
            found.append(YearRecord(AcademicYear(year), horizon, held, len(trials)))
    return tuple(found)


def _measure(door: Door, key: Key, trials: Sequence["Trial"], horizon: int) -> MeasureRecord:
    """Scores and intervals are of all its trials; the ratio only of those that were shown."""
    from headway.stats.forecast.calibration import gate, reliability, shown

    mine = [one for one in trials if one.horizon == horizon]
    known, later = gate(trials, horizon), shown(trials, horizon)
    slope = reliability(mine)
    beaten = sum(one.beaten for one in later)
    return MeasureRecord(
        key[0], door.measure(key[0]).title, key[1], horizon, known.shown, known.reason, len(mine), sum(one.places for one in mine),
        _mean([one.model for one in mine]), _mean([one.last for one in mine]), _mean([one.three for one in mine]),
        sum(one.trial.model for one in later) / beaten if beaten else None, _held(mine), _mean([one.width for one in mine]),
        _by_size(mine), tuple(AcademicYear(one.trial.target) for one in later), slope.slope if slope else None,
        slope.intercept if slope else None,
    )  # fmt: skip


def _by_size(trials: Sequence["Trial"]) -> tuple[Held, ...]:
    sized = [one.inside_by_size for one in trials if one.inside_by_size]
    pairs = [(sum(of[third][0] for of in sized), sum(of[third][1] for of in sized)) for third in range(3)] if sized else []
    return tuple(held for inside, figures in pairs if (held := _interval(0.8, inside, figures)) is not None)


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _levels(walks: Mapping[tuple[str, str, int], WalkFacts]) -> Levels | None:
    moves = sum(one.moves for one in walks.values())
    if not moves:
        return None
    plain, held = (sum(getattr(one, part) * one.moves for one in walks.values()) / moves for part in ("covered_plain", "covered"))
    least, widened = min(one.covered for one in walks.values()), sum(one.widened > 1 for one in walks.values())
    return Levels(len(walks), moves, plain, held, least, widened)

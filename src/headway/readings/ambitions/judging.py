"""From figures to a verdict: plain numbers in, a verdict out. Nothing here knows of places, files or dates of publication."""

from collections.abc import Sequence

from headway.definitions.ambitions import KEEPS, MOVES_BY, Asks
from headway.readings.ambitions.answers import WORST_FIRST, Verdict
from headway.vocabulary.academic_year import AcademicYear

WHOLE = 100.0  # per cent of schools, where every school is asked
NOISE = 9  # decimals: beyond them a difference is the computer's, and would put 0.1 + 0.2 past a tolerance of 0.3


def sign(better: str) -> float:
    """1 where higher is better, −1 where lower is."""
    return -1.0 if better == "lower" else 1.0


def target(asks: Asks, better: str, beside: float | None, baseline: float | None) -> float | None:
    """Where the value has to be, in the measure's unit; None where what it is set beside is not known.

    `beside` is the comparator's value in the year (or in the baseline year where it is held there), `baseline` the value's own start.
    """
    if asks.relation == "every_school_at_least":
        return WHOLE
    if asks.relation in MOVES_BY:
        return None if baseline is None else baseline + sign(better) * _amount(asks, baseline)
    if asks.against and asks.against.kind == "own_baseline":
        return baseline
    if beside is None:
        return None
    return beside - sign(better) * _amount(asks, beside) if asks.relation == "within" else beside


def _amount(asks: Asks, of: float) -> float:
    """In the measure's unit: so many points, or so much per cent of a value."""
    amount = asks.amount or 0.0
    return abs(of) * amount / 100 if asks.unit == "percent" else amount


def distance(asks: Asks, better: str, value: float, wanted: float | None) -> float | None:
    """How far short of the target: positive where it is not reached, in the measure's unit (of schools where every one is asked)."""
    if wanted is None:
        return None
    short = wanted - value if asks.relation == "every_school_at_least" else sign(better) * (wanted - value)
    return round(short, NOISE) + 0.0


def kept(asks: Asks, short: float) -> bool:
    """Whether a distance keeps the promise. To rise or fall by no stated amount takes some movement."""
    return short < 0 if asks.relation in MOVES_BY and asks.amount is None else short <= 0


def allowed(start: float, baseline: AcademicYear, decides: AcademicYear, year: AcademicYear) -> float:
    """The distance that a straight path from the baseline leaves in a year; none is left where there was none to begin with."""
    if year >= decides:
        return 0.0
    return max(start, 0.0) * (decides - year) / (decides - baseline)


def decided(asks: Asks, short: float) -> Verdict:
    """The verdict of the deciding year's figure."""
    return Verdict.MET if kept(asks, short) else Verdict.OFF_COURSE


def under_way(
    asks: Asks, short: float, year: AcademicYear, start: float | None, margin: float, decides: AcademicYear | None
) -> Verdict | None:
    """The verdict of a figure of before the deciding year, or of a promise without a date; None where the start is needed and unknown.

    `short` is the figure's distance, `start` that of the baseline, `margin` how far chance alone may have moved the figure.
    """
    if kept(asks, short):
        return Verdict.MET if decides is None else Verdict.ON_COURSE
    slack = max(asks.tolerance or 0.0, margin)
    if asks.relation in KEEPS:
        return Verdict.AT_RISK if short <= slack else Verdict.OFF_COURSE
    if start is None or asks.baseline is None:
        return None
    if decides is None:
        return _by_direction(short, start, asks.tolerance or 0.0)
    path = allowed(start, asks.baseline, decides, year)
    if short <= path:
        return Verdict.ON_COURSE
    return Verdict.AT_RISK if short <= path + slack else Verdict.OFF_COURSE


def _by_direction(short: float, start: float, tolerance: float) -> Verdict:
    """Without a date no pace can be asked for, only that it gets nearer by more than the tolerance."""
    nearer = start - short
    if nearer > tolerance:
        return Verdict.ON_COURSE
    return Verdict.AT_RISK if nearer >= -tolerance else Verdict.OFF_COURSE


def worst(verdicts: Sequence[Verdict]) -> int:
    """Which of the parts decides the whole: the first of the worst."""
    return min(range(len(verdicts)), key=lambda part: WORST_FIRST.index(verdicts[part]))

"""What help may have done: the change of those who were helped beside the change of matched ones who were not.

Difference in differences with each helped unit's own controls. With few helped units there is nothing to bootstrap: the margin comes from
how far the changes of the controls lie apart, as a prediction of one more of them, by Student's t; and the chance of so large an effect is
the place of the helped among the placebos, themselves counted (a permutation p-value is never 0). References: Abadie, Diamond and
Hainmueller (2010), Journal of the American Statistical Association 105:493–505, for placebos in space; Phipson and Smyth (2010),
Statistical Applications in Genetics and Molecular Biology 9:39, for counting the observed; Bloom (1995), Evaluation Review 19:547–556,
for the least effect that can be detected.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean, stdev

from headway.stats.intervals import student, student_beyond

FEWEST = 5  # controls of a unit: with fewer their spread is not known
POWER = 0.8


@dataclass(frozen=True)
class Effect:
    """An effect with its 95% limits, in the unit of the outcome. With a `reason` there is none.

    `p`: the share of placebos, the helped counted among them, that moved as far either way. `detectable`: the least effect that would be
    seen four times in five. `compared`: controls in all, each counted once a helped unit.
    """

    size: float
    low: float
    high: float
    p: float
    detectable: float
    helped: int
    compared: int
    reason: str = ""


def effect_of_one(change: float, controls: Sequence[float]) -> Effect:
    """One unit beside its controls' changes."""
    if len(controls) < FEWEST:
        return nothing(f"fewer than {FEWEST} matched schools have figures before and after", 1, len(controls))
    many, middle = len(controls), fmean(controls)
    error = stdev(controls) * sqrt(1 + 1 / many)
    size, t = change - middle, student(0.95, many - 1)
    as_far = sum(abs(other - _without(controls, place)) >= abs(size) for place, other in enumerate(controls))
    detectable = error * (t + NormalDist().inv_cdf(POWER))
    return Effect(size, size - t * error, size + t * error, (1 + as_far) / (1 + many), detectable, 1, many)


def effect_of_many(helped: Sequence[tuple[float, Sequence[float]]]) -> Effect:
    """The mean effect over units, each with its own controls. Units whose controls are too few are left out."""
    each = [effect_of_one(change, controls) for change, controls in helped]
    known = [(one, controls) for one, (_, controls) in zip(each, helped, strict=True) if not one.reason]
    if not known:
        return nothing("no helped school has matched schools enough with figures before and after", 0, 0)
    if len(known) == 1:
        return known[0][0]
    many, size = len(known), fmean(one.size for one, _ in known)
    error = sqrt(sum((stdev(controls) * sqrt(1 + 1 / len(controls))) ** 2 for _, controls in known)) / many
    freedom = sum(len(controls) - 1 for _, controls in known)
    t, total = student(0.95, freedom), sum(len(controls) for _, controls in known)
    p = min(1.0, 2 * (1 - NormalDist().cdf(abs(size) / error))) if error else 1.0
    return Effect(size, size - t * error, size + t * error, p, error * (t + NormalDist().inv_cdf(POWER)), many, total)


def effect_of_sharing(helped: Sequence[tuple[float, Mapping[int, float]]]) -> Effect:
    """The same where units share controls, each known by its number: the more often one is taken, the more its own luck is in the mean.

    Changes are taken to vary alike. The mean over m units is short of its own luck by 1/m and of the controls' by the sum of the squares
    of what each weighs in it; independent controls would be a special case, and treating shared ones so makes limits too narrow.
    """
    known = [(change, controls) for change, controls in helped if len(controls) >= FEWEST]
    if not known:
        return nothing("no helped unit has matched ones enough with figures before and after")
    many, weights = len(known), defaultdict[int, float](float)
    for _, controls in known:
        for name in controls:
            weights[name] += 1 / (many * len(controls))
    size = fmean(change - fmean(controls.values()) for change, controls in known)
    squares = sum((one - fmean(controls.values())) ** 2 for _, controls in known for one in controls.values())
    spread = squares / sum(len(controls) - 1 for _, controls in known)
    error = sqrt(spread * (1 / many + sum(weight**2 for weight in weights.values())))
    t = student(0.95, len(weights) - 1)
    p = min(1.0, 2 * student_beyond(abs(size) / error, len(weights) - 1)) if error else 1.0
    return Effect(size, size - t * error, size + t * error, p, error * (t + NormalDist().inv_cdf(POWER)), many, len(weights))


def nothing(reason: str, helped: int = 0, compared: int = 0) -> Effect:
    return Effect(0.0, 0.0, 0.0, 1.0, 0.0, helped, compared, reason)


def _without(values: Sequence[float], place: int) -> float:
    """The mean of the others: a placebo is set beside those that it is not."""
    return (sum(values) - values[place]) / (len(values) - 1)

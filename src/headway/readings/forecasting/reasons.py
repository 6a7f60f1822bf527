"""Why a year has no forecast, in a sentence. The words are here, below the language engine, because they are part of the answer."""

from typing import TYPE_CHECKING

from headway.readings.forecasting.basis import FURTHEST, Basis

if TYPE_CHECKING:
    from headway.stats.forecast.calibration import Gate

BASELINES = {"last": "the last value", "three": "the mean of three years"}
AHEAD = {1: "one year ahead", 2: "two years ahead", 3: "three years ahead"}


def why_not(basis: Basis, horizon: int) -> str:
    """Empty where a forecast is shown."""
    if basis.why_not:
        return basis.why_not
    if horizon > FURTHEST:
        return f"No forecast reaches further than {FURTHEST} years: none was ever tried."
    return _gate(basis.gate(horizon), horizon)


def _gate(gate: "Gate", horizon: int) -> str:
    if gate.shown:
        return ""
    ahead, baseline = AHEAD[horizon], BASELINES[gate.better]
    if gate.reason == "untested":
        return f"Too few comparable years are published to try a forecast {ahead} on the past."
    if gate.reason == "too_few_trials":
        return f"A forecast {ahead} could be tried on one past year only; two are asked for before it is shown."
    many = {2: "two", 3: "three", 4: "four", 5: "five"}.get(gate.origins, str(gate.origins))
    if gate.reason == "too_narrow":
        held = f"its fan of four in five held only {100 * (gate.held or 0.0):.0f} figures in 100"
        return f"Tried {ahead} on {many} past years, {held}: it was surer than it knew, so it is not shown."
    worse = "worse" if (gate.ratio or 1) > 1 else "hardly better"
    return f"Tried {ahead} on {many} past years, it was {worse} than {baseline} alone, so it is not shown."

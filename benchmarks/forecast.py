"""Forecasts tried on the past of every authority: score beside the last value and the mean of three years, per measure and pooled.

    HEADWAY_BENCH_REAL=WORKSPACE python benchmarks/forecast.py

WORKSPACE has real files loaded and published; without one the files of HEADWAY_SHARED are loaded first. The trials are those that the
publication made and keeps: this program judges them. A series is a measure and cut; one that repeats another under a second name counts
once. Each trial that is reported was chosen on earlier ones only.
"""

import os
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from measuring import ROOT, command

from headway.readings.door import Door, open_door
from headway.readings.forecasting.trials import Key, trials_of, walks_of
from headway.stats.forecast.calibration import Shown, coverage, gate, reliability, shown, skill
from headway.stats.forecast.trials import HORIZONS, SHARES, Trial

BETTER, AIM, MOST, LOW, HIGH = 0.97, 0.95, 1.01, 0.75, 0.85


def home(folder: str) -> Path | None:
    named = os.environ.get("HEADWAY_BENCH_REAL", "")
    if named:
        return Path(named)
    data = Path(os.environ.get("HEADWAY_SHARED", ROOT.parent / "shared")) / "data"
    if not data.is_dir():
        return None
    command([sys.executable, "-m", "headway", "init", f"{folder}/area", "--area", "330"])
    command([sys.executable, "-m", "headway", "load", data, "--home", f"{folder}/area", "--format", "csv"])
    return Path(folder) / "area"


def once(found: dict[Key, tuple[Trial, ...]]) -> dict[Key, tuple[Trial, ...]]:
    """Series without those that another measure has as its cut."""
    kept, seen = {}, set()
    for key, trials in sorted(found.items()):
        print_ = tuple((one.origin, one.horizon, one.places, round(one.last, 9)) for one in trials)
        if print_ not in seen:
            seen.add(print_)
            kept[key] = trials
    return kept


def judge(name: str, found: dict[Key, tuple[Trial, ...]], horizon: int, *, each: bool) -> None:
    told = {key: shown(trials, horizon) for key, trials in found.items()}
    told = {key: of for key, of in told.items() if of}
    pooled = skill(told)
    now = {key: gate(trials, horizon) for key, trials in found.items()}
    print(f"\n  {name}, {horizon} year{'s' if horizon > 1 else ''} ahead: {sum(one.shown for one in now.values())} of {len(now)} series "
          f"shown today, {sum(one.reason == 'not_better' for one in now.values())} not better, "
          f"{sum(one.reason == 'too_narrow' for one in now.values())} too narrow, "
          f"{sum(one.reason in ('untested', 'too_few_trials') for one in now.values())} with fewer than two trials")  # fmt: skip
    if pooled is None:
        print("  nothing was shown on the past and can be reported")
        return
    of_all = [one.trial for of in told.values() for one in of]
    years = sorted({one.target for one in of_all})
    ratios = {key: ratio(of) for key, of in told.items()}
    print(f"  reported: {len(told)} series, {len(of_all)} trials, {sum(one.places for one in of_all):,} figures, "
          f"of {years[0]}/{(years[0] + 1) % 100:02d} to {years[-1]}/{(years[-1] + 1) % 100:02d}")  # fmt: skip
    plain = skill({key: [Shown(one, gate(found[key], horizon, by=one.origin).better) for one in found[key] if one.horizon == horizon]
                   for key in found})  # fmt: skip
    print(f"  score over the better baseline: {pooled.ratio:.3f} (90%: {pooled.low:.3f} to {pooled.high:.3f}, {pooled.years} years drawn "
          f"again); at most {BETTER}: {verdict(pooled.ratio <= BETTER)}; aim {AIM}: {verdict(pooled.ratio <= AIM)}"
          + (f"; every trial, shown or not: {plain.ratio:.3f}" if plain else ""))  # fmt: skip
    worse = {key: one for key, one in ratios.items() if one > MOST}
    print(f"  shown yet more than 1% above: {len(worse)} {sorted(f'{k[0]} {k[1]} {v:.3f}' for k, v in worse.items()) or ''}")
    for at, share in enumerate(SHARES):
        told_ = coverage(sum(one.inside[at] for one in of_all), sum(one.places for one in of_all))
        if told_:
            held = f": {verdict(LOW <= told_.share <= HIGH)}" if share == 0.8 else ""
            print(f"  {share:.0%} intervals hold {told_.share:.1%} ({told_.low:.1%} to {told_.high:.1%}){held}")
    slope = reliability(of_all)
    if slope is None:
        print("  probability of a promise: not enough evidence")
    else:
        print(f"  probability of a promise: slope {slope.slope:.3f} ± {1.96 * slope.slope_se:.3f}, intercept {slope.intercept:+.3f} logit, "
              f"{slope.hits:,} kept, {slope.misses:,} not; 0.8 to 1.2: {verdict(0.8 <= slope.slope <= 1.2)}; "
              f"within 0.2: {verdict(abs(slope.intercept) <= 0.2)}")  # fmt: skip
    if each:
        lines(found, told, horizon)


def lines(found: dict[Key, tuple[Trial, ...]], told: dict[Key, list[Shown]], horizon: int) -> None:
    print(f"\n  {'measure':34} {'cut':22} today      trials  model   last  three  ratio reported years    80%   slope")
    for key, trials in found.items():
        mine = [one for one in trials if one.horizon == horizon]
        known, of = gate(trials, horizon), told.get(key, [])
        scores = [sum(getattr(one, part) for one in mine) / max(1, len(mine)) for part in ("model", "last", "three")]
        inside = coverage(sum(one.inside[1] for one in mine), sum(one.places for one in mine))
        slope = reliability(mine)
        print(f"  {key[0]:34} {key[1]:22} {'shown' if known.shown else known.reason:14} {len(mine):2} "
              f"{scores[0]:6.3f} {scores[1]:6.3f} {scores[2]:6.3f} {ratio(of) if of else float('nan'):6.3f} "
              f"{','.join(str(one.trial.target) for one in of):20} {inside.share if inside else float('nan'):4.0%} "
              f"{f'{slope.slope:.2f}' if slope else '–':>5}")  # fmt: skip


def ratio(of: list[Shown]) -> float:
    return sum(one.trial.model for one in of) / sum(one.beaten for one in of)


def levels(door: Door) -> None:
    """England's own moves, each year left out in turn."""
    walks = list(walks_of(door).values())
    moves = sum(one.moves for one in walks)
    plain, wide = (sum(getattr(one, part) * one.moves for one in walks) / moves for part in ("covered_plain", "covered"))
    least = min(one.covered for one in walks)
    print(f"\n  levels: {len(walks)} national series, {moves} moves; each left out, the 80% interval holds {plain:.1%}, widened {wide:.1%} "
          f"(the least of any series {least:.1%}); at least 75%: {verdict(least >= 0.75)}; "
          f"widened {sum(one.widened > 1 for one in walks)} series")  # fmt: skip


def verdict(met: bool) -> str:
    return "met" if met else "NOT met"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        there = home(folder)
        if there is None:
            print("  left out: no real files; set HEADWAY_SHARED, or HEADWAY_BENCH_REAL to a published workspace")
            return
        door = open_door(there)
        every = once(trials_of(door))
        whole = {key: trials for key, trials in every.items() if key[1] == "all"}
        split: dict[str, int] = defaultdict(int)
        for key in every:
            split[key[0]] += 1
        print(f"  {len(every)} series of {len(split)} measures")
        for horizon in HORIZONS:
            judge("whole cohorts", whole, horizon, each=False)
            judge("every measure and cut", every, horizon, each=horizon == 1)
        levels(door)


if __name__ == "__main__":
    main()

"""What pupils attain at the end of each stage. National levels follow the published ones; so do the gaps."""

from dataclasses import dataclass

import numpy as np

from headway.example import kinds
from headway.example.cohorts import Effects, attained, compose, scored
from headway.example.intake import Year

Array = np.ndarray

# England, state-funded, percent: LAIT series as published in 2026. No tests in 2019/20 and 2020/21.
# The last year is ours: no result is out yet.
RWM = {2015: 54, 2016: 62, 2017: 65, 2018: 65, 2021: 59, 2022: 60, 2023: 61, 2024: 62, 2025: 63}
RWM_HIGH = {2015: 5.4, 2016: 8.7, 2017: 9.9, 2018: 10.5, 2021: 7.2, 2022: 8.0, 2023: 7.7, 2024: 8.4, 2025: 8.6}
READING = {2015: 102.6, 2016: 104.1, 2017: 105.0, 2018: 104.4, 2021: 104.8, 2022: 105.1, 2023: 105.2, 2024: 105.6, 2025: 105.7}
MATHS = {2015: 103.0, 2016: 104.2, 2017: 104.4, 2018: 105.0, 2021: 103.8, 2022: 104.2, 2023: 104.4, 2024: 104.8, 2025: 105.0}
GLD = {2015: 69.3, 2016: 70.7, 2017: 71.5, 2018: 71.8, 2021: 65.2, 2022: 67.2, 2023: 67.7, 2024: 68.3, 2025: 68.9}
PHONICS = {2015: 81, 2016: 81, 2017: 82, 2018: 82, 2021: 75, 2022: 79, 2023: 80, 2024: 80, 2025: 81}
KS1 = {2015: (74, 65, 73), 2016: (76, 68, 75), 2017: (75, 70, 76), 2018: (75, 69, 76), 2021: (67, 58, 68), 2022: (68, 60, 70)}
ATT8 = {2015: 49.9, 2016: 46.3, 2017: 46.5, 2018: 46.7, 2019: 50.2, 2020: 50.9, 2021: 48.8, 2022: 46.3, 2023: 45.9, 2024: 46.0}
BASICS_94 = {2016: 64.2, 2017: 64.4, 2018: 64.9, 2019: 71.2, 2020: 72.2, 2021: 69.0, 2022: 65.4, 2023: 65.9, 2024: 65.3}
BASICS_95 = {2016: 42.9, 2017: 43.5, 2018: 43.4, 2019: 49.9, 2020: 51.9, 2021: 50.0, 2022: 45.5, 2023: 46.2, 2024: 45.4}
EBACC = {2015: 39.8, 2016: 38.4, 2017: 38.5, 2018: 40.1, 2019: 40.0, 2020: 38.8, 2021: 38.8, 2022: 39.4, 2023: 40.5, 2024: 40.6}
EBACC_APS = {2017: 4.04, 2018: 4.08, 2019: 4.38, 2020: 4.45, 2021: 4.27, 2022: 4.06, 2023: 4.08, 2024: 4.09}

_RWM = Effects(girls=0.30, disadvantaged=-0.80, eal=0.10, support=-1.05, plan=-2.2, low=-2.3, high=1.9, school=0.85)
_HIGH = Effects(girls=0.35, disadvantaged=-0.45, eal=0.15, support=-0.9, plan=-1.0, low=-2.5, high=1.6, school=0.65)
_READING = Effects(girls=1.3, disadvantaged=-1.9, eal=-0.5, support=-2.6, plan=-5.0, low=-7.0, high=5.0, school=2.4)
_MATHS = Effects(girls=-0.9, disadvantaged=-1.9, eal=0.9, support=-2.5, plan=-5.0, low=-7.0, high=5.2, school=2.4)
_PROGRESS = {
    "READPROG": (Effects(0.6, -0.7, 0.4, -1.0, -3.6, 0.0, 0.0, 2.05), 6.2),
    "WRITPROG": (Effects(1.0, -0.5, 0.8, -1.6, -4.2, 0.0, 0.0, 2.05), 5.8),
    "MATPROG": (Effects(-0.8, -0.8, 1.6, -1.0, -3.8, 0.0, 0.0, 2.15), 5.6),
}
SPREAD = {name: spread for name, (_, spread) in _PROGRESS.items()}
_GLD = Effects(0.62, -0.75, -0.30, -1.6, -3.4, -0.6, 0.6, 0.36)
_PHONICS = Effects(0.36, -0.70, 0.05, -1.6, -3.0, -1.2, 1.0, 0.45)
_KS1 = Effects(0.45, -0.75, 0.0, -1.9, -3.4, -1.3, 1.2, 0.50)
_ATT8 = Effects(3.6, -10.0, 1.8, -6.5, -15.0, -17.0, 15.0, 7.4)
_P8 = Effects(0.42, -0.50, 0.45, -0.32, -0.85, 0.0, 0.0, 0.40)
_B94 = Effects(0.28, -0.95, 0.15, -1.1, -2.0, -2.2, 1.9, 0.75)
_B95 = Effects(0.20, -0.60, 0.15, -0.8, -1.2, -1.8, 1.6, 0.50)
_EBACC = Effects(0.50, -0.60, 0.55, -0.8, -1.8, -1.5, 1.0, 1.10)
P8_SPREAD = 1.24


@dataclass(frozen=True)
class Outcome:
    """One stage in one year: rows of the Year, the cohort's counts and what its cells reached. `reached` are pupils, `sums` are points."""

    rows: Array
    counts: Array
    reached: dict[str, Array]
    sums: dict[str, Array]


def cohort(year: Year, topic: str, names: tuple[str, ...], share: dict[str, float]) -> tuple[Array, Array]:
    """Rows of a Year that have the age group, and its pupils by characteristics. `share` of the roll is by kind."""
    rows = year.kind(*names)
    random = year.random(topic)
    portion = np.array([share.get(name, 0.0) for name in kinds.NAMES])[year.sites.kind[year.site[rows]]]
    size = np.maximum(random.poisson(year.roll[rows] * portion * 0.9) + np.round(year.roll[rows] * portion * 0.1).astype(int), 0)
    counts = compose(random, size, year.poor[rows], year.eal[rows], year.support[rows], year.plan[rows], year.boys[rows])
    some = size > 0
    return rows[some], counts[some]


def ks2(year: Year) -> Outcome | None:
    """Key stage 2. Progress is given while key stage 1 was its start, to 2022/23."""
    if year.start not in RWM:
        return None
    rows, counts = cohort(year, "ks2", kinds.YEAR_6, {"junior": 1 / 4, "primary": 1 / 7.2, "all_through": 1 / 14, "special": 1 / 13})
    random, quality = year.random("ks2.results"), year.quality[rows]
    expected = attained(random, counts, _RWM, quality, RWM[year.start] / 100)
    high = attained(random, counts, _HIGH, quality, RWM_HIGH[year.start] / 100, of=expected)
    sums = {
        "READ_AVERAGE": scored(random, counts, _READING, quality, READING[year.start], 7.0),
        "MAT_AVERAGE": scored(random, counts, _MATHS, quality, MATHS[year.start], 6.6),
    }
    if year.start <= 2022:
        sums |= {name: scored(random, counts, effects, quality, 0.0, spread) for name, (effects, spread) in _PROGRESS.items()}
    return Outcome(rows, counts, {"RWM_EXP": expected, "RWM_HIGH": high}, sums)


def ks4(year: Year) -> Outcome:
    """Key stage 4. In 2019/20 and 2020/21 centre and teacher assessed, published for areas only; no Progress 8 then nor in 2024/25."""
    shares = {"secondary": 1 / 5.2, "all_through": 1 / 12, "special": 1 / 9, "pru": 1 / 3, "independent": 1 / 14}
    rows, counts = cohort(year, "ks4", kinds.YEAR_11, shares)
    random, quality, state = year.random("ks4.results"), year.quality[rows].copy(), year.state[rows]
    quality[~state] += 1.0
    quality[np.isin(rows, year.kind("pru"))] -= 4.0
    start = year.start
    sums = {"ATT8SCR": np.maximum(scored(random, counts, _ATT8, quality, ATT8[start], 11.0, state), 0)}
    if start in (2015, 2016, 2017, 2018, 2021, 2022, 2023):
        sums["P8MEA"] = scored(random, counts, _P8, quality, -0.03, P8_SPREAD, state)
    if start in EBACC_APS:
        sums["EBACCAPS"] = np.clip(sums["ATT8SCR"] / 11.4, 0, None)
    reached = {"EBACC_E": attained(random, counts, _EBACC, quality, EBACC[start] / 100, pupils=state)}
    if start in BASICS_94:
        reached["L2BASICS_94"] = attained(random, counts, _B94, quality, BASICS_94[start] / 100, pupils=state)
        reached["L2BASICS_95"] = attained(random, counts, _B95, quality, BASICS_95[start] / 100, of=reached["L2BASICS_94"], pupils=state)
    return Outcome(rows, counts, reached, sums)


def early_years(year: Year) -> dict[str, Outcome]:
    """Good level of development, phonics in year 1, and key stage 1 while it was published."""
    shares = {"infant": 1 / 3, "primary": 1 / 7.2, "all_through": 1 / 14, "special": 1 / 14}
    result: dict[str, Outcome] = {}
    for topic, target, effects in (("gld", GLD, _GLD), ("phonics", PHONICS, _PHONICS)):
        if year.start in target:
            rows, counts = cohort(year, topic, kinds.RECEPTION, shares)
            result[topic] = Outcome(
                rows,
                counts,
                {topic: attained(year.random(f"{topic}.results"), counts, effects, year.quality[rows], target[year.start] / 100)},
                {},
            )
    if year.start in KS1:
        rows, counts = cohort(year, "ks1", kinds.RECEPTION, shares)
        random = year.random("ks1.results")
        reached = {
            name: attained(random, counts, _KS1, year.quality[rows], target / 100)
            for name, target in zip(("reading", "writing", "maths"), KS1[year.start], strict=True)
        }
        result["ks1"] = Outcome(rows, counts, reached, {})
    return result

"""Children known to social care, by authority: looked after, on a protection plan, in need. Small cohorts are confidential."""

import numpy as np

from headway.example.attainment import ATT8, BASICS_94, BASICS_95, RWM
from headway.example.intake import Year
from headway.example.layouts.explore import Tidy
from headway.example.series import Series
from headway.example.writing import Folder

Array = np.ndarray
KS4_LA = [
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "la_name",
    "new_la_code",
    "social_care_group",
    "version",
    "t_pupils",
    "t_att8",
    "avg_att8",
    "t_l2basics_95",
    "pt_l2basics_95",
    "t_l2basics_94",
    "pt_l2basics_94",
    "t_ebacc_e_ptq_ee",
    "pt_ebacc_e_ptq_ee",
    "t_ebaccaps",
    "avg_ebaccaps",
    "t_inp8calc",
    "t_p8score",
    "avg_p8score",
    "p8score_CI_low",
    "p8score_CI_upp",
]
# Group: share of the age group, Attainment 8 and shares at 9-4 and 9-5 beside all pupils'
_GROUPS = {
    "CLA 12 months at 31 March": (0.011, 0.40, 0.38, 0.26),
    "CPPO at 31 March": (0.006, 0.44, 0.38, 0.28),
    "CINO at 31 March": (0.022, 0.385, 0.36, 0.26),
}
_RWM_SHARE = {"LAC_KS2_ExpStd_RWM": (0.008, 0.56), "CIN_KS2_ExpStd_RWM": (0.026, 0.50)}
_SMALL = 6


def ks4_rows(year: Year, tidy: Tidy, pupils: Array, series: Series) -> list[list[object]]:
    """Rows of one year; `pupils` float[authority] are all at the end of key stage 4. England and regions are summed before hiding."""
    random, rows = year.random("children.ks4"), []
    for group, (share, points, standard, strong) in _GROUPS.items():
        counts = random.binomial(pupils.astype(int), share)
        scores = np.clip(random.normal(counts * ATT8[year.start] * points, 14 * np.sqrt(counts)), 0, None)
        passed = random.binomial(counts, BASICS_94.get(year.start, 60) / 100 * standard)
        well = random.binomial(passed, strong / standard)
        sums = np.stack([counts, scores, well, passed], axis=1)
        for place, part in tidy.places(sums):
            rows.append(_ks4_row(year, place, group, part))
        if year.start >= 2016:
            code = {"CLA": "LAC_KS4_AVG_Attain8", "CPP": "CPPO_KS4_A8", "CIN": "CIN_Avg_Attain8_KS4"}[group[:3]]
            series.ratio(code, year.start, scores, counts, places=1)
    return rows


def _ks4_row(year: Year, place: list[str], group: str, part: Array) -> list[object]:
    level, region_code, region, old, new, name = place
    count, score, well, passed = (float(value) for value in part)
    head = [
        f"{year.start}{(year.start + 1) % 100:02d}",
        "Academic year",
        level,
        "E92000001",
        "England",
        region_code,
        region,
        old,
        name,
        new,
        group,
        "Final",
    ]
    if count < _SMALL:
        return [*head, *["c"] * 7, *["x"] * 9]
    graded = year.start in BASICS_95
    basics = [int(well), f"{100 * well / count:.1f}", int(passed), f"{100 * passed / count:.1f}"] if graded else ["x"] * 4
    return [*head, int(count), f"{score:.2f}", f"{score / count:.1f}", *basics, *["x"] * 9]


def ks2_series(year: Year, pupils: Array, series: Series) -> None:
    """Looked-after children and children in need at key stage 2, for areas."""
    if year.start not in RWM:
        return
    random = year.random("children.ks2")
    for code, (share, beside) in _RWM_SHARE.items():
        counts = random.binomial(pupils.astype(int), share)
        reached = random.binomial(counts, RWM[year.start] / 100 * beside)
        series.ratio(code, year.start, reached, counts, scale=100, places=0)


def in_need_series(year: Year, pupils: Array, series: Series) -> None:
    """Children in need, and looked after, for each 10,000 children; `pupils` float[authority] stand for the children."""
    random = year.random("children.need")
    for code, rate in (("CIN", 335.0), ("LAC", 66.0)):
        count = random.poisson(pupils * 1.35 * rate / 10_000)
        series.ratio(code, year.start, count, pupils * 1.35, scale=10_000, places=1 if code == "CIN" else 0)


def write(folder: Folder, rows: list[list[object]]) -> None:
    folder.rows("ees/ks4_la.csv", KS4_LA, rows, mark=True, line_end="\n")

"""Puts the areas' figures of one year into the series: every code the coverage list names, from the same cells as the school tables."""

import numpy as np

from headway.example.attainment import Outcome
from headway.example.attendance import Absence, Exclusions
from headway.example.cohorts import cut
from headway.example.intake import Year
from headway.example.layouts.rows import Rows
from headway.example.series import Series, by_authority

Array = np.ndarray
_KS2 = {
    "KS2RWM_Expected_STD": ("RWM_EXP", "all", 100.0, 0),
    "KS2RWM_Higher_STD": ("RWM_HIGH", "all", 100.0, 0),
    "DAP_NEW_KS2_RWM": ("RWM_EXP", "disadvantaged", 100.0, 0),
    "NonDAP_NEW_KS2_RWM": ("RWM_EXP", "others", 100.0, 0),
    "NoID_SEN_NEW_KS2_RWM": ("RWM_EXP", "no_sen", 100.0, 0),
    "NEW_KS2_RWM_Sen_W/Osta": ("RWM_EXP", "support", 100.0, 0),
    "NEW_KS2_RWM_Sen_Withsta": ("RWM_EXP", "plan", 100.0, 0),
    "KS2R_AVG_Scaled_Score": ("READ_AVERAGE", "all", 1.0, 0),
    "KS2M_AVG_Scaled_Score": ("MAT_AVERAGE", "all", 1.0, 0),
    "KS2R_Prog_VA": ("READPROG", "all", 1.0, 2),
    "KS2W_Prog_VA": ("WRITPROG", "all", 1.0, 2),
    "KS2M_Prog_VA": ("MATPROG", "all", 1.0, 2),
}
_KS4 = {
    "AVG_Attain8_Score": ("ATT8SCR", "all", 1.0, 1),
    "DAP_KS4_ATT8": ("ATT8SCR", "disadvantaged", 1.0, 1),
    "NonDAP_KS4_ATT8": ("ATT8SCR", "others", 1.0, 1),
    "SEN_NoID_AVG_Attain8_Score": ("ATT8SCR", "no_sen", 1.0, 1),
    "SEN_WoStat_AVG_Attain8_Score": ("ATT8SCR", "support", 1.0, 1),
    "SEN_Stat_AVG_Attain8_Score": ("ATT8SCR", "plan", 1.0, 1),
    "AVG_Prog8_Score": ("P8MEA", "all", 1.0, 2),
    "DAP_KS4_Prog8": ("P8MEA", "disadvantaged", 1.0, 2),
    "NonDAP_KS4_Prog8": ("P8MEA", "others", 1.0, 2),
    "EngMaths9-4": ("L2BASICS_94", "all", 100.0, 1),
    "EngMaths9-5": ("L2BASICS_95", "all", 100.0, 1),
    "EngBacEntries": ("EBACC_E", "all", 100.0, 1),
    "EngBacAvgPointScore": ("EBACCAPS", "all", 1.0, 2),
}


def results(series: Series, rows: Rows, *, stage: str) -> None:
    """Key stage 2 or 4, from the area rows of the school tables."""
    year = rows.year
    areas = slice(rows.schools, rows.schools + year.authorities)
    for code, (name, of, scale, places) in (_KS2 if stage == "ks2" else _KS4).items():
        if name in rows.cells:
            series.ratio(code, year.start, cut(rows.cells[name][areas], of), rows.size(of)[areas], scale=scale, places=places)


def early_years(series: Series, year: Year, outcomes: dict[str, Outcome]) -> None:
    codes = {
        ("gld", "gld"): ("FSP_NEW_GOODDEV", 1),
        ("phonics", "phonics"): ("KS1P_all", 0),
        ("ks1", "reading"): ("KS1R_Expected_STD", 0),
        ("ks1", "writing"): ("KS1W_Expected _STD", 0),
        ("ks1", "maths"): ("KS1M_Expected _STD", 0),
    }
    for (stage, name), (code, places) in codes.items():
        if stage in outcomes:
            _add(series, year, outcomes[stage], name, code, "all", places)
    for stage, code, of in (
        ("phonics", "KS1P_FSM", "disadvantaged"),
        ("phonics", "KS1P_SEND", "support"),
        ("phonics", "KS1P_EHCP", "plan"),
        ("gld", "FSP_Gooddev_FSM", "disadvantaged"),
    ):
        if stage in outcomes:
            _add(series, year, outcomes[stage], stage, code, of, 0 if stage == "phonics" else 1)


def _add(series: Series, year: Year, outcome: Outcome, name: str, code: str, of: str, places: int) -> None:
    authority = year.authority[outcome.rows]
    top, bottom = (by_authority(cut(cells, of), authority, year.authorities) for cells in (outcome.reached[name], outcome.counts))
    series.ratio(code, year.start, top, bottom, scale=100, places=places)


def attendance(series: Series, year: Year, absence: Absence | None) -> None:
    codes = {"TotAbs": None, "PriTotAbs": 0, "SecTotAbs": 1}
    if absence is None:
        for code in (*codes, "TotPerAbNew", "TotSevPerAbNew"):
            series.gap(code, year.start)
        return
    authority = year.authority[absence.rows]
    for code, group in codes.items():
        here = np.ones(len(authority), dtype=bool) if group is None else absence.group == group
        top, bottom = (by_authority(values[here], authority[here], year.authorities) for values in (absence.missed, absence.possible))
        series.ratio(code, year.start, top, bottom, scale=100, places=2)
    pupils = by_authority(absence.pupils, authority, year.authorities)
    for code, values in (("TotPerAbNew", absence.persistent), ("TotSevPerAbNew", absence.severe)):
        series.ratio(code, year.start, by_authority(values, authority, year.authorities), pupils, scale=100, places=2)


def exclusions(series: Series, year: Year, found: Exclusions) -> None:
    authority = year.authority[found.rows]
    pupils = by_authority(found.pupils, authority, year.authorities)
    for code, values, places in (
        ("TotFixedEx", found.suspensions, 3),
        ("TotPermEx", found.permanent, 4),
        ("Total_ Pup_FixedEx", found.suspended, 3),
    ):
        series.ratio(code, year.start, by_authority(values, authority, year.authorities), pupils, scale=100, places=places, style="slash")


def context(series: Series, year: Year, counts: dict[str, Array]) -> None:
    """Free meals by phase, need over all."""
    for phase, kinds in (("Pri", ("infant", "junior", "primary")), ("Sec", ("secondary", "all_through"))):
        rows = year.kind(*kinds)
        roll = by_authority(counts["roll"][rows], year.authority[rows], year.authorities)
        long = "Prim" if phase == "Pri" else "Sec"
        for code, name in ((f"{phase}FSM", "fsm"), (f"Ever6_FSM_{long}", "ever"), (f"EAL{phase}", "eal")):
            series.ratio(code, year.start, by_authority(counts[name][rows], year.authority[rows], year.authorities), roll, scale=100)
    roll = by_authority(counts["roll"], year.authority, year.authorities)
    for code, name in (("SEN_TotStat", "plan"), ("SEN_TotSENSuP", "support")):
        series.ratio(code, year.start, by_authority(counts[name], year.authority, year.authorities), roll, scale=100)

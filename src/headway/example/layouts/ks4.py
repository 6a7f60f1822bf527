"""Key stage 4 by school, provisional and final, in the published columns."""

import numpy as np

from headway.example.attainment import P8_SPREAD, Outcome, ks4
from headway.example.intake import Year
from headway.example.layouts.rows import Levels, Rows
from headway.example.legal import form
from headway.example.writing import Column, Folder, marked

_CUTS = {
    "BOYS": "boys",
    "GIRLS": "girls",
    "FSM6CLA1A": "disadvantaged",
    "NFSM6CLA1A": "others",
    "LO": "low",
    "AV": "middle",
    "HI": "high",
    "EAL": "eal",
}
LEVELS = Levels(authority="4", state="7", all="5")
UNPUBLISHED = (2019, 2020)  # grades given by centres and teachers: no tables of schools


def write(folder: Folder, year: Year) -> Rows:
    """Final and provisional tables; the rows are given back for the areas' series, also for years without tables."""
    outcome = ks4(year)
    rows = Rows(year, outcome, LEVELS)
    if year.start not in UNPUBLISHED:
        folder.table(f"performance-tables/{year.name}/england_ks4final.csv", _final(rows, outcome), mark=True)
        folder.table(f"performance-tables/{year.name}/england_ks4provisional.csv", _provisional(rows), mark=True)
    return rows


def _kind(rows: Rows) -> dict[str, Column]:
    year = rows.year
    types = [form(year.sites, year.establishment[row]).short for row in rows.rows.tolist()]
    return {"ICLOSE": rows.schools_only(["0"] * rows.schools), "NFTYPE": rows.schools_only(types)}


def _headline(rows: Rows) -> dict[str, Column]:
    found: dict[str, Column] = {"TPUP": rows.number(), "ATT8SCR": rows.points("ATT8SCR", nobody="NE")}
    if "P8MEA" in rows.cells:
        value, lower, upper = (_not_for_independents(rows, part) for part in rows.interval("P8MEA", P8_SPREAD, places=2, trim=False))
        found |= {"P8PUP": rows.number(), "P8MEA": value, "P8CILOW": lower, "P8CIUPP": upper}
    if "L2BASICS_94" in rows.cells:
        found |= {"PTL2BASICS_94": rows.percent("L2BASICS_94"), "PTL2BASICS_95": rows.percent("L2BASICS_95")}
    if "EBACCAPS" in rows.cells:
        found["EBACCAPS"] = rows.points("EBACCAPS", places=2)
    found["PTEBACC_E_PTQ_EE"] = rows.percent("EBACC_E")
    return found


def _not_for_independents(rows: Rows, column: np.ndarray) -> np.ndarray:
    """No Progress 8 is published for independent schools; a few others have too few pupils with a start."""
    column = column.copy()
    schools = column[: rows.schools]
    independent = ~rows.year.state[rows.rows]
    schools = marked(schools, independent, "NP")
    unlucky = rows.year.random("ks4.coverage").random(rows.schools) < 0.004
    column[: rows.schools] = marked(schools, unlucky & ~independent & (schools != "SUPP"), "LOWCOV")
    column[-1] = "NA"
    return column


def _provisional(rows: Rows) -> dict[str, Column]:
    """A first release: the same pupils before the checking exercise moved some scores up a little."""
    found = rows.identity() | _kind(rows) | _headline(rows)
    if "P8MEA" in rows.cells:
        found |= {f"{name}_ORIG": found[name] for name in ("P8MEA", "P8CILOW", "P8CIUPP")} | {"TP8ADJ": ["0.00"] * rows.units}
        found["P8_BANDING"] = rows.schools_only(
            [_band(*bounds) for bounds in zip(found["P8CILOW"], found["P8CIUPP"], strict=True)][: rows.schools]
        )
    shift = np.round(rows.year.random("ks4.provisional").normal(-0.15, 0.12, rows.units), 1)
    shift[~rows.is_school] = -0.1
    found["ATT8SCR"] = [_moved(score, by) for score, by in zip(found["ATT8SCR"], shift.tolist(), strict=True)]
    return found


def _band(lower: str, upper: str) -> str:
    """1 well above average to 5 well below, by whether the interval reaches zero; the middle value decides how far."""
    try:
        low, high = float(lower), float(upper)
    except ValueError:
        return ""
    middle = (low + high) / 2
    if low > 0:
        return "1" if middle >= 0.5 else "2"
    if high < 0:
        return "5" if middle < -0.5 else "4"
    return "3"


def _moved(score: str, by: float) -> str:
    try:
        return f"{max(float(score) + by, 0):.1f}"
    except ValueError:
        return score  # a marker


def _final(rows: Rows, outcome: Outcome) -> dict[str, Column]:
    found = rows.identity() | _kind(rows)
    found |= {"BPUP": rows.number("boys"), "GPUP": rows.number("girls")}
    for label, name in (
        ("FSM6CLA1A", "disadvantaged"),
        ("NOTFSM6CLA1A", "others"),
        ("EALGRP2", "eal"),
        ("PRIORLO", "low"),
        ("PRIORAV", "middle"),
        ("PRIORHI", "high"),
    ):
        found |= {f"T{label}": rows.number(name), f"PT{label}": rows.share(name)}
    found |= {
        "SENSE4": rows.number("plan"),
        "PSENSE4": rows.share("plan"),
        "SENAPK4": rows.number("support"),
        "PSENAPK4": rows.share("support"),
    }
    found |= _headline(rows)
    for suffix, name in _CUTS.items():
        found[f"ATT8SCR_{suffix}"] = rows.points("ATT8SCR", name)
        if "P8MEA" in rows.cells:
            value, lower, upper = rows.interval("P8MEA", P8_SPREAD, name, places=2, trim=False)
            parts = {f"P8MEA_{suffix}": value, f"P8CILOW_{suffix}": lower, f"P8CIUPP_{suffix}": upper}
            found |= {key: _not_for_independents(rows, part) for key, part in parts.items()}
        if "EBACCAPS" in rows.cells:
            found[f"EBACCAPS_{suffix}"] = rows.points("EBACCAPS", name, places=2)
    if "L2BASICS_94" in rows.cells:
        for grade in ("94", "95"):
            found |= {
                f"PTFSM6CLA1ABASICS_{grade}": rows.percent(f"L2BASICS_{grade}", "disadvantaged"),
                f"PTNOTFSM6CLA1ABASICS_{grade}": rows.percent(f"L2BASICS_{grade}", "others"),
            }
    return found

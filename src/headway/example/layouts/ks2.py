"""Key stage 2 by school: the full published layout's columns for what Headway reads."""

from headway.example.attainment import SPREAD, Outcome, ks2
from headway.example.intake import Year
from headway.example.layouts.rows import Levels, Rows
from headway.example.writing import Column, Folder

_CUTS = {
    "B": "boys",
    "G": "girls",
    "L": "low",
    "M": "middle",
    "H": "high",
    "FSM6CLA1A": "disadvantaged",
    "NotFSM6CLA1A": "others",
    "EAL": "eal",
}
LEVELS = Levels(authority="3", state="5", all="4")


def write(folder: Folder, year: Year) -> Rows | None:
    """performance-tables/YEAR/england_ks2final.csv; nothing for a year without tests. Early years are not published."""
    outcome = ks2(year)
    if outcome is None:
        return None
    rows = Rows(year, outcome, LEVELS)
    folder.table(f"performance-tables/{year.name}/england_ks2final.csv", columns(rows, outcome), mark=True)
    return rows


def columns(rows: Rows, outcome: Outcome) -> dict[str, Column]:
    year = rows.year
    site = year.site[rows.rows]
    found = rows.identity()
    found["TOWN"] = rows.schools_only([year.sites.town[s] for s in site])
    found["ICLOSE"] = rows.schools_only(["0"] * rows.schools)
    found["TOTPUPS"] = rows.schools_only([str(roll) for roll in year.roll[rows.rows]])
    found |= {
        "TELIG": rows.number(),
        "BELIG": rows.number("boys"),
        "GELIG": rows.number("girls"),
        "PBELIG": rows.share("boys"),
        "PGELIG": rows.share("girls"),
    }
    for letter, name in (("L", "low"), ("M", "middle"), ("H", "high")):
        found |= {f"TKS1GROUP_{letter}": rows.number(name), f"PTKS1GROUP_{letter}": rows.share(name)}
    for label, name in (
        ("FSM6CLA1A", "disadvantaged"),
        ("NotFSM6CLA1A", "others"),
        ("EALGRP2", "eal"),
        ("SENELSE", "plan"),
        ("SENELK", "support"),
        ("SENELN", "no_sen"),
    ):
        found |= {f"T{label}": rows.number(name), (f"P{label}" if "SEN" in label else f"PT{label}"): rows.share(name)}
    found["SENELN"] = found.pop("TSENELN")  # the real layout has no T there
    found |= {"PTRWM_EXP": rows.percent("RWM_EXP"), "PTRWM_HIGH": rows.percent("RWM_HIGH")}
    found |= _progress(rows)
    found |= {name: rows.points(name, places=0) for name in ("READ_AVERAGE", "MAT_AVERAGE")}
    for suffix, name in _CUTS.items():
        found |= {f"PTRWM_EXP_{suffix}": rows.percent("RWM_EXP", name), f"PTRWM_HIGH_{suffix}": rows.percent("RWM_HIGH", name)}
        found |= {f"{score}_{suffix}": rows.points(score, name, places=0) for score in ("READ_AVERAGE", "MAT_AVERAGE")}
    return found


def _progress(rows: Rows) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for name, spread in SPREAD.items():
        if name not in rows.cells:
            continue
        for suffix, of in {"": "all", **{f"_{key}": value for key, value in _CUTS.items()}}.items():
            value, lower, upper = rows.interval(name, spread, of)
            found |= {f"{name}{suffix}": value, f"{name}{suffix}_LOWER": lower, f"{name}{suffix}_UPPER": upper}
    return found

"""The school census by school, in the layouts of 2017/18, 2020/21 and 2021/22."""

from dataclasses import dataclass

import numpy as np

from headway.example import kinds
from headway.example.intake import Year
from headway.example.writing import Column, Folder, text

Array = np.ndarray
_PHASES = {"PRI": ("infant", "junior", "primary"), "SEC": ("secondary", "all_through"), "SPE": ("special",)}
_TYPES = {"PRI": "State-funded primary", "SEC": "State-funded secondary", "SPE": "Special school"}


@dataclass(frozen=True)
class Census:
    """Pupils on roll by characteristics, one row a school of the Year (float counts)."""

    rows: Array
    counts: dict[str, Array]


def take(year: Year) -> Census:
    rows = np.arange(len(year.site))
    random, roll = year.random("census"), year.roll
    draw = {"boys": year.boys, "plan": year.plan, "eal": year.eal, "ever": year.poor}
    counts = {name: random.binomial(roll, share).astype(float) for name, share in draw.items()}
    counts["support"] = random.binomial(
        roll - counts["plan"].astype(int), np.clip(year.support / np.maximum(1 - year.plan, 0.05), 0, 1)
    ).astype(float)
    counts["fsm"] = random.binomial(counts["ever"].astype(int), np.clip(year.fsm / np.maximum(year.poor, 1e-6), 0, 1)).astype(float)
    counts["roll"] = roll.astype(float)
    counts["unclassified"] = random.binomial(roll, 0.002).astype(float)
    return Census(rows, counts)


def write(folder: Folder, year: Year, census: Census) -> None:
    """Independent schools show their roll, sex and needs, and NP for free meals, as published."""
    national = _national(year, census)
    counts = {name: np.concatenate([values, national[name]]) for name, values in census.counts.items()}
    schools = len(census.rows)
    site = year.site[census.rows]
    codes = [one.code for one in year.country.authorities]
    identity = {
        "URN": [*map(str, year.urn), "NAT", "NAT", "NAT"],
        "LA": [*(codes[a] for a in year.authority), "", "", ""],
        ("Estab" if year.start >= 2021 else "ESTAB"): [*map(str, year.sites.estab[site]), *_PHASES],
    }
    if year.start >= 2018:
        identity["SCHOOLTYPE"] = [*(_school_type(year, s) for s in site), *_TYPES.values()]
    hidden = np.zeros(schools + 3, dtype=bool)
    hidden[:schools] = ~year.state
    folder.table(f"performance-tables/{year.name}/england_census.csv", identity | _columns(year.start, counts, hidden), mark=True)


def _national(year: Year, census: Census) -> dict[str, Array]:
    result = {}
    for name, values in census.counts.items():
        result[name] = np.array([values[year.kind(*of)].sum() for of in _PHASES.values()])
    return result


def _school_type(year: Year, site: int) -> str:
    kind = kinds.NAMES[int(year.sites.kind[site])]
    for phase, of in _PHASES.items():
        if kind in of:
            return _TYPES[phase]
    names = {
        "independent": "Independent school",
        "nursery": "State-funded nursery",
        "pru": "State-funded AP school",
        "sixth_form": "Sixth form college",
    }
    return names.get(kind, "State-funded primary")


def _columns(start: int, counts: dict[str, Array], independent: Array) -> dict[str, Column]:
    roll = counts["roll"]
    places, suffix = (2, "") if start >= 2021 else (1, "%" if start == 2020 else "")

    def percent(values: Array) -> Array:
        return text(np.where(roll > 0, 100 * values / np.maximum(roll, 1), np.nan), places, suffix)

    girls = roll - counts["boys"]
    english = roll - counts["eal"] - counts["unclassified"]
    found: dict[str, Column] = {
        "NOR": text(roll),
        "NORG": text(girls),
        "NORB": text(counts["boys"]),
        "PNORG": percent(girls),
        "PNORB": percent(counts["boys"]),
    }
    found |= {
        "TSENELSE": text(counts["plan"]),
        "PSENELSE": percent(counts["plan"]),
        "TSENELK": text(counts["support"]),
        "PSENELK": percent(counts["support"]),
    }
    found |= {"NUMEAL": text(counts["eal"]), "NUMENGFL": text(np.maximum(english, 0)), "NUMUNCFL": text(counts["unclassified"])}
    found |= {"PNUMEAL": percent(counts["eal"]), "PNUMENGFL": percent(np.maximum(english, 0)), "PNUMUNCFL": percent(counts["unclassified"])}
    if start <= 2017:
        found["PNUMFSM"] = _published(percent(counts["fsm"]), independent)
    else:
        found["NUMFSM"] = _published(text(counts["fsm"]), independent)
    found["NUMFSMEVER"] = _published(text(counts["ever"]), independent)
    if start >= 2021:
        found["NORFSMEVER"] = _published(text(roll), independent)
    found["PNUMFSMEVER"] = _published(percent(counts["ever"]), independent)
    return found


def _published(column: Array, independent: Array) -> Array:
    result = column.copy()
    result[independent] = "NP"
    return result

"""School absence as the performance tables hold it: two rates, no counts, national rows at the end."""

import numpy as np

from headway.example.attendance import Absence
from headway.example.intake import Year
from headway.example.planted import FAULT, Truth
from headway.example.writing import Column, Folder, marked, text


def write(folder: Folder, year: Year, absence: Absence, truths: tuple[Truth, ...]) -> None:
    """performance-tables/YEAR/england_abs.csv. The planted fault multiplies one school's rate in this file alone."""
    site = year.site[absence.rows]
    total, often = 100 * absence.missed / absence.possible, 100 * absence.persistent / absence.pupils
    for truth in truths:
        if truth.kind == FAULT and truth.first == year.start:
            total = np.where(site == truth.site, total * truth.factor, total)
    small = absence.pupils < 11
    national = [[], []]  # type: list[list[float]]
    for group in range(3):
        here = absence.group == group
        national[0].append(100 * absence.missed[here].sum() / max(absence.possible[here].sum(), 1))
        national[1].append(100 * absence.persistent[here].sum() / max(absence.pupils[here].sum(), 1))
    codes = [one.code for one in year.country.authorities]
    columns: dict[str, Column] = {
        "LA": [*(codes[a] for a in year.authority[absence.rows]), "NAT", "NAT", "NAT"],
        "ESTAB": [*map(str, year.sites.estab[site]), "PRI", "SEC", "SPE"],
        "URN": [*map(str, year.urn[absence.rows]), "", "", ""],
        "PERCTOT": np.concatenate([marked(text(total, 1), small, "SUPP"), text(np.array(national[0]), 1)]),
        "PPERSABS10": np.concatenate([marked(text(often, 1), small, "SUPP"), text(np.array(national[1]), 1)]),
    }
    folder.table(f"performance-tables/{year.name}/england_abs.csv", columns, mark=True)

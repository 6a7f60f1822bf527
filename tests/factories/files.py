"""Made-up published files in the layouts that publishers use. Nobody and no school in them is real."""

import csv
from pathlib import Path

FIRST_URN = 900001


def ks2_full(
    folder: Path, values: dict[int, str], *, year: str = "2017-18", eligible: int = 30, name: str = "england_ks2final.csv"
) -> Path:
    """A key stage 2 school file: URN → the percentage as published (63%, SUPP, …)."""
    path = folder / year / name
    path.parent.mkdir(parents=True, exist_ok=True)
    header = ["RECTYPE", "LEA", "ESTAB", "URN", "SCHNAME", "TELIG", "PTRWM_EXP", "PTRWM_HIGH", "READPROG", "WRITPROG", "MATPROG"]
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for urn, value in values.items():
            writer.writerow(["1", "198", urn % 10_000, urn, f"School {urn}", eligible, value, "10%", "0.1", "0.2", "0.3"])
        writer.writerow(["5", "", "", "", "England", 30 * len(values), "61%", "10%", "0", "0", "0"])
    return path


def ks2_of(value: str, schools: int = 25) -> dict[int, str]:
    """The same percentage for a number of schools."""
    return {FIRST_URN + number: value for number in range(schools)}

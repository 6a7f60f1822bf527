"""A levels and destinations by school, in the published columns."""

import numpy as np

from headway.example.attainment import Outcome
from headway.example.cohorts import Effects, attained
from headway.example.intake import Year
from headway.example.layouts.rows import Levels, Rows
from headway.example.resources import ALevels, sustained
from headway.example.series import Series, by_authority
from headway.example.writing import Column, Folder, marked, text

Array = np.ndarray
_STAYED = Effects(0.1, -0.9, 0.1, -0.5, -0.9, -0.7, 0.8, 0.35)
_GRADES = (
    (52.5, "A"),
    (47.5, "A-"),
    (42.5, "B+"),
    (37.5, "B"),
    (34.2, "B-"),
    (30.8, "C+"),
    (27.5, "C"),
    (24.2, "C-"),
    (20.8, "D+"),
    (17.5, "D"),
    (12.5, "D-"),
    (0.0, "E"),
)


def write_a_levels(folder: Folder, year: Year, found: ALevels, series: Series) -> None:
    """performance-tables/YEAR/england_ks5final.csv but for the years without tables; always the areas' series."""
    state = year.state[found.rows]
    sums = {
        "points": found.points,
        "entries": found.entries.astype(float),
        "students": found.students.astype(float),
        "entrants": found.entrants.astype(float),
    }
    areas = {name: by_authority(values[state], year.authority[found.rows][state], year.authorities) for name, values in sums.items()}
    series.ratio("APSE_Alevel", year.start, areas["points"], areas["entries"], places=2)
    if year.start in (2019, 2020):
        return
    whole = {name: np.concatenate([sums[name], areas[name], [areas[name].sum(), sums[name].sum()]]) for name in sums}
    schools = len(found.rows)
    per_entry = np.where(whole["entries"] > 0, whole["points"] / np.maximum(whole["entries"], 1), np.nan)
    small = (np.arange(len(per_entry)) < schools) & (whole["entrants"] < 6)
    college = np.isin(found.rows, year.kind("sixth_form"))
    codes = [one.code for one in year.country.authorities]
    site, blank = year.site[found.rows], [""] * (len(codes) + 2)
    columns: dict[str, Column] = {
        "RECTYPE": [*np.where(college, "3", "1").tolist(), *["4"] * len(codes), "7", "5"],
        "LEA": [*(codes[a] for a in year.authority[found.rows]), *codes, "", ""],
        "ESTAB": [*map(str, year.sites.estab[site]), *blank],
        "URN": [*map(str, year.urn[found.rows]), *blank],
        "SCHNAME": [*(year.sites.name[s] for s in site), *blank],
        "ICLOSE": [*["0"] * schools, *blank],
        "TPUP1618": text(whole["students"]),
        "TALLPUP_ALEV_1618": text(whole["entrants"]),
        "TALLPPE_ALEV_1618": marked(marked(text(per_entry, 2), whole["entries"] == 0, "NE"), small & (whole["entries"] > 0), "SUPP"),
        "TALLPPEGRD_ALEV_1618": [_grade(points, bool(hide)) for points, hide in zip(per_entry.tolist(), small.tolist(), strict=True)],
    }
    folder.table(f"performance-tables/{year.name}/england_ks5final.csv", columns, mark=True)


def _grade(points: float, hidden: bool) -> str:
    if not np.isfinite(points):
        return "NE"
    return "SUPP" if hidden else next(grade for least, grade in _GRADES if points >= least)


def write_destinations(folder: Folder, year: Year, leavers: Rows, series: Series) -> None:
    """Where key stage 4 leavers of this year were: state-funded schools, overall and by disadvantage."""
    level = sustained(year)
    if level is None:
        return
    kept = year.state[leavers.rows]
    rows, counts = leavers.rows[kept], leavers.outcome.counts[kept]
    stayed = attained(year.random("destinations"), counts, _STAYED, year.quality[rows], level / 100)
    found = Rows(year, Outcome(rows, counts, {"stayed": stayed}, {}), Levels("LA", "NAT", "drop"))
    areas = slice(found.schools, found.schools + year.authorities)
    series.ratio(
        "SusEdOverall_All",
        year.start,
        found.cells["stayed"][areas].reshape(year.authorities, -1).sum(axis=1),
        found.size()[areas],
        scale=100,
    )
    columns = found.identity()
    columns |= {"ICLOSE": found.schools_only(["0"] * found.schools)}
    for suffix, of in (("", "all"), ("_DIS", "disadvantaged"), ("_NONDIS", "others")):
        columns |= _of(found, suffix, of)
    folder.table(
        f"performance-tables/{year.name}/england_ks4-pupdest.csv", {name: list(column)[:-1] for name, column in columns.items()}, mark=True
    )


def _of(found: Rows, suffix: str, of: str) -> dict[str, Column]:
    """Overall, its parts by fixed shares, and what was not sustained or not known."""
    size, rate = found.size(of).astype(float), found.rate("stayed", of)
    overall = np.round(np.where(size > 0, rate * size, 0))
    parts = {"OVERALL_DEST": overall, "APPREN": np.floor(overall * 0.035), "EMPLOYMENT": np.floor(overall * 0.03)}
    parts["EDUCATION"] = overall - parts["APPREN"] - parts["EMPLOYMENT"]
    parts["UNKNOWN"] = np.floor((size - overall) * 0.2)
    parts["NOT_SUSTAINED"] = size - overall - parts["UNKNOWN"]
    columns: dict[str, Column] = {f"COHORT{suffix}": found.number(of)}
    columns |= {f"{name}{suffix}": found.hidden(text(values), of, "") for name, values in parts.items()}
    for name, values in parts.items():
        share = text(np.where(size > 0, 100 * values / np.maximum(size, 1), np.nan), suffix="%")
        columns[f"{name}PER{suffix}"] = found.hidden(share, of, "")
    return columns

"""Workforce, finance and reserves in their published layouts."""

import numpy as np

from headway.example.intake import Year
from headway.example.places import REGIONS
from headway.example.resources import Finance, Workforce
from headway.example.writing import Column, Folder, text

Array = np.ndarray
_PHASES = {"PRI": ("infant", "junior", "primary"), "SEC": ("secondary", "all_through")}
_STAFF = (
    "Total Number of Teachers",
    "Total Number of Teaching Assistants",
    "Total Number of Non Classroom-based School Support Staff, Excluding Auxiliary Staff",
)


def write_workforce(folder: Folder, year: Year, found: Workforce) -> None:
    """performance-tables/YEAR/england_swf.csv. Schools that did not submit have DNS, as some do each year."""
    codes = [one.code for one in year.country.authorities]
    site = year.site[found.rows]
    columns: dict[str, Column] = {
        "LA Number": [*(codes[a] for a in year.authority[found.rows]), "NAT", "NAT"],
        "Establishment Number": [*map(str, year.sites.estab[site]), *_PHASES],
        "URN": [*map(str, year.urn[found.rows]), "", ""],
    }
    if year.start >= 2020:
        phases = np.where(
            np.isin(found.rows, year.kind("secondary", "all_through", "sixth_form")),
            "Secondary",
            np.where(np.isin(found.rows, year.kind("special", "pru")), "Special", "Primary"),
        )
        columns["School Phase"] = [*phases.tolist(), "", ""]
    absent = year.random("workforce.absent").random(len(found.rows)) < 0.004
    counts = {
        f"{_STAFF[0]} (Headcount)": (found.heads, 0),
        f"{_STAFF[1]} (Headcount)": (np.ceil(found.assistants * 1.4), 0),
        f"{_STAFF[2]} (Headcount)": (np.ceil(found.support * 1.3), 0),
    }
    counts |= {
        f"{_STAFF[0]} (Full-Time Equivalent)": (found.teachers, 1),
        f"{_STAFF[1]} (Full-time Equivalent)": (found.assistants, 1),
        f"{_STAFF[2]} (Full-Time Equivalent)": (found.support, 1),
    }
    for name, (values, places) in counts.items():
        columns[name] = _with_national(year, found, values, places, absent)
    columns["Pupil:     Teacher Ratio"] = _ratio(year, found, absent)
    columns["Mean Gross FTE Salary of All Teachers (£s)"] = _salary(year, found, absent)
    folder.table(f"performance-tables/{year.name}/england_swf.csv", columns, mark=True)


def _national(year: Year, found: Workforce, values: Array) -> list[float]:
    return [float(values[np.isin(found.rows, year.kind(*kinds))].sum()) for kinds in _PHASES.values()]


def _with_national(year: Year, found: Workforce, values: Array, places: int, absent: Array) -> list[str]:
    shown = text(values.astype(float), places)
    shown[absent] = "DNS"
    return [*shown.tolist(), *(f"{round(total):,}" for total in _national(year, found, values))]


def _ratio(year: Year, found: Workforce, absent: Array) -> list[str]:
    roll = year.roll[found.rows].astype(float)
    shown = text(roll / found.teachers, 1)
    shown[absent] = "DNS"
    totals = zip(_national(year, found, roll), _national(year, found, found.teachers), strict=True)
    return [*shown.tolist(), *(f"{pupils / max(teachers, 1):.1f}" for pupils, teachers in totals)]


def _salary(year: Year, found: Workforce, absent: Array) -> list[str]:
    hidden = found.heads < 4  # fewer than four teachers: a person's pay could be told
    shown = [f"£{int(pay):,}" for pay in found.salary.tolist()]
    paid = zip(_national(year, found, found.salary * found.teachers), _national(year, found, found.teachers), strict=True)
    marks = ["DNS" if gone else "SUPP" if few else pay for pay, few, gone in zip(shown, hidden.tolist(), absent.tolist(), strict=True)]
    return [*marks, *(f"£{round(total / max(teachers, 1)):,}" for total, teachers in paid)]


def write_finance(folder: Folder, year: Year, found: Finance) -> None:
    ending = str(year.start + 1)
    columns: dict[str, Column] = {
        "URN": [str(urn) for urn in year.urn[found.rows]],
        "Income": text(found.income, 2, trim=True),
        "Expenditure": text(found.expenditure, 2, trim=True),
        "Balance": text(found.income - found.expenditure, 2, trim=True),
        "Academic Year": [ending] * len(found.rows),
    }
    folder.table(f"performance-tables/{year.name}/cfr_income_expenditure_{year.name}.csv", columns)


RESERVES = [
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_name",
    "country_code",
    "region_name",
    "region_code",
    "la_name",
    "old_la_code",
    "new_la_code",
    "school_phase",
    "number_schools",
    "number_schools_with_surplus",
    "number_schools_with_deficit",
    "PC_schools_with_surplus",
    "PC_schools_with_deficit",
    "total_revenue_balance_million",
    "average_revenue_balance",
    "revenue_balance_as_pc_total_income",
    "total_revenue_reserve_schools_surplus_million",
    "total_revenue_reserve_schools_deficit_million",
    "total_income_million",
]


def reserve_rows(year: Year, found: Finance) -> list[list[str]]:
    """Rows of the reserves table of one financial year, all maintained schools: England, then authorities."""
    authority = year.authority[found.rows]
    start = [f"{year.start}{(year.start + 1) % 100:02d}", "Financial year"]
    every = np.ones(len(authority), dtype=bool)
    rows = [[*start, "National", "England", "E92000001", "", "", "", "", "", *_reserves(found, every)]]
    for position, one in enumerate(year.country.authorities):
        place = ["Local authority", "England", "E92000001", REGIONS[one.region], f"E1200000{one.region + 1}", one.name, one.code, one.gss]
        if (authority == position).any():
            rows.append([*start, *place, *_reserves(found, authority == position)])
    return rows


def _reserves(found: Finance, here: Array) -> list[str]:
    reserve, income, count = found.reserve[here], found.income[here].sum(), int(here.sum())
    over, under = reserve[reserve > 0], reserve[reserve < 0]
    return [
        "All Local authority maintained schools",
        str(count),
        str(len(over)),
        str(len(under)),
        f"{100 * len(over) / count:.1f}",
        f"{100 * len(under) / count:.1f}",
        f"{reserve.sum() / 1e6:.2f}",
        f"{reserve.sum() / count:.0f}",
        f"{100 * reserve.sum() / income:.1f}",
        f"{over.sum() / 1e6:.2f}",
        f"{under.sum() / 1e6:.2f}",
        f"{income / 1e6:.2f}",
    ]

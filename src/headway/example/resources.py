"""Teachers, money and what becomes of leavers: figures that follow the roll."""

from dataclasses import dataclass

import numpy as np

from headway.example.intake import Year

Array = np.ndarray
_PAY = {
    2015: 37.2,
    2016: 37.5,
    2017: 38.0,
    2018: 38.7,
    2019: 39.6,
    2020: 41.2,
    2021: 41.9,
    2022: 44.6,
    2023: 47.6,
    2024: 50.2,
}  # thousand pounds, mean
_INCOME = {
    2015: 4.75,
    2016: 4.80,
    2017: 4.90,
    2018: 5.05,
    2019: 5.25,
    2020: 5.65,
    2021: 5.95,
    2022: 6.45,
    2023: 6.95,
    2024: 7.35,
}  # thousand pounds a pupil
_DEST = {2015: 94.0, 2016: 94.1, 2017: 94.2, 2018: 94.0, 2019: 94.1, 2020: 93.9, 2021: 93.6, 2022: 92.8}
_ALEVEL = {2015: 30.4, 2016: 31.1, 2017: 32.1, 2018: 32.9, 2019: 38.5, 2020: 40.5, 2021: 37.9, 2022: 34.2, 2023: 34.4, 2024: 35.0}


@dataclass(frozen=True)
class Workforce:
    rows: Array
    teachers: Array  # full-time equivalent
    heads: Array
    assistants: Array
    support: Array
    salary: Array  # pounds


def workforce(year: Year) -> Workforce:
    rows = np.flatnonzero(year.state)
    random, roll = year.random("workforce"), year.roll[rows].astype(float)
    usual = np.select(
        [
            np.isin(rows, year.kind(*kinds))
            for kinds in (("infant", "junior", "primary"), ("secondary", "all_through"), ("special",), ("pru",))
        ],
        [20.6, 16.4, 6.2, 4.5],
        15.0,
    )
    ratio = usual * np.exp(random.normal(0, 0.1, len(rows))) * (roll / 300) ** 0.05
    teachers = np.maximum(roll / ratio, 1.0).round(1)
    # London-like pay is not in this country; older staff and larger schools pay more
    salary = 1000 * _PAY[year.start] * (1 + random.normal(0, 0.07, len(rows)) + np.where(usual < 18, 0.025, -0.01))
    assistants = (roll / np.where(usual > 18, 27, 75) * np.exp(random.normal(0, 0.3, len(rows)))).round(1)
    return Workforce(
        rows,
        teachers,
        np.ceil(teachers * 1.13),
        assistants,
        (roll / 70 * np.exp(random.normal(0, 0.2, len(rows)))).round(1),
        salary.round(),
    )


@dataclass(frozen=True)
class Finance:
    """Maintained schools only, as consistent financial reporting has them; pounds."""

    rows: Array
    income: Array
    expenditure: Array
    reserve: Array


def finance(year: Year) -> Finance:
    maintained = np.array([not one.academy for one in year.establishment]) & year.state
    rows = np.setdiff1d(np.flatnonzero(maintained), year.kind("sixth_form"))
    random, roll = year.random("finance"), year.roll[rows].astype(float)
    more = np.select(
        [np.isin(rows, year.kind(*kinds)) for kinds in (("special",), ("pru",), ("nursery",), ("secondary", "all_through"))],
        [4.2, 4.5, 1.6, 1.18],
        1.0,
    )
    income = (
        roll
        * 1000
        * _INCOME[year.start]
        * more
        * (1 + 0.35 * (year.poor[rows] - 0.25))
        * (260 / np.maximum(roll, 40)) ** 0.12
        * np.exp(random.normal(0, 0.05, len(rows)))
    )
    spent = income * (1 + random.normal(0.002, 0.035, len(rows)))
    reserve = income * np.clip(random.normal(0.075, 0.07, len(rows)), -0.2, 0.4)
    return Finance(rows, income.round(2), spent.round(2), reserve.round(2))


@dataclass(frozen=True)
class ALevels:
    rows: Array
    students: Array
    entrants: Array
    entries: Array
    points: Array  # summed over entries


def a_levels(year: Year) -> ALevels:
    rows = np.flatnonzero(year.sites.sixth_form[year.site])
    random = year.random("ks5")
    share = np.where(np.isin(rows, year.kind("sixth_form")), 0.48, np.where(np.isin(rows, year.kind("independent")), 0.12, 0.085))
    students = np.maximum(random.poisson(year.roll[rows] * share), 1)
    entrants = random.binomial(students, np.clip(0.7 + 0.1 * year.quality[rows], 0.2, 0.97))
    entries = np.round(entrants * 2.65).astype(int)
    mean = _ALEVEL[year.start] + 4.3 * year.quality[rows] - 9 * (year.poor[rows] - 0.25) + np.where(year.state[rows], 0, 5)
    points = np.clip(random.normal(mean * entries, 9 * np.sqrt(np.maximum(entries, 1))), 0, 60 * entries)
    state = year.state[rows]
    points = points * (_ALEVEL[year.start] * entries[state].sum() / points[state].sum())
    return ALevels(rows, students, entrants, entries, np.minimum(points, 60 * entries))


def sustained(year: Year) -> float | None:
    """England's share of leavers with a sustained destination, percent; published two years later."""
    return _DEST.get(year.start)

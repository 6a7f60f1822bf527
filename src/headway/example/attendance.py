"""Absence and exclusions: rates by school that follow deprivation and quality, with England's published level each year."""

from dataclasses import dataclass

import numpy as np

from headway.example.intake import Year

Array = np.ndarray

# England, per cent of sessions and of pupils, LAIT series; 2019/20 was not published. The last year is ours, for the year to date.
PRIMARY = {2015: 4.01, 2016: 4.03, 2017: 4.17, 2018: 4.03, 2020: 3.64, 2021: 6.26, 2022: 5.90, 2023: 5.53, 2024: 5.20, 2025: 5.05}
SECONDARY = {2015: 5.21, 2016: 5.35, 2017: 5.53, 2018: 5.49, 2020: 5.49, 2021: 8.99, 2022: 9.01, 2023: 8.89, 2024: 8.44, 2025: 8.20}
SPECIAL = {2015: 9.1, 2016: 9.7, 2017: 10.2, 2018: 10.5, 2020: 12.3, 2021: 13.1, 2022: 13.0, 2023: 13.0, 2024: 12.8, 2025: 12.6}
SUSPENDED = {2015: 4.29, 2016: 4.76, 2017: 5.08, 2018: 5.36, 2019: 3.76, 2020: 4.25, 2021: 6.91, 2022: 9.33, 2023: 11.31}
EXCLUDED = {2015: 0.084, 2016: 0.096, 2017: 0.098, 2018: 0.097, 2019: 0.061, 2020: 0.047, 2021: 0.078, 2022: 0.111, 2023: 0.129}
SESSIONS = 378
_GROUPS = (("infant", "junior", "primary"), ("secondary", "all_through"), ("special", "pru"))


@dataclass(frozen=True)
class Absence:
    """One row a school that reports attendance: pupils, sessions possible and missed, pupils missing a tenth and half."""

    rows: Array
    group: Array  # 0 primary, 1 secondary, 2 special and alternative
    pupils: Array
    possible: Array
    missed: Array
    persistent: Array
    severe: Array


def absence(year: Year) -> Absence | None:
    if year.start not in PRIMARY:
        return None
    rows = np.concatenate([year.kind(*group) for group in _GROUPS])
    group = np.concatenate([np.full(len(year.kind(*names)), position) for position, names in enumerate(_GROUPS)])
    order = np.argsort(rows, kind="stable")
    rows, group = rows[order], group[order]
    random = year.random("absence")
    pupils = np.maximum(np.round(year.roll[rows] * np.where(group == 0, 0.87, 0.97)), 1).astype(int)
    level = np.array([PRIMARY[year.start], SECONDARY[year.start], SPECIAL[year.start]])[group]
    rate = np.exp(
        0.75 * (year.poor[rows] - 0.26) - np.where(group == 0, 0.07, 0.13) * year.quality[rows] + random.normal(0, 0.07, len(rows))
    )
    rate = rate * np.where(np.isin(rows, year.kind("pru")), 3.0, 1.0)
    for position in range(3):  # each phase at its published level, weighted by pupils
        here = group == position
        rate[here] *= (pupils[here].sum() / (pupils[here] * rate[here]).sum()) if here.any() else 1.0
    share = np.clip(level * rate / 100, 0.008, 0.6)
    possible = pupils * SESSIONS
    missed = random.normal(possible * share, 6 * np.sqrt(possible * share)).clip(0.004 * possible, 0.7 * possible).round().astype(int)
    persistent = random.binomial(pupils, _persistent(missed / possible))
    severe = random.binomial(persistent, np.clip(0.02 + 0.9 * (missed / possible), 0.01, 0.5))
    return Absence(rows, group, pupils, possible, missed, persistent, severe)


def _persistent(rate: Array) -> Array:
    """Share of pupils missing a tenth or more: England's published pairs lie on this curve (4 % to 8 %, 5.4 % to 13.5 %, 9 % to 27 %)."""
    result: Array = np.interp(
        rate, [0.0, 0.02, 0.04, 0.055, 0.075, 0.09, 0.13, 0.2, 0.4, 0.7], [0.0, 0.02, 0.082, 0.138, 0.215, 0.27, 0.36, 0.5, 0.8, 1.0]
    )
    return result


@dataclass(frozen=True)
class Exclusions:
    rows: Array
    pupils: Array
    suspensions: Array
    permanent: Array
    suspended: Array  # pupils with one or more


def exclusions(year: Year) -> Exclusions | None:
    """Suspensions and permanent exclusions of state-funded schools, as published two years later."""
    if year.start not in SUSPENDED:
        return None
    rows = year.kind("infant", "junior", "primary", "secondary", "all_through", "special", "pru")
    random, pupils = year.random("exclusions"), year.roll[rows].astype(float)
    weight = np.select([np.isin(rows, year.kind("infant", "junior", "primary")), np.isin(rows, year.kind("special"))], [0.28, 2.1], 2.1)
    weight = np.where(np.isin(rows, year.kind("pru")), 30.0, weight)
    weight = weight * np.exp(1.6 * (year.poor[rows] - 0.26) - 0.35 * year.quality[rows] + random.normal(0, 0.5, len(rows)))
    rate = SUSPENDED[year.start] / 100 * weight * pupils.sum() / (pupils * weight).sum()
    often = EXCLUDED[year.start] / 100 * weight * pupils.sum() / (pupils * weight).sum()
    suspensions = random.poisson(pupils * rate)
    suspended = np.minimum(random.binomial(suspensions, 0.48) + (suspensions > 0), suspensions)
    return Exclusions(rows, pupils.astype(int), suspensions, random.poisson(pupils * often), suspended)

"""Tidy files of Explore education statistics: one row a place and breakdown, counts and rates side by side."""

import numpy as np

from headway.example.attainment import Outcome
from headway.example.attendance import Absence, Exclusions
from headway.example.intake import Year
from headway.example.places import REGIONS, Country
from headway.example.series import by_authority
from headway.example.writing import Folder

Array = np.ndarray
_NATIONAL, _REGIONAL, _LOCAL = "National", "Regional", "Local authority"


class Tidy:
    """Rows of every tidy file over the years, written once at the end."""

    def __init__(self, country: Country) -> None:
        self.country = country
        self.early_to_2019: list[list[object]] = []
        self.early_from_2022: list[list[object]] = []
        self.exclusions: list[list[object]] = []
        self.to_date: dict[str, list[list[object]]] = {}

    def places(self, values: Array) -> list[tuple[list[str], Array]]:
        """Sums over authorities as places: (level, region code, region, old code, new code, name), with England and regions summed."""
        regions = self.country.region_of()
        result: list[tuple[list[str], Array]] = [([_NATIONAL, "", "", "", "", ""], values.sum(axis=0))]
        for position, name in enumerate(REGIONS):
            result.append(([_REGIONAL, f"E1200000{position + 1}", name, "", "", ""], values[regions == position].sum(axis=0)))
        for position, one in enumerate(self.country.authorities):
            place = [_LOCAL, f"E1200000{one.region + 1}", REGIONS[one.region], one.code, one.gss, one.name]
            result.append((place, values[position]))
        return result

    def add_early_years(self, year: Year, outcome: Outcome) -> None:
        """Good level of development by sex, and from 2021/22 by free meals too."""
        authority = year.authority[outcome.rows]
        for label, cells in (("Total", {}), ("Girls", {1: 1}), ("Boys", {1: 0})):
            self._early(year, outcome, authority, label, cells, ("", "Total"))
            if year.start >= 2021:
                meals = (
                    ("Free school meal eligibility", "Known to be eligible for free school meals"),
                    ("Free school meal eligibility", "Not known to be eligible for free school meals"),
                )
                for position, kind in enumerate(meals):
                    self._early(year, outcome, authority, label, cells | {2: position}, kind)

    def _early(self, year: Year, outcome: Outcome, authority: Array, sex: str, cells: dict[int, int], kind: tuple[str, str]) -> None:
        pair = np.stack(
            [by_authority(_part(part, cells), authority, year.authorities) for part in (outcome.counts, outcome.reached["gld"])], axis=1
        )
        period = f"{year.start}{(year.start + 1) % 100:02d}"
        for (level, region_code, region, old, new, name), (children, good) in self.places(pair):
            share = 100 * good / max(children, 1)
            if year.start >= 2021:
                place = [level, "E92000001", "England", region_code, region, old, new, name, "", ""]
                head = [period, "Academic year", *place, kind[0] or "Total", kind[1], sex, int(children)]
                self.early_from_2022.append([*head, "", "", "", "", "", int(good), f"{share:.6f}"])
            else:
                place = [
                    level.replace("authority", "Authority"),
                    "E92000001",
                    "England",
                    *(part or " " for part in (region_code, region, old, new, name)),
                ]
                self.early_to_2019.append(
                    ["Academic year", period, *place, sex, int(children), "", "", "", "", int(good), f"{share:.1f}", "", ""]
                )

    def add_exclusions(self, year: Year, found: Exclusions) -> None:
        """The old layout, which ends with 2016/17."""
        if year.start > 2016:
            return
        authority, schools = year.authority[found.rows], np.ones(len(found.rows))
        sums = np.stack(
            [
                by_authority(values, authority, year.authorities)
                for values in (schools, found.pupils, found.permanent, found.suspensions, found.suspended)
            ],
            axis=1,
        )
        for (level, _, region, _, _, name), (count, pupils, permanent, fixed, ones) in self.places(sums):
            shown = name or region or "England"
            pupils = max(pupils, 1)
            self.exclusions.append(
                [
                    f"{year.start}{(year.start + 1) % 100:02d}",
                    level,
                    shown,
                    "Total",
                    int(count),
                    int(pupils),
                    int(permanent),
                    f"{100 * permanent / pupils:.2f}",
                    int(fixed),
                    f"{100 * fixed / pupils:.2f}",
                    int(ones),
                    f"{100 * ones / pupils:.2f}",
                ]
            )

    def add_to_date(self, year: Year, absence: Absence) -> None:
        """Attendance of the year to date, by phase, in one file a year."""
        rows = self.to_date.setdefault(year.name, [])
        authority = year.authority[absence.rows]
        for phase, group in (("Total", None), ("Primary", 0), ("Secondary", 1), ("Special", 2)):
            here = np.ones(len(authority), dtype=bool) if group is None else absence.group == group
            values = (np.ones(len(authority)), absence.pupils, absence.possible, absence.missed, absence.persistent)
            sums = np.stack([by_authority(part[here], authority[here], year.authorities) for part in values], axis=1)
            for place, part in self.places(sums):
                rows.append(_attendance(year, place, phase, part))

    def write(self, folder: Folder) -> None:
        """A table without rows is not written: few years may leave one empty."""
        whole = [
            ("ees/eyfsp_key_measures_la_to_2019.csv", EARLY_TO_2019, self.early_to_2019, "\r\n"),
            ("ees/eyfsp_headline_measures.csv", EARLY_FROM_2022, self.early_from_2022, "\n"),
            ("ees/exclusions_la_to_2017.csv", EXCLUSIONS, self.exclusions, "\n"),
            *((f"ees/pupil_attendance_ytd_{name}.csv", TO_DATE, rows, "\n") for name, rows in self.to_date.items()),
        ]
        for name, header, rows, line_end in whole:
            if rows:
                folder.rows(name, header, rows, line_end=line_end)


def _part(cells: Array, chosen: dict[int, int]) -> Array:
    """Sum of the cells at the chosen positions of some axes."""
    index: list[object] = [slice(None)] * cells.ndim
    for axis, position in chosen.items():
        index[axis] = position
    part = cells[tuple(index)]  # type: ignore[arg-type]
    summed: Array = part.reshape(len(cells), -1).sum(axis=1)
    return summed


EARLY_TO_2019 = [
    "time_identifier",
    "time_period",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
    "gender",
    "number_of_children",
    "point_score",
    "average_point_score",
    "elg_number",
    "elg_percent",
    "gld_number",
    "gld_percent",
    "comm_lang_lit_number",
    "comm_lang_lit_percent",
]
EARLY_FROM_2022 = [
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
    "lad_code",
    "lad_name",
    "characteristic",
    "characteristic_type",
    "gender",
    "children_number",
    "average_elgs",
    "elg_number",
    "elg_percentage",
    "comm_lang_lit_number",
    "comm_lang_lit_percentage",
    "gld_number",
    "gld_percentage",
]
EXCLUSIONS = [
    "year",
    "level",
    "la_name",
    "school_type",
    "num_schools",
    "headcount",
    "perm_excl",
    "perm_excl_rate",
    "fixed_excl",
    "fixed_excl_rate",
    "one_plus_fixed",
    "one_or_more_fixed_excl_rate",
]
TO_DATE = [
    "time_period",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "new_la_code",
    "la_name",
    "old_la_code",
    "education_phase",
    "num_schools",
    "enrolments",
    "present_sessions",
    "overall_attendance",
    "approved_educational_activity",
    "overall_absence",
    "authorised_absence",
    "unauthorised_absence",
    "late_sessions",
    "possible_sessions",
    "total_num_schools",
    "total_enrolments",
    "attendance_perc",
    "overall_absence_perc",
    "authorised_absence_perc",
    "unauthorised_absence_perc",
    "illness_perc",
    "pa_perc",
    "time_identifier",
]


def _attendance(year: Year, place: list[str], phase: str, part: Array) -> list[object]:
    schools, pupils, possible, missed, persistent = (float(value) for value in part)
    level, region_code, region, old, new, name = place
    unauthorised, safe = round(missed * 0.28), max(possible, 1.0)
    attended = possible - missed
    rates = [
        100 * attended / safe,
        100 * missed / safe,
        100 * (missed - unauthorised) / safe,
        100 * unauthorised / safe,
        100 * missed * 0.5 / safe,
        100 * persistent / max(pupils, 1.0),
    ]
    shown = [f"{rate:.8f}" for rate in rates] if possible else ["z"] * 6
    return [
        f"{year.start}{(year.start + 1) % 100:02d}",
        level,
        "E92000001",
        "England",
        region_code,
        region,
        new,
        name,
        old,
        phase,
        int(schools),
        int(pupils),
        int(attended * 0.985),
        int(attended),
        int(attended) - int(attended * 0.985),
        int(missed),
        int(missed) - unauthorised,
        unauthorised,
        int(attended * 0.012),
        int(possible),
        int(schools),
        int(pupils),
        *shown,
        "Academic year",
    ]

"""Statistical neighbours and young people not in education, by authority."""

import numpy as np

from headway.example.places import REGIONS, Country
from headway.example.schools import Sites
from headway.example.seeds import stream
from headway.example.series import Series
from headway.example.writing import Folder

Array = np.ndarray
_NEET = {
    2018: 5.5,
    2019: 5.5,
    2020: 5.5,
    2021: 4.7,
    2022: 5.2,
    2023: 5.4,
    2024: 5.6,
}  # England, per cent; year ending in spring of the next
NEET_COLUMNS = [
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
    "Age",
    "Cohort_DJFavg",
    "NEET_not_known_percent",
    "NEET_percent",
    "Notknown_percent",
    "annual_change_ppts_NEET_not_known",
    "annualchange_NEET",
    "annualchange_notknown",
    "cohort_March",
    "TOTAL_participating_in_education_and_training_percent",
    "Full_time_education_percent",
    "Apprenticeship_percent",
    "Other_education_and_training_percent",
    "annual_change_Participation_in_education_training",
    "annual_change_FTE",
    "annual_change_apprenticeship",
    "annual_change_other_education_training",
    "September_guarantee_Offer_made_percent",
    "September_guarantee_annual_change_ppts",
    "cohort_noSEN_percent",
    "NEET_NK_noSEN_percent",
    "cohort_EHCP_percent",
    "NEET_NK_EHCP_percent",
    "cohort_SENDsupport_percent",
    "NEET_NK_SENDsupport_percent",
    "VG_cohort_DJF_avg",
    "VG_cohort_percentage",
    "VG_NEET_NK_percentage",
    "Level_3",
    "L2_em_GCSE_othL2",
    "avg_att8",
    "pt_l2basics_94",
    "sess_overall_percent",
    "enrolments_pa_10_exact_percent",
    "NEET_NK_quintile",
    "NEET_quintile",
    "Notknown_quintile",
    "Participation_ET_quintile",
    "Sep_guarantee_quintile",
]


def _likeness(country: Country, sites: Sites) -> Array:
    """float[authority, trait]: intake of each authority, standardised."""
    count = len(country.authorities)
    size = np.bincount(sites.authority, weights=sites.roll, minlength=count)
    traits = [
        np.bincount(sites.authority, weights=sites.roll * values, minlength=count) / size
        for values in (sites.disadvantage, sites.eal, sites.support)
    ]
    stacked = np.stack([*traits, np.log(size)], axis=1)
    result: Array = (stacked - stacked.mean(axis=0)) / np.maximum(stacked.std(axis=0), 1e-9)
    return result


def write_neighbours(folder: Folder, country: Country, sites: Sites) -> None:
    """lait/sn_model_2025_wide.csv: the ten most alike of each authority, with how close they are in words."""
    traits = _likeness(country, sites)
    header = [
        "old_la_code",
        "la_name",
        "region_ind",
        "region_name",
        *(name for position in range(1, 11) for name in (f"SN_{position}", f"SN_{position}P")),
    ]
    rows = []
    for position, one in enumerate(country.authorities):
        distance = np.sqrt(((traits - traits[position]) ** 2).sum(axis=1))
        distance[position] = np.inf
        nearest = np.argsort(distance, kind="stable")[:10]
        pairs = [part for other in nearest for part in (country.authorities[int(other)].code, _close(float(distance[other])))]
        rows.append([one.code, one.name, one.region + 1, REGIONS[one.region], *pairs])
    folder.rows("lait/sn_model_2025_wide.csv", header, rows, mark=True, line_end="\n")


def _close(distance: float) -> str:
    return "Very close" if distance < 1 else "Close " if distance < 2.2 else "Somewhat close"


def write_neet(folder: Folder, country: Country, sites: Sites, seed: int, series: Series, starts: tuple[int, ...]) -> None:
    """ees/neet_la_YEAR.csv for 2021, 2023 and 2025, and the series of every year; averages of three months, so not whole."""
    size = np.bincount(
        sites.authority, weights=sites.roll * np.where(sites.is_kind("secondary"), 0.42, 0.0), minlength=len(country.authorities)
    )
    poverty = _likeness(country, sites)[:, 0]
    for start in (start for start in starts if start in _NEET):
        random = stream(seed, "neet", start)
        weight = np.exp(0.25 * poverty + random.normal(0, 0.1, len(size)))
        counts = size * _NEET[start] / 100 * weight * size.sum() / (size * weight).sum()
        series.ratio("16-17_not known_NEET", start, counts, size, scale=100)
        if start in (2020, 2022, 2024):
            _neet(folder, country, start + 1, size, counts)


def _neet(folder: Folder, country: Country, year: int, size: Array, counts: Array) -> None:
    regions = country.region_of()
    places = [("National", "", "", "", "", "", size.sum(), counts.sum())]
    places += [
        ("Regional", f"E1200000{r + 1}", name, "", "", "", size[regions == r].sum(), counts[regions == r].sum())
        for r, name in enumerate(REGIONS)
    ]
    places += [
        ("Local authority", f"E1200000{one.region + 1}", REGIONS[one.region], one.code, one.gss, one.name, size[a], counts[a])
        for a, one in enumerate(country.authorities)
    ]
    rows = []
    for level, region_code, region, old, new, name, people, out in places:
        share = 100 * out / max(people, 1)
        rates = [f"{share:.1f}", f"{share * 0.6:.1f}", f"{share * 0.4:.1f}"]
        place = [year, "Calendar year", level, "E92000001", "England", region_code, region, old, new, name, "16-17"]
        rows.append([*place, round(people), *rates, *["z"] * 3, round(people * 1.002), *["z"] * (len(NEET_COLUMNS) - 19)])
    folder.rows(f"ees/neet_la_{year}.csv", NEET_COLUMNS, rows, line_end="\n")

"""Inspection outcomes: the long history, management information of 2018 and 2023, and the newer scales in our own template."""

from datetime import date

from headway.example import inspections as scales
from headway.example.history import Establishment
from headway.example.inspections import Inspection
from headway.example.kinds import KINDS
from headway.example.legal import form, postcode, religion, school_name
from headway.example.places import REGIONS
from headway.example.world import World
from headway.example.writing import Folder

WIDE = [
    "Web Link",
    "URN",
    "LAESTAB",
    "School name",
    "Ofsted phase",
    "Type of education",
    "School open date",
    "Admissions policy",
    "Sixth form",
    "Designated religious character",
    "Religious ethos",
    "Faith grouping",
    "Ofsted region",
    "Region",
    "Local authority",
    "Parliamentary constituency",
    "Multi-academy trust UID",
    "Multi-academy trust name",
    "Academy sponsor UID",
    "Academy sponsor name",
    "Postcode",
    "Number of warning notices issued in 2022/23 academic year",
    "The income deprivation affecting children index (IDACI) quintile",
    "Total number of pupils",
    "Statutory lowest age",
    "Statutory highest age",
    "Latest ungraded inspection number since last graded inspection",
    "Does the ungraded inspection relate to the URN of the current school?",
    "URN at time of the ungraded inspection",
    "LAESTAB at time of the ungraded inspection",
    "School name at time of the ungraded inspection",
    "School type at time of the ungraded inspection",
    "Number of ungraded inspections since the last graded inspection",
    "Date of latest ungraded inspection",
    "Ungraded inspection publication date",
    "Did the latest ungraded inspection convert to a graded inspection?",
    "Ungraded inspection overall outcome",
    "Number of monitoring and urgent inspections since last graded inspection",
    "Inspection number of latest graded inspection",
    "Inspection type",
    "Inspection type grouping",
    "Event type grouping",
    "Inspection start date",
    "Inspection end date",
    "Publication date",
    "Does the latest graded inspection relate to the URN of the current school?",
    "URN at time of latest graded inspection",
    "LAESTAB at time of latest graded inspection",
    "School name at time of latest graded inspection",
    "School type at time of latest graded inspection",
    "Current school type used for chart C6",
    "Overall effectiveness",
    "Category of concern",
    "Quality of education",
    "Behaviour and attitudes",
    "Personal development",
    "Effectiveness of leadership and management",
    "Safeguarding is effective?",
    "Early years provision (where applicable)",
    "Sixth form provision (where applicable)",
    "Previous inspection number",
    "Previous inspection start date",
    "Previous inspection end date",
    "Previous publication date",
    "Does the previous graded inspection relate to the URN of the current school?",
    "URN at time of previous graded inspection",
    "LAESTAB at time of previous graded inspection",
    "School name at time of previous graded inspection",
    "School type at time of previous graded inspection",
    "Previous graded inspection overall effectiveness",
    "Previous category of concern",
    "Previous quality of education",
    "Previous behaviour and attitudes",
    "Previous personal development",
    "Previous effectiveness of leadership and management",
    "Previous safeguarding is effective?",
    "Previous early years provision (where applicable)",
    "Previous sixth form provision (where applicable)",
]
NEWER = ["URN", "Inspection start date", "Publication date", "Scale", "Area", "Grade"]
_PHASE = {"Primary": "Primary", "Secondary": "Secondary", "All-through": "Secondary", "Nursery": "Nursery", "16 plus": "Secondary"}
_NEW_FRAMEWORK = date(2019, 9, 1)  # no separate judgements of this kind before it: shown as 9


def write(folder: Folder, world: World) -> None:
    _history(folder, world)
    _snapshot_2018(folder, world)
    for day in ("2023-08-31", "2024-08-31"):
        _wide(folder, world, day)
    rows = sorted(_newer(world), key=lambda row: (row[1], row[0], row[4]))
    folder.rows("ofsted/2026-06-30_inspections_by_area.csv", NEWER, rows)


def _history(folder: Folder, world: World) -> None:
    """Ratings to February 2020 as the derived history tells them: `Satisfactory` in its era."""
    rows = []
    for one in world.inspections.graded("2020-02-26"):
        grade = "Satisfactory" if one.era == "satisfactory" and one.grades[0] == 2 else scales.GRADES[one.grades[0]]
        rows.append([one.urn, grade, one.start.isoformat().replace("-", "")])
    folder.rows("ofsted/2018_ofsted_ratings_history_derived.csv", ["URN", "Rating", "Inspection Date"], rows)


def _open_at(world: World, start: int) -> dict[int, int]:
    """Each site's URN in an academic year."""
    return {one.site: one.urn for one in world.history.establishments if one.first <= start <= one.last}


def _snapshot_2018(folder: Folder, world: World) -> None:
    latest, urns, rows = world.inspections.latest_two("2018-07-31"), _open_at(world, 2017), []
    for site, urn in sorted(urns.items(), key=lambda item: item[1]):
        if site in latest:
            one = latest[site][0]
            phase = _PHASE.get(KINDS[int(world.sites.kind[site])].phase, "Special")
            rows.append([urn, world.sites.name[site], phase, _day(one.start), _day(one.published), one.grades[0] + 1, "Report"])
    header = ["URN", "School name", "Ofsted phase", "Inspection date", "Publication date", "Overall effectiveness", "REPORURL"]
    folder.rows("ofsted/2018-07-31_ofsted_schools_overall_effectiveness.csv", header, rows)


def _day(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def _wide(folder: Folder, world: World, day: str) -> None:
    latest, start = world.inspections.latest_two(day), int(day[:4]) - 1
    independent = world.sites.is_kind("independent")
    at = {name: position for position, name in enumerate(WIDE)}
    rows = []
    for one in sorted(world.history.establishments, key=lambda one: one.urn):
        if one.first <= start <= one.last and not independent[one.site]:
            values = _who(world, one) | _what(world, one.urn, one.site, latest.get(one.site, []))
            row: list[object] = [""] * len(WIDE)
            for name, value in values.items():
                row[at[name]] = value
            rows.append(row)
    folder.rows(f"ofsted/{day}_ofsted_state_funded_schools.csv", WIDE, rows)


def _who(world: World, one: Establishment) -> dict[str, object]:
    sites, site = world.sites, one.site
    authority, kind = world.country.authorities[int(sites.authority[site])], KINDS[int(sites.kind[site])]
    legal = form(sites, one)
    group = one.group
    trust = world.history.trusts[group] if group >= 0 else None
    return {
        "URN": one.urn,
        "LAESTAB": f"{authority.code}{sites.estab[site]}",
        "School name": school_name(sites, one),
        "Ofsted phase": _PHASE.get(kind.phase, "PRU" if kind.name == "pru" else "Special"),
        "Type of education": legal.register,
        "Admissions policy": "Not applicable",
        "Sixth form": "Has a sixth form" if sites.sixth_form[site] else "Does not have a sixth form",
        "Designated religious character": religion(sites, one),
        "Religious ethos": "Does not apply",
        "Faith grouping": "Christian" if sites.faith[site] else "Non-faith",
        "Ofsted region": REGIONS[authority.region],
        "Region": REGIONS[authority.region],
        "Local authority": authority.name,
        "Parliamentary constituency": f"{authority.name} Central",
        "Multi-academy trust UID": trust.uid if trust else "",
        "Multi-academy trust name": trust.name if trust else "",
        "Postcode": postcode(sites, site),
        "The income deprivation affecting children index (IDACI) quintile": min(int(sites.disadvantage[site] * 10) + 1, 5),
        "Total number of pupils": int(sites.roll[site]),
        "Statutory lowest age": kind.low,
        "Statutory highest age": kind.high,
    }


_LATEST = (
    "Inspection start date",
    "Publication date",
    "URN at time of latest graded inspection",
    "Overall effectiveness",
    "Quality of education",
    "Behaviour and attitudes",
    "Personal development",
    "Effectiveness of leadership and management",
    "Does the latest graded inspection relate to the URN of the current school?",
    "Category of concern",
)
_EARLIER = (
    "Previous inspection start date",
    "Previous publication date",
    "URN at time of previous graded inspection",
    "Previous graded inspection overall effectiveness",
    "Previous quality of education",
    "Previous behaviour and attitudes",
    "Previous personal development",
    "Previous effectiveness of leadership and management",
    "Does the previous graded inspection relate to the URN of the current school?",
    "Previous category of concern",
)


def _what(world: World, urn: int, site: int, found: list[Inspection]) -> dict[str, object]:
    values: dict[str, object] = {}
    for one, names in zip(found, (_LATEST, _EARLIER), strict=False):
        parts = [grade + 1 for grade in one.grades[1:]] if one.start >= _NEW_FRAMEWORK else [9, 9, 9, one.grades[4] + 1]
        concern = ("SM" if one.urn % 2 else "SWK") if one.grades[0] == 3 else ""
        values |= dict(
            zip(
                names,
                [_day(one.start), _day(one.published), one.urn, one.grades[0] + 1, *parts, "Yes" if one.urn == urn else "No", concern],
                strict=True,
            )
        )
    if found:
        values |= {
            "Inspection type": "S5 Inspection",
            "Inspection type grouping": "S5 Inspection",
            "Event type grouping": "Schools - S5",
            "Safeguarding is effective?": "Yes",
        }
    return values


def _newer(world: World) -> list[list[object]]:
    """One row a judged area: September 2024 to November 2025 on the four grades, report cards since on five."""
    rows: list[list[object]] = []
    for one in world.inspections.of_era("four_judgements_2024", "report_card_2025"):
        card = one.era == "report_card_2025"
        names, grades = (scales.REPORT_AREAS, scales.REPORT_GRADES) if card else (scales.FOUR_JUDGEMENTS, scales.GRADES)
        for area, grade in zip(names, one.grades, strict=True):
            rows.append([one.urn, one.start.isoformat(), one.published.isoformat(), one.era, area, grades[grade]])
        if card:
            rows.append(
                [
                    one.urn,
                    one.start.isoformat(),
                    one.published.isoformat(),
                    one.era,
                    "Safeguarding",
                    "Not met" if min(one.grades) >= 3 else "Met",
                ]
            )
    return rows

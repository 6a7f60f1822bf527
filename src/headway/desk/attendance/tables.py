"""The officer's table of schools: narrowed, put in order, and as rows to take away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from headway.desk.attendance.models import Lead
from headway.desk.framing.tables import Cell
from headway.readings.attendance.schools import SchoolLine, Schools
from headway.vocabulary.number import shown

SORTS = (  # id, heading, unit, whether the highest comes first
    ("school", "School", "", False),
    ("attendance", "Attendance", "this year, %", False),
    ("change", "On last year", "same weeks, points", False),
    ("persistent", "Persistent", "% of pupils", True),
    ("severe", "Severe", "% of pupils", True),
    ("unauthorised", "Unauthorised", "% of sessions", True),
    ("family", "Similar", "schools, %", False),
    ("england", "England", "same phase, %", False),
    ("lead", "Lead", "", False),
)
DEFAULT = "below"  # the furthest under similar schools first


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    text: str = ""
    phase: str = ""
    sort: str = DEFAULT
    everything: bool = False

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Asked":
        sort = given.get("sort", "")
        return cls(
            given.get("text", "").strip()[:120], given.get("phase", "")[:20], sort if sort in {one[0] for one in SORTS} else DEFAULT,
            given.get("all") == "1",
        )  # fmt: skip


def narrowed(found: Schools, asked: Asked, leads: Mapping[int, Lead]) -> list[SchoolLine]:
    """Those that fit, in the order asked for; who sends nothing comes last."""
    fitting = [
        one for one in found.lines if (not asked.phase or one.phase == asked.phase) and (not asked.text or _fits(one, asked.text.lower()))
    ]
    highest = next((down for name, _, _, down in SORTS if name == asked.sort), False)
    having = [one for one in fitting if _key(one, asked.sort, leads) is not None]
    lacking = [one for one in fitting if _key(one, asked.sort, leads) is None]
    having.sort(key=lambda one: one.school)
    having.sort(key=lambda one: _key(one, asked.sort, leads), reverse=highest)  # type: ignore[arg-type, return-value]
    return having + sorted(lacking, key=lambda one: (one.rates is None, one.school))


def _fits(one: SchoolLine, text: str) -> bool:
    return str(one.urn).startswith(text) if text.isdigit() else text in one.school.lower()


def _key(one: SchoolLine, sort: str, leads: Mapping[int, Lead]) -> float | str | None:
    if sort == "school":
        return one.school
    if sort == "lead":
        return leads[one.urn].lead or None if one.urn in leads else None
    if sort in ("family", "england"):
        beside = one.family if sort == "family" else one.england
        return beside.value if beside else None
    if sort == DEFAULT:
        return -one.below_family if one.below_family is not None else None
    value: float | None = getattr(one.rates, sort) if one.rates else None
    return value


FEW = "fewer than six pupils"


def signed(points: float | None) -> str:
    """A change in points, with its sign: +0.4, −1.2, 0.0."""
    return shown(points, "percent", sign=True, ending=False)


def cell(line: SchoolLine, name: str) -> str:
    """A rate without its unit, or why there is none."""
    if line.rates is None:
        return "sends nothing"
    if name in line.rates.few:
        return "too few"
    return shown(getattr(line.rates, name), "percent", ending=False)


def rows(lines: Sequence[SchoolLine], leads: Mapping[int, Lead]) -> list[list[Cell]]:
    """The table to take away, its heading first. What is withheld says so."""
    head: list[Cell] = ["URN", "School", "Phase", "Marks to", "Attendance, %", "Same weeks last year, points", "Persistent, % of pupils",
                        "Severe, % of pupils", "Without permission, % of sessions", "Similar schools, attendance, %", "Similar schools: of",
                        "England, attendance, %", "England: of", "Lead at the school", "Senior attendance champion"]  # fmt: skip
    return [head, *(_row(one, leads.get(one.urn)) for one in lines)]


def _row(one: SchoolLine, lead: Lead | None) -> list[Cell]:
    values: list[Cell] = [_value(one, name) for name in ("attendance", "change", "persistent", "severe", "unauthorised")]
    beside: list[Cell] = []
    for other in (one.family, one.england):
        beside += [round(other.value, 4), other.words] if other else ["no figure", ""]
    who: list[Cell] = [lead.lead, lead.champion] if lead else ["", ""]
    return [one.urn, one.school, one.phase, str(one.last or "none"), *values, *beside, *who]


def _value(one: SchoolLine, name: str) -> Cell:
    if one.rates is None:
        return "sends nothing"
    value = getattr(one.rates, name)
    return round(value, 4) if value is not None else FEW if name in one.rates.few else "not known"

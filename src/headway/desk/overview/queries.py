"""What the pages ask of the one door: whose area it is, which schools a person works with, which columns they chose."""

from django.http import HttpRequest

from headway.readings import schools as lists
from headway.readings import trend as trends
from headway.readings.answers import MeasureLine, SchoolRow, SourceRow
from headway.readings.door import Door
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import ENGLAND
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Release
from headway.vocabulary.viewer import Viewer

CHOICES = (
    "ks2.rwm_expected", "ks4.attainment8", "ks4.progress8", "attendance.overall_absence", "attendance.persistent_absence", "eyfs.gld",
    "phonics.year1", "context.fsm6", "context.eal", "exclusions.suspension_rate", "finance.reserve_percent",
)  # fmt: skip
BESIDE_VALUE_ADDED = {"ks4.attainment8", "ks4.progress8"}  # lead whoever may see it to value added from results of pupils
DEFAULT_COLUMNS = ("ks2.rwm_expected", "ks4.attainment8", "attendance.overall_absence")
COLUMNS_OF = {
    "primary": ("ks2.rwm_expected", "phonics.year1", "attendance.overall_absence"),
    "secondary": ("ks4.attainment8", "ks4.progress8", "attendance.overall_absence"),
    "nursery": ("eyfs.gld", "context.fsm6", "context.eal"),
}
FILTERS = ("phase", "type", "trust", "locality", "governance", "status")


def chosen(request: HttpRequest, door: Door) -> tuple[str, ...]:
    """The measures a person ticked, of those there are; the usual ones when nothing was ticked."""
    ticked = tuple(name for name in request.GET.getlist("show") if name in door.library.measures)
    usual = COLUMNS_OF.get(request.GET.get("phase", ""), DEFAULT_COLUMNS)
    return ticked[:8] or tuple(name for name in usual if name in door.library.measures)


def asked(request: HttpRequest) -> dict[str, str]:
    """Text, filters and order as in the address; the list is of open schools unless another status is asked for."""
    given = {name: request.GET.get(name, "").strip()[:120] for name in (*FILTERS, "text", "sort")}
    given["status"] = given["status"] or "open"
    return given


def listed(door: Door, viewer: Viewer, code: str, given: dict[str, str], measures: tuple[str, ...], down: bool) -> list[SchoolRow]:
    """The schools that a person works with and that fit what was asked."""
    sort = given["sort"] if given["sort"] in (*lists.SORTS, *measures) else "name"
    status = "" if given["status"] == "any" else given["status"]
    wanted = {name: given[name] for name in FILTERS if name != "status"}
    rows = lists.schools(
        door, viewer, authority=code, text=given["text"], status=status, measures=measures, sort=sort, descending=down, **wanted
    )
    return [row for row in rows if viewer.urns is None or row.establishment.urn in viewer.urns]


def filter_words(given: dict[str, str]) -> str:
    """What the list was narrowed to, in words; nothing for every open school."""
    told = [f"“{given['text']}”"] if given["text"] else []
    told += [given[name].replace("_", " ") for name in FILTERS if name != "status" and given[name]]
    told += [] if given["status"] == "open" else ["open and closed" if given["status"] == "any" else given["status"]]
    return ", ".join(told)


def page_numbers(page: int, pages: int) -> list[int]:
    """The pages to link to: the first, the last, those about this one; 0 stands for those left out between."""
    near = sorted({1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)})
    return [number for before, one in zip([0, *near], near, strict=False) for number in ([0, one] if one - before > 1 else [one])]


def holds_early(lines: tuple[MeasureLine, ...]) -> bool:
    return any(reading.release is Release.EARLY for line in lines for reading in line.own.readings)


def places_at(door: Door, viewer: Viewer, measure: str, code: str, year: AcademicYear) -> list[Reading]:
    """What the area and England have of a measure in a year, the area first."""
    found = []
    for level, place in (("authority", code), ("england", ENGLAND)):
        series = trends.trend(door, measure=measure, level=level, place=place, viewer=viewer)
        found += [reading for reading in series.readings if reading.year == year and reading.value is not None]
    return found


def by_source(files: list[SourceRow]) -> list[tuple[str, list[SourceRow]]]:
    """The landed files by source, each source's newest year last."""
    kinds: dict[str, list[SourceRow]] = {}
    for file in files:
        if file.outcome == "landed":
            kinds.setdefault(file.title, []).append(file)
    return sorted(kinds.items())

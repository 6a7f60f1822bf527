"""The page of a school's family: who is similar, why, and whom to learn from. It asks the one door and writes nothing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, kept, nothing_yet, the_door
from headway.desk.framing.tables import Cell, sent
from headway.language.families import ALIKE, change_words, family_sentences, partners_sentence, why_words
from headway.readings.door import Door
from headway.readings.families import Family, family
from headway.readings.family_changes import family_change
from headway.readings.partners import Partners, partners
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer

SORTS = ("distance", "name", "authority")
ON = (
    "ks2.rwm_expected", "phonics.year1", "eyfs.gld", "ks4.attainment8", "ks4.progress8", "ks4.basics_95", "attendance.overall_absence",
    "attendance.persistent_absence",
)  # fmt: skip


@needs(Permission.VIEW_SCHOOL)
@require_GET
def family_page(request: HttpRequest, urn: int) -> HttpResponse:
    door, viewer = the_door(), viewer_of(request)
    if door.facts is None:
        return nothing_yet(request, door)

    def make() -> Any:
        found = _asked(request, door, urn, viewer)
        sort = request.GET.get("sort", "")
        sort = sort if sort in SORTS else SORTS[0]
        on, learned = _learned(request, door, found, viewer)
        return (
            f"Schools similar to {found.establishment.name}",
            body(
                "family.html",
                "overview",
                found=found,
                school=found.establishment,
                said=family_sentences(found),
                members=_sorted(found, sort),
                sort=sort,
                alike=ALIKE,
                why=why_words,
                on=on,
                choices=[(name, door.measure(name).short) for name in ON if name in door.library.measures],
                learned=learned,
                learned_said=partners_sentence(learned) if learned else "",
                changed=(changed := family_change(door, found, tuple(name for name in ON if name in door.library.measures))),
                changed_said=change_words(changed) if changed else "",
                mine=viewer.urns,
                export=bool(may(request.user, Permission.EXPORT)),
                makes=bool(may(request.user, Permission.RUN_LEARNING)),
            ),
        )

    return framed(request, door, *kept(request, door, "family", make))


def _asked(request: HttpRequest, door: Door, urn: int, viewer: Viewer) -> Family:
    """By the method asked for; one that the school's phase does not have is a page that is not there."""
    try:
        return family(door, urn, viewer, request.GET.get("method", ""))
    except HeadwayError as error:
        raise Http404(error.what) from None


def _learned(request: HttpRequest, door: Door, found: Family, viewer: Viewer) -> tuple[str, Partners | None]:
    on = request.GET.get("on", "")
    if on not in ON or on not in door.library.measures or not found.members:
        return "", None
    return on, partners(door, found, viewer, on)


def _sorted(found: Family, sort: str) -> list[Any]:
    if sort == "name":
        return sorted(found.members, key=lambda one: one.establishment.name)
    if sort == "authority":
        return sorted(found.members, key=lambda one: (one.establishment.authority_name, one.distance))
    return list(found.members)


@needs(Permission.EXPORT, recently=True)
@require_GET
@exported
def family_file(request: HttpRequest, urn: str, form: str) -> HttpResponse:
    """Every member with the figures of both on each attribute, and the word for how alike they are."""
    found = _asked(request, the_door(), int(urn), viewer_of(request))
    if not found.members:
        raise Http404
    head: list[Cell] = ["URN", "School", "Authority", "Distance"]
    for one in found.members[0].attributes:
        head += [one.measure.short, f"{one.measure.short}: {found.establishment.name}", f"{one.measure.short}: how alike"]
    table = [head]
    for member in found.members:
        school = member.establishment
        row: list[Cell] = [school.urn, school.name, school.authority_name, round(member.distance, 4)]
        for one in member.attributes:
            row += [one.theirs, one.own, ALIKE[one.alike]]
        table.append(row)
    return sent(table, form, f"similar-to-{urn}")

"""What the council holds about a school in one file, for its head and governors: what their pages show, and a list of what is left out."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.entitlements import pages as owed
from headway.desk.entitlements.queries import year_of
from headway.desk.establishments.finding import known_or_404
from headway.desk.establishments.models import Establishment
from headway.desk.establishments.queries import before_it
from headway.desk.framing.pages import the_door
from headway.desk.overview.everything import Table, about, as_csv, figures, reaching
from headway.desk.overview.ours_parts import NOT_OURS, OURS
from headway.desk.overview.visitors import AHEAD, BACK, coming_to
from headway.desk.tiers.evidence import for_school
from headway.desk.tiers.models import TierDecision
from headway.desk.tiers.rules import SEEN_BY_SCHOOL
from headway.readings.door import Door
from headway.vocabulary import clock
from headway.vocabulary.viewer import Viewer

P = Permission


@needs(P.SEE_SUPPORT, recently=True)
@require_GET
@exported
def ours(request: HttpRequest, urn: str) -> HttpResponse:
    """A zip: a table for each kind of thing that the school may see, the readings, and a page that says what is left out and why."""
    school = known_or_404(int(urn))
    if not may(request.user, P.EXPORT):
        raise PermissionDenied("None of your roles may download tables.")
    answer = HttpResponse(packed(request.user, school, the_door(), viewer_of(request), clock.today()), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="what-the-council-holds-{school.pk}.zip"'
    return answer


def packed(user: User, school: Establishment, door: Door, viewer: Viewer, day: date) -> bytes:
    urns = [school.pk, *before_it(school)]
    tables = dict(seen(user, urns)) | {"owed": _owed(door, school, day), "visitors": _visitors(user, school, day), "why": _why(urns)}
    tables |= {f"readings-{urn}": found for urn in urns if len(found := figures(door, viewer, urn)) > 1}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("READ-ME.txt", _told(school, urns, tables, day))
        for name, table in sorted(tables.items()):
            out.writestr(f"{name}.csv", as_csv(table))
    return made.getvalue()


def seen(user: User, urns: list[int]) -> Iterator[tuple[str, Table]]:
    """(noun and kind, rows with a head) of what these schools may see of what is written about them; empty tables are left out."""
    reached = reaching()
    for label, part in OURS.items():
        if not may(user, part.needs, urns[0]):
            continue
        found = apps.get_model(label)._default_manager.filter(about(reached[label], urns), part.only).order_by("pk").distinct()
        rows = [[_cell(value) for value in row] for row in found.values_list(*part.columns)]
        if rows:
            yield label.lower(), [[name.replace("__", " ") for name in part.columns], *rows]


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, (dict, list)) else value


def _owed(door: Door, school: Establishment, day: date) -> Table:
    found = owed.of_school(door, school, day, year_of(door, day), seen_by_school=True)
    rows = [
        [title, line.why.replace("_", " "), str(line.due), owed.owed_words(line, day)] for line, title in (*found.lines, *found.history)
    ]
    return [["what", "why", "due", "how it stands"], *rows]


def _why(urns: list[int]) -> Table:
    """The signals that were met when a tier was decided, of which the school was told."""
    told = TierDecision.objects.filter(school_id__in=urns, state__in=SEEN_BY_SCHOOL).select_related("evidence").order_by("pk")
    rows = [[str(one.since), one.tier, each["title"], each["said"]] for one in told for each in for_school(one.evidence.shown)]
    return [["since", "tier", "signal met", "what it says"], *rows]


def _visitors(user: User, school: Establishment, day: date) -> Table:
    found = coming_to(user, [school.pk], day - BACK, day + AHEAD)
    return [["day", "hour", "who", "what"], *([str(one.day), str(one.begins or ""), one.who, one.what] for one in found)]


def _told(school: Establishment, urns: list[int], tables: dict[str, Table], day: date) -> str:
    lines = [f"What the council holds about {school.name}, as its head and governors may see it, {day}.",
             f"URN {', and before it '.join(map(str, urns))}.", "", "In this file:"]  # fmt: skip
    lines += [f"  {name}.csv: {len(table) - 1} rows" for name, table in sorted(tables.items())]
    lines += ["", "Left out, and why:", *(f"  {label.lower()}: {why}" for label, why in sorted(NOT_OURS.items()))]
    lines += [
        "  restricted paragraphs of notes and restricted lines of services: told in confidence; ask your adviser what may be told",
        "  what was said in calls: the council’s own record; what was agreed in them is among the actions",
        "  wellbeing: what heads write of themselves is between them and whom they write to",
        "", "Kinds of which there is nothing have no table.",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"

"""Everything that the desk and the published figures hold about a school, as files in one: what the person who takes it may read."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, names_of, viewer_of
from headway.desk.accounts.sealing import opened
from headway.desk.establishments.finding import known_or_404
from headway.desk.establishments.models import Establishment
from headway.desk.establishments.queries import before_it
from headway.desk.fairness.queries import HELD, held_back
from headway.desk.framing.pages import the_door
from headway.desk.framing.tables import safe
from headway.desk.overview.downloads import readings_of
from headway.desk.overview.everything_parts import LEFT_OUT, PARTS, Part
from headway.desk.tiers.evidence import without_proposal
from headway.readings.door import Door
from headway.readings.profile import profile
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer

RESTRICTED = "restricted: not for your roles"
Table = list[list[Any]]


@needs(Permission.SEE_ENGAGEMENTS, recently=True)
@require_GET
@exported
def everything(request: HttpRequest, urn: str) -> HttpResponse:
    """A zip: a table for each kind of thing held, the readings, and a page that says what is in it and what is not."""
    school, door = known_or_404(int(urn)), the_door()
    if not may(request.user, Permission.EXPORT):
        raise PermissionDenied("None of your roles may download tables.")
    answer = HttpResponse(packed(request.user, school, door, viewer_of(request), clock.today()), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="everything-about-{school.pk}.zip"'
    return answer


def packed(user: User, school: Establishment, door: Door, viewer: Viewer, day: date) -> bytes:
    urns = [school.pk, *before_it(school)]
    tables, withheld = dict(held(user, urns)), [label for label, part in PARTS.items() if not may(user, part.needs, school.pk)]
    tables |= {f"readings-{urn}": found for urn in urns if len(found := figures(door, viewer, urn)) > 1}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("READ-ME.txt", _told(school, urns, tables, withheld, day))
        for name, table in sorted(tables.items()):
            out.writestr(f"{name}.csv", as_csv(table))
    return made.getvalue()


def held(user: User, urns: list[int]) -> Iterator[tuple[str, Table]]:
    """(noun and kind, rows with a head) of everything written about these schools that a person may see; empty tables are left out."""
    reached = reaching()
    for label, part in PARTS.items():
        if not may(user, part.needs, urns[0]):
            continue
        model = apps.get_model(label)
        fields = [one for one in model._meta.concrete_fields if one.name not in part.never]
        rows = list(model._default_manager.filter(about(reached[label], urns)).order_by("pk").distinct())
        if rows:
            _hold_back(label, rows)
            names = names_of({value for row in rows for one in fields if (value := str(getattr(row, one.attname))).startswith("user:")})
            reads = bool(part.opens is None or may(user, part.opens, urns[0]))
            yield label.lower(), [[one.name for one in fields], *([_cell(row, one, part, reads, names) for one in fields] for row in rows)]


def _hold_back(label: str, rows: list[models.Model]) -> None:
    """A proposal of a scheme whose proposals are held back is not in the file either: its signals with their evidence are."""
    silent = held_back(the_door()) if label == "tiers.Evidence" else frozenset()
    for row in rows:
        if getattr(row, "scheme", "") in silent:
            row.proposed, row.points = HELD, 0  # type: ignore[attr-defined]
            row.shown = without_proposal(row.shown)  # type: ignore[attr-defined]


def reaching() -> dict[str, list[str]]:
    """Each kind of thing that belongs to a school, and the ways from it: its own, or else those of what it belongs to."""
    found: dict[type[models.Model], list[str]] = {Establishment: []}
    ours = [one for one in apps.get_models() if one.__module__.startswith("headway.") and one is not Establishment]
    grown = True
    while grown:
        new = {one: ways for one in ours if one not in found and (ways := _ways(one, found))}
        found, grown = found | new, bool(new)
    return {one._meta.label: ways for one, ways in found.items() if ways}


def _ways(model: type[models.Model], found: dict[type[models.Model], list[str]]) -> list[str]:
    to = [(one.name, one.related_model) for one in model._meta.concrete_fields if one.is_relation and one.related_model in found]
    own = [name for name, there in to if there is Establishment]
    return own or [f"{name}__{way}" for name, there in to for way in found[there]]


def about(ways: list[str], urns: list[int]) -> models.Q:
    """Rows that by one of these ways belong to one of these schools."""
    wanted = models.Q()
    for way in ways:
        wanted |= models.Q(**{f"{way}__in": urns})
    return wanted


def _cell(row: models.Model, field: Any, part: Part, reads: bool, names: dict[str, str]) -> Any:
    value = getattr(row, field.attname)
    if field.name in part.sealed and value and (part.only_if is None or part.only_if(row)):
        return opened(value, part.sealed[field.name]) if reads else RESTRICTED
    if field.is_relation and field.related_model is User:
        return str(getattr(row, field.name)) if value else ""
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return names.get(value, value) if isinstance(value, str) else value


def figures(door: Door, viewer: Viewer, urn: int) -> Table:
    try:
        return readings_of(door, profile(door, str(urn), viewer))
    except HeadwayError:  # a predecessor of whom no list was loaded
        return []


def as_csv(table: Table) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["" if cell is None else safe(cell) for cell in row] for row in table])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _told(school: Establishment, urns: list[int], tables: dict[str, Table], withheld: list[str], day: date) -> str:
    lines = [f"Everything held about {school.name}, {day}.", f"URN {', and before it '.join(map(str, urns))}.", "", "In this file:"]
    lines += [f"  {name}.csv: {len(table) - 1} rows" for name, table in sorted(tables.items())]
    lines += [
        "",
        "Not for the roles of whoever took it:",
        *(f"  {label.lower()}: needs that one may {PARTS[label].needs.words}" for label in withheld),
    ]
    lines += ["", "Never in it:", *(f"  {label.lower()}: {why}" for label, why in LEFT_OUT.items())]
    lines += [
        "  wellbeing: what heads write of themselves is between them and whom they write to",
        "",
        f"A cell that says “{RESTRICTED}” holds something.",
    ]
    return "\n".join(lines) + "\n"

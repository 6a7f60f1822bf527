"""The parts of the council’s report under an item: versions, of which the newest that is ready goes into the papers."""

from collections.abc import Mapping

from django.db import transaction

from headway.desk.audit.actions import record
from headway.desk.boards import queries
from headway.desk.boards.models import Item, Report


@transaction.atomic
def write(*, by: str, item: Item, officer: str, parts: Mapping[str, str], ready: bool) -> Report:
    """Another version. Writes nothing where nothing changed. Raises H-DESK-60 once the meeting is signed."""
    queries.unsigned(item.meeting_id)
    given = {name: words.strip() for name, words in parts.items() if words.strip()}
    newest = item.reports.last()
    if newest and (newest.officer, newest.parts, newest.ready) == (officer, given, ready):
        return newest
    made = Report.objects.create(item=item, officer=officer, parts=given, ready=ready, by=by)
    told = {"version": made.pk, "ready": ready, "parts": sorted(given)}
    record(by=by, verb="wrote the report on", target="board item", target_id=item.pk, after=told)
    return made

"""Bringing in, and taking back. All of a sheet or nothing; what was made of each row is known, and can be taken back as a whole."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.accounts.sealing import seal
from headway.desk.audit.actions import record
from headway.desk.day_one import making
from headway.desk.day_one.models import Batch, Brought
from headway.desk.day_one.queries import ROWS
from headway.desk.day_one.rules import Read
from headway.readings.spreadsheets import Sheet
from headway.vocabulary.clock import now
from headway.vocabulary.errors import HeadwayError


@transaction.atomic
def bring(*, by: User, kind: str, file: str, sheet: Sheet, columns: Mapping[str, int]) -> Batch:
    """Keep a sheet's rows, sealed, to be matched and looked at. Nothing is made of them yet."""
    rows = json.dumps([[number, list(cells)] for number, cells in sheet.rows], ensure_ascii=False)
    made = Batch.objects.create(
        kind=kind,
        file=file[:150],
        sheet=sheet.name[:100],
        heads=list(sheet.heads),
        sealed=seal(rows, ROWS),
        columns=dict(columns),
        made_by=by,
    )
    record(by=by.label, verb="brought", target="sheet", target_id=made.pk, after={"kind": kind, "rows": len(sheet.rows)})
    return made


@transaction.atomic
def match(*, by: User, batch: Batch, columns: Mapping[str, int]) -> None:
    """Which column is which, until it is loaded."""
    if Batch.objects.filter(pk=batch.pk, loaded=None).update(columns=dict(columns)):
        record(by=by.label, verb="matched", target="sheet", target_id=batch.pk, after={"columns": dict(columns)})


@transaction.atomic
def load(*, by: User, batch: Batch, found: Read) -> int:
    """Make all that the sheet says; how many rows. Raises H-DESK-80 where any row has a fault, or it was loaded: nothing half-loaded."""
    fresh = Batch.objects.select_for_update().get(pk=batch.pk)
    if fresh.loaded:
        raise HeadwayError("H-DESK-80", "This sheet is loaded.", remedy="Take it back first, then bring it again.")
    if found.faults:
        raise HeadwayError(
            "H-DESK-80", f"{len({one.row for one in found.faults})} rows have faults, so nothing was loaded.", "Each is listed below.",
            "Mend them in the spreadsheet and bring it again, or match the columns otherwise.",
        )  # fmt: skip
    make: Callable[..., int] = making.MAKES[fresh.kind]
    Brought.objects.bulk_create(Brought(batch=fresh, row=row, number=make(by, values)) for row, values in found.rows)
    fresh.loaded = now()
    fresh.save(update_fields=["loaded"])
    record(by=by.label, verb="loaded", target="sheet", target_id=fresh.pk, after={"kind": fresh.kind, "rows": len(found.rows)})
    return len(found.rows)


@transaction.atomic
def undo(*, by: User, batch: Batch) -> None:
    """Take back all that was made of a sheet. Raises H-DESK-81, naming every row on which somebody has worked since: then nothing is."""
    fresh = Batch.objects.select_for_update().get(pk=batch.pk)
    if not fresh.loaded or fresh.undone:
        raise HeadwayError("H-DESK-80", "There is nothing to take back.", "It was not loaded, or it was taken back already.")
    touched: list[str] = []
    taken: dict[str, Any] = {"by": by, "why": f"Taken back with the sheet {fresh}"[:200]}
    for one in fresh.brought.all():
        said = making.TAKES_BACK[fresh.kind](one.number, **taken)
        touched += [f"row {one.row}: {said}"] if said else []
    if touched:
        raise HeadwayError("H-DESK-81", "It cannot be taken back.", f"Somebody has worked on it since: {'; '.join(touched)}.",
                           "Change those by hand.")  # fmt: skip
    fresh.undone = now()
    fresh.save(update_fields=["undone"])
    record(by=by.label, verb="took back", target="sheet", target_id=fresh.pk)

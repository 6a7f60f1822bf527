"""Packs of meetings: built when the papers go out and kept; before that written from what is known now."""

import json
from collections.abc import Collection
from pathlib import Path

from headway.definitions.boards import Edition
from headway.desk.accounts.models import User
from headway.desk.boards import actions, queries
from headway.desk.boards.gathering import spec_of
from headway.desk.boards.models import Item, Meeting, Pack
from headway.desk.boards.packs import writing
from headway.desk.boards.packs.building import build
from headway.desk.boards.packs.spec import Spec, as_json, dumped, loaded
from headway.papers.blocks import Paper
from headway.readings.door import Door
from headway.readings.earlier import door_of, hold
from headway.vocabulary.clock import today

MOST_KEPT = 60


def council_template(home: Path) -> bytes | None:
    """The council’s own Word template, where the workspace has one: templates/council.docx."""
    path = home / "templates/council.docx"
    return path.read_bytes() if path.is_file() else None


def keep(*, by: str, door: Door, meeting: Meeting) -> Pack:
    """Build every edition from this one door, keep what they were made of, and the snapshot with it."""
    spec = spec_of(door, meeting, today())
    made = build(door, spec)
    hold(door.home, spec.snapshot)
    hidden = [list(one) for one in made.hidden]
    return actions.keep_pack(
        by=by,
        meeting=meeting,
        address=made.address,
        spec=as_json(dumped(spec)),
        snapshot=spec.snapshot,
        library=spec.library,
        hidden=hidden,
    )


def source(door: Door, meeting: Meeting) -> tuple[Door, Spec]:
    """What a meeting’s papers are written from: what was kept last, with its own snapshot; before that, what is known now."""
    kept = meeting.packs.last()
    if kept is None:
        return door, spec_of(door, meeting, today())
    spec = loaded(json.loads(kept.spec))
    return door_of(door.home, spec.snapshot), spec


def written(door: Door, meeting: Meeting, edition: Edition, *, whole: bool, own: int = 0, without: Collection[int] = ()) -> writing.Written:
    """One edition; of a kept pack it is written once for all who may have the same."""
    kept = meeting.packs.last()
    pages = door.kept.setdefault("packs", {})
    key = (kept.pk if kept else 0, edition, whole, own, tuple(sorted(without)))
    if kept is not None and key in pages:
        found: writing.Written = pages[key]
        return found
    at, spec = source(door, meeting)
    made = writing.write(at, spec, edition, full=whole, own=own, without=without)
    if kept is not None and len(pages) < MOST_KEPT:
        pages[key] = made
    return made


def of_item(door: Door, item: Item) -> Paper | None:
    """What Headway writes under an item, for whoever may read its papers."""
    if door.facts is None or not item.writes:
        return None
    at, spec = source(door, item.meeting)
    one = next((each for each in spec.items if each.item == item.pk), None)
    return writing.of_item(at, spec, one, Edition(item.edition)) if one else None


def note_opened(user: User, meeting: Meeting, edition: Edition) -> None:
    """That a member opened the papers of an edition: of each of its items that is not public."""
    seat = queries.seat_of(user, meeting.board)
    for each in queries.agenda(meeting, user) if seat else ():
        if each.shown.papers and each.item.edition != Edition.PUBLIC and Edition(each.item.edition) in edition.holds:
            actions.opened(by=user.label, item=each.item, member=seat)

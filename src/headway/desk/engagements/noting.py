"""Notes on an engagement: kept while they are typed, revised by versions, restricted where they must be."""

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.accounts.sealing import seal
from headway.desk.audit.actions import record
from headway.desk.engagements.models import Engagement, Note, NoteDraft, NoteVersion
from headway.desk.engagements.queries import DRAFT, NOTE, text_of
from headway.desk.engagements.standing import live
from headway.vocabulary.clock import now


@transaction.atomic
def keep_draft(*, by: User, engagement: Engagement, of: str, text: str) -> NoteDraft:
    """Keep what a person is typing, sealed. No event: nobody else sees it."""
    kept = {"sealed": seal(text, DRAFT), "at": now()}
    draft, _ = NoteDraft.objects.update_or_create(engagement=engagement, author=by, of=of, defaults=kept)
    return draft


@transaction.atomic
def write(*, by: User, engagement: Engagement, text: str, restricted: bool) -> Note:
    fresh = live(engagement)
    note = Note.objects.create(engagement=fresh, restricted=restricted, by=by.label)
    NoteVersion.objects.create(note=note, text=seal(text, NOTE) if restricted else text, by=by.label)
    NoteDraft.objects.filter(engagement=fresh, author=by, of="new").delete()
    record(by=by.label, verb="wrote", target="engagement note", target_id=note.pk, after={"restricted": restricted})
    return note


@transaction.atomic
def revise(*, by: User, note: Note, text: str) -> None:
    """Another version; the ones before stay. Nothing is written where nothing changed."""
    fresh = live(note.engagement)
    newest = note.versions.last()
    if newest is None or text_of(note, newest.text) != text:
        NoteVersion.objects.create(note=note, text=seal(text, NOTE) if note.restricted else text, by=by.label)
        record(by=by.label, verb="revised", target="engagement note", target_id=note.pk)
    NoteDraft.objects.filter(engagement=fresh, author=by, of=str(note.pk)).delete()

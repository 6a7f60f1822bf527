"""What the pages of visits hold: a day in order, a visit with what it is prepared with, a briefing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from headway.definitions.visits import Asked, VisitKind
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, names_of
from headway.desk.entitlements.queries import item_for
from headway.desk.establishments.models import Establishment
from headway.desk.visits import queries, rules
from headway.desk.visits.actions import Weighs
from headway.desk.visits.models import Answer, FollowUp, State, Visit
from headway.language.preparing import Reason, new_since, newest_years, reasons
from headway.readings.answers import Profile
from headway.readings.door import Door
from headway.readings.profile import profile
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer

BY_ITSELF = Asked(id="note", title="Note", asks="")


def kind_of(door: Door, name: str) -> VisitKind:
    """The kind of a visit; one that the library has given up keeps its name and one heading."""
    known = door.library.visit_kinds
    return known.get(name) or known["other_visit"].model_copy(update={"id": name, "title": name.replace("_", " ").capitalize()})


def weighs(door: Door, school: Establishment, kind: VisitKind, today: date) -> Weighs:
    """What a contact of a kind counts for with a school: the first that it is owed of what the kind gives; the days are that item's."""
    item, days = item_for(door, school, kind.gives, today)
    return Weighs(item, kind.title, Decimal(str(kind.days if days is None else days)), kind.brings)


def titles(door: Door) -> dict[str, str]:
    return {name: kind.title for name, kind in door.library.visit_kinds.items()}


def profile_of(door: Door, urn: int, viewer: Viewer) -> Profile | None:
    """The school's figures; None while no list that was loaded holds it."""
    if door.facts is None:
        return None
    try:
        return profile(door, urn, viewer)
    except HeadwayError:
        return None


def evidence(door: Door, urn: int, viewer: Viewer) -> dict[str, Any]:
    """What was known when a note was begun: the snapshot, the library and the year of each key figure."""
    found = profile_of(door, urn, viewer)
    if found is None:
        return {}
    return {"snapshot": found.snapshot.id, "library": found.snapshot.library_digest, "years": newest_years(found.lines)}


@dataclass(frozen=True)
class Prepared:
    """What somebody reads before they go: what was last, what is new since, what stands out and what to ask."""

    last: Visit | None
    fresh: tuple[tuple[str, str], ...]
    reasons: tuple[Reason, ...]
    open_follow_ups: tuple[FollowUp, ...]


def prepared(door: Door, visit: Visit, viewer: Viewer) -> Prepared:
    done = Visit.objects.filter(
        school_id=visit.school_id, day__lt=visit.day, state__in=(State.SHARED, State.AGREED, State.DRAFT, State.HELD)
    )
    last = done.select_related("adviser").order_by("-day").first()
    found = profile_of(door, visit.school_id, viewer)
    lines = found.lines if found else ()
    known: Mapping[str, int] = (last.known or {}).get("years", {}) if last else {}
    fresh = new_since(lines, known) if known else ()
    waiting = FollowUp.objects.filter(school_id=visit.school_id, closed=None).select_related("keeper")
    return Prepared(last, fresh, reasons(lines, door.library.questions), tuple(waiting))


@dataclass(frozen=True)
class Written:
    """One heading of a note with what stands under it."""

    title: str
    text: str
    restricted: str


@dataclass(frozen=True)
class Shown:
    """A visit as one person may see it."""

    visit: Visit
    kind: VisitKind
    note: tuple[Written, ...]
    school_part: tuple[tuple[str, str], ...]
    answer: Answer | None
    answered_by: str
    why_not_agreed: str
    follow_ups: tuple[FollowUp, ...]
    same_week: tuple[Visit, ...]


def shown(door: Door, visit: Visit, user: User, today: date) -> Shown:
    kind, hidden_from = kind_of(door, visit.kind), queries.of_school_only(user)
    may_read = not hidden_from or visit.state in queries.OPEN_TO_SCHOOL
    note = _note(visit, kind, bool(may(user, Permission.SEE_RESTRICTED))) if may_read else ()
    kept = queries.school_part_of(visit)
    part = tuple((asked.title, kept[asked.id]) for asked in kind.school_writes if kept.get(asked.id))
    answer = queries.answer_of(visit)
    who = names_of({answer.by}).get(answer.by, "") if answer else ""
    why = rules.may_agree(visit.state, answer.accurate if answer else None, visit.answer_by, today)
    promised = tuple(visit.follow_ups.select_related("keeper").all()) if may_read else ()
    return Shown(visit, kind, note, part, answer, who, why, promised, tuple(queries.same_week(visit.school_id, visit.day, visit.pk)))


def _note(visit: Visit, kind: VisitKind, restricted: bool) -> tuple[Written, ...]:
    texts = queries.note_of(visit)
    known = {asked.id: asked.title for asked in kind.headings}
    for heading, _ in texts:
        known.setdefault(heading, heading.replace("_", " ").capitalize())  # of a kind whose headings have changed since
    found = [
        Written(title, texts.get((name, False), ""), texts.get((name, True), "") if restricted else "") for name, title in known.items()
    ]
    return tuple(one for one in found if one.text or one.restricted)

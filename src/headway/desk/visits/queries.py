"""Read visits, calls and follow-ups: what a person may see of them, and what they owe today."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from headway.definitions.visits import VisitKind
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, patch_of
from headway.desk.accounts.sealing import opened
from headway.desk.visits import rules
from headway.desk.visits.models import Answer, CalendarFeed, Call, Draft, FollowUp, Owner, Passage, SchoolPassage, SpokenTo, State, Visit

NOTE = "restricted note"
NO_VISIT = ("telephone_discussion", "telephone_follow_up", "inspection_call", "desk_analysis")
OPEN_TO_SCHOOL = (State.SHARED, State.AGREED)


def of_school_only(user: User) -> bool:
    """Whether a person sees visits from the school's side: nothing restricted, no note before it is shared."""
    return not may(user, Permission.WRITE_SUPPORT)


def visits_for(user: User) -> "QuerySet[Visit]":
    """The visits of the schools that a person works with."""
    found, patch = Visit.objects.select_related("school", "adviser"), patch_of(user)
    return found if patch is None else found.filter(school_id__in=patch)


def visit_for(user: User, pk: int) -> Visit | None:
    return visits_for(user).filter(pk=pk).first() if may(user, Permission.SEE_SUPPORT) else None


def calls_for(user: User) -> "QuerySet[Call]":
    found, patch = Call.objects.select_related("school", "by"), patch_of(user)
    return found if patch is None else found.filter(school_id__in=patch)


def call_sent(user: User, once: str) -> Call | None:
    """The call that a form was already sent for: a second press of the button writes nothing."""
    return Call.objects.filter(once=once_of(user, once)).first() if once else None


def once_of(user: User, once: str) -> str:
    return f"{user.pk}-{once}"[:40]


def follow_ups_for(user: User) -> "QuerySet[FollowUp]":
    found, patch = FollowUp.objects.select_related("school", "keeper"), patch_of(user)
    found = found if patch is None else found.filter(school_id__in=patch)
    if not of_school_only(user):
        return found
    return found.filter(Q(call__isnull=False, owner=Owner.SCHOOL) | Q(visit__state__in=OPEN_TO_SCHOOL))


def note_of(visit: Visit) -> dict[tuple[str, bool], str]:
    """(heading, restricted) → the newest text. Restricted texts are opened: ask only for who may read them."""
    found: dict[tuple[str, bool], str] = {}
    for one in Passage.objects.filter(visit=visit):
        found[(one.heading, one.restricted)] = opened(one.text, NOTE) if one.restricted and one.text else one.text
    return found


def newest_passage(visit: Visit) -> int:
    """The number of the newest passage of a note; 0 before the first. Whoever saves says which they began from."""
    return Passage.objects.filter(visit=visit).order_by("-pk").values_list("pk", flat=True).first() or 0


def school_part_of(visit: Visit) -> dict[str, str]:
    return {one.heading: one.text for one in SchoolPassage.objects.filter(visit=visit)}


def draft_of(visit: Visit, user: User, part: str) -> Draft | None:
    """What somebody was writing: theirs alone, also before who looks as them."""
    return None if user.looked_at_by else Draft.objects.filter(visit=visit, author=user, part=part).first()


def answer_of(visit: Visit) -> Answer | None:
    """The school's word since the note was shared last."""
    return Answer.objects.filter(visit=visit, at__gte=visit.shared).order_by("-pk").first() if visit.shared else None


def last_contacts(urns: Iterable[int], before: date) -> dict[int, str]:
    """URN → the last visit or call before a day, in words."""
    wanted = list(urns)
    done = Visit.objects.filter(school_id__in=wanted, day__lt=before).exclude(state__in=(State.BOOKED, State.CANCELLED))
    found: dict[int, tuple[date, str]] = {}
    for one in done:
        found[one.school_id] = (one.day, f"visit {one.day.day} {one.day:%B}, {State(one.state).label}")
    for call in Call.objects.filter(school_id__in=wanted, at__date__lt=before).order_by("at"):
        day = call.at.date()
        if call.school_id not in found or found[call.school_id][0] <= day:
            found[call.school_id] = (day, f"call {day.day} {day:%B}")
    return {urn: words for urn, (_, words) in found.items()}


def contact_days(before: date) -> dict[int, tuple[date, str]]:
    """URN → the day of the last contact before a day, and what it was: a visit that took place, a call in which somebody was reached."""
    done = Visit.objects.filter(day__lte=before).exclude(state__in=(State.BOOKED, State.CANCELLED)).order_by()
    found = {urn: (day, "visit") for urn, day in done.values("school_id").annotate(last=Max("day")).values_list("school_id", "last")}
    rung = Call.objects.exclude(spoke_to=SpokenTo.NOBODY).order_by().values("school_id").annotate(last=Max("at"))
    for urn, moment in rung.values_list("school_id", "last"):
        day = moment.date()
        if day <= before and (urn not in found or found[urn][0] <= day):
            found[urn] = (day, "call")
    return found


def same_week(urn: int, day: date, besides: int | None = None) -> "QuerySet[Visit]":
    """Others' visits to a school in the week of a day: nobody should get six in one."""
    first, last = rules.week_of(day)
    found = Visit.objects.filter(school_id=urn, day__range=(first, last)).exclude(state=State.CANCELLED)
    return found.exclude(pk=besides).select_related("adviser")


def owed_by(user: User, today: date, kinds: Callable[[str], VisitKind]) -> list[rules.Owed]:
    """What one of the council's people owes: visits, notes, answers that came or did not, promises."""
    mine = Visit.objects.filter(adviser=user).select_related("school")
    moving = list(mine.filter(state__in=(State.BOOKED, State.DRAFT, State.SHARED)))
    kept = list(FollowUp.objects.filter(keeper=user, closed=None).select_related("school"))
    last = last_contacts({one.school_id for one in (*moving, *kept)}, today)
    found = [_of_visit(one, today, kinds(one.kind), last) for one in moving]
    return found + [_of_follow_up(one, last) for one in kept]


def _of_visit(one: Visit, today: date, kind: VisitKind, last: dict[int, str]) -> rules.Owed:
    where, title, at = reverse("visits:visit", args=[one.pk]), kind.title, one.begins.strftime("%H:%M") if one.begins else ""
    call = (("Log call", f"{reverse('visits:log')}?urn={one.school_id}&counts_as={one.pk}"),)
    write = (("Write note", reverse("visits:write", args=[one.pk])),)
    told = (one.school.name, one.school_id)
    before = last.get(one.school_id, "")
    if one.state == State.BOOKED and (one.day >= today or kind.by in rules.UNSHARED):  # a call that was not made is still owed
        return rules.Owed(one.day, *told, title, one.purpose, before, (("Prepare", where), *(call if kind.by == "call" else write)), at)
    if one.state in (State.BOOKED, State.DRAFT):
        return rules.Owed(
            one.day + timedelta(1), *told, f"Note of {title[:1].lower()}{title[1:]}", "It is not yet with the school", before, write
        )
    answer = answer_of(one)
    why = "The school has not answered" if answer is None else "The school finds it accurate" if answer.accurate else "The school disagrees"
    due = (one.answer_by or today) if answer is None else today
    return rules.Owed(due, *told, "Agree the note", why, before, (("Open note", where),))


def _of_follow_up(one: FollowUp, last: dict[int, str]) -> rules.Owed:
    who = "The school promised it" if one.owner == Owner.SCHOOL else "You promised it"
    return rules.Owed(one.due, one.school.name, one.school_id, one.what, who, last.get(one.school_id, ""),
                      (("Close it", reverse("visits:close", args=[one.pk])),))  # fmt: skip


def owed_by_school(user: User, today: date, titles: dict[str, str]) -> list[rules.Owed]:
    """What the schools of a person's patch are asked for: their part before a visit, their word on a note, what they promised."""
    found = []
    for one in visits_for(user).filter(state__in=(State.BOOKED, State.SHARED)):
        where, title = reverse("visits:visit", args=[one.pk]), titles.get(one.kind, one.kind)
        if one.state == State.SHARED and answer_of(one) is None:
            due = one.answer_by or today
            found.append(
                rules.Owed(due, one.school.name, one.school_id, "Say whether the note is accurate", title, "", (("Read the note", where),))
            )
        elif one.state == State.BOOKED and one.day >= today:
            found.append(rules.Owed(one.day, one.school.name, one.school_id, title, f"with {one.adviser}", "", (("See what for", where),)))
    kept = follow_ups_for(user).filter(closed=None, owner=Owner.SCHOOL)
    return found + [rules.Owed(one.due, one.school.name, one.school_id, one.what, f"Agreed with {one.keeper}") for one in kept]


def by_token(token: str) -> User | None:
    """The person whose calendar a secret address is of, while it holds."""
    feed = CalendarFeed.objects.select_related("user").filter(token=hashed(token)).first()
    if feed is None or not feed.user.is_active or feed.user.sign_outs != feed.sign_outs:
        return None
    return feed.user


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

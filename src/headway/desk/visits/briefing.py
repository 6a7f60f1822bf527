"""“Ofsted rang”: a school on one page, for whoever must speak of it in five minutes."""

from dataclasses import dataclass
from datetime import date

from headway.desk.accounts.models import User
from headway.desk.establishments.models import Establishment
from headway.desk.self_evaluation.models import SelfEvaluation
from headway.desk.self_evaluation.pages import WORDS, scheme_for
from headway.desk.self_evaluation.queries import evaluations_for, said_in
from headway.desk.tiers.evidence import title_of
from headway.desk.tiers.queries import tier_now
from headway.desk.visits import queries
from headway.desk.visits.models import FollowUp, State, Visit
from headway.desk.visits.pages import titles
from headway.language.answer import profile_answer
from headway.language.preparing import Reason, reasons
from headway.readings.answers import Profile
from headway.readings.door import Door
from headway.readings.profile import profile
from headway.vocabulary.viewer import Viewer


@dataclass(frozen=True)
class Supported:
    """A school's tier, of which its head was told; no adviser where nobody is named, or who was has left."""

    title: str
    since: date
    adviser: User | None


@dataclass(frozen=True)
class Briefing:
    """`views` are the school's own, by criterion, of its newest evaluation that this person may see."""

    profile: Profile | None
    answer: tuple[str, ...]
    reasons: tuple[Reason, ...]
    support: Supported | None
    evaluation: SelfEvaluation | None
    views: tuple[tuple[str, str], ...]
    visits: tuple[tuple[Visit, str], ...]
    follow_ups: tuple[FollowUp, ...]


def briefing(door: Door, school: Establishment, user: User, viewer: Viewer, today: date) -> Briefing:
    found, urn = profile(door, school.pk, viewer), school.pk
    answer = profile_answer(found) if found else ()
    asked = reasons(found.lines, door.library.questions, most=6) if found else ()
    done = queries.visits_for(user).filter(school_id=urn).exclude(state__in=(State.BOOKED, State.CANCELLED)).order_by("-day")[:5]
    kinds = titles(door)
    visits = tuple((one, kinds.get(one.kind, one.kind)) for one in done)
    own = evaluations_for(user).filter(school_id=urn).exclude(sent=None).order_by("-year").first()
    return Briefing(
        found, tuple(answer), asked, _support(door, school, today), own, _views(door, own), visits,
        tuple(queries.follow_ups_for(user).filter(school_id=urn, closed=None)),
    )  # fmt: skip


def _support(door: Door, school: Establishment, today: date) -> Supported | None:
    """Only what the school may see: the page is printed, and lies on desks."""
    now = tier_now([school], today, seen_only=True).get(school.pk)
    return Supported(title_of(door.library.tiers.get(now.scheme), now.tier), now.since, now.adviser) if now else None


def _views(door: Door, own: SelfEvaluation | None) -> tuple[tuple[str, str], ...]:
    if own is None:
        return ()
    said = said_in(own)
    rated = ((criterion.title, said[name].rating) for name, criterion in scheme_for(door, own).criteria.items() if name in said)
    return tuple((title, WORDS[rating]) for title, rating in rated if rating)

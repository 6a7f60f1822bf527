"""Read programmes, sessions, bookings and partners: what a person may see of them."""

from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, patch_of
from headway.desk.accounts.sealing import opened
from headway.desk.establishments.models import Establishment
from headway.desk.learning.models import Booking, Level, Partner, PartnerOffer, Programme, Session, State, TakeUp
from headway.desk.learning.rules import KEEP_NAMES

NAME = "name in a session"
P = Permission


def keeps(user: User) -> bool:
    """Whether a person is of the team that keeps sessions."""
    return bool(may(user, P.ADD_LEARNING))


def sessions() -> "QuerySet[Session]":
    """Every session with `booked` and `waiting` counted."""
    found = Session.objects.select_related("programme", "lead").order_by("day", "begins", "pk")
    return found.annotate(
        booked=Count("bookings", filter=Q(bookings__state=State.BOOKED)), waiting=Count("bookings", filter=Q(bookings__state=State.WAITING))
    )


def coming(day: date) -> "QuerySet[Session]":
    return sessions().filter(day__gte=day, called_off="", programme__ended=None)


def find_session(pk: int) -> Session | None:
    return sessions().filter(pk=pk).first()


def levels_of(user: User, urn: int) -> tuple[str, ...]:
    """The groups for which a person may book places for a school: a head for everybody, a governor for governors."""
    if not (may(user, P.BOOK_LEARNING, urn) or keeps(user)):
        return ()
    everybody = keeps(user) or bool(may(user, P.ANSWER_FOR_SCHOOL, urn))
    return tuple(Level.values) if everybody else (Level.GOVERNOR.value,)


def own_schools(user: User) -> list[Establishment]:
    """The schools for which a person may book."""
    patch = patch_of(user)
    if not may(user, P.BOOK_LEARNING) or patch is None:
        return []
    return list(Establishment.objects.filter(pk__in=patch, status="open"))


def bookings_for(user: User, session: Session | None = None) -> "QuerySet[Booking]":
    """The bookings a person reads one by one: all for the team and who leads the session, those of their own school for its people."""
    found = Booking.objects.select_related("session__programme", "school", "evaluation").exclude(state=State.WITHDRAWN)
    found = found if session is None else found.filter(session=session)
    if keeps(user) or (session is not None and session.lead_id == user.pk):
        return found
    mine = found.filter(school_id__in=[one.pk for one in own_schools(user)])
    heads = any(may(user, P.ANSWER_FOR_SCHOOL, one.pk) for one in own_schools(user))
    return mine if heads else mine.filter(level=Level.GOVERNOR)


def of_school(found: "QuerySet[Booking]", text: str) -> "QuerySet[Booking]":
    """The bookings of the schools that a text names: a URN, or part of a name."""
    return found.filter(school_id=int(text[:9])) if text.isdigit() else found.filter(school__name__icontains=text)


def name_of(booking: Booking) -> str:
    """The name, opened: ask only for a booking that a person reads. Its post once the name is erased."""
    if booking.sealed_name:
        return opened(booking.sealed_name, NAME)
    return booking.post or booking.get_level_display().lower()


def marks_attendance(user: User, session: Session) -> bool:
    return keeps(user) or session.lead_id == user.pk


def names_due(today: date) -> "QuerySet[Booking]":
    """Bookings whose name has been kept as long as it may be."""
    return Booking.objects.filter(session__day__lt=today - KEEP_NAMES).exclude(sealed_name="")


def programmes() -> "QuerySet[Programme]":
    return Programme.objects.order_by("title", "pk").annotate(
        many=Count("sessions", distinct=True), came=Count("sessions__bookings", filter=Q(sessions__bookings__came=True), distinct=True)
    )


def cost_of(bookings: "QuerySet[Booking]") -> tuple[int, Decimal]:
    """(places held, what they cost) of these bookings; a session that was called off costs nothing."""
    held = bookings.filter(state=State.BOOKED, session__called_off="").aggregate(many=Count("pk"), pounds=Sum("price"))
    return int(held["many"]), Decimal(held["pounds"] or 0)


def partners() -> "QuerySet[Partner]":
    return Partner.objects.filter(ended=None).prefetch_related("offers")


def offers(day: date) -> "QuerySet[PartnerOffer]":
    """What partners offer on a day, with how many schools have it."""
    standing = PartnerOffer.objects.filter(partner__ended=None, withdrawn=None).filter(Q(ends=None) | Q(ends__gte=day))
    return (
        standing.select_related("partner")
        .order_by("title", "pk")
        .annotate(
            schools=Count("taken", filter=Q(taken__state__in=("asked", "agreed", "done"))),
            done=Count("taken", filter=Q(taken__state="done")),
        )
    )


def taken_for(user: User) -> "QuerySet[TakeUp]":
    """All for the team; for a school's people their own."""
    found = TakeUp.objects.select_related("offer__partner", "school")
    return found if keeps(user) else found.filter(school_id__in=[one.pk for one in own_schools(user)])

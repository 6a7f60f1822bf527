"""What changes about sessions and places. Each in one transaction with its audit event; who comes is in no event."""

from collections.abc import Collection
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.accounts.sealing import seal
from headway.desk.audit.actions import record
from headway.desk.establishments.models import Establishment
from headway.desk.learning import rules
from headway.desk.learning.models import Booking, Evaluation, Programme, Session, State
from headway.desk.learning.queries import NAME, levels_of, names_due
from headway.vocabulary.clock import now, today
from headway.vocabulary.errors import HeadwayError


@transaction.atomic
def make_programme(
    *, by: User, title: str, aim: str, levels: Collection[str], area: str, given_by: str, price: Decimal
) -> Programme:  # fmt: skip
    made = Programme.objects.create(
        title=title, aim=aim, levels=sorted(levels), area=area, given_by=given_by, price=price, made_by=by.label
    )  # fmt: skip
    record(by=by.label, verb="made", target="programme", target_id=made.pk, after={"title": title, "area": area, "price": str(price)})
    return made


@transaction.atomic
def change_programme(*, by: User, programme: Programme, **given: Any) -> None:
    """Another title, aim, group, area or price; places that are booked keep the price they were booked at."""
    fresh = Programme.objects.select_for_update().get(pk=programme.pk)
    before = {name: str(getattr(fresh, name)) for name in given}
    for name, value in given.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(given))
    after = {name: str(getattr(fresh, name)) for name in given}
    if before != after:
        record(by=by.label, verb="changed", target="programme", target_id=fresh.pk, before=before, after=after)


@transaction.atomic
def end_programme(*, by: User, programme: Programme) -> None:
    """Nobody books any more; what was is kept."""
    if Programme.objects.filter(pk=programme.pk, ended=None).update(ended=today()):
        record(by=by.label, verb="ended", target="programme", target_id=programme.pk)


@transaction.atomic
def plan_session(
    *, by: User, programme: Programme, title: str, day: date, begins: time | None, ends: time | None, place: str, places: int,
    lead: User | None,
) -> Session:  # fmt: skip
    if programme.ended:
        raise HeadwayError("H-DESK-01", "This programme has ended.", remedy="Make another.")
    given = {"title": title, "day": day, "begins": begins, "ends": ends, "place": place, "places": places, "lead": lead}
    made = Session.objects.create(programme=programme, made_by=by.label, **given)
    record(by=by.label, verb="planned", target="session", target_id=made.pk, after=_told(made))
    return made


@transaction.atomic
def change_session(*, by: User, session: Session, **given: Any) -> int:
    """Another day, place or number of places; more places are filled from the waiting list. How many moved up.

    Raises H-DESK-92 for fewer places than are held.
    """
    fresh = _locked(session)
    held = [booking.seat for booking in fresh.bookings.filter(state=State.BOOKED)]
    if given.get("places", fresh.places) < len(held):
        raise HeadwayError(
            "H-DESK-92", f"{len(held)} places are held.", "Nobody’s place is taken away by a smaller number.", f"Give {len(held)} or more."
        )  # fmt: skip
    before = _told(fresh)
    for name, value in given.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(given))
    _close_up(fresh)
    record(by=by.label, verb="changed", target="session", target_id=fresh.pk, before=before, after=_told(fresh))
    return _fill(by, fresh)


@transaction.atomic
def call_off(*, by: User, session: Session, because: str) -> None:
    """The session does not take place. Whoever booked reads why; no place costs anything."""
    fresh = _locked(session)
    if fresh.closed or fresh.called_off:
        raise HeadwayError("H-DESK-01", "This session is over or was called off.")
    fresh.called_off = because
    fresh.save(update_fields=["called_off"])
    record(by=by.label, verb="called off", target="session", target_id=fresh.pk, after={"because": because})


@transaction.atomic
def book(*, by: User, session: Session, school: Establishment, level: str, name: str, post: str, once: str) -> Booking:
    """A place, or the end of the waiting list where none is free. Sent twice, it is one booking.

    Everybody who books in a session waits for its row: of two who want the last place one gets it. Raises H-DESK-92 with every fault.
    """
    fresh = _locked(session)
    sent = Booking.objects.filter(once=once).first()
    if sent is not None:
        return sent
    programme, own = fresh.programme, levels_of(by, school.pk)
    faults = rules.faults_of_booking(fresh.day, today(), fresh.called_off, bool(programme.ended), level, programme.levels, own)
    if faults:
        raise HeadwayError("H-DESK-92", "This place cannot be booked.", " ".join(faults), "Choose another session or group.")
    taken = set(fresh.bookings.filter(state=State.BOOKED).values_list("seat", flat=True))
    waits = fresh.bookings.filter(state=State.WAITING).exists()
    seat = None if waits else rules.free_seat(fresh.places, taken)
    made = Booking.objects.create(
        session=fresh, school=school, level=level, post=post, sealed_name=seal(name, NAME) if name else "", once=once, by=by.label,
        state=State.WAITING if seat is None else State.BOOKED, seat=seat, price=programme.price,
    )  # fmt: skip
    told = {"session": fresh.pk, "urn": school.pk, "level": level}
    record(by=by.label, verb="booked" if seat else "asked to wait for", target="place", target_id=made.pk, after=told)
    return made


@transaction.atomic
def give_back(*, by: User, booking: Booking, because: str) -> int:
    """Give a place back, or leave the waiting list; who is next moves up. How many moved up."""
    fresh = _locked(booking.session)
    mine = Booking.objects.select_for_update().get(pk=booking.pk)
    if mine.state == State.WITHDRAWN or fresh.closed:
        raise HeadwayError("H-DESK-01", "This place was given back, or the session is over.")
    mine.state, mine.seat, mine.because, mine.sealed_name = State.WITHDRAWN, None, because, ""
    mine.save(update_fields=["state", "seat", "because", "sealed_name"])
    record(by=by.label, verb="gave back", target="place", target_id=mine.pk, after={"session": fresh.pk, "urn": mine.school_id})
    return _fill(by, fresh)


@transaction.atomic
def attend(*, by: User, session: Session, came: Collection[int]) -> None:
    """Who came, by booking; the others who had a place did not. Can be mended until names are erased."""
    fresh = _locked(session)
    if fresh.called_off or fresh.day > today():
        raise HeadwayError("H-DESK-01", "This session has not taken place.", remedy="Write attendance down on the day or after.")
    held = fresh.bookings.filter(state=State.BOOKED)
    held.filter(pk__in=list(came)).update(came=True)
    held.exclude(pk__in=list(came)).update(came=False)
    fresh.closed = fresh.closed or now()
    fresh.save(update_fields=["closed"])
    record(by=by.label, verb="marked attendance of", target="session", target_id=fresh.pk, after={"came": held.filter(came=True).count()})


@transaction.atomic
def evaluate(*, by: User, booking: Booking, useful: int, will: str, better: str) -> None:
    """What somebody who came says; said again, it takes the place of what was said before."""
    mine = Booking.objects.select_for_update().get(pk=booking.pk)
    if not mine.came:
        raise HeadwayError("H-DESK-01", "Only somebody who came says how it was.", remedy="Attendance is written down first.")
    given = {"useful": useful, "will": will, "better": better, "by": by.label, "at": now()}
    Evaluation.objects.update_or_create(booking=mine, defaults=given)
    record(by=by.label, verb="evaluated", target="session", target_id=mine.session_id, after={"useful": useful})


@transaction.atomic
def erase_names(*, by: str) -> int:
    """Erase the names whose time is over; how many. Counts by school stay."""
    over = list(names_due(today()).values_list("pk", flat=True))
    Booking.objects.filter(pk__in=over).update(sealed_name="", erased=now())
    if over:
        record(by=by, verb="erased names in", target="sessions", after={"names": len(over)})
    return len(over)


def _locked(session: Session) -> Session:
    Session.objects.select_for_update().get(pk=session.pk)  # the row alone: PostgreSQL locks no outer join
    return Session.objects.select_related("programme").get(pk=session.pk)


def _close_up(session: Session) -> None:
    """With fewer places, whoever holds a number beyond them takes a free one below."""
    held = list(session.bookings.filter(state=State.BOOKED).order_by("seat"))
    taken = {one.seat for one in held}
    for one in reversed(held):
        if one.seat > session.places:
            taken.discard(one.seat)
            one.seat = rules.free_seat(session.places, taken)
            taken.add(one.seat)
            one.save(update_fields=["seat"])


def _fill(by: User, session: Session) -> int:
    """Move up from the waiting list while places are free."""
    if session.called_off or session.day < today():
        return 0
    booked = session.bookings.filter(state=State.BOOKED).values_list("school_id", "seat")
    waiting = list(session.bookings.filter(state=State.WAITING))
    up = rules.moves(waiting, list(booked), session.places)
    for pk, seat in up:
        Booking.objects.filter(pk=pk).update(state=State.BOOKED, seat=seat, moved_up=now())
        record(by=by.label, verb="moved up", target="place", target_id=pk, after={"session": session.pk})
    return len(up)


def _told(session: Session) -> dict[str, object]:
    return {"title": session.title, "day": str(session.day), "places": session.places, "place": session.place}

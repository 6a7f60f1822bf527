"""What changes in the ledger, about who is named, diaries, costs and what is sold. Each in one transaction with its audit event."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.desk.entitlements import rules
from headway.desk.entitlements.models import DayCost, Diary, Happening, Named, Order, Use, UseState
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError


@transaction.atomic
def enter(
    *, by: User, school: Establishment, item: str, day: date, days: Decimal, state: str = UseState.DELIVERED, adviser: User | None = None,
    what: str = "", rag: str = "", because: str = "", order: Order | None = None, once: str | None = None,
) -> Use:  # fmt: skip
    """Write down what a school had, or what is booked for it. The same form sent twice is one entry."""
    values = {
        "school": school, "item": item, "what": what, "day": day, "days": days, "adviser": adviser, "state": state, "rag": rag,
        "because": because, "order": order, "by": by.label,
    }  # fmt: skip
    use, made = Use.objects.get_or_create(once=once, defaults=values) if once else (Use.objects.create(**values), True)
    if made:
        record(by=by.label, verb=str(state), target="entitlement", target_id=use.pk, after={**_told(use), "urn": school.pk, "item": item})
    return use


@transaction.atomic
def enter_for_many(*, by: User, schools: list[Establishment], item: str, day: date, days: Decimal, once: str) -> int:
    """The same for many schools at once, such as a data pack that all had: how many had it written down now."""
    known = Use.objects.filter(once__startswith=f"{once}-").count()
    for school in schools:
        enter(by=by, school=school, item=item, day=day, days=days, adviser=by if days else None, once=f"{once}-{school.pk}")
    return Use.objects.filter(once__startswith=f"{once}-").count() - known


@transaction.atomic
def waive(*, by: User, school: Establishment, item: str, for_due: date, because: str) -> Use:
    """One occasion is not given, with the reason. Said twice it is said once."""
    use, made = Use.objects.get_or_create(
        school=school, item=item, for_due=for_due, state=UseState.WAIVED,
        defaults={"day": min(today(), for_due), "days": Decimal(0), "because": because, "by": by.label},
    )  # fmt: skip
    if made:
        after = {"urn": school.pk, "item": item, "for_due": str(for_due), "because": because}
        record(by=by.label, verb="waived", target="entitlement", target_id=use.pk, after=after)
    return use


def _moved(use: Use, to: str) -> Use:
    """The entry as it stands now, locked. Raises H-DESK-01 where somebody was first."""
    fresh = Use.objects.select_for_update(of=("self",)).select_related("school").get(pk=use.pk)
    if not rules.may_move(fresh.state, to):
        raise HeadwayError(
            "H-DESK-01", f"This is {UseState(fresh.state).label} and cannot become {UseState(to).label}.",
            "Somebody may have changed it since your page was loaded.", "Load the page again.",
        )  # fmt: skip
    fresh.state = to
    return fresh


@transaction.atomic
def deliver(*, by: User, use: Use, day: date, rag: str = "") -> None:
    fresh = _moved(use, UseState.DELIVERED)
    fresh.day, fresh.rag = day, rag
    fresh.save(update_fields=["state", "day", "rag"])
    record(by=by.label, verb="delivered", target="entitlement", target_id=use.pk, after={"day": str(day), "rag": rag})


@transaction.atomic
def move(*, by: User, use: Use, day: date, adviser: User | None) -> None:
    """What is booked is booked for another day, or for somebody else to do."""
    fresh = _moved(use, UseState.BOOKED)
    before = _told(fresh)
    fresh.day, fresh.adviser = day, adviser
    if _told(fresh) != before:
        fresh.save(update_fields=["day", "adviser"])
        record(by=by.label, verb="moved", target="entitlement", target_id=use.pk, before=before, after=_told(fresh))


@transaction.atomic
def withdraw(*, by: User, use: Use, because: str) -> None:
    """Taken back: cancelled, or entered by mistake. It stays in the ledger's history with the reason."""
    fresh = _moved(use, UseState.WITHDRAWN)
    fresh.because = because
    fresh.save(update_fields=["state", "because"])
    record(by=by.label, verb="took back", target="entitlement", target_id=use.pk, after={"because": because})


@transaction.atomic
def judge(*, by: User, use: Use, rag: str) -> None:
    """How a review went: the day of the next one follows from it."""
    before = {"rag": use.rag}
    Use.objects.filter(pk=use.pk).update(rag=rag)
    record(by=by.label, verb="judged", target="entitlement", target_id=use.pk, before=before, after={"rag": rag})


@transaction.atomic
def happened(*, by: User, school: Establishment, kind: str, since: date, because: str) -> Happening:
    """An event, or a condition that holds from a day. Said again of the same day it is one."""
    found, made = Happening.objects.get_or_create(
        school=school, kind=kind, since=since, withdrawn=False, defaults={"because": because, "by": by.label}
    )
    if made:
        record(by=by.label, verb="noted", target=kind, target_id=found.pk, after={"urn": school.pk, "since": str(since)})
    return found


@transaction.atomic
def no_longer(*, by: User, happening: Happening, until: date, because: str, mistaken: bool = False) -> None:
    """A condition no longer holds, or was noted by mistake."""
    fresh = Happening.objects.select_for_update().get(pk=happening.pk)
    fresh.until, fresh.ended_because, fresh.withdrawn = max(until, fresh.since), because, mistaken
    fresh.save(update_fields=["until", "ended_because", "withdrawn"])
    record(by=by.label, verb="ended", target=fresh.kind, target_id=fresh.pk, after={"until": str(fresh.until), "mistaken": mistaken})


@transaction.atomic
def name(*, by: User, school: Establishment, adviser: User | None, since: date, because: str = "") -> Named | None:
    """Who is named for a school from a day on; None: nobody. Who was named before stays in the history."""
    current = Named.objects.select_for_update().filter(school=school, until=None).first()
    if current and adviser is not None and current.adviser_id == adviser.pk:
        return current
    if current:
        current.until = max(since, current.since)
        current.save(update_fields=["until"])
    made = None
    if adviser is not None:
        made = Named.objects.create(school=school, adviser=adviser, since=since, because=because, by=by.label)
    before = {"adviser": f"user:{current.adviser_id}" if current else ""}
    after = {"urn": school.pk, "adviser": adviser.label if adviser else "", "since": str(since), "because": because}
    record(by=by.label, verb="named", target="adviser", target_id=school.pk, before=before, after=after)
    return made


@transaction.atomic
def keep_diary(
    *, by: User, adviser: User, year: str, days: Decimal, phases: list[str], latitude: float | None, longitude: float | None
) -> Diary:
    """What an adviser has time for in a year; the line before stays."""
    made = Diary.objects.create(adviser=adviser, year=year, days=days, phases=phases, latitude=latitude, longitude=longitude, by=by.label)
    after = {"adviser": adviser.label, "year": year, "days": str(days), "phases": phases}
    record(by=by.label, verb="kept", target="diary", target_id=made.pk, after=after)
    return made


@transaction.atomic
def set_day_cost(*, by: User, year: int, pounds: Decimal, source: str) -> DayCost:
    made = DayCost.objects.create(year=year, pounds=pounds, source=source, by=by.label)
    record(
        by=by.label, verb="set", target="cost of a day", target_id=made.pk, after={"year": year, "pounds": str(pounds), "source": source}
    )
    return made


def _told(use: Use) -> dict[str, object]:
    return {"day": str(use.day), "days": str(use.days), "adviser": f"user:{use.adviser_id}" if use.adviser_id else ""}

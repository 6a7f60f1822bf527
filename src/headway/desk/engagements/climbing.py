"""What is taken of a ladder when concern stays: prepared, issued with its clock, ended with its outcome."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from django.db import IntegrityError, transaction

from headway.definitions.workflows import Ladder, Rung
from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.desk.engagements import rules
from headway.desk.engagements.models import Engagement, LadderAction, Standing
from headway.desk.engagements.queries import rung_of, taken
from headway.desk.engagements.standing import live
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError


@transaction.atomic
def prepare(*, by: User, engagement: Engagement, ladder: Ladder, rung: Rung) -> LadderAction:
    """Begin an action. Raises H-DESK-75 where the school's route has none such, or what must come before has not."""
    fresh = live(engagement)
    _may(fresh, ladder, rung)
    try:
        with transaction.atomic():
            made = LadderAction.objects.create(
                engagement=fresh, ladder=ladder.id, rung=rung.id, definition=rung.model_dump(mode="json"), by=by.label
            )
    except IntegrityError:  # pressed twice, or by two at once: there is one
        return LadderAction.objects.get(engagement=fresh, rung=rung.id, standing__in=(Standing.PREPARED, Standing.ISSUED))
    record(by=by.label, verb="prepared", target="ladder action", target_id=made.pk, after={"rung": rung.id, "basis": rung.basis})
    return made


def _may(engagement: Engagement, ladder: Ladder, rung: Rung) -> None:
    said = rules.why_not(rung, ladder, engagement.route, taken(engagement))
    if said:
        raise HeadwayError("H-DESK-75", f"“{rung.title}” cannot be taken.", " ".join(said), "Take what comes before it first.")


@transaction.atomic
def write(*, by: User, action: LadderAction, ticks: Collection[str], parts: Mapping[str, str], passed_over: str) -> None:
    """Keep what is prepared of it, whole or not."""
    live(action.engagement)
    fresh = _in(action, Standing.PREPARED)
    fresh.ticks, fresh.parts, fresh.passed_over = list(ticks), dict(parts), passed_over
    fresh.save(update_fields=["ticks", "parts", "passed_over"])
    record(by=by.label, verb="wrote", target="ladder action", target_id=fresh.pk, after={"conditions": len(fresh.ticks)})


@transaction.atomic
def issue(
    *, by: User, action: LadderAction, ladder: Ladder, issued: date, due: date | None, after: Callable[[date, int, str], date]
) -> None:
    """It goes out: every condition holds and every part is written, else H-DESK-75. `due` takes the place of the clock's own last day."""
    engagement = live(action.engagement)
    fresh, rung = _in(action, Standing.PREPARED), rung_of(action)
    _may(engagement, ladder, rung)
    faults = rules.faults_of_issue(rung, fresh.ticks, fresh.parts, issued, today())
    if rules.passed_over(rung, ladder, taken(engagement)) and not fresh.passed_over:
        faults["passed_over"] = "Say why what comes before it was passed over."
    if faults:
        raise HeadwayError("H-DESK-75", f"“{rung.title}” cannot be issued yet.", " ".join(faults.values()))
    fresh.standing, fresh.issued = Standing.ISSUED, issued
    fresh.due = due or (after(issued, rung.clock.count, rung.clock.unit) if rung.clock else None)
    fresh.save(update_fields=["standing", "issued", "due"])
    told = {"rung": rung.id, "basis": rung.basis, "issued": str(issued), "due": str(fresh.due or "")}
    record(by=by.label, verb="issued", target="ladder action", target_id=fresh.pk, after=told)


@transaction.atomic
def end(*, by: User, action: LadderAction, outcome: str, said: str, day: date) -> None:
    live(action.engagement)
    fresh = _in(action, Standing.ISSUED)
    fresh.standing, fresh.outcome, fresh.said, fresh.ended = Standing.ENDED, outcome, said, day
    fresh.save(update_fields=["standing", "outcome", "said", "ended"])
    record(by=by.label, verb="ended", target="ladder action", target_id=fresh.pk, after={"outcome": outcome})


@transaction.atomic
def withdraw(*, by: User, action: LadderAction, because: str) -> None:
    live(action.engagement)
    fresh = _in(action, Standing.PREPARED, Standing.ISSUED)
    fresh.standing, fresh.said = Standing.WITHDRAWN, because
    fresh.save(update_fields=["standing", "said"])
    record(by=by.label, verb="withdrew", target="ladder action", target_id=fresh.pk)


def _in(action: LadderAction, *standings: str) -> LadderAction:
    """The action as it is now, locked. Raises H-DESK-01 where it is not where it must be."""
    fresh = LadderAction.objects.select_for_update().get(pk=action.pk)
    if fresh.standing not in standings:
        raise HeadwayError(
            "H-DESK-01", f"This is {Standing(fresh.standing).label}.", "Somebody may have changed it since your page was loaded.",
            "Load the page again.",
        )  # fmt: skip
    return fresh

"""What goes to the council's case system, as csv or a workbook: docs/reference/attendance-cases.md describes each column.

Keys of pupils, no number, and no text about one; cells that a spreadsheet would run are escaped.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from headway.definitions.attendance_duties import Duty
from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.attendance import queries, rules
from headway.desk.framing.pages import the_door
from headway.desk.framing.tables import Cell, sent
from headway.vocabulary import clock

P = Permission
COLUMNS = (
    "kind",
    "id",
    "urn",
    "school",
    "pupil_key",
    "day",
    "status",
    "detail",
    "amount_pounds",
    "due",
    "closed",
    "basis",
    "for_legal_check",
)
Duties = dict[str, Duty]
Rows = Iterator[list[Cell]]


def _meetings(user: User, duties: Duties) -> Rows:
    for one in queries.meetings_for(user).prefetch_related("actions"):
        closed = one.day if one.state == "held" else None
        yield _case("meeting", one, "", one.day or one.offered, one.state, one.because, due=one.next_by, closed=closed)
        for action in one.actions.all():
            state, what = "closed" if action.closed else "open", f"{action.owner}: {action.what}"
            yield ["action", action.pk, one.school_id, one.school.name, "", str(one.day or one.offered), state, what, None, str(action.due),
                   str(action.closed.date() if action.closed else ""), "local", "no"]  # fmt: skip


def _plans(user: User, duties: Duties) -> Rows:
    for one in queries.plans_for(user):
        yield _case("plan", one, one.pupil, one.begins, one.outcome or "open", one.kind, due=one.review_by, closed=one.ended)


def _notices(user: User, duties: Duties) -> Rows:
    for one in queries.notices_for(user):
        state = "withdrawn" if one.withdrawn else "paid" if one.paid else "issued"
        yield _case("notice", one, one.pupil, one.issued, state, f"number {one.number}", pounds=one.pounds, due=one.pay_by,
                    closed=one.withdrawn or one.paid, duty=duties.get("penalty"))  # fmt: skip
    for period in queries.periods_for(user):
        state = period.outcome or "running"
        yield _case("improve", period, period.pupil, period.begins, state, "", due=period.ends, duty=duties.get("improve"))


def _returns(user: User, duties: Duties) -> Rows:
    for one in queries.returns_for(user):
        state, duty = one.outcome or "received", duties.get(one.kind)
        yield _case("return", one, one.pupil, one.happened, state, one.kind, due=one.due, closed=one.looked_at, duty=duty)


def _missing(user: User, duties: Duties) -> Rows:
    """Records of children missing education or taught at home, each with its enquiries."""
    held = {record for record, kind in queries.standing_of(queries.missing_for(user).values_list("pk", flat=True)) if kind == "restrict"}
    for one in queries.missing_for(user).exclude(pk__in=held):  # what is restricted is only kept
        duty = duties.get(rules.RECORD_DUTY[one.kind])
        yield _case("missing", one, one.pupil, one.opened, one.outcome or "open", f"{one.kind}: {one.ground}", due=one.review_by,
                    closed=one.closed, duty=duty)  # fmt: skip
        for asked in one.enquiries.all():
            footing = duties.get(asked.kind)
            basis, check = (footing.basis, "yes" if footing.legal_check else "no") if footing else ("local", "no")
            yield ["enquiry", asked.pk, *_of_school(one), one.pupil, str(asked.day), "done", f"record {one.pk}: {asked.kind}",
                   None, str(asked.review_by or ""), "", basis, check]  # fmt: skip


def _steps(user: User, duties: Duties) -> Rows:
    for one in queries.steps_for(user):
        state = "closed" if one.closed else "open"
        yield _case("step", one, one.pupil, one.day, state, f"{one.kind}: {one.names}" if one.names else one.kind, closed=one.closed,
                    duty=duties.get(one.kind))  # fmt: skip


def _referrals(user: User, duties: Duties) -> Rows:
    """A row for each pupil of whom something went to a partner."""
    for one in queries.shared_for(user):
        state = rules.shared_state(one.until, one.withdrawn, one.destroyed, clock.today())
        for row in one.pupils.all():
            yield ["referral", one.pk, row.school_id, row.school.name, row.pupil, str(one.at.date()), state, f"{one.party}: {one.purpose}",
                   None, str(one.until), str(one.destroyed or one.withdrawn or ""), "local", "no"]  # fmt: skip


KINDS: dict[str, Callable[[User, Duties], Rows]] = {
    "meetings": _meetings, "plans": _plans, "notices": _notices, "returns": _returns, "steps": _steps, "missing": _missing,
    "referrals": _referrals,
}  # fmt: skip


def takes(request: HttpRequest) -> bool:
    """Whether this person may have these files: pages link to them then."""
    return bool(may(request.user, P.WORK_ATTENDANCE)) and bool(may(request.user, P.EXPORT))


@needs(P.WORK_ATTENDANCE, recently=True)
@require_GET
@exported
def cases_file(request: HttpRequest, form: str) -> HttpResponse:
    """Everything, or with ?kind= one of KINDS."""
    kind = request.GET.get("kind", "")
    if not may(request.user, P.EXPORT) or kind not in ("", *KINDS):
        raise Http404
    duties = dict(the_door().library.attendance.duties)
    chosen = [KINDS[kind]] if kind else list(KINDS.values())
    rows = [row for made in chosen for row in made(request.user, duties)]
    return sent([list(COLUMNS), *rows], form, f"attendance-{kind or 'cases'}-{clock.today()}")


def _of_school(one: Any) -> list[Cell]:
    return [one.school_id, one.school.name] if one.school else ["", "on no roll here"]


def _case(kind: str, one: Any, pupil: str, day: Any, status: str, detail: str, *, pounds: int | None = None, due: Any = None,
          closed: Any = None, duty: Duty | None = None) -> list[Cell]:  # fmt: skip
    basis, check = (duty.basis, "yes" if duty.legal_check else "no") if duty else ("local", "no")
    return [kind, one.pk, *_of_school(one), pupil, str(day), status, detail, pounds, str(due or ""), str(closed or ""), basis,
            check]  # fmt: skip

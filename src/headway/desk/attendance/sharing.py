"""What of pupils goes to partners: a referral or a list, on one footing, until a day; what is out, what has ended, what was withdrawn."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.attendance import actions, queries, rules, sharing_actions, writing
from headway.desk.attendance.cases import takes
from headway.desk.attendance.forms import WhyForm
from headway.desk.attendance.models import Shared
from headway.desk.attendance.plans import case_of
from headway.desk.attendance.sharing_forms import ListForm, SaidForm, ShareForm
from headway.desk.establishments.finding import school_or_404
from headway.desk.framing.doing import done, form_on
from headway.desk.framing.drawing import body, svg
from headway.desk.framing.pages import framed, the_door
from headway.desk.framing.tables import Cell, sent
from headway.papers.html import fragment
from headway.readings.attendance.morning import morning, numbers
from headway.readings.attendance.partners import partners
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

P = Permission
WHO = "you, the attendance team and the school’s own head. What goes out, to whom and until when is kept."
LISTS = {"severe": "Severely absent pupils", "persistent": "Persistently absent pupils", "drop": "Pupils who fell sharply"}
SOON = timedelta(28)
HEAD: list[Cell] = ["Pupil", "Year", "School", "Attended, sessions", "Possible, sessions", "Known to"]


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def referral(request: HttpRequest, urn: int, key: str) -> HttpResponse:
    """A multi-agency referral: the page is made, kept as it went, and stands in the list of what is out."""
    school, door = school_or_404(request, urn, P.WORK_ATTENDANCE), the_door()
    case = case_of(request, door, urn, key, numbered=False)
    form = ShareForm(request.POST or None, partners=partners(door))
    if form.is_valid():
        kept = form.cleaned_data
        if kept["numbered"]:
            case = case_of(request, door, urn, key, numbered=True)
        footing = dict(rules.BASES)[kept["basis"]]
        page = {"html": fragment(writing.referral(case, kept["party"], kept["purpose"], footing, kept["until"], kept["what"]))}
        act = lambda: sharing_actions.share(by=request.user, pupils=[(school, key)], page=page, **kept)  # noqa: E731
        return _shared(request, act)
    sign = rules.pseudonym(key)
    return form_on("attendance/form.html", request, form, f"Refer {sign} to other services", "Make the page, and keep it",
                   school=school, pupil=key, sign=sign, visible=WHO, before=_before(request))  # fmt: skip


def _shared(request: HttpRequest, act: Callable[[], Shared]) -> HttpResponse:
    one = act()
    done(request, lambda: None, f"Kept: with {one.party} until {one.until.day} {one.until:%B %Y}. Print it, or take it away.")
    return redirect("attendance:shared_one", pk=one.pk)


def _before(request: HttpRequest) -> Any:
    return body("partners.html", "attendance", partners=partners(the_door()))


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def share_list(request: HttpRequest, urn: int) -> HttpResponse:
    """A list of a school's pupils goes to a partner, such as early help; as a table, until a day."""
    school, door, viewer = school_or_404(request, urn, P.WORK_ATTENDANCE), the_door(), viewer_of(request)
    kind = request.GET.get("kind", "severe")
    try:
        listed = [one for one in morning(door, viewer).watched if one.urn == urn and one.kind == kind]
    except HeadwayError as fault:
        raise Http404(fault.what) from fault
    if kind not in LISTS or not listed:
        raise Http404
    form = ListForm(request.POST or None, partners=partners(door))
    if form.is_valid():
        kept = form.cleaned_data
        named = numbers(door, viewer, [one.key for one in listed]) if kept["numbered"] else {}
        rows = [[named.get(one.key) or rules.pseudonym(one.key), one.year_group, one.school, one.possible - one.absent, one.possible,
                 ", ".join(one.known_to)] for one in listed]  # fmt: skip
        pupils = [(school, one.key) for one in listed]
        act = lambda: sharing_actions.share(by=request.user, pupils=pupils, what=["attendance", "known"], page={"rows": rows}, **kept)  # noqa: E731
        return _shared(request, act)
    title = f"Share a list of {school.name}: {LISTS[kind].lower()}, {len(listed)}"
    return form_on("attendance/form.html", request, form, title, "Make the list, and keep it", school=school, visible=WHO,
                   before=_before(request))  # fmt: skip


@needs(P.WORK_ATTENDANCE)
@require_GET
def shared(request: HttpRequest) -> HttpResponse:
    """What is out, what ends soon, what has ended and is not known to be destroyed; and the parties with their agreements."""
    actions.look(by=request.user, at="what was shared")
    today = clock.today()
    rows = [(one, state_of(one)) for one in queries.shared_for(request.user)[:400]]
    told = {
        "out": [row for row in rows if row[1] == rules.OUT],
        "over": [row for row in rows if row[1] in (rules.EXPIRED, rules.WITHDRAWN)],
        "gone": [row for row in rows if row[1] == rules.DESTROYED],
        "soon": today + SOON, "today": today, "due": rules.days_words, "partners": partners(the_door()), "bases": dict(rules.BASES),
        "takes": takes(request),
    }  # fmt: skip
    return framed(request, the_door(), "What is shared with partners", body("shared.html", "attendance", **told))


def state_of(one: Shared) -> str:
    return rules.shared_state(one.until, one.withdrawn, one.destroyed, clock.today())


def shared_or_404(request: HttpRequest, pk: int) -> Shared:
    one = queries.shared_for(request.user).filter(pk=pk).first()
    if one is None or not may(request.user, P.WORK_ATTENDANCE):
        raise Http404
    return one


@needs(P.WORK_ATTENDANCE)
@require_GET
def shared_one(request: HttpRequest, pk: int) -> HttpResponse:
    """What went, as it went, while it may be read; afterwards only that it went."""
    one = shared_or_404(request, pk)
    actions.look(by=request.user, at=f"shared {pk}")
    page, fault = {}, None
    try:
        page = sharing_actions.page_of(one)
    except HeadwayError as error:
        fault = error
    pupils = [(row.school, row.pupil, rules.pseudonym(row.pupil)) for row in one.pupils.all()]
    told = {
        "one": one, "state": state_of(one), "fault": fault, "written": svg(page.get("html", "")), "rows": page.get("rows", []),
        "head": HEAD,
        "pupils": pupils, "bases": dict(rules.BASES), "words": dict(rules.SHARED), "csrf": get_token(request), "today": clock.today(),
        "due": rules.days_words, "export": bool(may(request.user, P.EXPORT)),
    }  # fmt: skip
    return framed(request, the_door(), f"Shared with {one.party}", body("shared_one.html", "attendance", **told))


@needs(P.WORK_ATTENDANCE, recently=True)
@require_GET
@exported
def shared_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The list, to be sent by the council's secure mail. Not after it has ended."""
    one = shared_or_404(request, pk)
    if not may(request.user, P.EXPORT):
        raise Http404
    try:
        rows = sharing_actions.page_of(one).get("rows")
    except HeadwayError as fault:
        raise Http404(fault.sentence) from fault
    if rows is None:
        raise Http404
    last: list[Cell] = [f"For {one.party}, for this purpose only: {one.purpose}. To be destroyed by {one.until}."]
    return sent([HEAD, *rows, last], form, f"shared-{pk}")


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer: nobody reads it here, and the partner is to be told to destroy it."""
    one, form = shared_or_404(request, pk), WhyForm(request.POST or None)
    if form.is_valid():
        because = form.cleaned_data["because"][:300]
        said = f"Withdrawn. Now ask {one.party} to destroy it, and write down that they did."
        if done(request, lambda: sharing_actions.withdraw_shared(by=request.user, shared=one, because=because), said):
            return redirect("attendance:shared_one", pk=pk)
    return form_on("attendance/form.html", request, form, f"Withdraw what was shared with {one.party}", "Withdraw it", visible=WHO)


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def destroyed(request: HttpRequest, pk: int) -> HttpResponse:
    """The partner says that nothing is left of it."""
    one, form = shared_or_404(request, pk), SaidForm(request.POST or None)
    if form.is_valid():
        act = lambda: sharing_actions.confirm_destroyed(by=request.user, shared=one, said=form.cleaned_data["said"])  # noqa: E731
        if done(request, act, "Written down; our own copy is gone too."):
            return redirect("attendance:shared_one", pk=pk)
    return form_on("attendance/form.html", request, form, f"{one.party} destroyed it", "Write it down", visible=WHO)

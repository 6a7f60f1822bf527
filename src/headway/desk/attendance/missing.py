"""Children missing education and elective home education: records opened from a return or by hand, enquiries, what came of them."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, patch_of, viewer_of
from headway.desk.attendance import actions, missing_actions, queries, rules
from headway.desk.attendance.cases import takes
from headway.desk.attendance.legal_forms import duties_of
from headway.desk.attendance.missing_forms import SEALED_FOR_ALL, ByHandForm, CloseForm, EnquiryForm, RecordForm, UnplacedForm
from headway.desk.attendance.models import Missing, MissingKind, Return, RightKind
from headway.desk.attendance.plans import WHO
from headway.desk.attendance.school import pupil_or_404
from headway.desk.establishments.finding import school_or_404
from headway.desk.establishments.models import Establishment
from headway.desk.framing.doing import done, form_on
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.language.attendance import records_sentence
from headway.vocabulary import clock

P = Permission
LISTED = 300
GROUNDS, FOUND = dict(rules.GROUNDS), dict(rules.FOUND)
NOBODY_ELSE = "the attendance team of the whole area, and no school. What is written is sealed, and each look is written down."


@needs(P.SEE_PUPILS)
@require_GET
def missing(request: HttpRequest) -> HttpResponse:
    """Open records, the earliest review first, and at which schools they are; or those that are closed."""
    door, today = the_door(), clock.today()
    actions.look(by=request.user, at="children missing education")
    every, closed = queries.missing_for(request.user), request.GET.get("closed") == "1"
    standing = list(every.filter(closed=None))
    shown = list(every.filter(closed__isnull=False).order_by("-closed")[:LISTED]) if closed else standing[:LISTED]
    kinds = Counter(one.kind for one in standing)
    late = [one for one in standing if one.review_by < today]
    told = {
        "rows": [(one, rules.pseudonym(one.pupil), *_asked(one)) for one in shown], "closed": closed, "today": today,
        "due": rules.days_words, "grounds": GROUNDS, "found": FOUND, "takes": takes(request), "not_found": rules.NOT_FOUND,
        "said": records_sentence(kinds[MissingKind.MISSING], kinds[MissingKind.HOME], len(late)),
        "everywhere": bool(may(request.user, P.WORK_ATTENDANCE)) and patch_of(request.user) is None,
        "schools": _schools(standing, late), "duties": duties_of(door.library.attendance.duties, "enquiry", today),
    }  # fmt: skip
    return framed(request, door, "Missing education and home education", body("missing.html", "attendance", **told))


def _asked(one: Missing) -> tuple[Any, Any]:
    """The day of the newest joint enquiries, and of the newest enquiry of all."""
    every = list(one.enquiries.all())
    joint = [each.day for each in every if each.kind == rules.JOINT]
    return (max(joint) if joint else None), (max(each.day for each in every) if every else None)


def _schools(standing: list[Missing], late: list[Missing]) -> list[tuple[Establishment, int, int]]:
    """Each school with its open records and how many reviews are overdue, the most first."""
    named = {one.school_id: one.school for one in standing if one.school}
    many, over = Counter(one.school_id for one in standing if one.school), Counter(one.school_id for one in late)
    return [(named[urn], count, over[urn]) for urn, count in sorted(many.items(), key=lambda item: (-item[1], named[item[0]].name))]


def _begin(request: HttpRequest) -> dict[str, Any]:
    today, kind = clock.today(), request.GET.get("kind", "")
    begun = {"kind": kind, "opened": today, "review_by": today + timedelta(rules.LOOKED_AGAIN)}
    return begun | ({"ground": "home"} if kind == MissingKind.HOME else {})


def _opened(
    request: HttpRequest, school: Establishment, key: str, form: RecordForm, came_from: Return | None = None
) -> HttpResponse | None:
    """The page of the record that was opened; None where it could not be, which is said."""
    kept = {name: form.cleaned_data[name] for name in ("kind", "ground", "opened", "text", "review_by")}
    made = done(request, lambda: missing_actions.open_record(by=request.user, school=school, pupil=key, came_from=came_from, **kept),
                "The record is open.")  # fmt: skip
    return redirect("attendance:record", pk=made.pk) if made else None


def _page(request: HttpRequest, school: Establishment, form: Any, title: str, **more: Any) -> HttpResponse:
    return form_on("attendance/form.html", request, form, title, "Open the record", school=school, visible=WHO, **more)


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def of_return(request: HttpRequest, pk: int) -> HttpResponse:
    """A record from a return: linked to it, of the same pupil, with what the school told above the form."""
    one = queries.returns_for(request.user).filter(pk=pk, kind__in=rules.LEADS_ON).first()
    if one is None or not may(request.user, P.WORK_ATTENDANCE, one.school_id):
        raise Http404
    start = _begin(request)
    form = RecordForm(request.POST or None, initial=start | {"kind": start["kind"] or one.outcome})
    answer = _opened(request, one.school, one.pupil, form, one) if form.is_valid() else None
    if answer is not None:
        return answer
    actions.look(by=request.user, at=f"return {pk}")
    sign = rules.pseudonym(one.pupil)
    told = body("return_told.html", "attendance", one=one, text=queries.text_of(one.sealed))
    return _page(request, one.school, form, f"Open a record from the return: {sign}", pupil=one.pupil, sign=sign, before=told)


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def of_pupil(request: HttpRequest, urn: int, key: str) -> HttpResponse:
    """By hand, from a pupil's page."""
    school, sign = school_or_404(request, urn, P.WORK_ATTENDANCE), rules.pseudonym(key)
    pupil_or_404(request, the_door(), urn, key)
    form = RecordForm(request.POST or None, initial=_begin(request))
    answer = _opened(request, school, key, form) if form.is_valid() else None
    return answer or _page(request, school, form, f"Open a record: {sign}", pupil=key, sign=sign)


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def by_hand(request: HttpRequest, urn: int) -> HttpResponse:
    """By hand, with the number that the school gave; whose number nobody knows has no key and no record here."""
    school, door = school_or_404(request, urn, P.WORK_ATTENDANCE), the_door()
    form = ByHandForm(request.POST or None, initial=_begin(request))
    if form.is_valid():
        key = form.key(door, viewer_of(request), urn)
        if key is not None:
            answer = _opened(request, school, key, form)
            if answer is not None:
                return answer
    return _page(request, school, form, f"Open a record of a child of {school.name}")


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def unplaced(request: HttpRequest) -> HttpResponse:
    """Of a child who was never on a roll here: only whoever works for the whole area opens it, since it is of no school's patch."""
    if patch_of(request.user) is not None:
        raise Http404
    form = UnplacedForm(request.POST or None, initial=_begin(request) | {"ground": "never"})
    if form.is_valid():
        made = done(request, lambda: missing_actions.open_unplaced(by=request.user, **form.cleaned_data), "The record is open.")
        if made:
            return redirect("attendance:record", pk=made.pk)
    return form_on(
        "attendance/form.html", request, form, "Open a record of a child of no school here", "Open the record", visible=NOBODY_ELSE
    )


def record_or_404(request: HttpRequest, pk: int, permission: Permission = P.SEE_PUPILS) -> Missing:
    one = queries.missing_for(request.user).filter(pk=pk).first()
    if one is None or not may(request.user, permission, one.school_id):
        raise Http404
    return one


@needs(P.SEE_PUPILS)
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """A record with its enquiries, each with its footing; a new one at its foot."""
    one, door, today = record_or_404(request, pk), the_door(), clock.today()
    works, duties = bool(may(request.user, P.WORK_ATTENDANCE, one.school_id)), door.library.attendance.duties
    if request.method == "POST" and not works:
        raise Http404
    form = EnquiryForm(request.POST or None, initial={"day": today}, duties=duties)
    if one.school is None:
        form.fields["text"].help_text = SEALED_FOR_ALL
    if form.is_valid() and done(
        request, lambda: missing_actions.enquire(by=request.user, of=one, **form.cleaned_data), "Written into the record."
    ):
        return redirect("attendance:record", pk=pk)
    actions.look(by=request.user, at=f"record {pk}")
    sign = rules.pseudonym(one.pupil)
    told = {
        "one": one, "sign": sign, "title": f"{one.get_kind_display()}: {sign}", "ground": GROUNDS[one.ground], "works": works,
        "text": queries.text_of(one.sealed), "who": queries.text_of(one.who), "outcome": FOUND.get(one.outcome, ""),
        "where": queries.text_of(one.where), "form": form,
        "enquiries": [(each, duties.get(each.kind), queries.text_of(each.sealed)) for each in one.enquiries.all()],
        "joint": _asked(one)[0], "asks_joint": one.ground in rules.NOT_FOUND, "due": rules.days_words(one.review_by, today),
        "duty": duties.get(rules.RECORD_DUTY[one.kind]),
        "footing": body("duties.html", "attendance", duties=duties_of(duties, "enquiry", today)),
        "order": rules.ORDER, "snapshot": door.facts, **_law(request, one, duties),
    }  # fmt: skip
    return render(request, "attendance/record.html", told, status=422 if form.is_bound else 200)


def _law(request: HttpRequest, one: Missing, duties: Any) -> dict[str, Any]:
    """Steps that were taken from a record, and what its family asked for: the latter for who works on attendance."""
    works = may(request.user, P.WORK_ATTENDANCE, one.school_id)
    held = queries.standing_of([one.pk])
    return {
        "steps": [(step, duties.get(step.kind), queries.school_named(step)) for step in queries.steps_of(request.user, one)],
        "rights": queries.rights_of(request.user, one) if works else [], "restricted": held.get((one.pk, RightKind.RESTRICT)),
        "objected": held.get((one.pk, RightKind.OBJECT)), "leads": rules.leads_to_steps(one.outcome),
        "export": bool(may(request.user, P.EXPORT)), "today": clock.today(),
    }  # fmt: skip


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of it. A school attendance order goes on as a legal step, a choice of home education as a record of its own."""
    one = record_or_404(request, pk, P.WORK_ATTENDANCE)
    form = CloseForm(request.POST or None)
    if form.is_valid() and done(
        request, lambda: missing_actions.close_record(by=request.user, of=one, **form.cleaned_data), "Closed, with what came of it."
    ):
        if form.cleaned_data["outcome"] == "order":
            return redirect(f"{reverse('attendance:record_step', args=[pk])}?kind={rules.ORDER}")
        return redirect("attendance:record", pk=pk)
    sign = rules.pseudonym(one.pupil)
    given = {"school": one.school, "pupil": one.pupil, "sign": sign, "visible": WHO} if one.school else {"visible": NOBODY_ELSE}
    given["record"] = one
    return form_on("attendance/form.html", request, form, f"Close the record: {sign}", "Close it", **given)

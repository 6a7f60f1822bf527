"""The pages of professional development: what is coming, a programme, a session, places, attendance, what people say of it."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.establishments.queries import in_patch
from headway.desk.framing.calendar_file import Happening, calendar_file
from headway.desk.framing.doing import done, tried
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.learning import actions, queries, rules
from headway.desk.learning.forms import AttendForm, BookForm, EvaluationForm, WhyForm
from headway.desk.learning.models import Booking, Level, Session, State
from headway.desk.learning.opening import asked, one_of, session_or_404, titles
from headway.desk.learning.partnering import priced
from headway.vocabulary import clock
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError

P = Permission


def narrowed(request: HttpRequest) -> tuple[list[Session], dict[str, str]]:
    """The sessions that fit what the address asks for: text, group, area, those that are over."""
    given = {name: request.GET.get(name, "").strip()[:100] for name in ("text", "level", "area", "school", "over")}
    day = clock.today()
    found = queries.sessions().filter(day__lt=day).order_by("-day") if given["over"] else queries.coming(day)
    if given["text"]:
        found = found.filter(programme__title__icontains=given["text"])
    if given["area"]:
        found = found.filter(programme__area=given["area"])
    if given["school"]:
        found = found.filter(pk__in=queries.of_school(queries.bookings_for(request.user), given["school"]).values("session_id"))
    return [one for one in found if given["level"] not in Level.values or given["level"] in one.programme.levels], given


def stands(one: Session) -> str:
    return rules.session_stands(one.day, one.places, one.booked, one.waiting, one.called_off, clock.today())


@needs(P.SEE_LEARNING)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    user, door = request.user, the_door()
    found, given = narrowed(request)
    mine = [(one, queries.name_of(one)) for one in queries.bookings_for(user)] if not queries.keeps(user) else []
    told: dict[str, Any] = {"rows": [(one, stands(one)) for one in found[:100]], "given": given, "titles": titles(door), "priced": priced}
    told |= {
        "levels": Level.choices,
        "words_of": dict(Level.choices),
        "runs": bool(may(user, P.RUN_LEARNING)),
        "keeps": queries.keeps(user),
        "today": clock.today(),
    }
    told |= {"books": bool(queries.own_schools(user)), "export": bool(may(user, P.EXPORT)), "query": request.GET.urlencode()}
    told |= {"ahead": [pair for pair in mine if pair[0].session.day >= clock.today()]}
    own = Booking.objects.filter(school__in=queries.own_schools(user), session__day__gte=AcademicYear.of(clock.today()).first_day)
    told["cost"] = queries.cost_of(own)
    told |= {"to_say": [pair for pair in mine if pair[0].came and not hasattr(pair[0], "evaluation")]}
    told |= {"to_mark": list(queries.sessions().filter(day__lte=clock.today(), closed=None, called_off="")) if told["keeps"] else []}
    return framed(request, door, "Professional development", body("home.html", "learning", **told))


@needs(P.SEE_LEARNING)
@require_GET
def session(request: HttpRequest, pk: int) -> HttpResponse:
    one, user, door = session_or_404(pk), request.user, the_door()
    school = request.GET.get("school", "").strip()[:100]
    every = [(each, queries.name_of(each)) for each in queries.bookings_for(user, one)]
    fit = set(queries.of_school(queries.bookings_for(user, one), school).values_list("pk", flat=True)) if school else set()
    rows = [pair for pair in every if not school or pair[0].pk in fit]
    marks = queries.marks_attendance(user, one)
    evaluations = [each.evaluation for each, _ in every if hasattr(each, "evaluation")] if marks else []
    told: dict[str, Any] = {"one": one, "stands": stands(one), "titles": titles(door), "levels": dict(Level.choices), "priced": priced}
    told |= {"booked": [pair for pair in rows if pair[0].state == State.BOOKED], "marks": marks, "evaluations": evaluations}
    told |= {"waiting": [pair for pair in rows if pair[0].state == State.WAITING], "keeps": queries.keeps(user), "today": clock.today()}
    told |= {"may_book": bool(_schools(request)) and not one.called_off and one.day >= clock.today() and not one.programme.ended}
    told |= {"said": rules.evaluated([each.useful for each in evaluations], sum(bool(each.came) for each, _ in every))}
    held = [each for each, _ in every if each.state == State.BOOKED]
    told |= {"school": school, "places_of": len(every), "had": len(held), "came": sum(bool(each.came) for each in held)}
    told |= {"mine": {school.pk for school in queries.own_schools(user)}}
    return framed(request, door, str(one), body("session.html", "learning", **told))


def _schools(request: HttpRequest) -> list[Any]:
    """For which schools this person may book."""
    return list(in_patch(request.user).filter(status="open")) if queries.keeps(request.user) else queries.own_schools(request.user)


def _levels(request: HttpRequest, one: Session, schools: list[Any]) -> list[str]:
    own = {level for school in schools[:1] for level in queries.levels_of(request.user, school.pk)}
    return [level for level in one.programme.levels if level in own]


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """A place, or the end of the waiting list."""
    one, schools = session_or_404(pk), _schools(request)
    levels = _levels(request, one, schools)
    if not schools or not levels:
        raise Http404
    form = BookForm(request.POST or None, initial={"once": secrets.token_hex(8)}, schools=schools, levels=levels)
    back = (reverse("learning:session", args=[pk]), str(one))
    if form.is_valid():
        made = _booked(request, form, one)
        if made is not None:
            return redirect("learning:session", pk=pk)
    free = one.places - one.booked
    price = f"A place costs £{one.programme.price:,.2f}." if one.programme.price else "A place costs nothing."
    note = price if free > 0 and not one.waiting else f"Every place is held. Whoever asks now waits. {price}"
    seen = "Visible to: your school’s head, the school improvement team, who leads the session."
    return asked(request, form, f"Book a place: {one}", "Book it" if free > 0 else "Join the waiting list", back, note, seen)


def _booked(request: HttpRequest, form: BookForm, one: Session) -> Booking | None:
    """The booking, said in words that depend on whether there was a place; what cannot be booked is said in the form."""
    try:
        made = actions.book(by=request.user, session=one, **form.cleaned_data)
    except HeadwayError as fault:
        form.add_error(None, fault.sentence)
        return None
    got = made.state == State.BOOKED
    messages.success(
        request, "The place is booked." if got else "Every place is held; you are on the waiting list and move up by its rule."
    )
    return made


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a place back; who is next moves up at once."""
    one: Booking = one_of(queries.bookings_for(request.user), pk)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        done(
            request, lambda: actions.give_back(by=request.user, booking=one, **form.cleaned_data),
            "Given back. Whoever was next on the waiting list has the place now.",
        )  # fmt: skip
        return redirect("learning:session", pk=one.session_id)
    back = (reverse("learning:session", args=[one.session_id]), str(one.session))
    return asked(request, form, "Give the place back", "Give it back", back, f"{queries.name_of(one)}, {one.school.name}")


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    one = session_or_404(pk)
    if not queries.marks_attendance(request.user, one):
        raise Http404
    rows = [(each, queries.name_of(each)) for each in queries.bookings_for(request.user, one).filter(state=State.BOOKED)]
    form = AttendForm(request.POST or None, initial={"came": [each.pk for each, _ in rows if each.came]}, rows=rows)
    said = "Attendance is written down. Schools are asked how it was."
    if form.is_valid() and tried(request, form, lambda: actions.attend(by=request.user, session=one, **form.cleaned_data), said):
        return redirect("learning:session", pk=pk)
    back = (reverse("learning:session", args=[pk]), str(one))
    return asked(request, form, f"Who came: {one}", "Save", back, "Whoever is not ticked had a place and did not come.")


@needs(P.BOOK_LEARNING)
@require_http_methods(["GET", "POST"])
def evaluate(request: HttpRequest, pk: int) -> HttpResponse:
    """How it was, for one who came."""
    one: Booking = one_of(queries.bookings_for(request.user).filter(came=True), pk)
    kept = getattr(one, "evaluation", None)
    start = {"useful": kept.useful, "will": kept.will, "better": kept.better} if kept else {}
    form = EvaluationForm(request.POST or None, initial=start)
    if form.is_valid() and tried(request, form, lambda: actions.evaluate(by=request.user, booking=one, **form.cleaned_data), "Thank you."):
        return redirect("learning:session", pk=one.session_id)
    back = (reverse("learning:session", args=[one.session_id]), str(one.session))
    seen = "Visible to: the school improvement team and who leads the session, without the school’s name."
    return asked(request, form, f"How was it? {one.session}", "Send it", back, queries.name_of(one), seen)


def happening(one: Session) -> Happening:
    return Happening(f"session-{one.pk}", str(one), one.day, one.made, one.begins, one.ends, one.place, bool(one.called_off))


def _calendar(request: HttpRequest, found: list[Session], name: str) -> HttpResponse:
    answer = HttpResponse(calendar_file(map(happening, found), request.get_host(), "Learning"), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@needs(P.SEE_LEARNING)
@require_GET
def session_calendar(request: HttpRequest, pk: str) -> HttpResponse:
    return _calendar(request, [session_or_404(int(pk))], f"session-{pk}")


@needs(P.SEE_LEARNING)
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """The sessions as seen, for a person's own calendar program: no name is in it."""
    return _calendar(request, narrowed(request)[0], "sessions")

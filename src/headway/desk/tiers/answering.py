"""What a school says to its tier, and what it is answered: replies, corrections, requests for help, appeals."""

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.establishments.finding import known_or_404
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.tiers import deciding, queries, rules
from headway.desk.tiers.evidence import for_school, title_of, unknown_for_school
from headway.desk.tiers.forms import HearForm, Plain, ReplyForm, WordsForm
from headway.desk.tiers.sending import decision_or_404
from headway.readings.tier_proposal.proposing import scheme_named
from headway.vocabulary.errors import HeadwayError

P = Permission
READ_BY = "your school, the adviser team and the head of service. Nothing that you write here is held against the school."


def _said(request: HttpRequest, form: Plain, title: str, button: str, act: Callable[[], Any], thanks: str, urn: int) -> HttpResponse:
    """A form of the school: done and thanked for, or shown again with all faults."""
    if form.is_valid():
        act()
        messages.success(request, thanks)
        return redirect("held", urn=urn)
    told = {"form": form, "title": title, "button": button, "visible": READ_BY,
            "crumb": ("What the council holds about us", reverse("held", args=[urn]))}  # fmt: skip
    return render(request, "tiers/form.html", told, status=422 if form.is_bound else 200)


def _start() -> dict[str, str]:
    return {"once": secrets.token_hex(8)}


@needs(P.ANSWER_FOR_SCHOOL)
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The school's word on its tier."""
    one = decision_or_404(request, pk, P.ANSWER_FOR_SCHOOL)
    form = ReplyForm(request.POST or None, initial=_start())
    return _said(request, form, f"Reply: {one.school.name}", "Send the reply",
                 lambda: deciding.reply(by=request.user, decision=one, **form.cleaned_data),
                 "Thank you. Your reply is kept, and you are answered in writing.", one.school_id)  # fmt: skip


@needs(P.ANSWER_FOR_SCHOOL)
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody independent is asked to look."""
    one = decision_or_404(request, pk, P.ANSWER_FOR_SCHOOL)
    hint = "Somebody who took no part in the decision reads it, and answers with the date and the reasons."
    form = WordsForm(request.POST or None, initial=_start(), label="Why you see it differently", hint=hint)
    return _said(request, form, f"Appeal: {one.school.name}", "Send the appeal",
                 lambda: deciding.appeal(by=request.user, decision=one, grounds=form.cleaned_data["text"]),
                 "Your appeal is with somebody who took no part in the decision.", one.school_id)  # fmt: skip


@needs(P.ANSWER_FOR_SCHOOL)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, urn: int) -> HttpResponse:
    """A school refers itself, without penalty."""
    school = known_or_404(urn)
    hint = "It costs no points. A school that asks has light touch support at least, and is never worse off for it."
    form = WordsForm(request.POST or None, initial=_start(), label="What you would like help with", hint=hint)
    return _said(request, form, f"Ask for help: {school.name}", "Ask",
                 lambda: deciding.ask_for_help(by=request.user, school=school, line=form.cleaned_data["text"],
                                               once=form.cleaned_data["once"]),
                 "Thank you for asking. Your adviser rings you.", urn)  # fmt: skip


@needs(P.ANSWER_FOR_SCHOOL)
@require_http_methods(["GET", "POST"])
def wrong(request: HttpRequest, urn: int) -> HttpResponse:
    """A fact corrected, or something added that should be known."""
    school = known_or_404(urn)
    form = WordsForm(request.POST or None, initial=_start(), label="What is not right, or what we should know",
                     hint="As: the figure for 2024 includes nine late arrivals; or: a flood closed two classrooms from May.")  # fmt: skip
    return _said(request, form, f"Tell us something: {school.name}", "Send it",
                 lambda: deciding.say_what_is_wrong(by=request.user, school=school, line=form.cleaned_data["text"],
                                                    once=form.cleaned_data["once"]),
                 "Thank you. Those who sort schools read it beside the figures.", urn)  # fmt: skip


@needs(P.MODERATE_TIERS)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The council's answer to a reply."""
    one = queries.replies_for(request.user).filter(pk=pk).first()
    if one is None or not may(request.user, P.MODERATE_TIERS, one.decision.school_id):
        raise Http404
    form = WordsForm(request.POST or None, label="Your answer", hint="The school reads it. Say what was put right, or why not.")
    if form.is_valid():
        try:
            deciding.answer(by=request.user, reply=one, text=form.cleaned_data["text"])
            messages.success(request, "The school has your answer.")
        except HeadwayError as fault:
            messages.error(request, f"{fault.what} {fault.remedy}")
        return redirect("tiers:of_school", urn=one.decision.school_id)
    told = {"form": form, "title": f"Answer: {one.decision.school.name}", "button": "Send the answer", "said": one.text,
            "crumb": ("To ring and to write", reverse("tiers:waiting"))}  # fmt: skip
    return render(request, "tiers/form.html", told, status=422 if form.is_bound else 200)


@needs(P.HEAR_APPEALS)
@require_GET
def appeals(request: HttpRequest) -> HttpResponse:
    """Appeals for somebody independent, the open ones first."""
    found = sorted(queries.appeals_for(request.user), key=lambda one: (one.answered is not None, one.at))
    library = the_door().library.tiers
    rows = [(one, title_of(library.get(one.decision.scheme), one.decision.tier)) for one in found]
    return framed(request, the_door(), "Appeals against tiers", body("appeals.html", "tiers", rows=rows))


@needs(P.HEAR_APPEALS)
@require_http_methods(["GET", "POST"])
def hear(request: HttpRequest, pk: int) -> HttpResponse:
    """One appeal with everything that the decision rested on."""
    one, door = queries.appeals_for(request.user).filter(pk=pk).first(), the_door()
    if one is None:
        raise Http404
    scheme, fault = scheme_named(door, one.decision.scheme), None
    form = HearForm(request.POST or None, initial={"tier": one.decision.tier}, scheme=scheme)
    if form.is_valid() and one.answered is None:
        try:
            deciding.hear(by=request.user, door=door, viewer=viewer_of(request), scheme=scheme, appeal=one, tier=form.cleaned_data["tier"],
                          text=form.cleaned_data["text"])  # fmt: skip
            messages.success(request, "Answered. The school and the council read it.")
            return redirect("tiers:appeals")
        except HeadwayError as told:
            fault = told
    shown = one.decision.evidence.shown
    told_all: dict[str, Any] = {"one": one, "form": form, "fault": fault, "title": title_of(scheme, one.decision.tier), "shown": shown}
    told_all |= {"met": for_school(shown), "unknown": unknown_for_school(shown), "replies": list(one.decision.replies.all())}
    told_all |= {"answered": title_of(scheme, one.tier) if one.answered else ""}
    told_all["why_not"] = rules.may_hear(request.user.label, queries.decided_by(one.decision))
    return render(request, "tiers/hear.html", told_all, status=422 if form.is_bound else 200)

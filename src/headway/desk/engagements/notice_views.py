"""The pages of notices: a school reads one and replies, the council answers."""

import secrets

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.engagements import queries, replying
from headway.desk.engagements.forms import NoticeReplyForm
from headway.desk.engagements.models import Standing
from headway.desk.framing.doing import form_on, tried
from headway.desk.framing.pages import the_door
from headway.vocabulary import clock

P = Permission


@needs(P.SEE_SUPPORT)
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice with its matters and its last day, what the school said to it and was answered; head and governors may reply."""
    one = replying.notices_for(request.user, the_door().library).filter(pk=pk).first()
    if one is None or not may(request.user, P.SEE_SUPPORT, one.engagement.school_id):
        raise Http404
    answers = bool(may(request.user, P.ANSWER_NOTICES, one.engagement.school_id)) and one.standing == Standing.ISSUED
    if request.method == "POST" and not answers:
        raise Http404
    form = NoticeReplyForm(request.POST or None, initial={"once": secrets.token_hex(8)})
    if form.is_valid() and tried(request, form, lambda: replying.reply(by=request.user, action=one, **form.cleaned_data),
                                 "Your reply is with the council, and you are answered in writing."):  # fmt: skip
        return redirect("engagements:notice", pk=pk)
    rung = queries.rung_of(one)
    parts = [(part.title, one.parts.get(part.id, "")) for part in rung.parts]
    told = {"one": one, "rung": rung, "parts": parts, "answers": answers, "today": clock.today(), "replies": list(one.replies.all())}
    told |= {"inside": bool(may(request.user, P.LEAD_ENGAGEMENTS, one.engagement.school_id))}
    return form_on("engagements/notice.html", request, form, f"{rung.title}: {one.engagement.school.name}", "Send the reply", **told)


@needs(P.LEAD_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The council’s answer to what a school said."""
    one = replying.replies_for(request.user).filter(pk=pk).first()
    if one is None or not may(request.user, P.LEAD_ENGAGEMENTS, one.action.engagement.school_id):
        raise Http404
    form = NoticeReplyForm(request.POST or None, initial={"once": "-"}, label="Your answer", hint="Head and governors read it.")
    if form.is_valid() and tried(request, form, lambda: replying.answer(by=request.user, one=one, text=form.cleaned_data["text"]),
                                 "The school has your answer."):  # fmt: skip
        return redirect("engagements:notice", pk=one.action_id)
    rung = queries.rung_of(one.action)
    told = {"one": one.action, "rung": rung, "parts": [], "answers": True, "today": clock.today(), "replies": [one], "inside": False}
    return form_on("engagements/notice.html", request, form, f"Answer: {one.action.engagement.school.name}", "Send the answer", **told)

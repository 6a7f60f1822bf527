"""Read consultations: who may, what came in, what may be shown of it."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import Anyone, may
from headway.desk.consultation.links import hash_of
from headway.desk.consultation.models import Answer, Consultation, Invitation, Question, Response, Sending, Theme
from headway.desk.consultation.rules import HOURLY, Audience, Kind, Moderation, State, Tally, people_words, shown_counts, tally
from headway.desk.consultation.similar_texts import Suggestion, suggestions
from headway.desk.strategy import queries as strategies
from headway.vocabulary.clock import now


def runs(user: Anyone) -> bool:
    return bool(may(user, Permission.RUN_CONSULTATIONS))


def visible_to(user: Anyone) -> "QuerySet[Consultation]":
    """Those that run consultations see all of them; everybody else the public ones that were opened, and what was answered."""
    if runs(user):
        return Consultation.objects.all()
    public = Q(audience=Audience.PUBLIC) & ~Q(state=State.DRAFT)
    return Consultation.objects.filter(public | Q(state=State.ANSWERED))


def find(user: Anyone, pk: int) -> Consultation | None:
    return visible_to(user).filter(pk=pk).first()


def invited(token: str) -> Invitation | None:
    """The invitation of a link, unless it was revoked or, being for one response, was used."""
    found = Invitation.objects.select_related("consultation").filter(token=hash_of(token), revoked=None).first()
    return None if found is None or (found.once and found.responses.exists()) else found


def questions(one: Consultation) -> "QuerySet[Question]":
    return one.questions.filter(withdrawn=None)


def proposal(one: Consultation) -> dict[str, Any] | None:
    """What the strategy said when the consultation was opened, as one document; None before, or where it asks about something else."""
    if one.strategy is None or one.version is None:
        return None
    found = strategies.version(one.strategy, one.version)
    return strategies.document_of(found) if found else None


def themes(one: Consultation) -> "QuerySet[Theme]":
    counted = Count("answers__response", filter=Q(answers__response__moderation=Moderation.COUNTED), distinct=True)
    return one.themes.filter(withdrawn=None).annotate(responses=counted)


def responses(one: Consultation, moderation: str = "") -> "QuerySet[Response]":
    answers = Prefetch("answers", Answer.objects.select_related("question").prefetch_related("themes"))
    found = one.responses.select_related("invitation").prefetch_related(answers)
    return found.filter(moderation=moderation) if moderation else found


def counts(one: Consultation) -> dict[str, int]:
    """How many responses of each moderation: for those who run it."""
    found = dict(one.responses.values_list("moderation").annotate(Count("pk")).order_by("moderation"))
    return {state.value: found.get(state.value, 0) for state in Moderation}


def sendings_due() -> "QuerySet[Sending]":
    """Hashed addresses that are older than the hour for which they are kept."""
    return Sending.objects.filter(made__lt=now() - timedelta(hours=1))


def typed_due(today: date) -> list[Consultation]:
    """Consultations whose answers were to be kept as typed until a day that is past."""
    return list(Consultation.objects.filter(keep_until__lt=today, erased=None).exclude(state=State.DRAFT).order_by("pk"))


def wait_for(address: str) -> int:
    """Seconds until an address may send again; 0 when it may now."""
    since = now() - timedelta(hours=1)
    sent = list(Sending.objects.filter(address=address, made__gt=since).order_by("made").values_list("made", flat=True))
    return 0 if len(sent) <= HOURLY else max(1, int((sent[-HOURLY - 1] + timedelta(hours=1) - now()).total_seconds()))


def suggested(answer: Answer) -> tuple[Suggestion, ...]:
    """Themes whose words an answer shares, those it stands under left out."""
    under = {theme.pk for theme in answer.themes.all()}
    known = {}
    for theme in answer.response.consultation.themes.filter(withdrawn=None).exclude(pk__in=under):
        known[theme.pk] = [theme.title, theme.you_said, *theme.answers.exclude(pk=answer.pk).values_list("kept", flat=True)]
    return suggestions(answer.kept, known)


def tallies(one: Consultation) -> list[Tally]:
    """Each question with answers to choose from, as the public may see how often each was chosen."""
    found = []
    for question in questions(one).exclude(kind=Kind.WORDS):
        given = question.answers.filter(response__moderation=Moderation.COUNTED).values_list("chosen", flat=True)
        found.append(tally(question.words, question.choices, [one for one in given if one], question.kind))
    return found


def speaking(one: Consultation) -> list[tuple[str, int | None]]:
    """As whom people answered, as the public may see it."""
    counted = one.responses.filter(moderation=Moderation.COUNTED)
    found = dict(counted.values_list("speaking").annotate(Count("pk")).order_by("speaking"))
    words = dict(Response._meta.get_field("speaking").choices) | {"": "Not said"}
    return [(words[name], count) for name, count in shown_counts(found).items()]


def heard(one: Consultation) -> str:
    """How many responses were counted, in words for the public."""
    return people_words(one.responses.filter(moderation=Moderation.COUNTED).count())

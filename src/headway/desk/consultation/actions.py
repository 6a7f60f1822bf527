"""What changes about consultations. Each in one transaction with its audit event; of those who answer, the audit says nothing."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import IntegrityError, transaction

from headway.desk.audit.actions import record
from headway.desk.consultation.links import fresh_reference, fresh_token, hash_of
from headway.desk.consultation.models import Answer, Assignment, Consultation, Invitation, Question, Response, Sending, Theme
from headway.desk.consultation.queries import sendings_due
from headway.desk.consultation.rules import Moderation, State
from headway.desk.strategy.models import Strategy
from headway.vocabulary.clock import now

FIELDS = ("title", "about", "owner", "audience", "opens", "closes", "keep_until")
PUBLIC = "public"


@transaction.atomic
def begin(*, by: str, strategy: Strategy | None = None, **words: object) -> Consultation:
    """A new consultation, as a draft."""
    made = Consultation.objects.create(strategy=strategy, **words)
    record(by=by, verb="began", target="consultation", target_id=made.pk, after=_told(made))
    return made


@transaction.atomic
def describe(*, by: str, one: Consultation, strategy: Strategy | None = None, **words: object) -> None:
    before = _told(Consultation.objects.select_for_update().get(pk=one.pk))
    for name, value in {**words, "strategy": strategy}.items():
        setattr(one, name, value)
    if _told(one) != before:
        one.save(update_fields=[*FIELDS, "strategy"])
        record(by=by, verb="changed", target="consultation", target_id=one.pk, before=before, after=_told(one))


@transaction.atomic
def ask(*, by: str, question: Question) -> Question:
    """Save a question, new or changed."""
    verb = "changed a question of" if question.pk else "added a question to"
    if not question.pk:
        question.place = Question.objects.filter(consultation=question.consultation).count() + 1
    question.save()
    after = {"question": question.pk, "words": question.words, "kind": question.kind, "choices": question.choices}
    record(by=by, verb=verb, target="consultation", target_id=question.consultation_id, after=after)
    return question


@transaction.atomic
def withdraw_question(*, by: str, question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(withdrawn=now())
    record(by=by, verb="withdrew a question of", target="consultation", target_id=question.consultation_id, after={"question": question.pk})


@transaction.atomic
def move(*, by: str, one: Consultation, target: State) -> None:
    """The next step of its life. When it opens it keeps which version of the strategy it asks about."""
    one = Consultation.objects.select_for_update().get(pk=one.pk)
    before, one.state = one.state, target
    if target == State.OPEN and one.strategy is not None:
        one.version = one.strategy.version
    one.save(update_fields=["state", "version"])
    record(by=by, verb="moved", target="consultation", target_id=one.pk, before={"state": before}, after={"state": target.value})


@transaction.atomic
def invite(*, by: str, one: Consultation, sent_to: str, once: bool) -> str:
    """The secret of a new link, which is told this once."""
    token = fresh_token()
    made = Invitation.objects.create(consultation=one, sent_to=sent_to, once=once, by=by, token=hash_of(token))
    after = {"invitation": made.pk, "sent_to": sent_to, "once": once}
    record(by=by, verb="invited to", target="consultation", target_id=one.pk, after=after)
    return token


@transaction.atomic
def revoke(*, by: str, invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk, revoked=None).update(revoked=now())
    record(
        by=by, verb="revoked a link to", target="consultation", target_id=invitation.consultation_id, after={"invitation": invitation.pk}
    )


def note_sending(*, by: str, address: str) -> None:
    """That a hashed address sends, before it is known whether it may. What is older than an hour is erased for everybody."""
    forget_addresses(by=by)
    Sending.objects.create(address=address)


def forget_addresses(*, by: str) -> int:
    """Erase the hashed addresses that are older than an hour; how many. They belong to nobody: the audit has nothing to say of them."""
    return sendings_due().delete()[0]


def respond(
    *, by: str, one: Consultation, sending: str, speaking: str, answers: Mapping[int, tuple[list[str], str]], invitation: Invitation | None
) -> Response:
    """Keep a response: question → (what was chosen, what was typed). The same form sent twice is one response."""
    try:
        return _respond(by, one, sending, speaking, answers, invitation)
    except IntegrityError:
        found = Response.objects.filter(sending=sending, consultation=one).first()
        if found is None:
            raise
        return found


@transaction.atomic
def _respond(
    by: str, one: Consultation, sending: str, speaking: str, answers: Mapping[int, tuple[list[str], str]], invitation: Invitation | None
) -> Response:
    made = Response.objects.create(consultation=one, invitation=invitation, sending=sending, reference=fresh_reference(), speaking=speaking)
    Answer.objects.bulk_create(
        [Answer(response=made, question_id=number, chosen=chosen, typed=words, kept=words) for number, (chosen, words) in answers.items()]
    )
    record(by=by, verb="responded to", target="consultation", target_id=one.pk, after={"response": made.pk})
    return made


@transaction.atomic
def moderate(*, by: str, response: Response, moderation: Moderation, reason: str, kept: Mapping[int, str]) -> None:
    """Count a response or set it aside; `kept` are its answers without what tells of a person."""
    before = Response.objects.select_for_update().get(pk=response.pk)
    Response.objects.filter(pk=response.pk).update(moderation=moderation, moderated_by=by, moderated=now(), reason=reason)
    changed = 0
    for answer in before.answers.all():
        if answer.pk in kept and kept[answer.pk] != answer.kept:
            changed += Answer.objects.filter(pk=answer.pk).update(kept=kept[answer.pk])
    after = {"moderation": moderation.value, "reason": reason, "answers_shortened": changed}
    record(by=by, verb="moderated", target="response", target_id=response.pk, before={"moderation": before.moderation}, after=after)


@transaction.atomic
def put_theme(*, by: str, theme: Theme) -> Theme:
    """Save a theme, new or changed."""
    verb = "changed a theme of" if theme.pk else "added a theme to"
    if not theme.pk:
        theme.place = Theme.objects.filter(consultation=theme.consultation).count() + 1
    theme.save()
    after = {"theme": theme.pk, "title": theme.title, "you_said": theme.you_said, "doing": theme.doing, "we_did": theme.we_did}
    record(by=by, verb=verb, target="consultation", target_id=theme.consultation_id, after=after)
    return theme


@transaction.atomic
def assign(*, by: str, answer: Answer, themes: Iterable[Theme], suggested: frozenset[int] = frozenset()) -> None:
    """Put an answer under exactly these themes. `suggested`: those that the words in common had suggested."""
    wanted = {theme.pk: theme for theme in themes}
    had = set(answer.assignments.values_list("theme_id", flat=True))
    Assignment.objects.filter(answer=answer).exclude(theme_id__in=wanted).delete()
    fresh = [Assignment(answer=answer, theme=theme, suggested=pk in suggested, by=by) for pk, theme in wanted.items() if pk not in had]
    Assignment.objects.bulk_create(fresh)
    if had != set(wanted):
        record(by=by, verb="themed", target="answer", target_id=answer.pk, before={"themes": sorted(had)}, after={"themes": sorted(wanted)})


@transaction.atomic
def erase_typed(*, by: str, one: Consultation, today: date) -> None:
    """Erase the answers as they were typed and the links they came by; what was kept after reading stays."""
    answers = Answer.objects.filter(response__consultation=one)
    many = answers.exclude(typed="").count()
    answers.update(typed="")
    Response.objects.filter(consultation=one).update(invitation=None)
    Consultation.objects.filter(pk=one.pk).update(erased=now())
    record(by=by, verb="erased what was typed in", target="consultation", target_id=one.pk, after={"answers": many, "on": str(today)})


def _told(one: Consultation) -> dict[str, object]:
    return {name: str(getattr(one, name)) for name in FIELDS} | {"strategy": one.strategy_id}

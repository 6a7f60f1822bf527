"""What changes about self-evaluations. Each in one transaction with its audit event; what was written is in no event."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.desk.documents.actions import keep
from headway.desk.documents.models import Document
from headway.desk.establishments.models import Establishment
from headway.desk.self_evaluation import rules
from headway.desk.self_evaluation.models import Draw, Said, SelfEvaluation, Validation
from headway.desk.self_evaluation.queries import said_in, validations_of
from headway.vocabulary.clock import now
from headway.vocabulary.errors import HeadwayError


def keep_file(*, by: User, school: Establishment, year: str, chunks: Iterable[bytes]) -> Document:
    """A school's own document. Raises H-DATA-95 for a file that is not taken."""
    return keep(by=by.label, title=f"Self-evaluation {year}: {school.name}"[:150], chunks=chunks, retention="self_evaluation")


@transaction.atomic
def write(
    *, by: User, school: Establishment, year: str, scheme: str, tier: str, summary: str, said: Mapping[str, tuple[str, str]],
    document: Document | None = None, send: bool = False,
) -> SelfEvaluation:  # fmt: skip
    """Keep what a school says: a version of each criterion that changed, and send it when asked. `said` is criterion → (rating, text).

    Raises H-DESK-48 once it is sent: what the council has read is not altered under its eyes.
    """
    one, _ = SelfEvaluation.objects.get_or_create(school=school, year=year, defaults={"scheme": scheme, "made_by": by.label})
    one = SelfEvaluation.objects.select_for_update().get(pk=one.pk)
    if one.sent is not None:
        raise HeadwayError(
            "H-DESK-48", "This self-evaluation is sent already.", remedy="Say what has changed since on the page of your school."
        )
    kept = said_in(one)
    changed = {name: told for name, told in said.items() if told != ((kept[name].rating, kept[name].text) if name in kept else ("", ""))}
    Said.objects.bulk_create(
        Said(evaluation=one, criterion=name, rating=rating, text=text, by=by.label) for name, (rating, text) in changed.items()
    )
    one.scheme, one.tier, one.summary, one.document = scheme, tier, summary, document or one.document
    if send:
        one.sent, one.sent_by = now(), by.label
    one.save()
    after = {"urn": school.pk, "year": year, "criteria": sorted(changed), "file": document.pk if document else ""}
    record(by=by.label, verb="sent" if send else "wrote", target="self-evaluation", target_id=one.pk, after=after)
    return one


@transaction.atomic
def draw(*, by: User, year: str, urns: Iterable[int], seed: str) -> Draw:
    """A third by lot, once a year; drawn again it is the same."""
    listed = sorted(urns)
    made, new = Draw.objects.get_or_create(
        year=year, defaults={"seed": seed, "of": listed, "drawn": rules.third_of(listed, seed), "by": by.label}
    )
    if new:
        after = {"year": year, "seed": seed, "of": len(made.of), "drawn": made.drawn}
        record(by=by.label, verb="drew", target="self-evaluations to look at", target_id=made.pk, after=after)
    return made


@transaction.atomic
def validate(*, by: User, evaluation: SelfEvaluation, found: Mapping[str, tuple[str, str]]) -> int:
    """What an adviser found: a version of each criterion that changed; how many. `found` is criterion → (rating, line)."""
    kept = validations_of(evaluation)
    changed = {name: told for name, told in found.items() if name not in kept or told != (kept[name].rating, kept[name].line)}
    Validation.objects.bulk_create(
        Validation(evaluation=evaluation, criterion=name, rating=rating, line=line, by=by.label) for name, (rating, line) in changed.items()
    )
    if changed:
        after = {"urn": evaluation.school_id, "criteria": sorted(changed)}
        record(by=by.label, verb="validated", target="self-evaluation", target_id=evaluation.pk, after=after)
    return len(changed)

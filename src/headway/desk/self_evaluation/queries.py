"""Read what schools say of themselves."""

from collections.abc import Iterable

from django.db.models import QuerySet

from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, patch_of
from headway.desk.self_evaluation.models import Draw, Said, SelfEvaluation, Validation
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.clock import today


def this_year() -> str:
    return str(AcademicYear.of(today()))


def evaluations_for(user: User) -> "QuerySet[SelfEvaluation]":
    """Those of a person's schools; whoever does not answer for the school sees none before it is sent."""
    found, patch = SelfEvaluation.objects.select_related("school", "document"), patch_of(user)
    found = found if patch is None else found.filter(school_id__in=patch)
    return found if may(user, Permission.ANSWER_FOR_SCHOOL) else found.exclude(sent=None)


def evaluation_of(user: User, urn: int, year: str) -> SelfEvaluation | None:
    return evaluations_for(user).filter(school_id=urn, year=year).first()


def said_in(evaluation: SelfEvaluation) -> dict[str, Said]:
    """Criterion → what the school says under it now."""
    return {one.criterion: one for one in evaluation.said.all()}


def last_year(urn: int, year: str) -> SelfEvaluation | None:
    """The newest evaluation before a year, whose text is carried over."""
    return SelfEvaluation.objects.filter(school_id=urn, year__lt=year).order_by("-year").first()


def validations_of(evaluation: SelfEvaluation) -> dict[str, Validation]:
    return {one.criterion: one for one in evaluation.validations.all()}


def draw_of(year: str) -> Draw | None:
    return Draw.objects.filter(year=year).first()


def own_views(urns: Iterable[int], year: str) -> dict[int, SelfEvaluation]:
    """URN → the evaluation that the school sent this year: for the meeting that decides tiers."""
    found = SelfEvaluation.objects.filter(school_id__in=list(urns), year=year).exclude(sent=None)
    return {one.school_id: one for one in found}

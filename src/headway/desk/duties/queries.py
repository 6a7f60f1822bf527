"""Read the register of duties and the returns of schools."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from headway.definitions.duties import CouncilDuty, SchoolReturn
from headway.definitions.loading import Library
from headway.desk.accounts.models import User
from headway.desk.accounts.queries import patch_of
from headway.desk.duties import rules
from headway.desk.duties.models import Charge, Proof, Return
from headway.desk.establishments.models import Establishment
from headway.desk.establishments.queries import in_patch


@dataclass(frozen=True)
class DutyLine:
    duty: CouncilDuty
    charge: Charge | None
    proof: Proof | None
    due: date | None
    standing: str


def register(library: Library, today: date) -> list[DutyLine]:
    """Every duty with its owner, its newest proof and by when the next is wanted: overdue and unowned first."""
    charges: dict[str, Charge] = {}
    for one in Charge.objects.select_related("owner"):
        charges.setdefault(one.duty, one)
    proofs: dict[str, Proof] = {}
    for proof in Proof.objects.select_related("document"):
        proofs.setdefault(proof.duty, proof)
    found = []
    for name, duty in library.council_duties.items():
        charge, newest = charges.get(name), proofs.get(name)
        due = rules.next_due(newest.day if newest else None, charge.due if charge else None, duty.every)
        found.append(DutyLine(duty, charge, newest, due, rules.standing(due, today)))
    return sorted(found, key=lambda one: (one.due is not None, one.due or today, one.duty.title))


def returns_for(user: User) -> "QuerySet[Return]":
    found, patch = Return.objects.select_related("school").prefetch_related("answers"), patch_of(user)
    return found if patch is None else found.filter(school_id__in=patch)


def form_of(one: Return) -> SchoolReturn:
    """The form as it was when the school was asked."""
    return SchoolReturn.model_validate(one.definition)


def lines_of(one: Return) -> dict[str, dict[str, str]]:
    """What was answered last."""
    versions = list(one.answers.all())
    return dict(versions[-1].lines) if versions else {}


@dataclass(frozen=True)
class SchoolLine:
    """How far one school is with one form."""

    school: Establishment
    one: Return | None
    open: int
    standing: str


def of_schools(user: User, form: SchoolReturn, year: int, today: date) -> list[SchoolLine]:
    """Every school of a person's patch and its return: those that are late first, then those with most that is open."""
    there = {one.school_id: one for one in returns_for(user).filter(form=form.id, year=year)}
    due = rules.due_on(form, year)
    found = []
    for school in in_patch(user).filter(status="open"):
        one = there.get(school.pk)
        left = len(rules.open_lines(form_of(one), lines_of(one), today)) if one and one.sent else len(form.items)
        words = "looked at" if one and one.looked_at else "sent" if one and one.sent else "late" if due < today else "not sent yet"
        found.append(SchoolLine(school, one, left, words))
    order = {"late": 0, "sent": 1, "looked at": 2, "not sent yet": 3}
    return sorted(found, key=lambda line: (order[line.standing], -line.open, line.school.name))

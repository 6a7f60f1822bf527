"""A plan that begins and a board that meets are what a school's tier promised: they stand in the ledger without being typed twice."""

from datetime import date
from typing import Any

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.entitlements.counting import count
from headway.desk.establishments.models import Establishment
from headway.desk.plans import actions, overseeing
from headway.desk.plans.models import Plan, Sitting
from headway.desk.tiers.models import Review
from headway.readings.door import Door
from headway.vocabulary.clock import today


@transaction.atomic
def begin(*, by: User, door: Door, school: Establishment, **given: Any) -> Plan:
    """Open a plan; with it the school has the plan, and the programme, that its tier gives. Raises H-DESK-77 as `actions.begin` does."""
    made = actions.begin(by=by, school=school, **given)
    for item in ("plan", "programme") if made.programme_tier else ("plan",):
        count(by=by, door=door, school=school, item=item, day=min(made.begins, today()), once=f"{item}-{made.pk}")
    return made


@transaction.atomic
def minute(*, by: User, door: Door, sitting: Sitting, **given: Any) -> None:
    """Keep the minutes; a meeting that was held counts, and when the next is due follows from how the school's last review went."""
    overseeing.minute(by=by, sitting=sitting, **given)
    if given["held"]:
        school = sitting.board.school
        count(by=by, door=door, school=school, item="project_board", day=sitting.day, once=f"sitting-{sitting.pk}", beside=True,
              rag=_went(school, sitting.day))  # fmt: skip


def _went(school: Establishment, day: date) -> str:
    """The colour of the newest review by a day: a board meets as often as there is need."""
    return Review.objects.filter(school=school, day__lte=day).order_by("day", "pk").values_list("colour", flat=True).last() or ""

"""What became of a concern on the register is a line for the next meeting on tiers: the same words are not typed twice."""

from headway.desk.accounts.models import User
from headway.desk.engagements.models import Concern
from headway.desk.tiers import actions as tiers
from headway.desk.tiers.models import Return, Service

KIND = "complaints"  # of library/soft_signals.yaml: counted one by one


def told(*, by: User, concern: Concern, upheld: bool) -> None:
    """One that was upheld counts from the day on which it was raised. One that was not says that there is nothing, unless others count:
    the all-clear of one must not take away another."""
    counts = Return.objects.filter(school_id=concern.school_id, kind=KIND, clear=False, archived=None).exists()
    if not upheld and counts:
        return
    word = "upheld" if upheld else "looked into and not upheld"
    tiers.give(by=by, school=concern.school, service=Service.IMPROVEMENT, kind=KIND, clear=not upheld, restricted=True, on=concern.raised,
               line=f"A concern on the register was {word}: {concern.summary}", once=f"concern-{concern.pk}")  # fmt: skip

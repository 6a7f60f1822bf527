"""Who is named to a school in its letter: whom the ledger names. Somebody else by hand, with the reason; nobody against an interest."""

from headway.desk.accounts.models import User
from headway.desk.entitlements import actions
from headway.desk.entitlements.queries import named_now
from headway.desk.establishments.models import Establishment
from headway.desk.interests.queries import kept_from
from headway.desk.tiers.advisers import likely_adviser
from headway.vocabulary.clock import today


def of_ledger(urn: int) -> User | None:
    return named_now([urn]).get(urn)


def offered(urn: int, before: User | None = None) -> User | None:
    """Whom a form begins with: the ledger's adviser, else the one named before, else somebody of the patch."""
    barred = set(kept_from(urn, today()).values_list("person_id", flat=True))
    found = (of_ledger(urn), before, likely_adviser(urn))
    return next((one for one in found if one is not None and one.is_active and one.pk not in barred), None)


def faults(urn: int, adviser: User | None, because: str) -> dict[str, str]:
    """What is wrong with naming somebody: field → why."""
    if adviser is None:
        return {}
    if kept_from(urn, today()).filter(person=adviser).exists():
        return {"adviser": f"{adviser} has declared an interest in this school. Name somebody else."}
    ledger = of_ledger(urn)
    if ledger is not None and ledger.pk != adviser.pk and not because.strip():
        return {"because": f"The ledger names {ledger}. Say why it is to be {adviser}."}
    return {}


def keep(*, by: User, school: Establishment, adviser: User | None, because: str) -> None:
    """The ledger follows what was decided by hand, with its reason: letter and ledger name the same person."""
    ledger = of_ledger(school.pk)
    if adviser is not None and ledger is not None and ledger.pk != adviser.pk:
        actions.name(by=by, school=school, adviser=adviser, since=today(), because=because)

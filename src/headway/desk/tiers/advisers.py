"""Who is named for a school in its letter: the adviser of the last decision, else one in whose patch it is."""

from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission, Role
from headway.desk.accounts.queries import may
from headway.desk.tiers.models import TierDecision


def advisers(urn: int | None = None) -> list[User]:
    """Those who may look after schools (this school, when one is named), by name."""
    return [one for one in User.objects.filter(is_active=True) if may(one, Permission.MODERATE_TIERS, urn)]


def likely_adviser(urn: int) -> User | None:
    """Somebody whose account is closed is named for nobody."""
    last = TierDecision.objects.filter(school_id=urn, adviser__is_active=True).order_by("-since", "-pk").first()
    if last is not None:
        return last.adviser
    named = User.objects.filter(is_active=True, holdings__role=Role.ADVISER)
    return named.filter(patches__urn=urn).first() or named.filter(whole_area=True).first()


def phone_of(user: User | None) -> str:
    """The number that the last letter gave for an adviser."""
    if user is None:
        return ""
    last = TierDecision.objects.filter(adviser=user).exclude(adviser_phone="").order_by("-pk").first()
    return last.adviser_phone if last else ""

"""The one authoriser, and what else is asked about people."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest

from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import NEEDS_STRONG_SIGN_IN, Access, Permission, Role, decide
from headway.vocabulary.viewer import Viewer

Anyone = User | AnonymousUser


def roles_of(user: User) -> frozenset[Role]:
    """Read once for each request: the person is read anew by the next one."""
    if not hasattr(user, "_roles"):
        user._roles = frozenset(Role(role) for role in user.holdings.values_list("role", flat=True))
    return user._roles


def patch_of(user: User) -> frozenset[int] | None:
    """The URNs of a person's patch; None for the whole area."""
    if not hasattr(user, "_patch"):
        user._patch = None if user.whole_area else frozenset(user.patches.values_list("urn", flat=True))
    behind = patch_of(user.looked_at_by) if isinstance(user, User) and user.looked_at_by else None
    return user._patch if behind is None else behind if user._patch is None else user._patch & behind


def may(user: Anyone, permission: Permission, urn: int | None = None) -> Access:
    """Whether a person may do something (to one school, when a URN is given), with the reason in words."""
    if not isinstance(user, User) and not getattr(user, "is_authenticated", False):
        return Access(False, "You are not signed in.")
    if not user.is_active:
        return Access(False, "This account is closed.")
    if permission is Permission.OWN_ACCOUNT:  # also for a person without a role
        return Access(True, "It is your account.")
    found = decide(roles_of(user), patch_of(user), permission, urn)
    return _both(found, user.looked_at_by, permission, urn) if found and isinstance(user, User) and user.looked_at_by else found


def _both(found: Access, looking: User, permission: Permission, urn: int | None) -> Access:
    """What one may see as somebody else: what both may, and no files."""
    if permission is Permission.EXPORT:
        return Access(False, "Nothing is taken away while you look as somebody else.")
    own = may(looking, permission, urn)
    return found if own else Access(False, f"You see what both may see, and you yourself may not: {own.reason}", own.hidden)


def permissions_of(user: Anyone) -> frozenset[Permission]:
    """Found out once for each request and for whoever looks: the frame and the page both ask."""
    asked = getattr(user, "looked_at_by", None), user.is_active
    known = getattr(user, "_permissions", None)
    if known is None or known[0] != asked:
        known = asked, frozenset(permission for permission in Permission if may(user, permission))
        user._permissions = known
    return known[1]


def needs_strong_sign_in(user: User) -> bool:
    return any(role.permissions & NEEDS_STRONG_SIGN_IN for role in roles_of(user))


def viewer_of(request: HttpRequest) -> Viewer:
    """Who is asking, for the one door."""
    return viewer_for(request.user)


def viewer_for(user: Anyone) -> Viewer:
    """A person as the one door sees them. Early results and pupils of a patch are those of its schools only."""
    if not isinstance(user, User) or not user.is_authenticated:
        return Viewer("public")
    early = bool(may(user, Permission.VIEW_EARLY_RESULTS))
    pupils = bool(may(user, Permission.SEE_PUPILS))
    roles = frozenset(role.value for role in roles_of(user))
    if user.looked_at_by:  # pages are kept for all who may see the same: these may see less than either
        roles |= {f"looked at by {role.value}" for role in roles_of(user.looked_at_by)}
    return Viewer(user.label, roles, patch_of(user), sees_early=early, sees_pupils=pupils)


def people() -> list[User]:
    return list(User.objects.prefetch_related("holdings").order_by("name", "email"))


def names_of(labels: set[str]) -> dict[str, str]:
    """The names of the people among these labels, as the audit writes them (user:12)."""
    numbers = {int(number) for kind, _, number in (label.partition(":") for label in labels) if kind == "user" and number.isdigit()}
    return {user.label: str(user) for user in User.objects.filter(pk__in=numbers)}


def person_named(name: str) -> User | None:
    """The one person with exactly that name; nobody where there are two."""
    found = list(User.objects.filter(name__iexact=name.strip(), is_active=True)[:2])
    return found[0] if len(found) == 1 else None


def labelled(text: str) -> set[str]:
    """The labels of the people whose name or address holds a text."""
    return {user.label for user in User.objects.filter(Q(name__icontains=text) | Q(email__icontains=text))} if text else set()


def other_administrators(user: User) -> int:
    """How many people besides this one keep accounts and can sign in."""
    return User.objects.filter(is_active=True, holdings__role=Role.ADMINISTRATOR).exclude(pk=user.pk).count()


def explained(user: User) -> list[tuple[str, Access]]:
    """Each permission in words, with whether and why."""
    return [(permission.words, may(user, permission)) for permission in Permission]

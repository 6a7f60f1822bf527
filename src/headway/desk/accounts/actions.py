"""What changes about people. Each in one transaction with its audit event."""

from collections.abc import Collection

from django.db import transaction

from headway.desk.accounts.models import ApiToken, Holding, Patch, User
from headway.desk.accounts.permissions import Role
from headway.desk.accounts.queries import patch_of, roles_of
from headway.desk.accounts.rules import SCOPES
from headway.desk.accounts.tokens import LASTS, fresh_token, hash_of
from headway.desk.audit.actions import record
from headway.vocabulary.clock import now

PERSONAL = frozenset({"email", "name"})


@transaction.atomic
def invite(
    *, by: str, email: str, name: str, roles: frozenset[Role], whole_area: bool, urns: frozenset[int], password: str | None = None
) -> User:
    """A new person, without a password unless one is given: they set theirs through "Forgotten password"."""
    user = User.objects.create_user(email, name, password)
    record(
        by=by,
        verb="invited",
        target="user",
        target_id=user.pk,
        after={"email": user.email, "name": name},
        personal=PERSONAL,
        subject=user.label,
    )
    set_roles(by=by, user=user, roles=roles, whole_area=whole_area, urns=urns)
    return User.objects.get(pk=user.pk)  # as it stands now: what is remembered of roles is of the object that was asked


@transaction.atomic
def set_roles(*, by: str, user: User, roles: frozenset[Role], whole_area: bool, urns: frozenset[int]) -> None:
    """Give a person exactly these roles and this patch. Their sessions take a new id at the next request."""
    user = User.objects.select_for_update().get(pk=user.pk)
    before, kept = _held(user), set() if whole_area else urns
    Holding.objects.filter(user=user).exclude(role__in=roles).delete()
    Holding.objects.bulk_create([Holding(user=user, role=role) for role in sorted(roles)], ignore_conflicts=True)
    Patch.objects.filter(user=user).exclude(urn__in=kept).delete()
    Patch.objects.bulk_create([Patch(user=user, urn=urn) for urn in sorted(kept)], ignore_conflicts=True)
    user.whole_area, user.access_version = whole_area, user.access_version + 1
    user.save(update_fields=["whole_area", "access_version"])
    record(by=by, verb="set roles", target="user", target_id=user.pk, before=before, after=_held(User.objects.get(pk=user.pk)))


def _held(user: User) -> dict[str, object]:
    patch = patch_of(user)
    return {"roles": sorted(roles_of(user)), "patch": "whole area" if patch is None else sorted(patch)}


@transaction.atomic
def set_active(*, by: str, user: User, active: bool) -> None:
    """Close an account, which ends its sessions at their next request, or open it again."""
    User.objects.filter(pk=user.pk).update(is_active=active)
    record(by=by, verb="activated" if active else "deactivated", target="user", target_id=user.pk)
    if not active:
        sign_out_everywhere(by=by, user=user)


@transaction.atomic
def sign_out_everywhere(*, by: str, user: User) -> None:
    """End every session of a person, this one too, at its next request."""
    fresh = User.objects.select_for_update().get(pk=user.pk)
    User.objects.filter(pk=user.pk).update(sign_outs=fresh.sign_outs + 1)
    record(by=by, verb="signed out everywhere", target="user", target_id=user.pk)


@transaction.atomic
def make_token(*, by: str, user: User, name: str, scopes: Collection[str]) -> str:
    """A new token for programs, good for these scopes, which is told this once. It ends with the account, with signing out everywhere, or
    after a year.
    """
    token = fresh_token()
    kept = [one for one, _ in SCOPES if one in scopes]
    made = ApiToken.objects.create(user=user, name=name, scopes=kept, hash=hash_of(token), sign_outs=user.sign_outs, ends=now() + LASTS)
    record(by=by, verb="made a token", target="token", target_id=made.pk, after={"name": name, "scopes": kept})
    return token


@transaction.atomic
def revoke_token(*, by: str, token: ApiToken) -> None:
    ApiToken.objects.filter(pk=token.pk, revoked=None).update(revoked=now())
    record(by=by, verb="revoked a token", target="token", target_id=token.pk)


@transaction.atomic
def set_password(*, by: str, user: User, password: str) -> None:
    """Set a password, which ends the person's sessions."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record(by=by, verb="set password", target="user", target_id=user.pk)


def note(*, by: str, verb: str, user: User) -> None:
    """Record what a person did to their own sign-in: signed in, signed out, added a second factor."""
    record(by=by, verb=verb, target="user", target_id=user.pk)

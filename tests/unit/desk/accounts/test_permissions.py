"""The one decision about access."""

import pytest

from headway.desk.accounts.permissions import GRANTS, Permission, Role, decide, grid
from headway.desk.accounts.rules import Limits, faults_of_change, faults_of_roles, over
from tests.architecture.tree import ROOT

MINE, OTHER = 100001, 100002
LIMITS = Limits(idle=1200, longest=36000)


def test_every_role_has_its_grants_and_every_permission_somebody() -> None:
    assert set(GRANTS) == set(Role)
    assert set().union(*GRANTS.values()) == set(Permission)


@pytest.mark.parametrize("role", list(Role))
def test_without_the_permission_the_patch_does_not_matter(role: Role) -> None:
    for permission in set(Permission) - role.permissions:
        access = decide(frozenset({role}), frozenset({MINE}), permission, MINE)
        assert (access.allowed, access.hidden) == (False, False)


def test_a_school_outside_the_patch_is_hidden() -> None:
    access = decide(frozenset({Role.HEADTEACHER}), frozenset({MINE}), Permission.VIEW_SCHOOL, OTHER)
    assert (access.allowed, access.hidden) == (False, True)


def test_the_reason_names_the_role_and_the_patch() -> None:
    access = decide(frozenset({Role.HEADTEACHER}), frozenset({MINE}), Permission.VIEW_SCHOOL, MINE)
    assert access.reason == "Your role of headteacher may see a school's page, and this school is in your patch."


def test_a_headteacher_never_has_the_whole_area() -> None:
    assert not decide(frozenset({Role.HEADTEACHER}), None, Permission.VIEW_SCHOOL, MINE)


def test_an_adviser_who_is_a_governor_too_keeps_the_area() -> None:
    assert decide(frozenset({Role.GOVERNOR, Role.ADVISER}), None, Permission.VIEW_SCHOOL, OTHER)


def test_an_administrator_sees_no_school() -> None:
    assert not decide(frozenset({Role.ADMINISTRATOR}), None, Permission.VIEW_SCHOOL, MINE)


@pytest.mark.parametrize(
    ("started", "seen", "moment", "ended"),
    [(0, 0, 1200, False), (0, 0, 1201, True), (0, 35900, 36000, False), (0, 35900, 36001, True), (0, 500, 400, True)],
)
def test_a_session_ends_idle_or_old(started: float, seen: float, moment: float, ended: bool) -> None:
    assert over(LIMITS, started, seen, moment) is ended


def test_roles_of_schools_need_schools() -> None:
    assert faults_of_roles(frozenset({Role.GOVERNOR}), True, frozenset())
    assert faults_of_roles(frozenset({Role.ADVISER}), False, frozenset())
    assert faults_of_roles(frozenset(), True, frozenset())
    assert faults_of_roles(frozenset({Role.ADMINISTRATOR}), False, frozenset()) == []


def test_somebody_must_keep_accounts() -> None:
    assert faults_of_change(frozenset({Role.ANALYST}), True, 0)
    assert faults_of_change(frozenset({Role.ADMINISTRATOR}), False, 0)
    assert faults_of_change(frozenset({Role.ANALYST}), False, 1) == []


def test_the_grid_in_the_docs_is_current() -> None:
    assert (ROOT / "docs/reference/permissions.md").read_text() == grid()

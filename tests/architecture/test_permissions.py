"""Default deny: every address of the site says who may use it."""

from collections.abc import Iterator
from typing import Any

from tests.desk_site import ready

ready()

from django.urls import URLPattern, get_resolver  # noqa: E402 - Django must be ready first

from headway.desk.accounts.access import PUBLIC, declared_access  # noqa: E402
from headway.desk.accounts.permissions import Permission  # noqa: E402
from headway.site.sign_in import BEFORE_SIGN_IN, LEFT_OUT  # noqa: E402

# adding a page that everybody may see is a decision: it is made here too
OF_STRATEGIES = {"strategies", "strategy", "action", "doing", "versions", "promise"}  # what was decided is everybody's; drafts answer 404
OF_VISITS = {"feed"}  # a person's own visits for their calendar program, which knows a secret address
OF_CONSULTATIONS = {"consultations", "consultation", "by_invitation", "thanks", "outcome"}  # answered without an account; drafts answer 404
OF_PROGRAMS = {"openapi", "nothing"}  # what can be asked, and that there is nothing at any other address
OF_ATTENDANCE = {"for_all"}  # phases only, where the area has decided to tell
OF_SCRUTINY = {"report"}  # for whoever may read its strategy
OF_PUBLICATION = {"area", "area_page"}  # the public pages, once a person has approved them
OPEN_TO_ALL = BEFORE_SIGN_IN | OF_PUBLICATION | OF_STRATEGIES | OF_VISITS | OF_CONSULTATIONS | OF_PROGRAMS | OF_SCRUTINY
OPEN_TO_ALL |= OF_ATTENDANCE
OPEN_TO_ALL |= {"off"}  # ends a person's mail at a signed address, and can do nothing else


def addresses(resolver: Any = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        where = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield where, pattern
        else:
            yield from addresses(pattern, where)


def test_every_address_declares_who_may_use_it() -> None:
    found = list(addresses())
    assert len(found) > 20
    assert [where for where, pattern in found if declared_access(pattern.callback) is None] == []


def test_what_is_declared_is_a_permission_or_public() -> None:
    assert {declared_access(pattern.callback) for _, pattern in addresses()} <= {*Permission, PUBLIC}


def test_only_the_pages_of_sign_in_strategies_and_consultations_are_public() -> None:
    public = {pattern.name for _, pattern in addresses() if declared_access(pattern.callback) == PUBLIC}
    assert public <= OPEN_TO_ALL


def test_nobody_can_sign_up() -> None:
    assert {pattern.name for _, pattern in addresses()} & (LEFT_OUT - {None}) == set()


def test_an_address_with_a_school_asks_for_a_permission_about_schools() -> None:
    """`needs` looks up the school by the name urn: another name would go round the patch."""
    for where, pattern in addresses():
        assert "<number:school" not in where and "<number:establishment" not in where, where
        if "urn" in pattern.pattern.converters:
            assert declared_access(pattern.callback) not in (PUBLIC, Permission.OWN_ACCOUNT), where


def test_a_number_in_an_address_is_one_that_a_database_holds() -> None:
    """`<int:…>` takes any number, and answers one of forty digits with a fault: write `<number:…>`, or `<start:…>` for a year."""
    wild = [where for where, _ in addresses() if "<int:" in where or "[0-9]+)" in where]
    assert [where for where in wild if not where.startswith("sign-in/")] == []

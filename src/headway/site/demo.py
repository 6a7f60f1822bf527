"""One made-up person for each role of the example area, with a password made anew at each start."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from headway.site.demo_strategy import make_demo_strategy
from headway.vocabulary.errors import HeadwayError

if TYPE_CHECKING:  # Django is not ready when this module loads
    from headway.desk.accounts.permissions import Role

BY = "command:demo"
SCHOOLS_OF_AN_ADVISER = 12


@dataclass(frozen=True)
class DemoUser:
    role: str  # in words
    email: str
    password: str


def make_demo_users(home: Path) -> list[DemoUser]:
    """The sign-ins to print. Raises H-ACCESS-31 outside the made-up area: real figures need real people."""
    from headway.site.running import prepare

    prepare(home)
    from django.conf import settings

    from headway.desk.accounts.permissions import Role

    if not settings.HEADWAY.example or settings.HEADWAY.production:
        raise HeadwayError(
            "H-ACCESS-31",
            f"{home} is not the made-up area.",
            "Sign-ins that are printed on the screen belong to made-up figures only.",
            "Invite people on the page of accounts.",
        )
    people = [_demo_user(role) for role in Role]
    _content()
    return people


def _content() -> None:
    """What they have written so far: visits, a strategy, consultations, boards, documents. Nothing before there are figures."""
    from headway.desk.framing.pages import the_door
    from headway.site.demo_attendance import make_demo_attendance
    from headway.site.demo_boards import make_demo_boards, make_demo_public_pages
    from headway.site.demo_brokerage import make_demo_brokerage
    from headway.site.demo_consultations import make_demo_consultations
    from headway.site.demo_documents import make_demo_documents
    from headway.site.demo_engagements import make_demo_engagements
    from headway.site.demo_entitlements import make_demo_entitlements
    from headway.site.demo_evidence import make_demo_evidence
    from headway.site.demo_fairness import make_demo_fairness
    from headway.site.demo_glass import make_demo_glass
    from headway.site.demo_learning import make_demo_learning
    from headway.site.demo_networks import make_demo_networks
    from headway.site.demo_plans import make_demo_plans
    from headway.site.demo_returns import make_demo_returns
    from headway.site.demo_tiers import make_demo_tiers
    from headway.site.demo_visits import make_demo_visits

    if the_door().facts is None:
        return
    make_demo_visits()
    make_demo_attendance(the_door())
    make_demo_tiers()
    make_demo_fairness()
    make_demo_engagements()
    make_demo_plans()
    make_demo_returns()
    make_demo_strategy()
    make_demo_consultations()
    make_demo_boards()
    make_demo_brokerage()
    make_demo_networks()
    make_demo_learning()
    make_demo_evidence()
    make_demo_documents()
    make_demo_glass()
    make_demo_public_pages()
    make_demo_entitlements()  # last: what schools are owed follows from what was written before


def _demo_user(role: "Role") -> DemoUser:
    from headway.desk.accounts import actions
    from headway.desk.accounts.models import User

    email, password = f"{role.value.replace('_', '.')}@wrenford.example", secrets.token_urlsafe(12)
    urns = _schools(role)
    user = User.objects.filter(email=email).first()
    if user is None:
        whole = not role.bound_to_patch and not urns
        actions.invite(
            by=BY, email=email, name=f"Demo {role.words.lower()}", roles=frozenset({role}), whole_area=whole, urns=urns, password=password
        )
    else:
        actions.set_password(by=BY, user=user, password=password)
    return DemoUser(role.words, email, password)


def _schools(role: "Role") -> frozenset[int]:
    """The patch of a demonstration: one school for those of a school, a dozen for the adviser, else the whole area."""
    from headway.desk.accounts.permissions import Role
    from headway.desk.establishments.models import Establishment

    wanted = {Role.HEADTEACHER: 1, Role.GOVERNOR: 1, Role.ADVISER: SCHOOLS_OF_AN_ADVISER}.get(role, 0)
    open_now = Establishment.objects.filter(listed=True, status="open", phase="primary").order_by("urn")
    return frozenset(open_now.values_list("urn", flat=True)[:wanted]) if wanted else frozenset()

"""What reviews ask of those who decide tiers, above the list of them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.desk.tiers import deciding, queries
from headway.desk.tiers.models import Evidence, TierDecision
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.readings.tier_proposal.proposing import scheme_named
from headway.vocabulary import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def schools(example: Any, settings: Any) -> list[Establishment]:
    """The example behind the desk; three of its primaries."""
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    found = [one for one in of_authority(open_door(example), "150").values() if one.phase == "primary" and one.status == "open"][:3]
    return [Establishment.objects.create(urn=one.urn, name=one.name, phase="primary", status="open", authority="150") for one in found]


@pytest.fixture
def people(schools: list[Establishment], person: Any) -> dict[str, Any]:
    return {
        "head_of_service": person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="s@example.org"),
        "adviser": person(Role.ADVISER, email="a@example.org"),
    }


@pytest.fixture
def scheme(schools: list[Establishment]) -> Any:
    return scheme_named(the_door())


def test_the_list_says_what_reviews_ask_and_a_tier_confirmed_is_not_begun_anew(
    people: Any, schools: Any, scheme: Any, browser_of: Any, monkeypatch: Any
) -> None:
    """Green before and after a yearly decision that only confirmed the tier are two in a row; reviews of a predecessor count."""
    monkeypatch.setenv("HEADWAY_TODAY", "2026-11-25")
    ready, worse, slow = schools

    def placed(school: Any, tier: str, since: date) -> None:
        kept = Evidence.objects.create(
            school=school, snapshot="s", library="l", scheme=scheme.id, proposed=tier, points=0, shown={"said": "As proposed."}
        )
        TierDecision.objects.create(school=school, tier=tier, scheme=scheme.id, since=since, route="meeting", evidence=kept,
                                    made_by="user:1", once=f"{school.pk}-{since}")  # fmt: skip

    def looked_at(school: Any, *found: tuple[date, str, str]) -> None:
        for day, colour, source in found:
            deciding.review(
                by=people["adviser"], school=school, day=day, colour=colour, sources=[source], line="x", once=f"{school.pk}{day}"
            )

    placed(ready, "focus", date(2026, 4, 20))
    placed(ready, "focus", date(2026, 9, 21))
    looked_at(ready, (date(2026, 7, 6), "green", "books"), (date(2026, 11, 9), "green", "lessons"))
    placed(worse, "light_touch", date(2026, 9, 21))
    looked_at(worse, (date(2026, 10, 5), "amber", "books"), (date(2026, 11, 9), "red", "books"))
    placed(slow, "intensive", date(2025, 1, 6))
    looked_at(slow, (date(2026, 3, 2), "green", "books"), (date(2026, 6, 8), "amber", "books"))
    service = browser_of(people["head_of_service"])
    page = service.get("/support/tiers/").content.decode()
    enough, _, rest = page.partition("Is the support enough?")[2].partition("Ready for a lighter tier")
    lighter, _, long = rest.partition("Long in a tier without going up")
    assert worse.name in enough and "is Focus the right support?" in enough and ready.name not in enough
    assert ready.name in lighter and "since 20 April 2026" in lighter and slow.name in long.split("<form")[0].split("<table")[0]
    assert "It has shown what its tier asks for" in service.get(f"/schools/{ready.pk}/tiers/").content.decode()
    now = {one.pk: one for one in schools}
    now[slow.pk].links = [{"urn": ready.pk, "kind": "predecessor"}]
    TierDecision.objects.filter(school=slow).delete()
    carried = queries.tier_now([now[slow.pk]], clock.today())[slow.pk]
    assert carried.carried_from == ready.pk and {one.day for one in queries.reviews_in(carried)} >= {date(2026, 7, 6), date(2026, 11, 9)}

"""On the published figures of Birmingham, Stoke-on-Trent and Worcestershire: strengths suggested, needs read, and a whole round solved.

School by school the figures that are held end in 2018, so that nothing of them says anything of today. It is asked as of the end of August
2019, as it would have been known then.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.brokerage import actions, matching, standing
from headway.desk.brokerage.models import Need, Offer
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.language.brokerage import as_of_sentence, found_sentence
from headway.pipeline.running import load
from headway.readings.door import Door, open_door
from headway.readings.establishment import of_authority
from headway.readings.strengths import Suggestions, suggestions
from headway.store import workspace

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = date(2019, 8, 31)
AREAS = ("330", "861", "885")
YEARS = ("2015-16", "2016-17", "2017-18")


@pytest.fixture(scope="module")
def home(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Schools, census and key stages 2 and 4 of three years, and the grades of July 2018: the fewest files that tell a strength."""
    space = workspace.create(tmp_path_factory.mktemp("area"), list(AREAS))
    data = shared / "data"
    tables, trimmed = data / "dfe-performance-tables", data / "dfe-performance-tables-trimmed"
    files = [path for year in YEARS for kind in ("spine", "census") for path in tables.glob(f"{year}/england_{kind}.csv*")]
    files += [path for year in YEARS for stage in ("ks2", "ks4") for path in trimmed.glob(f"{stage}_{year}.csv*")]
    files += [data / "dfe-lait/lait_bds_long.csv.xz", *(data / "ofsted").glob("2018-07-31_*")]
    load(space, files)
    return space.home


@pytest.fixture(scope="module")
def door(home: Path) -> Door:
    return open_door(home)


@pytest.fixture(params=AREAS)
def area(request: Any) -> str:
    return str(request.param)


def test_strengths_and_needs_are_found_as_known_then_and_none_today(door: Door, area: str) -> None:
    then, today = suggestions(door, area, DAY), suggestions(door, area)
    assert not today.found and today.too_old.figures > 100
    strong = [one for one in then.found if one.strong]
    weak = [one for one in then.found if not one.strong]
    assert len(strong) > 10 and len(weak) > 10 and then.compared > 150
    assert all(one.low > 0 for one in strong) and all(one.high < 0 for one in weak)
    assert all(one.years[-1].start <= 2018 for one in then.found) and all(one.inspected <= DAY for one in then.inspected)
    assert "31 August 2019" in as_of_sentence(then) and "says nothing of today" in as_of_sentence(then)


def test_a_whole_round_is_solved_to_a_proven_optimum(
    home: Path, area: str, settings: Any, person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One workspace holds the three, for loading takes longest; each is asked about as if it were the workspace's own."""
    settings.HEADWAY = replace(settings.HEADWAY, home=home)
    for module in (matching, standing):
        monkeypatch.setattr(module, "area_of", lambda door: (area, area))
    _round(the_door(), area, person)


def _round(door: Door, area: str, person: Any) -> None:
    broker, found = person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="b@example.org"), suggestions(door, area, DAY)
    schools = of_authority(door, area)
    offers = [_offer(broker, schools, one.urn, one.area) for one in _first(found, strong=True, many=10)]
    asked = _first(found, strong=False, many=15)
    needs = [_need(broker, schools, one.urn, one.area, one.measure.id) for one in asked]
    register = matching.Register(door, offers, as_of=DAY)
    whole = matching.whole(register, needs, frozenset(), frozenset(), fair=True)
    assert whole.round is not None and whole.round.optimal and whole.round.gap == 0
    assert len(whole.got) + len(whole.unmet) == len(needs) and whole.got
    for pk, one in whole.got.items():
        need = next(each for each in needs if each.pk == pk)
        assert not one.barred and need.area in one.offer.areas and one.offer.provider.school_id != need.school_id
        assert any(line.word == "Strength" and line.way == "for" and "beyond chance" in line.text for line in one.lines)
    assert all(words.strip() for words in whole.unmet.values())  # each with its cause


def _first(found: Suggestions, *, strong: bool, many: int) -> list[Any]:
    """The firmest of each school and area of support."""
    seen: dict[tuple[int, str], Any] = {}
    for one in found.found:
        if one.strong is strong:
            assert found_sentence(one)
            seen.setdefault((one.urn, one.area), one)
    return list(seen.values())[:many]


def _listed(schools: Any, urn: int) -> Establishment:
    one = schools[urn]
    made, _ = Establishment.objects.get_or_create(
        urn=urn, defaults={"name": one.name, "phase": one.phase, "status": "open", "authority": one.authority, "trust": one.trust or ""}
    )
    return made


def _offer(broker: Any, schools: Any, urn: int, area: str) -> Offer:
    school = _listed(schools, urn)
    known = school.providers.first()
    provider = known or actions.school_provider(by=broker, school=school)
    phases = [school.phase]
    made = actions.offer(by=broker, provider=provider, areas=[area], phases=phases, days=6, starts=DAY)
    actions.confirm(by=broker, offer=made, evidence={})
    return Offer.objects.select_related("provider__school").get(pk=made.pk)


def _need(broker: Any, schools: Any, urn: int, area: str, measure: str) -> Need:
    return actions.need(by=broker, school=_listed(schools, urn), area=area, urgency=2, days=2, source="figures", measure=measure)

"""Who was where, under which code, and open when: from lists of several years, on made-up rows."""

from datetime import date
from types import SimpleNamespace
from typing import Any, NamedTuple

import ibis
import pyarrow as pa
import pytest

from headway.analysis import establishments, register_rows
from headway.definitions.loading import library_for
from headway.store import engine, tables

CODES = {
    900201: ("838", 2017, "835"),
    900202: ("838", 2019, "838"),
    900203: ("836", 2019, "839"),
    900204: ("837", 2018, "837"),
    900205: ("940", 2020, "928"),
    900206: ("941", 2021, "941"),
    900207: ("942", 2022, "909"),
    900208: ("943", 2024, "943"),
    900209: ("815", 2025, "815"),
    900210: ("933", 2015, "933"),
    900211: ("198", 2015, "198"),
}
CHRISTCHURCH, NEAR, KENDAL, CARLISLE = 900301, 900302, 900303, 900304
CLOSED, CLOSES, WILL_CLOSE, REPRIEVED, LEFT_OUT, ON_IT, CHANGED = range(900401, 900408)
CHOOSES, NO_LONGER = 900501, 900502


def row(urn: int, year: int, **more: Any) -> dict[str, Any]:
    """One school on the list of a year: open and maintained."""
    known = date(year + 1, 7, 31)
    plain = dict.fromkeys(register_rows.SCHEMA.names) | {
        "urn": urn, "file_id": f"list{year}", "source": register_rows.SCHOOL_LIST, "known": known, "knowledge": known.toordinal(),
        "year": year, "whole": False, "name": f"School {urn}", "authority": "330", "phase": "primary", "governance": "maintained",
        "status": "open", "postcode": f"Z{urn % 1000} 1AA",
    }  # fmt: skip
    return plain | more


def whole(urn: int, year: int) -> dict[str, Any]:
    return row(urn, year, source=register_rows.REGISTER, whole=True)


ROWS = [
    *(row(urn, year, authority=told) for urn, (told, year, _) in CODES.items()),
    row(CHRISTCHURCH, 2016, authority="835"), row(CHRISTCHURCH, 2017, authority="839"), row(CHRISTCHURCH, 2021, authority="839"),
    row(NEAR, 2024, authority="943", postcode="LA9 4AA"), row(KENDAL, 2021, authority="909", postcode="LA9 7ZZ"),
    row(CARLISLE, 2021, authority="909", postcode="CA1 1AA"),
    row(CLOSED, 2021, opened=date(2014, 4, 1), status="closed", closed=date(2018, 8, 31)),
    row(CLOSES, 2021, closed=date(2023, 12, 31)), row(WILL_CLOSE, 2021, closed=date(2027, 8, 31)),
    row(REPRIEVED, 2017, closed=date(2018, 8, 31)), row(REPRIEVED, 2021),
    whole(LEFT_OUT, 2017), whole(ON_IT, 2017), whole(ON_IT, 2021),
    row(CHANGED, 2015), row(CHANGED, 2020, governance="academy"),
    row(CHOOSES, 2017, selective=True), row(CHOOSES, 2021), row(NO_LONGER, 2017, selective=True), row(NO_LONGER, 2021, selective=False),
]  # fmt: skip


class World(NamedTuple):
    schools: dict[int, dict[str, Any]]
    years: dict[tuple[int, int], dict[str, Any]]

    def authorities(self, urn: int, *years: int) -> list[str]:
        return [self.years[urn, year]["authority"] for year in years]

    def open_in(self, urn: int) -> list[int]:
        return sorted(year for found, year in self.years if found == urn and self.years[found, year]["open"])


@pytest.fixture(scope="module")
def world() -> World:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(establishments, "today", lambda: date(2026, 11, 23))
        backend = engine.expressions(engine.working())
        tables.empty(backend, establishments.ROWS, register_rows.SCHEMA)
        made = pa.Table.from_pylist(ROWS, schema=register_rows.SCHEMA.to_pyarrow())
        tables.append(backend, establishments.ROWS, ibis.memtable(made))
        library = library_for().lists
        establishments.of_rows(backend, library["authorities"], library["authority_changes"])
        schools = backend.table("establishment").to_pyarrow().to_pylist()
        years = backend.table("establishment_year").to_pyarrow().to_pylist()
    assert len(years) == len({(found["urn"], found["year"]) for found in years})
    return World({found["urn"]: found for found in schools}, {(found["urn"], found["year"]): found for found in years})


@pytest.mark.parametrize("urn", CODES)
def test_a_school_is_under_the_code_of_the_year_whatever_a_later_or_earlier_list_says(world: World, urn: int) -> None:
    _, year, then = CODES[urn]
    assert world.years[urn, year]["authority"] == then


def test_the_code_of_a_list_of_the_time_goes_before_one_that_is_worked_out(world: World) -> None:
    """Christchurch was in Dorset until 2018/19 and is in the authority of Bournemouth since."""
    found = world.authorities(CHRISTCHURCH, 2009, 2016, 2017, 2018, 2019, 2021, 2025)
    assert found == ["835", "835", "835", "835", "839", "839", "839"]
    assert world.schools[CHRISTCHURCH]["authority"] == "839"


def test_where_an_authority_was_parted_the_schools_around_tell_and_else_nobody(world: World) -> None:
    assert world.authorities(KENDAL, 2021, 2022, 2023, 2025) == ["909", "909", "943", "943"]
    assert world.schools[KENDAL]["authority"] == "943"
    assert world.authorities(CARLISLE, 2021, 2025) == ["909", "909"]


def test_a_school_is_open_from_the_year_it_opened_in_to_that_it_closed_in(world: World) -> None:
    assert world.open_in(CLOSED) == [2013, 2014, 2015, 2016, 2017]
    assert world.schools[CLOSED]["status"] == "closed"


def test_a_closing_day_on_the_newest_list_closes_the_school_once_it_has_come(world: World) -> None:
    past, ahead = world.schools[CLOSES], world.schools[WILL_CLOSE]
    assert (past["status"], past["closed"]) == ("closed", date(2023, 12, 31))
    assert (ahead["status"], ahead["closed"]) == ("open", date(2027, 8, 31))
    assert max(world.open_in(CLOSES)) == 2023
    assert max(world.open_in(WILL_CLOSE)) == 2026


def test_a_closing_that_a_later_list_no_longer_knows_did_not_happen(world: World) -> None:
    found = world.schools[REPRIEVED]
    assert (found["status"], found["closed"]) == ("open", None)


def test_a_school_that_the_newest_whole_list_leaves_out_has_closed_by_then(world: World) -> None:
    assert (world.schools[LEFT_OUT]["status"], world.schools[ON_IT]["status"]) == ("closed", "open")
    assert max(world.open_in(LEFT_OUT)) == 2017


def test_maintained_then_is_told_by_the_list_nearest_to_the_year(world: World) -> None:
    found = [world.years[CHANGED, year] for year in (2009, 2015, 2017, 2018, 2020)]
    assert [year["maintained"] for year in found] == [True, True, True, False, False]
    assert [year["inferred"] for year in found] == [True, False, True, True, False]


def test_who_chooses_pupils_by_ability_is_what_the_newest_list_says_that_says_it(world: World) -> None:
    assert [world.schools[urn]["selective"] for urn in (CHOOSES, NO_LONGER, CHANGED)] == [True, False, None]


def test_the_words_of_lists_for_how_pupils_are_admitted() -> None:
    words = ["Selective", "SELECTIVE", "Non-selective", "Not applicable", "Not recorded", None]
    texts = {name: pa.array([None] * len(words), pa.string()) for name in (*register_rows.SCHEMA.names, "group", "word", "number",
                                                                           *register_rows.FLAGS)}  # fmt: skip
    given = pa.table({**texts, "urn": [str(900600 + at) for at in range(len(words))], "selective": pa.array(words, pa.string())})
    file = SimpleNamespace(id="f", table=register_rows.SCHOOL_LIST, as_at=date(2022, 1, 1), source_name="f.csv", year=None, rows=6)
    backend = engine.expressions(engine.working())
    tables.create(backend, "told", ibis.memtable(given))
    found = register_rows.rows(backend.table("told"), file).order_by("urn").to_pyarrow()
    assert found["selective"].to_pylist() == [True, True, False, False, None, None]

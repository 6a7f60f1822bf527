"""Asked as of a day, nothing that was published later has any part in the answer: every later value may be noise."""

import json
import shutil
from datetime import date
from typing import Any

import pytest
from duckdb import connect

from headway.definitions.publications import publication_of
from headway.readings.ambitions import verdicts
from headway.readings.door import Door, open_door
from headway.store import packed
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.status import Release
from headway.vocabulary.viewer import PUBLIC

THEN = date(2017, 12, 31)
AREAS = ("330", "861", "885")
NUMBERS = ("value", "numerator", "denominator", "lower", "upper")


def told(door: Door, as_of: date | None) -> str:
    """Everything that is answered, with every reading it rests on."""
    found: list[Any] = []
    for authority in AREAS:
        for answer in verdicts(door, PUBLIC, as_of=as_of, authority=authority):
            points = [point for part in (answer, *answer.parts) for point in part.points]
            found += [answer.as_dict(), [one.as_dict() for point in points for one in (*point.readings, *point.beside)]]
    return json.dumps(found, default=str, indent=1)


def later(door: Door, measure: str, year: int, release: str) -> bool:
    """Whether the calendar does not let the day know it. A year that was not over can in no case be known."""
    when = AcademicYear(year)
    if when.last_day > THEN:
        return True
    statistic = publication_of(door.library.publications, measure)
    day = statistic.out(when, Release(release)).day if statistic else None
    return day is None or day > THEN


@pytest.fixture(scope="module")
def noisy(promised: Door, tmp_path_factory: pytest.TempPathFactory) -> Door:
    """The same workspace, its snapshot a copy in which every later value of every place is noise."""
    home = tmp_path_factory.mktemp("noisy") / "area"
    shutil.copytree(promised.home, home, ignore=shutil.ignore_patterns("landed", "reports"))
    con = connect(str(home / "snapshots" / f"{promised.snapshot}.duckdb"))
    noise = ", ".join(f"{name} = {name} * (0.2 + 2 * random())" for name in NUMBERS)
    for table in ("reading", "vintage"):
        kinds = con.execute(f"SELECT DISTINCT measure, year, release FROM {table}").fetchall()
        unknown = [kind for kind in kinds if kind[0] in promised.library.measures and later(promised, *kind)]
        assert 0 < len(unknown) < len(kinds)
        con.execute("CREATE OR REPLACE TEMP TABLE unknown (measure VARCHAR, year SMALLINT, release VARCHAR)")
        con.executemany("INSERT INTO unknown VALUES (?, ?, ?)", unknown)
        con.execute(f"UPDATE {table} SET {noise} WHERE (measure, year, release) IN (SELECT measure, year, release FROM unknown)")
    con.execute("DROP TABLE packed; DROP TABLE code")
    packed.pack(con)
    con.close()
    return open_door(home)


def test_answers_of_that_day_are_the_same_to_the_byte(promised: Door, noisy: Door) -> None:
    assert told(noisy, THEN) == told(promised, THEN)


def test_the_noise_was_there(promised: Door, noisy: Door) -> None:
    assert told(noisy, date(2019, 7, 31)) != told(promised, date(2019, 7, 31))
    assert told(noisy, None) != told(promised, None)


def test_some_of_the_verdicts_of_that_day_rest_on_figures(promised: Door) -> None:
    """An answer that knows nothing would be the same too."""
    found = [one for authority in AREAS for one in verdicts(promised, PUBLIC, as_of=THEN, authority=authority)]
    assert {str(one.verdict) for one in found} >= {"off course", "at risk", "too early", "cannot tell"}
    assert sum(one.latest is not None for one in found) > 10
    assert all(point.published and point.published <= THEN for one in found for point in one.points)

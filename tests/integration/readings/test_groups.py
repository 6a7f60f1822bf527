"""Groups of the example area's schools, asked at the door, of the command line and of a notebook."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import headway
from headway.cli.main import app
from headway.readings import groups
from headway.readings.door import open_door
from headway.readings.schools import establishments
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError

MEASURE = "ks2.rwm_expected"


def of_a_year(home: Path) -> tuple[AcademicYear, list[int], int]:
    """(year, five schools with enough pupils, one with too few or withheld), of one authority."""
    door = open_door(home)
    floor = door.measure(MEASURE).floor
    rows = door.lookup.readings(early=False, level="school", where="measure = ? AND cut = 'all'", values=[MEASURE])
    newest = max(row[3] for row in rows)
    large = [int(row[1]) for row in rows if row[3] == newest and row[5] is not None and (row[7] or 0) >= floor]
    small = [int(row[1]) for row in rows if row[3] == newest and (row[5] is None or (row[7] or floor) < floor)]
    return AcademicYear(newest), large[:5], small[0]


def test_two_groups_differing_by_one_small_school(example: Path) -> None:
    """At the door, over the command line and in a notebook the second mean is that of the others."""
    year, large, small = of_a_year(example)
    door = open_door(example)
    for urns in (tuple(large), (*large, small)):
        [found] = [one for one in groups.group_series(door, urns, "ours", measure=MEASURE).years if one.reading.year == year]
        assert [int(one.place) for one in found.members] == large
    [left] = found.left_out
    assert left.urn == small and left.why in ("withheld", "too_few")

    places = [f"group:{'+'.join(map(str, urns))}" for urns in (large, [*large, small])]
    printed = CliRunner().invoke(
        app, ["compare", "--measure", MEASURE, "--year", str(year), *places, "--home", str(example), "--format", "json"]
    )
    assert [row["value"] for row in json.loads(printed.output)] == [found.reading.value] * 2

    notebook = headway.open(example)
    assert notebook.group(MEASURE, [*large, small])[-1].value == found.reading.value
    explained = CliRunner().invoke(app, ["explain", places[1], MEASURE, str(year), "--home", str(example)])
    assert f"URN {small}" in explained.output.split("Left out to protect people")[1]


def test_a_trust_and_a_locality_are_groups(example: Path) -> None:
    door = open_door(example)
    area = door.published.areas[0][0]
    schools = establishments(door, area)
    trust = next(one.trust for one in schools if one.trust and one.status == "open")
    assert set(groups.of_trust(door, trust)) >= {one.urn for one in schools if one.trust == trust and one.status == "open"}
    locality = next(one.locality for one in schools if one.locality)
    assert set(groups.of_locality(door, area, locality)) == {
        one.urn for one in schools if one.locality == locality and one.status == "open"
    }
    assert groups.of_trust(door, "") == groups.of_locality(door, area, "") == ()


def test_a_school_nobody_knows_is_named(example: Path) -> None:
    with pytest.raises(HeadwayError, match="H-USAGE-06"):
        groups.group_series(open_door(example), (999_997, 999_998, 999_999), "ours", measure=MEASURE)

"""What is fetched for an area, and what happens when a publisher's file is not the table it was."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from headway.cli.fetching import span
from headway.cli.main import app
from headway.definitions.loading import Library, library_for
from headway.definitions.schemas import Download
from headway.pipeline.fetch import Wanted, fetch, wanted
from headway.sources.fetching import HOSTS, Fetcher, Policy
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import Exit, HeadwayError
from tests.integration.sources.publisher import Answer, Publisher, publisher

KS2 = b"RECTYPE,URN,TELIG,PTRWM_EXP\n1,100001,30,64%\n1,100002,28,SUPP\n"
CHANGED = b"school_urn,eligible,rwm\n100001,30,64\n"
YEAR = AcademicYear(2018)


@pytest.fixture(scope="module")
def library() -> Library:
    return library_for()


@pytest.fixture
def site() -> Iterator[Publisher]:
    with publisher() as made:
        yield made


def item(href: str, table: str = "performance_tables.ks2") -> Wanted:
    return Wanted(table, href, "performance-tables/2018-2019/330_ks2final.csv", "OGL-UK-3.0", "December", None)


def fetcher(folder: Path) -> Fetcher:
    return Fetcher(folder, Policy(plain_loopback=True, pause=0, tries=1), sleep=lambda seconds: None)


def test_every_address_of_the_library_is_of_a_listed_publisher(library: Library) -> None:
    found = wanted(library, ["330"], [YEAR])
    assert len(found) > 5
    assert all(one.href.startswith(tuple(f"https://{host}/" for host in HOSTS)) for one in found)
    assert not [one for one in found if "{" in one.href + one.file]


def test_each_area_and_year_has_its_own_file(library: Library) -> None:
    found = wanted(library, ["330", "333"], list(YEAR.to(YEAR + 1)), "performance_tables.ks2")
    assert sorted({one.file for one in found}) == [
        f"performance-tables/{years}/{area}_ks2final.csv" for years in ("2018-2019", "2019-2020") for area in ("330", "333")
    ]
    assert "regions=333" in found[1].href and "year=2018-2019" in found[1].href


def test_the_register_is_the_days(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_TODAY", "2026-01-31")
    (one,) = wanted(library, ["330"], [YEAR], "gias.establishments")
    assert one.href.endswith("/edubasealldata20260131.csv")
    assert one.file.endswith("edubasealldata-2026-01-31.csv")
    assert [href[-12:-4] for href, _ in one.earlier] == ["20260130", "20260129", "20260128"]


def test_where_the_days_file_is_not_out_yet_the_newest_before_it_comes(site: Publisher, library: Library, tmp_path: Path) -> None:
    before = site.give("/yesterday.csv", Answer(KS2))
    late = replace(item(f"{site.root}/today.csv"), earlier=((before, "yesterday.csv"), (f"{site.root}/older.csv", "older.csv")))
    (row,) = fetch([late], library, fetcher(tmp_path / "fetched"))
    assert (row.outcome, row.href, row.file) == ("fetched", before, "yesterday.csv")
    assert [path for path, _ in site.asked] == ["/today.csv", "/yesterday.csv"]


def test_where_no_day_has_a_file_todays_failure_is_told(site: Publisher, library: Library, tmp_path: Path) -> None:
    late = replace(item(f"{site.root}/today.csv"), earlier=((f"{site.root}/yesterday.csv", "yesterday.csv"),))
    (row,) = fetch([late], library, fetcher(tmp_path / "fetched"))
    assert (row.outcome, row.code, row.href) == ("failed", "H-FETCH-02", late.href)


def test_a_year_outside_an_addresss_years_is_not_asked_for(library: Library) -> None:
    table = library.tables["performance_tables.ks2"]
    dated = Download.model_validate(
        {**table.downloads[0].model_dump(by_alias=True), "from": "2015/16", "until": "2017/18", "seen": date(2026, 1, 1)}
    )
    small = replace(library, tables={table.id: table.model_copy(update={"downloads": (dated,)})})
    found = wanted(small, ["330"], list(AcademicYear(2016).to(YEAR)))
    assert [one.file.split("/")[1] for one in found] == ["2016-2017", "2017-2018"]
    assert found[0].as_dict()["seen"] == "2026-01-01"


@pytest.mark.parametrize("table", ["performance_tables.nothing", "geography.wards"])
def test_a_table_without_an_address_is_told(library: Library, table: str) -> None:
    with pytest.raises(HeadwayError) as told:
        wanted(library, ["330"], [YEAR], table)
    assert told.value.code == "H-USAGE-11"


def test_the_expected_table_is_kept(site: Publisher, library: Library, tmp_path: Path) -> None:
    (row,) = fetch([item(site.give("/ks2.csv", Answer(KS2)))], library, fetcher(tmp_path / "fetched"))
    assert (row.outcome, row.code, row.seen, len(row.sha256)) == ("fetched", "", "not tried", 64)
    assert Path(row.path).read_bytes() == KS2


def test_a_changed_layout_is_kept_aside(site: Publisher, library: Library, tmp_path: Path) -> None:
    (row,) = fetch([item(site.give("/ks2.csv", Answer(CHANGED)))], library, fetcher(tmp_path / "fetched"))
    assert (row.outcome, row.code) == ("failed", "H-FETCH-07")
    assert "its layout has changed" in row.reason
    assert Path(row.path).read_bytes() == CHANGED
    assert Path(row.path).is_relative_to(tmp_path / "fetched-aside")
    assert not list((tmp_path / "fetched").rglob("*.csv"))


def test_another_table_in_its_place_is_named(site: Publisher, library: Library, tmp_path: Path) -> None:
    (row,) = fetch([item(site.give("/ks2.csv", Answer(KS2)), "performance_tables.ks4")], library, fetcher(tmp_path / "fetched"))
    assert row.code == "H-FETCH-07"
    assert "performance_tables.ks2" in row.reason


def test_one_failure_does_not_end_the_others(site: Publisher, library: Library, tmp_path: Path) -> None:
    missing = item(f"{site.root}/none.csv")
    rows = fetch([missing, item(site.give("/ks2.csv", Answer(KS2)))], library, fetcher(tmp_path / "fetched"))
    assert [(row.outcome, row.code) for row in rows] == [("failed", "H-FETCH-02"), ("fetched", "")]


@pytest.fixture
def home(tmp_path: Path) -> str:
    assert CliRunner().invoke(app, ["init", str(tmp_path / "area"), "--area", "330"]).exit_code == 0
    return str(tmp_path / "area")


def test_the_list_is_shown_without_fetching(home: str) -> None:
    shown = CliRunner().invoke(app, ["fetch", "--only-list", "--home", home, "--years", "2017/18..2018/19", "--format", "json"])
    assert shown.exit_code == 0
    listed = json.loads(shown.output)
    assert {one["seen"] for one in listed} == {"not tried"}
    assert not (Path(home) / "fetched").exists()


def test_the_command_fetches_says_what_is_next_and_fails_as_fetch(home: str, site: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's addresses are the publishers'; here two stand-ins of the same table take their place."""
    items = [item(site.give("/ks2.csv", Answer(KS2))), item(f"{site.root}/none.csv")]
    monkeypatch.setattr("headway.pipeline.fetch.wanted", lambda *given: items)
    monkeypatch.setattr("headway.sources.fetching.Fetcher", fetcher)
    done = CliRunner().invoke(app, ["fetch", "--home", home])
    assert done.exit_code == int(Exit.FETCH)
    assert "headway load" in done.output and "H-FETCH-02" in done.output and "not tried" in done.output
    assert list((Path(home) / "fetched").rglob("*.csv"))


def test_what_came_can_be_loaded_at_once(home: str, site: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = b"".join(b"1,%d,30,%d%%\n" % (100_001 + number, 40 + number) for number in range(40))
    monkeypatch.setattr("headway.pipeline.fetch.wanted", lambda *given: [item(site.give("/ks2.csv", Answer(KS2[:28] + rows)))])
    monkeypatch.setattr("headway.sources.fetching.Fetcher", fetcher)
    done = CliRunner().invoke(app, ["fetch", "--load", "--home", home])
    assert "330_ks2final.csv" in done.output
    assert list((Path(home) / "reports").iterdir()), done.output


def test_a_span_of_years(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_TODAY", "2026-01-31")
    assert [str(year) for year in span("2016/17..2018/19")] == ["2016/17", "2017/18", "2018/19"]
    assert [str(year) for year in span("")] == ["2024/25"]
    with pytest.raises(HeadwayError, match="ends before it starts"):
        span("2018/19..2016/17")

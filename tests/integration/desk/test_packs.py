"""Packs: one source and three editions, what is withheld and why, the same from its snapshot a year later."""

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from headway.definitions.boards import Edition
from headway.desk.accounts.permissions import Role
from headway.desk.boards import actions, packing, pages
from headway.desk.boards.models import Meeting, Pack
from headway.desk.boards.packs import building, sections, writing
from headway.desk.boards.packs.spec import ItemSpec, Spec, dumped, loaded
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.papers.blocks import Number, Table, text
from headway.papers.outline import outline
from headway.readings.door import Door, open_door
from headway.readings.establishment import of_authority
from headway.readings.school_counts import ALL
from headway.store import snapshots
from headway.store.workspace import open_workspace
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

CANARY = "Wilhelmina Canary"
WRITES = ("promises", "attendance", "results", "tiers", "visits", "inspection", "governance", "actions", "told", "method")


@pytest.fixture
def own(example: Path, tmp_path: Path) -> Path:
    """The example area, to publish and change."""
    home = tmp_path / "area"
    shutil.copytree(example, home)
    return home.resolve()


def urns_of(door: Door) -> tuple[int, ...]:
    primaries = [one.urn for one in of_authority(door, "150").values() if one.phase == "primary" and one.status == "open"]
    return tuple(sorted(primaries)[:2])


def spec(door: Door, **given: Any) -> Spec:
    items = [ItemSpec(n, name.capitalize(), "public", "", f"Note {name}.", "", name) for n, name in enumerate(WRITES, 1)]
    items.append(ItemSpec(40, "Brokerage", "members", "", "Ask.", f"Members read {CANARY}.", "brokerage"))
    items.append(
        ItemSpec(41, "Schools of most concern", "exempt", "Identity, paragraph 2", "Advise.", f"Exempt {CANARY}.", "named", urns_of(door))
    )
    desk = {"promises": [], "visits": [{"title": "Autumn visit", "due": 4, "done": 3, "late": 1}],
            "actions": [{"what": "Look again", "owner": "Director", "due": "2026-01-01", "closed": "", "outcome": "", "edition": "public"},
                        {"what": CANARY, "owner": "Director", "due": "2026-01-01", "closed": "", "outcome": "", "edition": "exempt"}],
            "told": []}  # fmt: skip
    told = {
        "board": "Challenge board",
        "area": "150",
        "body": "Wrenford",
        "meeting": "2026-12-03",
        "as_of": str(clock.today()),
        "since": "",
        "snapshot": door.published.id,
        "library": door.library.digest,
        "scheme": next(iter(door.library.tiers)),
        "items": tuple(items),
        "desk": desk,
    }
    return Spec(**(told | given))


def words(door: Door, given: Spec, edition: Edition, **how: Any) -> str:
    return json.dumps(outline(writing.write(door, given, edition, **how).paper), ensure_ascii=False)


def test_a_pack_of_the_first_shape_is_built_again_as_it_was(own: Path) -> None:
    """Brokerage as rows of (what, how many), actions without what was decided, no flags: so packs were kept at first."""
    door = open_door(own)
    first = spec(door)
    rows = [{"what": "Needs that wait for help", "many": "3"}, {"what": "Days on offer that nobody uses", "many": "none agreed yet"}]
    items = (*first.items, ItemSpec(42, "Did we see it coming?", "members", "", "Ask.", "", "early"))
    old = replace(first, format=1, items=items, desk={**first.desk, "brokerage": rows})
    members = words(door, old, Edition.MEMBERS, full=True)
    for wanted in ("Needs that wait for help", "none agreed yet", "Actions from last time", "No flag is recorded here yet."):
        assert wanted in members
    assert "What changed, what we asked for" not in members
    file = own / "pack.json"
    file.write_bytes(building.as_file(old, building.build(door, old)))
    assert building.verify(own, file).identical
    kept = json.loads(file.read_text())
    kept["spec"]["format"] = 3
    file.write_text(json.dumps(kept))
    with pytest.raises(HeadwayError, match="H-USAGE-110"):
        building.verify(own, file)


def test_each_edition_holds_what_the_one_before_holds_and_lists_what_that_leaves_out(own: Path) -> None:
    door = open_door(own)
    one = spec(door)
    public, members, exempt = (words(door, one, edition, full=True) for edition in Edition)
    assert (
        CANARY not in public and f"Members read {CANARY}" in members and f"Exempt {CANARY}" not in members and f"Exempt {CANARY}" in exempt
    )
    assert "leaves out" not in public
    assert "What the public edition leaves out, and why" in members and "Item: Brokerage" in members
    assert (
        "What the members edition leaves out, and why" in exempt
        and "Item: Schools of most concern" in exempt
        and "Paragraph 2" in exempt.replace("paragraph", "Paragraph")
    )
    for title in ("Attendance", "Tiers", "Method"):
        assert title in public and title in members and title in exempt
    for urn in urns_of(door):
        assert str(urn) not in public and str(urn) not in members and str(urn) in exempt


def test_an_excluded_member_gets_the_edition_without_the_item(own: Path) -> None:
    door = open_door(own)
    found = words(door, spec(door), Edition.EXEMPT, full=True, without=[41])
    assert "Withheld from you" in found and f"Exempt {CANARY}" not in found and str(urns_of(door)[0]) not in found


def test_a_schools_own_edition_holds_itself_and_no_other(own: Path) -> None:
    door = open_door(own)
    mine, other = urns_of(door)
    found = words(door, spec(door), Edition.PUBLIC, own=mine)
    assert str(mine) in found and str(other) not in found and f"Members read {CANARY}" not in found


def test_every_number_of_a_table_of_figures_has_its_trail_to_the_one_snapshot(own: Path) -> None:
    door = open_door(own)
    paper = writing.write(door, spec(door), Edition.PUBLIC, full=True).paper
    cells = [cell for block in paper.blocks if isinstance(block, Table) for row in block.rows for cell in row if isinstance(cell, tuple)]
    numbers = [part for cell in cells for part in cell if isinstance(part, Number) and part.value is not None]
    assert len(numbers) > 20 and all(one.trail for one in numbers)
    made = outline(paper)
    assert len(made["trails"]) > 10  # a line of a table has one: its own figure and England's
    assert all(
        one["words"].count(".csv") or "snapshot" in one["words"] or "worked" in one["words"] or "desk" in one["words"]
        for one in made["trails"]
    )
    assert door.published.id in json.dumps(made["blocks"])


def test_counts_that_the_public_edition_withholds_are_in_no_block_of_it_and_listed_for_members(own: Path) -> None:
    door = open_door(own)
    one = spec(door)
    item = next(each for each in one.items if each.writes == "tiers")
    asked = sections.Asked(door, one, Edition.PUBLIC, item)
    counts = sections.tier_counts(asked)
    small = {cell for cell, number in counts.numbers.items() if 0 < number < 6}
    assert small and small <= counts.hidden
    table = next(block for block in sections.tiers(asked) if isinstance(block, Table))
    shown = {row: [text(cell) for cell in cells] for row, *cells in table.rows}
    for row in counts.rows:
        cells = dict(zip((ALL, *counts.columns), shown[sections.tier_words(door.library.tiers[one.scheme], row)], strict=True))
        for column in counts.columns:
            assert (cells[column] == "withheld") == ((row, column) in counts.hidden)
    members = writing.write(door, one, Edition.MEMBERS, full=True)
    assert {each.what for each in members.left_out if each.why.startswith("so few")}


def test_what_an_earlier_pack_withheld_stays_withheld(own: Path) -> None:
    door = open_door(own)
    one = spec(door)
    asked = sections.Asked(door, one, Edition.PUBLIC, one.items[3])
    counts = sections.tier_counts(asked)
    shown = next(cell for cell in counts.numbers if cell not in counts.hidden and ALL not in cell)
    again = sections.tier_counts(sections.Asked(door, replace(one, hidden_before=(shown,)), Edition.PUBLIC, one.items[3]))
    assert shown in again.hidden and counts.hidden <= again.hidden


def test_a_pack_built_again_is_identical_and_a_changed_one_says_what_differs(own: Path, tmp_path: Path) -> None:
    door = open_door(own)
    one = spec(door)
    made = building.build(door, one)
    file = tmp_path / "pack.json"
    file.write_bytes(building.as_file(one, made))
    assert building.verify(own, file).identical
    given = json.loads(file.read_bytes())
    table = next(block for block in given["papers"]["public"]["blocks"] if block["kind"] == "table")
    table["rows"][0][1][0]["words"] = "99.9%"
    file.write_text(json.dumps(given))
    found = building.verify(own, file)
    assert not found.identical and "was changed" in found.differences[0]
    assert len(found.differences) == 2, found.differences
    assert "99.9%" in found.differences[1] and found.differences[1].startswith("public: block")


def _published_anew(home: Path) -> str:
    """Another snapshot of the same figures becomes current."""
    workspace, now = open_workspace(home), snapshots.current(home)
    assert now is not None
    name, _ = snapshots.new_path(workspace)
    shutil.copy(now.path, workspace.snapshots / f"{name}.duckdb")
    snapshots.publish(workspace, name)
    return name


def test_a_pack_is_of_one_snapshot_though_another_is_published_while_it_is_built(own: Path, tmp_path: Path, monkeypatch: Any) -> None:
    door = open_door(own)
    one, first = spec(door), door.published.id
    plain = writing.WRITERS["attendance"]
    published: list[str] = []

    def publishes(asked: sections.Asked) -> Any:
        if not published:
            published.append(_published_anew(own))
        return plain(asked)

    monkeypatch.setitem(writing.WRITERS, "attendance", publishes)
    made = building.build(door, one)
    monkeypatch.undo()
    assert open_door(own).published.id != first
    file = tmp_path / "pack.json"
    file.write_bytes(building.as_file(one, made))
    found = building.verify(own, file)
    assert found.identical and open_door(own).published.id not in json.dumps(made.papers)


def test_a_snapshot_that_a_kept_pack_needs_is_never_removed(own: Path) -> None:
    workspace = open_workspace(own)
    first = snapshots.current(own)
    assert first is not None
    snapshots.hold(own, first.id)
    for number in range(workspace.keep + 1):  # names only: what is pruned is told by name
        (workspace.snapshots / f"29990101T00000000000{number}Z.duckdb").write_bytes(b"")
    snapshots._prune(workspace, f"29990101T00000000000{workspace.keep}Z")
    assert snapshots.named(own, first.id) is not None
    assert len(snapshots.built(workspace)) <= workspace.keep + 1


def test_a_spec_is_the_same_after_it_was_kept(own: Path) -> None:
    one = spec(open_door(own))
    assert loaded(json.loads(json.dumps(dumped(one)))) == one


@pytest.mark.django_db
def test_papers_are_kept_when_they_go_out_and_read_by_edition(
    example: Path, settings: Any, person: Any, browser_of: Any, tmp_path: Path
) -> None:
    home = tmp_path / "area"
    shutil.copytree(example, home)
    settings.HEADWAY = replace(settings.HEADWAY, home=home)
    mine = urns_of(the_door())[0]
    Establishment.objects.create(urn=mine, name="A school", phase="primary", status="open", authority="150")
    chair, clerk = person(Role.BOARD_CHAIR, email="c@example.org"), person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="k@example.org")
    outsider, head = person(Role.ELECTED_MEMBER, email="o@example.org"), person(Role.HEADTEACHER, urns={mine}, email="h@example.org")
    kind, today = the_door().library.board_kinds["challenge_board"], clock.today()
    board = actions.set_up(by="t", kind=kind, title="Board", purpose="x", quorum=34, agreement="A", agreement_until=today + timedelta(200))
    seat = actions.seat(by="t", board=board, name="Chair", post="x", since=today, until=today + timedelta(300), chair=True, user=chair)
    meeting = actions.plan(by="t", board=board, kind=pages.kind_of(the_door(), board), day=today + timedelta(30))
    item = meeting.items.get(standing="named")
    item.urns, item.text = [mine], CANARY
    actions.put_item(by="t", item=item)
    address = f"/boards/meetings/{meeting.pk}/packs"
    browsers = {who.email[0]: browser_of(who) for who in (chair, clerk, outsider, head)}
    assert browsers["c"].get(f"{address}/public/").status_code == 404  # not out yet
    assert "Written from what is known now" in browsers["k"].get(f"{address}/public/").content.decode()
    browsers["k"].post(f"/boards/meetings/{meeting.pk}/papers-out/", {"because": ""})
    kept = Pack.objects.get()
    assert kept.snapshot in snapshots.held(home)
    for who, exempt in (("c", 200), ("k", 200), ("o", 404), ("h", 404)):
        assert browsers[who].get(f"{address}/public/").status_code == 200
        assert browsers[who].get(f"{address}/exempt/").status_code == exempt
        assert CANARY not in browsers[who].get(f"{address}/public/?whole=yes").content.decode()
    assert CANARY in browsers["c"].get(f"{address}/exempt/").content.decode()
    own = browsers["h"].get(f"{address}/own/{mine}/").content.decode()
    assert str(mine) in own and "Edition for one school" in own
    assert browsers["o"].get(f"{address}/own/{mine}/").status_code == 404
    actions.declare_in(by="t", item=item, member=seat, what="Parent there")
    after = browsers["c"].get(f"{address}/exempt/").content.decode()
    assert CANARY not in after and "Withheld from you" in after
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK"), ("html", b"<!doctype")):
        answer = browsers["c"].get(f"{address}/exempt.{form}")
        assert answer.content.startswith(start) and CANARY.encode() not in answer.content
    assert browsers["c"].get(f"{address}/pack.json").status_code == 403
    file = tmp_path / "pack.json"
    file.write_bytes(browsers["k"].get(f"{address}/pack.json").content)
    assert building.verify(home, file).identical
    with_date = Meeting.objects.get(pk=meeting.pk)
    again = packing.keep(by="t", door=the_door(), meeting=with_date)
    assert packing.keep(by="t", door=the_door(), meeting=with_date).pk == again.pk  # the same papers are kept once


def test_a_date_that_is_kept_is_that_of_the_paper(own: Path) -> None:
    made = writing.write(open_door(own), spec(open_door(own), as_of="2026-11-01"), Edition.PUBLIC)
    assert made.paper.issued == date(2026, 11, 1)

"""Public pages: proposed, attacked, approved by a person, served from memory; nothing of what is closed is in them."""

import gzip
import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.boards import actions as boards
from headway.desk.boards import attaching, packing, pages
from headway.desk.framing.pages import the_door
from headway.desk.publication import actions, building, gathering, queries, stored
from headway.desk.publication import files as public_files
from headway.desk.publication.models import Release
from headway.desk.publication.paging import content, ees, ees_checks
from headway.desk.publication.rules import Facts
from headway.papers.outline import outline
from headway.readings.calendar import holidays
from headway.site.stored_pages import with_stored_pages
from headway.stats.disclosure import Way
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

pytestmark = pytest.mark.django_db(transaction=True)
CANARY = "Wilhelmina Canary"


@pytest.fixture
def home(example: Path, settings: Any, tmp_path: Path) -> Path:
    where = tmp_path / "area"
    shutil.copytree(example, where)
    settings.HEADWAY = replace(settings.HEADWAY, home=where)
    return where


@pytest.fixture
def meeting(home: Path) -> Any:
    """A board whose papers are out, with something closed in them."""
    door, today = the_door(), clock.today()
    board = boards.set_up(by="t", kind=door.library.board_kinds["challenge_board"], title="Challenge board", purpose="To watch.", quorum=34)
    one = boards.plan(by="t", board=board, kind=pages.kind_of(door, board), day=today + timedelta(30))
    for standing in ("named", "brokerage"):
        item = one.items.get(standing=standing)
        item.text = CANARY
        boards.put_item(by="t", item=item)
    item = one.items.get(standing="told")
    item.text = "Everybody may read this."
    boards.put_item(by="t", item=item)
    out = boards.call(by="t", meeting=one, holidays=holidays(door.library))
    packing.keep(by="t", door=door, meeting=out)
    return out


def test_the_whole_way_to_the_public_and_back(home: Path, meeting: Any, person: Any, browser_of: Any, client: Any) -> None:
    keeper = browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="k@example.org"))
    assert client.get("/area/").status_code == 404
    made = keeper.post("/publication/propose/").url
    page = keeper.get(made).content.decode()
    assert "The attack worked out none of the" in page and "index.html" in page
    for way in ("What was tried", "every release that ever was public", "the list of schools among them", "Groups of a person’s own",
                "Totals of the area in official files", "Sums of money", "Nothing protects them"):  # fmt: skip
        assert way in page, way
    assert client.get("/area/").status_code == 404  # not before a person approves
    assert keeper.get(f"{made}see/support.html").status_code == 200
    assert keeper.post(f"{made}approve/", {"reason": "The first pages."}).status_code == 302
    start = client.get("/area/")
    assert start.status_code == 200 and "default-src 'none'" in start["Content-Security-Policy"]
    everything = ""
    for path in Release.objects.get().files:
        answer = client.get(f"/area/{path}")
        assert answer.status_code == 200, path
        everything += answer.content.decode()
    assert CANARY not in everything and "Everybody may read this." in everything
    assert "<script" not in everything and " style=" not in everything and "http://" not in everything.replace("http://www.w3.org", "")
    again = client.get("/area/", headers={"if-none-match": start["ETag"]})
    assert again.status_code == 304 and not again.content
    assert client.get("/area/nothing.html").status_code == 404 and client.get("/area/..%2Fcurrent").status_code == 404
    keeper.post("/publication/propose/")
    newer = Release.objects.first()
    assert "First" not in keeper.get(f"/publication/{newer.pk}/").content.decode()
    assert keeper.post(f"/publication/{Release.objects.last().pk}/take-down/", {"reason": "A mistake."}).status_code == 302
    assert client.get("/area/").status_code == 404


def with_files(meeting: Any) -> dict[str, Any]:
    """Files of each edition under an open item, one more that is taken off after the papers went out, and one under a closed item."""
    item, closed = meeting.items.get(standing="told"), meeting.items.get(standing="named")
    made = {
        title: attaching.attach(
            by="t", item=under, title=title, edition=edition, grounds="business" if edition == "exempt" else "",
            chunks=[f"What,Pounds\n{title},{9_000 + at}\n".encode()],
        )
        for at, (title, edition, under) in enumerate(
            (("What it bought: <b>books</b> & time", "public", item), ("Taken off", "public", item), ("For members", "members", item),
             ("Not open", "exempt", item), ("Of a closed item", "exempt", closed))
        )
    }  # fmt: skip
    packing.keep(by="t", door=the_door(), meeting=meeting)
    attaching.take_off(by="t", file=made["Taken off"], reason="It named a child.")
    return made


def test_files_of_the_public_edition_and_no_others_are_taken_away_without_a_sign_in(
    home: Path, meeting: Any, person: Any, browser_of: Any, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = with_files(meeting)
    keeper = browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="k@example.org"))
    released = keeper.post("/publication/propose/").url
    page = keeper.get(released).content.decode()
    [path] = public_files.among(Release.objects.get().files)
    assert "Files that people wrote" in page and "read each before you approve" in page
    assert "attachment" in keeper.get(f"{released}see/{path}")["Content-Disposition"]
    assert client.get(f"/area/{path}").status_code == 404  # not before a person approves
    keeper.post(f"{released}approve/", {"reason": "The papers."})
    answer = client.get(f"/area/{path}")
    open_one = made["What it bought: <b>books</b> & time"].document
    assert answer.content.startswith(b"What,Pounds") and stored.hash_of(answer.content) == open_one.sha256
    assert open_one.sha256[:16] in path and answer["Content-Disposition"] == f'attachment; filename="{path}"'
    assert (
        answer["X-Content-Type-Options"] == "nosniff"
        and client.get(f"/area/{path}", headers={"if-none-match": answer["ETag"]}).status_code == 304
    )
    shown = client.get(f"/area/meeting-{meeting.pk}.html").content.decode()
    assert f'<a href="{path}">What it bought: &lt;b&gt;books&lt;/b&gt; &amp; time <span>(csv, 1 KB)</span></a>' in shown
    for one in made.values():
        if one.document != open_one:
            assert not [each for each in Release.objects.get().files if one.document.sha256[:16] in each]
            assert client.get(f"/area/{path.replace(open_one.sha256[:16], one.document.sha256[:16])}").status_code == 404
    item = made["For members"].item
    item.edition = "members"  # the item is closed later: nothing under it stays open in the next release
    boards.put_item(by="t", item=item)
    files, _ = building.files_of(the_door(), clock.today())
    assert public_files.among(files) == []


def test_a_large_file_is_not_kept_in_memory_and_goes_out_whole(home: Path, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "LARGEST_KEPT", 1_000)
    whole = b"%PDF-1.7" + b"x" * 200_000
    (home / "large").write_bytes(whole)
    stored.point(home, stored.write(home, {"index.html": b"<p>Here</p>", "file-large-0.pdf": home / "large"}))
    assert stored.live(home)["file-large-0.pdf"].plain == b""
    answer = client.get("/area/file-large-0.pdf")
    assert b"".join(answer.streaming_content) == whole and answer["Content-Type"] == "application/pdf"
    answer.close()
    told: list[Any] = []
    served = with_stored_pages(lambda environ, start: [b"site"], home)
    body = served({"PATH_INFO": "/area/file-large-0.pdf", "REQUEST_METHOD": "GET"}, lambda *given: told.append(given))
    assert b"".join(body) == whole and dict(told[0][1])["Content-Length"] == str(len(whole))
    body.close()  # as a server does
    assert list(served({"PATH_INFO": "/area/file-large-0.pdf", "REQUEST_METHOD": "HEAD"}, lambda *given: None)) == [b""]


def test_what_gives_a_count_away_is_not_approved_whoever_approves(home: Path) -> None:
    leaking = Facts("Tiers", {"all": 10, "a": 7, "b": None}, (("all", ("a", "b")),))
    one = actions.propose(by="t", home=home, files={"index.html": b"x"}, facts=[leaking], snapshot="s", library="l")
    assert queries.attack_of(one)["leaks"] == ["Tiers, b: it must be 3."]
    with pytest.raises(HeadwayError, match="H-DESK-64"):
        actions.approve(by="t", home=home, release=one, reason="")
    assert not stored.live(home)


def test_what_gives_a_figure_or_a_sum_of_money_away_is_not_approved_either(home: Path) -> None:
    way = Way("Sums of money", 1, ("Support, a hub: one or two givers have nearly all of it.",))
    one = actions.propose(by="t", home=home, files={"index.html": b"x"}, facts=[], snapshot="s", library="l", ways=[way])
    with pytest.raises(HeadwayError, match="nearly all of it"):
        actions.approve(by="t", home=home, release=one, reason="")


def test_what_was_ever_public_is_part_of_a_later_attack(home: Path) -> None:
    first = Facts("Tiers", {"all": 10, "a": 7}, ())
    one = actions.propose(by="t", home=home, files={"index.html": b"x"}, facts=[first], snapshot="s", library="l")
    actions.approve(by="t", home=home, release=one, reason="")
    actions.take_down(by="t", home=home, release=one, reason="Taken down, but it was seen.")
    later = Facts("Tiers", {"a": None, "b": None}, (("all", ("a", "b")),))
    two = actions.propose(by="t", home=home, files={"index.html": b"y"}, facts=[later], snapshot="s", library="l")
    assert sorted(queries.attack_of(two)["leaks"]) == ["Tiers, a: it must be 7.", "Tiers, b: it must be 3."]


def test_the_demonstrations_pages_survive_and_their_counts_are_those_of_the_packs(home: Path, meeting: Any) -> None:
    files, made = building.files_of(the_door(), clock.today())
    again, _ = building.files_of(the_door(), clock.today())
    assert files == again  # the same door and day give the same pages
    assert len(made.facts) == 2 and made.facts[0].subject == made.facts[1].subject  # the page of support and the pack count alike
    assert made.facts[0].cells == made.facts[1].cells and None in made.facts[0].cells.values()


def test_the_page_of_support_says_whether_people_decided_or_a_rule_proposes_or_nothing_may_be_told(home: Path) -> None:
    door = the_door()
    given = gathering.given(door, clock.today())
    routes = ("maintained", "academy")
    decided = {"numbers": {f"{tier}|{route}": 9 for tier in ("focus", "secure", "undecided") for route in routes}, "more": 0, "less": 0}

    def said(**desk: Any) -> str:
        spec = replace(given.spec, desk={**given.spec.desk, **desk})
        return json.dumps(outline(content.site(door, replace(given, spec=spec)).papers["support.html"]), ensure_ascii=False)

    proposed = said(tiers={}, tiers_held=False)
    assert "How much support a rule proposes" in proposed and "It is no decision" in proposed and "Support proposed" in proposed
    held = said(tiers={}, tiers_held=True)
    assert "their errors fall more on some schools" in held and "Support proposed" not in held and "It is no decision" not in held
    made = said(tiers=decided, tiers_held=True)  # what people decided stands, whatever is held back of the rule
    assert "How much support schools have" in made and "As people decided it" in made and "No tier decided yet" in made
    assert "proposed" not in made.replace("A rule proposes", "") and "is proposed for" not in made


def test_the_server_answers_before_the_site_is_asked(home: Path) -> None:
    name = stored.write(home, {"index.html": b"<!doctype html>" + b"x" * 2_000})
    stored.point(home, name)
    asked: list[str] = []

    def site(environ: dict[str, Any], start: Any) -> list[bytes]:
        asked.append(environ["PATH_INFO"])
        start("200 OK", [])
        return [b"site"]

    application, told = with_stored_pages(site, home), []
    body = application({"PATH_INFO": "/area/", "REQUEST_METHOD": "GET", "HTTP_ACCEPT_ENCODING": "gzip"}, lambda *given: told.append(given))
    status, headers = told[0]
    assert dict(headers)["Cache-Control"].startswith("public") and "default-src 'none'" in dict(headers)["Content-Security-Policy"]
    assert status == "200 OK" and dict(headers)["Content-Encoding"] == "gzip" and gzip.decompress(b"".join(body)).endswith(b"x")
    assert list(application({"PATH_INFO": "/area/", "REQUEST_METHOD": "HEAD"}, lambda *given: None)) == [b""]
    assert list(application({"PATH_INFO": "/area/", "REQUEST_METHOD": "POST"}, lambda *given: None)) == [b"site"]
    assert list(application({"PATH_INFO": "/schools/", "REQUEST_METHOD": "GET"}, lambda *given: None)) == [b"site"]
    assert asked == ["/area/", "/schools/"]


def test_the_data_file_has_the_columns_and_symbols_of_its_format(home: Path) -> None:
    made = ees.key_figures(the_door(), "150")
    data = [line.split(",") for line in made["key_figures.csv"].decode().splitlines()]
    assert tuple(data[0][:10]) == ees.REQUIRED
    levels = {row[2] for row in data[1:]}
    assert {"National", "Local authority"} <= levels
    assert all(len(row[0]) == 6 and row[0].isdigit() and int(row[0][4:]) == (int(row[0][:4]) + 1) % 100 for row in data[1:])
    cells = {cell for row in data[1:] for cell in row[10:]}
    assert "" not in cells and all(cell in ("c", "x", "z") or float(cell) is not None for cell in cells)
    assert ees_checks.faults(made["key_figures.csv"], made["key_figures.meta.csv"]) == []
    described = made["key_figures.meta.csv"].decode().splitlines()
    assert described[0].split(",") == list(ees.META) and len(described) - 1 == len(data[0]) - 10


def test_a_paper_is_checked_on_its_page_and_not_kept(home: Path, person: Any, browser_of: Any) -> None:
    member = browser_of(person(Role.ELECTED_MEMBER, email="m@example.org"))
    page = member.post("/claims/", {"text": "We are in the top ten most improved. Overall absence was 99.9% in 2024. It is 16 March."})
    said = page.content.decode()
    assert "False" in said and "99.9%" in said and "Of 2 claims" in said
    assert member.post("/claims/", {"text": ""}).status_code == 422

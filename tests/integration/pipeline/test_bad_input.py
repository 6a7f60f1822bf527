"""What people can hand in by mistake or on purpose: each gets a row with an outcome and a reason, and nothing is harmed."""

import csv
import gzip
import io
import lzma
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from headway.pipeline import ahead
from headway.pipeline.load import Loader, Row
from headway.pipeline.report import write_report
from headway.sources import limits
from headway.sources.opening import content_id
from headway.store import workspace
from tests.unit.sources.screening.made import HEADER, Area, faults, library, schools, text


@pytest.fixture
def area(tmp_path: Path) -> Area:
    return Area(tmp_path)


def loaded(area: Area, content: bytes, name: str) -> list[Row]:
    target = area.folder / "2016-17" / name
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(content)
    return Loader(area.space, area.library).load([target])


def zipped(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def linked() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("results.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/hostname")
    return out.getvalue()


def nested(depth: int) -> bytes:
    content = zipped({"results.csv": text(schools())})
    for _ in range(depth - 1):
        content = zipped({"inner.zip": content})
    return content


UNTRUSTED: dict[str, Callable[[], bytes]] = {
    "absolute path": lambda: zipped({"/tmp/results.csv": text(schools())}),
    "parent folder": lambda: zipped({"../../results.csv": text(schools())}),
    "windows parent folder": lambda: zipped({"..\\..\\results.csv": text(schools())}),
    "link": linked,
    "three deep": lambda: nested(3),
    "1,001 members": lambda: zipped({f"{number}.csv": "a,b\n" for number in range(1_001)}),
}


@pytest.mark.parametrize("kind", UNTRUSTED)
def test_an_archive_that_cannot_be_trusted_is_refused(area: Area, kind: str) -> None:
    [row] = [row for row in loaded(area, UNTRUSTED[kind](), "archive.zip") if row.outcome != "landed"]
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-11")


def test_an_archive_within_an_archive_is_opened(area: Area) -> None:
    assert [row.outcome for row in loaded(area, nested(2), "archive.zip")] == ["landed"]


def test_one_bad_member_does_not_keep_the_others_back(area: Area) -> None:
    rows = loaded(
        area, zipped({"2016-17/results.csv": text(schools()), "broken.parquet": b"PAR1 and no more", "empty.csv": b""}), "archive.zip"
    )
    assert [(row.outcome, row.code) for row in rows] == [("landed", ""), ("quarantined", "H-DATA-13"), ("not_recognised", "")]


@pytest.mark.parametrize("kind", ["zip", "gz", "xz"])
def test_a_bomb_is_refused_before_it_fills_the_disk(area: Area, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_UNPACKED", 20 * 1024**2)
    zeros = b"0" * (21 * 1024**2)
    bomb = {"zip": lambda: zipped({"results.csv": zeros}), "gz": lambda: gzip.compress(zeros), "xz": lambda: lzma.compress(zeros)}[kind]()
    assert len(bomb) < 100_000
    [row] = loaded(area, bomb, f"results.csv.{kind}")
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-10")


def test_a_bomb_that_lies_about_its_size_is_refused(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    """The directory says one byte; the member unpacks to more than is allowed."""
    monkeypatch.setattr(limits, "MOST_UNPACKED", 20 * 1024**2)
    content = bytearray(zipped({"results.csv": b"0" * (21 * 1024**2)}))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = (1).to_bytes(4, "little")
    [row] = loaded(area, bytes(content), "results.zip")
    assert row.outcome == "quarantined"


@pytest.mark.parametrize("cut", [0.2, 0.7, 0.99])
@pytest.mark.parametrize("pack", [lzma.compress, gzip.compress, lambda content: zipped({"results.csv": content})])
def test_a_compressed_file_that_was_cut_off_is_refused(area: Area, pack: Callable[[bytes], bytes], cut: float) -> None:
    whole = pack(text(schools()).encode())
    [row] = loaded(area, whole[: int(cut * len(whole))], "results.csv.xz")
    assert row.outcome == "quarantined"
    assert row.code in ("H-DATA-12", "H-DATA-13")


SMALL: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "not_recognised"),
    "spaces": (b"   \n\n  \n", "not_recognised"),
    "binary junk": (bytes(range(256)) * 40, "not_recognised"),
    "a lone quote": (b'"', "not_recognised"),
    "a header of one quote": (b'URN,"LEA\n1,2\n', "not_recognised"),
    "deep json": (b"[" * 100_000, "quarantined"),
    "json that is cut off": (b'[{"URN": 1}, {"URN"', "quarantined"),
    "a parquet magic and no more": (b"PAR1", "quarantined"),
    "an old workbook's magic and no more": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "quarantined"),
    "an error page": (b"<!DOCTYPE html><html><h1>Service unavailable</h1></html>", "quarantined"),
    "an error page with a mark": (b"\xef\xbb\xbf\n <HTML><body>404</body></HTML>", "quarantined"),
}


@pytest.mark.parametrize("kind", SMALL)
def test_small_strange_files_get_an_outcome(area: Area, kind: str) -> None:
    content, outcome = SMALL[kind]
    [row] = loaded(area, content, "results.csv")
    assert row.outcome == outcome
    assert row.reason


def test_a_line_of_ten_megabytes_is_no_table_and_no_harm(area: Area) -> None:
    rows = schools()
    rows[5][3] = "x" * (10 * 1024**2)
    [row] = loaded(area, text(rows).encode(), "results.csv")
    assert row.outcome == "quarantined"


def test_nul_bytes_and_lone_quotes_in_cells_do_not_end_a_load(area: Area) -> None:
    rows = schools()
    rows[3][3] = 'The "Lone School'
    [row] = loaded(
        area, text(rows).replace("School 100007", "School\0 100007").replace("School 100008", 'School" 100008').encode(), "results.csv"
    )
    assert (row.outcome, row.rows_by_level["school"]) == ("landed", 400)


def test_formulas_are_plain_text_on_the_way_in(area: Area) -> None:
    import pyarrow.parquet as pq

    rows = schools()
    names = ["=1+1", "+44", "-5", "@SUM(A1)", '=HYPERLINK("http://example.org")']
    for cells, name in zip(rows, names, strict=False):
        cells[3] = name
    [row] = loaded(area, text(rows).encode(), "results.csv")
    [path] = workspace.open_workspace(area.space.home).landed.glob("*.parquet")
    assert row.outcome == "landed"
    assert pq.read_table(path, columns=["SCHNAME"]).column(0).to_pylist()[: len(names)] == names


def workbook(rows: list[list[object]], last: int | None = None) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate([HEADER, *rows]):
            sheet.write_row(at, 0, cells)
        if last:
            sheet.write_string(last, 0, "the end")
    return out.getvalue()


def test_a_workbook_lands_as_its_csv_would(area: Area) -> None:
    [row] = loaded(area, workbook(schools()), "results.xlsx")
    assert (row.outcome, faults(row), row.rows) == ("landed", set(), 441)


def test_a_workbook_with_a_million_empty_rows_is_read_within_bounds(area: Area) -> None:
    [row] = loaded(area, workbook(schools(), last=1_000_000), "results.xlsx")
    assert (row.outcome, row.rows) == ("landed", 442)


def test_a_workbook_that_needs_too_much_memory_is_refused(area: Area) -> None:
    """One cell in the last corner of the sheet: seventeen thousand million cells if they were laid out."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_string(1_048_575, 16_383, "x")
    [row] = loaded(area, out.getvalue(), "results.xlsx")
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-10")


def test_a_workbook_that_takes_too_long_is_refused(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WORKBOOK_SECONDS", 0.01)
    [row] = loaded(area, workbook(schools()), "results.xlsx")
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-10")


def test_a_long_csv_is_streamed_with_bounded_memory(tmp_path: Path) -> None:
    """A smaller sister of the 2 GB file: rows of one width and, to force the slower way, one short row."""
    import subprocess
    import sys

    target = tmp_path / "2016-17" / "results.csv"
    target.parent.mkdir()
    with open(target, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*HEADER, *[f"X{number}" for number in range(30)]])
        more = [f"{number:08d}" for number in range(30)]
        for _ in range(100_000):
            writer.writerow([9, 201, "", "Nobody", 1, "1%", 100, *more])
        writer.writerow([9, 201, ""])
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[3])\n"
        "from tests.unit.sources.screening.made import Area\n"
        "from headway.pipeline.load import Loader\n"
        "area = Area(Path(sys.argv[1]))\n"
        "[row] = Loader(area.space, area.library).load([Path(sys.argv[2])])\n"
        # this process's own peak: getrusage would begin with that of the process which started it
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "print(row.outcome, row.rows, int(peak.split()[1]) // 1024)\n"
    )
    root = str(Path(__file__).resolve().parents[3])
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path), str(target), root], capture_output=True, text=True, check=True)
    outcome, rows, peak = done.stdout.split()
    assert (outcome, rows) == ("quarantined", "100001")
    assert int(peak) < 700, f"{peak} MiB"
    assert library().tables


def test_names_that_are_not_utf8_are_reported_and_land(area: Area) -> None:
    folder = area.folder / "2016-17"
    folder.mkdir()
    path = Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.csv"))
    path.write_text(text(schools()))
    rows = Loader(area.space, area.library).load([folder])
    assert [(row.outcome, Path(row.path).name) for row in rows] == [("landed", "caf\N{REPLACEMENT CHARACTER}.csv")]
    write_report(area.space, rows, {})


def test_what_may_not_be_read_is_named_and_the_rest_goes_on(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = area.folder / "2016-17"
    (folder / "folder.csv").mkdir(parents=True)
    (folder / "gone.csv").symlink_to("/nowhere")
    (folder / "round").symlink_to(".")
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text(text(schools()))

    def shut(path: Path) -> str:
        if path.name == "a.csv":
            raise PermissionError(13, "Permission denied")
        return content_id(path)

    monkeypatch.setattr(ahead, "content_id", shut)
    rows = {Path(row.path).name: row for row in Loader(area.space, area.library).load([folder])}
    assert {name: (row.outcome, row.code) for name, row in rows.items()} == {"a.csv": ("quarantined", "H-DATA-12"), "b.csv": ("landed", "")}
    assert "Permission denied" in rows["a.csv"].reason

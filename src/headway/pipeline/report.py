"""The report of one load: what each file was taken for, what it holds, which checks it passed, what changed."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from headway.pipeline.load import DOCUMENTATION, LANDED, NOT_RECOGNISED, QUARANTINED, UNCHANGED, Row
from headway.store.workspace import Workspace, write_whole
from headway.vocabulary.clock import now

ORDER = (QUARANTINED, LANDED, UNCHANGED, DOCUMENTATION, NOT_RECOGNISED)
WORDS = {
    QUARANTINED: "Quarantined",
    LANDED: "Landed",
    UNCHANGED: "Unchanged",
    DOCUMENTATION: "Documentation",
    NOT_RECOGNISED: "Not recognised",
}
TEMPLATE = Path(__file__).with_name("report.html.j2")


def write_report(workspace: Workspace, rows: Sequence[Row], facts: dict[str, object]) -> Path:
    """Write the report as reports/<utc>.json and .html; the path of the page.

    `facts` are what else should be said of the load, such as the snapshot that it led to.
    """
    moment = now()
    name = moment.strftime("%Y%m%dT%H%M%S%fZ")
    at = moment.isoformat(timespec="seconds")
    whole = {"at": at, **facts, "outcomes": dict(counted(rows)), "files": [row.as_dict() for row in rows]}
    workspace.reports.mkdir(exist_ok=True)
    write_whole(workspace.reports / f"{name}.json", json.dumps(whole, indent=1, default=str))
    page = workspace.reports / f"{name}.html"
    write_whole(page, _page(at, rows, facts))
    return page


def counted(rows: Iterable[Row]) -> Counter[str]:
    return Counter(row.outcome for row in rows)


def ordered(rows: Iterable[Row]) -> list[Row]:
    """What needs a person first, then by path."""
    return sorted(rows, key=lambda row: (ORDER.index(row.outcome) if row.outcome in ORDER else len(ORDER), row.path))


def failed(row: Row) -> list[dict[str, object]]:
    """The checks that a file did not pass, those that refused it first."""
    return sorted((check for check in row.checks if not check["passed"]), key=lambda check: not check["blocking"])


def noted(row: Row) -> list[str]:
    """What passed checks had to say: what changed, what was left out."""
    return [str(check["message"]) for check in row.checks if check["passed"] and check["message"]]


def levels(row: Row) -> str:
    """School 16,164, authority 152."""
    return ", ".join(f"{level} {count:,}" for level, count in row.rows_by_level.items())


def markers(row: Row, most: int = 6) -> str:
    """SUPP 114, NE 20: what stands in place of numbers, the most frequent first."""
    shown = [f"{text} {count:,}" for text, count in list(row.markers.items())[:most]]
    rest = len(row.markers) - len(shown)
    return ", ".join(shown) + (f" and {rest:,} more" if rest > 0 else "")


def _page(at: str, rows: Sequence[Row], facts: dict[str, object]) -> str:
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals.update(failed=failed, noted=noted, levels=levels, markers=markers, words=WORDS)
    groups = [(outcome, [row for row in ordered(rows) if row.outcome == outcome]) for outcome in ORDER]
    shown = {key.replace("_", " "): value for key, value in facts.items() if value not in ("", None)}
    return environment.from_string(TEMPLATE.read_text()).render(
        at=at, facts=shown, total=len(rows), groups=[pair for pair in groups if pair[1]]
    )


def terminal(rows: Sequence[Row]) -> None:
    """Print the report: a line a file, then what is wrong with which file, with the remedy."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("outcome", "file", "recognised as", "year", "release", "rows", "in place of numbers"):
        table.add_column(name, justify="right" if name == "rows" else "left")
    for row in ordered(rows):
        cells = (row.outcome.replace("_", " "), _tail(row.path), row.recognised_as, row.year, row.status, levels(row), markers(row, 2))
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table if rows else Text("No files there."))
    for row in ordered(rows):
        if remarks := _remarks(row):
            console.print(Text(f"\n{row.path}"), style="bold")
            for line in remarks:
                console.print(Padding(Text(line), (0, 0, 0, 2)))


def _remarks(row: Row) -> list[str]:
    found = [f"{check['code']} {check['message']} {check['guidance']}".strip() for check in failed(row)]
    return found or ([row.reason] if row.reason and row.outcome not in (LANDED, DOCUMENTATION) else [])


def _tail(path: str) -> str:
    """The file and its folder, which often is its year."""
    return "/".join(Path(path).parts[-2:])

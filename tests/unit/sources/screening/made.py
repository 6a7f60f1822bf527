"""A made-up table of results, a made-up library that knows it, and a loader over both: what the tests of checks break."""

import csv
import io
import random
from pathlib import Path
from typing import Any

from headway.definitions.loading import Library
from headway.definitions.schemas import Measure, SourceTable
from headway.pipeline.load import Loader, Row
from headway.store import workspace
from headway.vocabulary.status import Status

REFERENCE = {"title": "Made up", "href": "https://example.org", "seen": "2026-01-01"}
HEADER = ["RECTYPE", "LEA", "URN", "SCHNAME", "PUPILS", "MET", "SCORE"]
OWN = {"measure": "Headway measure", "cut": "Cut", "value": "Value", "numerator": "Numerator", "denominator": "Denominator"}
AUTHORITIES = list(range(201, 241))


def measure(name: str, unit: str, column: str, limits: tuple[float, float]) -> Measure:
    supplies = [{"table": "made.results", "value": column, "denominator": "PUPILS"}]
    return Measure.model_validate(
        {
            "id": name, "title": name, "short": name, "why_it_matters": "made up", "unit": unit, "better": "higher", "cohort": "all",
            "phases": ["primary"],
            "owner": "analyst", "review_by": "2099-01-01", "range": limits, "cuts": ["disadvantage"],
            "periods": [{"from": "2010/11", "until": "open", "reference": REFERENCE, "supplies": supplies}],
        }
    )  # fmt: skip


def table(name: str, headers: list[str], **more: Any) -> SourceTable:
    plain = {"title": name, "publisher": "nobody", "licence": "none", "reference": REFERENCE, "kind": "wide"}
    return SourceTable.model_validate({"id": name, **plain, "layouts": [{"name": "one", "headers": headers}], **more})


def library() -> Library:
    levels = {"column": "RECTYPE", "school": ["1", "2"], "authority": ["3"], "england": ["5"]}
    key = {"urn": "URN", "authority": "LEA"}
    return Library(
        measures={
            "made.met": measure("made.met", "percent", "MET", (0, 100)),
            "made.score": measure("made.score", "score", "SCORE", (80, 120)),
        },
        tables={
            "made.results": table("made.results", HEADER, key=key, levels=levels, holds_people=["HEADNAME"]),
            "made.list": table("made.list", ["URN", "LEA", "OPENED"], key=key, kind="register"),
            "local_pupil.early_results": table(
                "local_pupil.early_results",
                ["URN", "Academic year", "Headway measure", "Cut", "Numerator", "Denominator", "Value"],
                kind="series", release="early", key={"urn": "URN"}, year={"column": "Academic year", "style": "text"},
                own_columns=OWN,
            ),
        },
        markers={"SUPP": Status.SUPPRESSED, "NE": Status.NOT_APPLICABLE},
        lists={"whole_tables": {"schools": {"made.results": 280}, "authorities": AUTHORITIES, "every_school": ["made.list"]}},
    )  # fmt: skip


def schools(year: int = 2016, each: int = 10, authorities: list[int] = AUTHORITIES) -> list[list[Any]]:
    """Rows of schools, and below them one row for each authority and one for England; the same for the same year."""
    chance = random.Random(year)
    rows: list[list[Any]] = []
    for authority in authorities:
        for number in range(each):
            urn = 100_000 + (authority - 201) * 100 + number
            rows.append(
                [1, authority, urn, f"School {urn}", chance.randint(8, 90), f"{chance.randint(20, 95)}%", round(chance.uniform(95, 112), 1)]
            )
    rows.extend([3, authority, "", f"Area {authority}", 500, "60%", 104.1] for authority in authorities)
    rows.append([5, "", "", "England", 20_000, "61%", 104.2])
    return rows


def text(rows: list[list[Any]], header: list[str] | None = None) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER if header is None else header)
    writer.writerows(rows)
    return out.getvalue()


class Area:
    """A workspace in a temporary folder; `load` writes one file and lands it."""

    def __init__(self, folder: Path, known: Library | None = None) -> None:
        self.folder = folder
        self.space = workspace.create(folder / "area", ["201"])
        self.library = known or library()

    def load(self, content: str | bytes, path: str = "2016-17/results.csv") -> Row:
        target = self.folder / "files" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        [row] = Loader(self.space, self.library).load([target])
        return row


def said(row: Row, check: str) -> dict[str, Any]:
    """What one check said of a loaded file."""
    return next(found for found in row.checks if found["check"] == check)


def faults(row: Row) -> set[object]:
    """The codes of every check that did not pass."""
    return {check["code"] for check in row.checks if not check["passed"]}

"""Did we see it coming? The ledger of flags beside a count made school by school; and what a board reads of brokerage."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from headway.definitions.boards import Edition
from headway.desk.boards.packs import ledger
from headway.desk.boards.packs.from_desk import brokerage
from headway.desk.boards.packs.sections import Asked
from headway.desk.boards.packs.spec import ItemSpec
from headway.papers.blocks import Table, text
from headway.readings.door import Door, open_door
from headway.readings.found_wanting import Inspection
from tests.integration.desk.test_packs import spec

DAY = date(2026, 11, 1)
VISITS = (
    Inspection(1, date(2026, 3, 1), date(2026, 4, 1), True),  # flagged ten months before
    Inspection(2, date(2026, 3, 1), date(2026, 4, 1), True),  # flagged, and no longer when they came
    Inspection(3, date(2026, 3, 1), date(2026, 4, 1), True),  # flagged on the day itself: nobody saw it coming
    Inspection(4, date(2026, 3, 1), date(2026, 4, 1), False),  # flagged, and found well
    Inspection(5, date(2026, 3, 1), date(2026, 4, 1), False),
)
FLAGS = [
    {"urn": 1, "since": "2025-05-01", "until": ""}, {"urn": 2, "since": "2025-01-01", "until": "2026-02-01"},
    {"urn": 3, "since": "2026-03-01", "until": ""}, {"urn": 4, "since": "2026-01-01", "until": ""},
    {"urn": 9, "since": "2026-09-01", "until": ""},
]  # fmt: skip


@pytest.fixture
def door(example: Path) -> Door:
    return open_door(example)


def asked(door: Door, desk: dict[str, Any]) -> Asked:
    return Asked(door, spec(door, as_of=str(DAY), desk=desk), Edition.MEMBERS, ItemSpec(1, "", "members", "", "", "", "early"))


def told(blocks: list[Any]) -> dict[str, str]:
    [table] = [one for one in blocks if isinstance(one, Table)]
    return {text(row[0]): text(row[1]) for row in table.rows}


def test_the_ledger_counts_what_was_flagged_before_the_visit(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "inspected", lambda *given: VISITS)
    blocks = ledger.early(asked(door, {"flags": FLAGS}))
    assert told(blocks) == {
        "Schools inspected, as became known in the last year": "5", "Found wanting": "3",
        "Found wanting, and flagged before the visit": "1",
        "Found wanting, and not flagged": "2", "Flagged before the visit, and not found wanting": "1",
        "Flagged now, and not inspected since": "2",
    }  # fmt: skip
    assert text(blocks[0].words).startswith("Of 3 schools found wanting in the last year, 1 had been given more support before the visit.")
    assert "10 months ahead" in text(blocks[0].words)


def test_without_a_flag_nothing_could_be_seen_coming(door: Door) -> None:
    [only] = ledger.early(asked(door, {"flags": []}))
    assert text(only.words) == ledger.NOTHING


def test_the_ledger_reads_the_snapshot_of_its_pack(door: Door) -> None:
    wide = ledger.inspected(door, "150", DAY - timedelta(days=365), DAY)
    counts = told(ledger.early(asked(door, {"flags": FLAGS})))
    assert counts["Schools inspected, as became known in the last year"] == str(len(wide))


def test_a_board_reads_needs_that_wait_and_how_long_a_match_takes(door: Door) -> None:
    kept = {"open_needs": 3, "urgent": 1, "waiting": 0, "days": 20, "running": 2, "helped": 4, "wait": 9.5}
    blocks = brokerage(asked(door, {"brokerage": kept}))
    assert "3 needs are open, 1 of them urgent; 20 days are on offer" in text(blocks[0].words) and "9.5 days" in text(blocks[0].words)
    assert told(blocks)["Days from a need to both heads’ yes, the median"] == "9.5"
    assert (
        told(brokerage(asked(door, {"brokerage": kept | {"wait": None}})))["Days from a need to both heads’ yes, the median"] == "none yet"
    )
    assert len(brokerage(asked(door, {"brokerage": {}}))) == 1

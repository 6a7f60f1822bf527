"""What people have said of a school: read from a file with all faults at once, and counted only as long as it holds."""

from datetime import date
from pathlib import Path

import pytest

from headway.analysis.predicates import Operand
from headway.definitions.loading import library_for
from headway.definitions.predicates import Told
from headway.readings.tier_proposal.answers import Entry
from headway.readings.tier_proposal.told import by_kind, months_before, operand, read_entries
from headway.vocabulary.answer import Unknown
from headway.vocabulary.errors import HeadwayError

KINDS = library_for().soft_signals
DAY = date(2026, 11, 25)
THREE = Told(predicate="told", kind="complaints", at_least=3, within_months=12)


def counted(*entries: Entry, day: date = DAY, restricted: bool = True) -> Operand:
    return operand(THREE, 100_001, by_kind(entries, day), KINDS, day, restricted)


def complaint(on: str, **more: object) -> Entry:
    return Entry(100_001, "complaints", date.fromisoformat(on), "the register", **more)  # type: ignore[arg-type]


def test_entries_within_the_months_are_counted() -> None:
    assert counted(complaint("2026-01-10"), complaint("2026-05-01"), complaint("2025-10-01")).value == 2


def test_what_is_not_yet_said_is_not_known() -> None:
    assert counted(complaint("2026-12-01")).status is Unknown.NOT_TOLD


def test_one_that_was_looked_into_without_finding_ends_those_before_it() -> None:
    assert counted(complaint("2026-05-01"), complaint("2026-06-01", clear=True)).value == 0
    assert counted(complaint("2026-05-01"), complaint("2026-06-01", clear=True), complaint("2026-07-01")).value == 1


def test_past_its_date_it_is_expired_and_not_forgotten() -> None:
    assert counted(complaint("2024-05-01")).status is Unknown.EXPIRED
    assert counted(complaint("2026-05-01", expires=date(2026, 6, 1))).status is Unknown.EXPIRED
    assert counted(complaint("2024-05-01", clear=True)).status is Unknown.NOT_TOLD


def test_who_may_not_read_them_gets_no_count() -> None:
    assert counted(complaint("2026-05-01"), restricted=False) == Operand(None, status=Unknown.RESTRICTED)


@pytest.mark.parametrize(
    ("day", "months", "before"), [("2026-03-31", 1, "2026-02-28"), ("2024-02-29", 12, "2023-02-28"), ("2026-01-15", 1, "2025-12-15")]
)
def test_months_before(day: str, months: int, before: str) -> None:
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(before)


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "said.csv"
    path.write_text("urn,kind,on,source,clear,expires,note\n100001,finance,2026-09-14,Schools finance,,2027-03-31,late return\n"
                    "100002,governance,2026-09-14,Governor services,yes,,\n")  # fmt: skip
    first, second = read_entries(path, KINDS)
    assert first == Entry(100_001, "finance", date(2026, 9, 14), "Schools finance", False, date(2027, 3, 31), "late return")
    assert second.clear and second.expires is None


def test_every_fault_of_a_file_is_told_at_once_and_no_note_with_it(tmp_path: Path) -> None:
    path = tmp_path / "said.csv"
    path.write_text("urn,kind,on,source,clear,expires,note\n1,finance,2026-09-14,x,,,secret\n100001,gossip,2026-09-14,x,,,secret\n"
                    "100001,finance,14/09/2026,x,,,secret\n100001,finance,2026-09-14,,,,secret\n"
                    "100001,finance,2026-09-14,x,perhaps,,secret\n100001,finance,2026-09-14,x,,2026-01-01,secret\n")  # fmt: skip
    with pytest.raises(HeadwayError) as found:
        read_entries(path, KINDS)
    for row in range(2, 8):
        assert f"row {row}:" in found.value.what
    assert "secret" not in str(found.value)


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "said.csv"
    path.write_text("school,what\n1,2\n")
    with pytest.raises(HeadwayError, match="H-DATA-78"):
        read_entries(path, KINDS)

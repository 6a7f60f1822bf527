"""What people have said of a school, as operands: how many entries count on a day, or why none can be counted."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from headway.analysis.predicates import Operand
from headway.definitions.predicates import Told
from headway.definitions.tiers import SoftSignal
from headway.readings.tier_proposal.answers import Entry
from headway.vocabulary.answer import Unknown
from headway.vocabulary.errors import HeadwayError

COLUMNS = ("urn", "kind", "on", "source", "clear", "expires", "note")
ByKind = Mapping[tuple[int, str], tuple[Entry, ...]]


def by_kind(entries: Iterable[Entry], day: date) -> ByKind:
    """(urn, kind) → its entries made by the day, oldest first."""
    found: dict[tuple[int, str], list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda one: one.on):
        if entry.on <= day:
            found[entry.urn, entry.kind].append(entry)
    return {key: tuple(listed) for key, listed in found.items()}


def months_before(day: date, months: int) -> date:
    """The same day so many months before; of a shorter month its last."""
    whole = day.year * 12 + day.month - 1 - months
    year, month = divmod(whole, 12)
    for last in range(day.day, 0, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)


def operand(condition: Told, urn: int, entries: ByKind, kinds: Mapping[str, SoftSignal], day: date, restricted: bool) -> Operand:
    """Entries since the last "looked into, nothing found" that still count. `restricted`: whether the viewer may read such kinds."""
    kind, listed = kinds[condition.kind], entries.get((urn, condition.kind), ())
    if kind.sensitivity == "restricted" and not restricted:
        return Operand(None, status=Unknown.RESTRICTED)
    since: list[Entry] = []
    for entry in listed:
        since = [] if entry.clear else [*since, entry]
    counting = [one for one in since if one.on > months_before(day, condition.within_months) and _holds(one, kind, day)]
    if counting:
        return Operand(float(len(counting)))
    if since:
        return Operand(None, status=Unknown.EXPIRED)
    cleared = [one for one in listed if one.clear and _holds(one, kind, day)]
    return Operand(0.0) if cleared else Operand(None, status=Unknown.NOT_TOLD)


def _holds(entry: Entry, kind: SoftSignal, day: date) -> bool:
    return day <= entry.expires if entry.expires else entry.on > months_before(day, kind.expires_months)


def read_entries(path: Path, kinds: Mapping[str, SoftSignal]) -> tuple[Entry, ...]:
    """Entries from a csv file with COLUMNS, the first four needed. Raises H-DATA-78 with every fault, by row."""
    faults: list[str] = []
    found: list[Entry] = []
    with path.open(newline="", encoding="utf-8-sig") as opened:
        reader = csv.DictReader(opened)
        lacking = [name for name in COLUMNS[:4] if name not in (reader.fieldnames or [])]
        rows = [] if lacking else list(enumerate(reader, 2))
    faults += [f"there is no column {name!r}" for name in lacking]
    for number, row in rows:
        try:
            found.append(_entry(row, kinds))
        except ValueError as error:
            faults.append(f"row {number}: {error}")
    if faults:
        shown = "; ".join(faults[:30])
        raise HeadwayError(
            "H-DATA-78", f"{path.name} cannot be used: {shown}.", remedy=f"Its columns are {', '.join(COLUMNS)}.", place=path.name
        )
    return tuple(found)


def _entry(row: Mapping[str, str | None], kinds: Mapping[str, SoftSignal]) -> Entry:
    """Raises ValueError, which names columns and never what stands in a note."""
    text = {name: (row.get(name) or "").strip() for name in COLUMNS}
    if not (text["urn"].isdigit() and len(text["urn"]) == 6):
        raise ValueError("`urn` is not a URN")
    if text["kind"] not in kinds:
        raise ValueError(f"`kind` is none of {', '.join(kinds)}")
    if not text["source"]:
        raise ValueError("`source` is empty")
    if text["clear"] not in ("", "yes", "no"):
        raise ValueError("`clear` is yes, no or empty")
    on, expires = _day(text["on"], "on"), _day(text["expires"], "expires") if text["expires"] else None
    if expires and expires < on:
        raise ValueError("`expires` is before `on`")
    return Entry(int(text["urn"]), text["kind"], on, text["source"], text["clear"] == "yes", expires, text["note"])


def _day(text: str, column: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"`{column}` is not a day as 2026-09-14") from None

"""Back-tests that are kept: what was found, the area's own schools by name, and what the second opinion says of them today.

A test is a file of the workspace, named by what it holds and never altered. Nothing of it is worked out for a page.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headway.definitions.tiers import Scheme
from headway.readings.door import Door
from headway.readings.tier_backtest.answers import Backtest, GroupGap, SchoolLine
from headway.readings.tier_backtest.opinion import Opinion, second_opinion
from headway.readings.tier_backtest.running import Test, backtest, outcome_named, world_of
from headway.readings.tier_backtest.world import Day, World, day_of
from headway.readings.tier_proposal.proposing import scheme_named
from headway.stats.group_gaps import Beside, Difference
from headway.store.workspace import write_whole
from headway.vocabulary.clock import now, today
from headway.vocabulary.errors import HeadwayError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

FOLDER = "backtests"
FORM, FORMS = 2, (1, 2)  # of the file: written, and read; the first held what was found of groups alone
SAME = ("scheme", "title", "rules", "outcome", "outcome_title", "capacity", "snapshot", "library", "labelled", "fell")  # in it as here


@dataclass(frozen=True)
class Said:
    """The second opinion of one school: the chance, what raised it most, and its place from the highest among the area's schools."""

    chance: float
    reasons: tuple[str, ...]
    place: int
    among: int


@dataclass(frozen=True)
class Today:
    """The second opinion as taught on the days of a test, and used on the day on which the test was made. `good`: the chances of the one
    that was tested held, did not, or (None) too few had fallen to tell."""

    day: date
    taught_on: date
    taught_until: date
    units: int
    fell: int
    good: bool | None
    schools: dict[int, Said]


@dataclass(frozen=True)
class Kept:
    """One back-test as it was kept. `rules` is the digest of the scheme as it was tested."""

    id: str
    scheme: str
    title: str
    rules: str
    outcome: str
    outcome_title: str
    as_of: date
    until: date
    capacity: float
    made: str
    snapshot: str
    library: str
    labelled: int
    fell: int
    gaps: tuple[GroupGap, ...]
    opinion: Today | None
    found: Backtest | None = None  # of its schools the area's own; None where the test was kept before all of it was

    @property
    def day(self) -> date:
        return date.fromisoformat(self.made[:10])


def keep(door: Door, asked: Test) -> tuple[Backtest, Kept]:
    """Run a back-test of the whole country and keep it. Raises as backtest; H-USAGE-121 for one authority alone, in which too few fall."""
    if asked.authority:
        raise HeadwayError(
            "H-USAGE-121", "A back-test of one authority is not kept.",
            "In one authority too few schools fall for any group to be judged, and a test that finds nothing is no evidence.",
            "Leave --authority away, or leave --keep away.",
        )  # fmt: skip
    asked = replace(asked, kept={})
    found = backtest(door, asked)
    scheme = scheme_named(door, asked.scheme)
    told = _written(found, scheme, _today(door, asked, scheme, found), _own_lines(door, asked, found))
    made = now()
    name = _digest(told)
    folder = door.home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{made:%Y%m%dT%H%M%SZ}-{name[:16]}.json"
    write_whole(path, json.dumps({"id": name, "made": made.isoformat(timespec="seconds"), **told}, ensure_ascii=False))
    return found, _read(path)


def _digest(told: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def rules_of(scheme: Scheme) -> str:
    """A scheme's digest: another as soon as anything in it is."""
    return hashlib.sha256(scheme.model_dump_json().encode()).hexdigest()


def _today(door: Door, asked: Test, scheme: Scheme, found: Backtest) -> dict[str, Any] | None:
    """Taught on the days that were scored and used today; nothing where no second opinion was tested."""
    if found.second_opinion is None:
        return None
    outcome = outcome_named(door, asked.outcome)
    used = World(day_of(door, scheme, outcome, today()), {})
    made = second_opinion(world_of(door, scheme, outcome, asked, asked.as_of, asked.until), used)
    if made is None:
        return None
    checked = found.second_opinion.calibration
    return {
        "day": str(today()), "taught_on": str(asked.as_of), "taught_until": str(made.made.trained_until), "units": made.made.units,
        "fell": made.made.fell, "good": checked.good if checked else None, "schools": _of_area(door, used, made),
    }  # fmt: skip


def _of_area(door: Door, used: World, made: Opinion) -> dict[str, list[Any]]:
    """Of the area's own schools, the highest chance first."""
    day, own = used.day, _own(door, used.day)
    own.sort(key=lambda at: (-float(made.chances[at]), day.urns[at]))
    return {str(day.urns[at]): [round(float(made.chances[at]), 4), list(made.reasons[at])] for at in own}


def _own(door: Door, day: Day) -> list[int]:
    """The places, among the schools at risk, of those of the workspace's own areas."""
    areas = {code for code, _ in door.published.areas}
    codes = day.gathered.schools.authority[day.gathered.wanted[day.risk]].tolist()
    return [at for at, code in enumerate(codes) if code in areas]


def _own_lines(door: Door, asked: Test, found: Backtest) -> tuple[SchoolLine, ...]:
    return tuple(found.schools[at] for at in _own(door, asked.kept[asked.as_of]))


def _written(found: Backtest, scheme: Scheme, opinion: dict[str, Any] | None, own: tuple[SchoolLine, ...]) -> dict[str, Any]:
    return {
        "form": FORM, "scheme": found.scheme, "title": found.title, "rules": rules_of(scheme), "outcome": found.outcome,
        "outcome_title": found.outcome_title, "as_of": str(found.as_of), "until": str(found.until), "capacity": found.capacity,
        "snapshot": found.snapshot.id, "library": found.snapshot.library_digest, "labelled": found.labelled, "fell": found.fell,
        "gaps": [asdict(one) for one in found.gaps], "opinion": opinion,
        "found": _form_of_found().dump_python(replace(found, gaps=(), schools=own), mode="json"),
    }  # fmt: skip


@lru_cache(maxsize=1)
def _form_of_found() -> "TypeAdapter[Backtest]":
    from pydantic import TypeAdapter

    return TypeAdapter(Backtest)


def kept_tests(door: Door, scheme: str = "") -> tuple[Kept, ...]:
    """Every test kept (of one scheme), the newest first. Read once, until another is kept."""
    folder = door.home / FOLDER
    names = tuple(sorted((one.name for one in folder.glob("*.json")), reverse=True)) if folder.is_dir() else ()
    held: tuple[tuple[str, ...], tuple[Kept, ...]] | None = door.kept.get(FOLDER)
    if held is None or held[0] != names:
        held = names, tuple(_read(folder / name) for name in names)
        door.kept[FOLDER] = held
    return tuple(one for one in held[1] if not scheme or one.scheme == scheme)


def _read(path: Path) -> Kept:
    """Raises H-STORE-21 for a file that was altered: nothing of it counts."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        name, made = told.pop("id"), told.pop("made")
        if told["form"] not in FORMS or _digest(told) != name:
            raise ValueError("it is not what was written")
        same: dict[str, Any] = {one: told[one] for one in SAME}
        same |= {one: date.fromisoformat(told[one]) for one in ("as_of", "until")}
        gaps = tuple(map(_gap, told["gaps"]))
        return Kept(name, made=made, gaps=gaps, opinion=_opinion(told["opinion"]), found=_found(told.get("found"), gaps), **same)
    except (ValueError, KeyError, TypeError):
        raise HeadwayError(
            "H-STORE-21", "A back-test that was kept is not what was written.", "It was altered or damaged, so that nothing of it counts.",
            "Take the file away and run the test again: headway tiers backtest … --keep.", str(path),
        ) from None  # fmt: skip


def _found(told: dict[str, Any] | None, gaps: tuple[GroupGap, ...]) -> Backtest | None:
    return replace(_form_of_found().validate_python(told), gaps=gaps) if told else None


def _gap(told: dict[str, Any]) -> GroupGap:
    one = dict(told["beside"])
    missed, flagged = (Difference(**one[name]) if one[name] else None for name in ("missed", "flagged"))
    return GroupGap(told["way"], told["by"], Beside(one["group"], one["units"], one["fell"], missed, flagged), told["slope"])


def _opinion(told: dict[str, Any] | None) -> Today | None:
    if told is None:
        return None
    many = len(told["schools"])
    schools = {
        int(urn): Said(chance, tuple(reasons), at, many) for at, (urn, (chance, reasons)) in enumerate(told["schools"].items(), start=1)
    }  # fmt: skip
    day, taught_on, taught_until = (date.fromisoformat(told[one]) for one in ("day", "taught_on", "taught_until"))
    return Today(day, taught_on, taught_until, told["units"], told["fell"], told["good"], schools)


def open_gaps(tests: Iterable[Kept]) -> tuple[tuple[Kept, GroupGap], ...]:
    """The wide gaps that stand. Of each group, by each outcome and way to rank, the newest test that could say something counts: one that
    had too few schools of it takes no gap away. `tests`: of one scheme, the newest first."""
    seen: set[tuple[str, str, str, str]] = set()
    found = []
    for test in tests:
        for one in test.gaps:
            key = (test.outcome, one.way, one.by, one.beside.group)
            if one.beside.known and key not in seen:
                seen.add(key)
                found += [(test, one)] if one.beside.wide else []
    return tuple(found)

"""Attendance by phase for whoever may read it, also the public: no school, no small number, nothing that two weeks apart would tell.

A phase is shown with five schools and 300 enrolments or more; its enrolments are rounded to ten, the share of pupils is of counts
rounded to ten, and rates of sessions are rounded to the tenth that readers see. The total is of the phases that are shown, so that a
withheld one cannot be worked out from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import yaml

from headway.protected.untold import untold
from headway.readings.attendance.morning import kept
from headway.readings.attendance.morning_answers import SchoolCounts
from headway.readings.attendance.opening import open_for_all
from headway.readings.door import Door
from headway.readings.schools import establishments
from headway.registers.counts import Counts, pooled
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.number import rounded

SCHOOLS, PUPILS, TEN = 5, 300, 10
SETTING = "attendance_for_everybody"  # of area.yaml: whether the area tells the public of its registers


@dataclass(frozen=True)
class PhaseFigures:
    """One phase, or all that are shown. Rates in per cent, rounded to a tenth; None where there are too few to show."""

    phase: str
    schools: int
    pupils: int | None
    attendance: float | None
    before: float | None
    unauthorised: float | None
    persistent: float | None


@dataclass(frozen=True)
class ForEverybody:
    """What the public page has."""

    year: str
    data_to: date
    phases: tuple[PhaseFigures, ...]
    total: PhaseFigures | None


def phases(found: Sequence[SchoolCounts], phase_of: Mapping[int, str]) -> tuple[tuple[PhaseFigures, ...], PhaseFigures | None]:
    """Each phase in the order of its name, and all that are shown together, None where none is."""
    by: dict[str, list[SchoolCounts]] = {}
    for one in found:
        by.setdefault(phase_of.get(one.urn, ""), []).append(one)
    told = tuple(_figures(phase, by[phase]) for phase in sorted(by) if phase)
    shown = [one for figures in told if figures.attendance is not None for one in by[figures.phase]]
    return told, _figures("", shown) if shown else None


def _figures(phase: str, listed: Sequence[SchoolCounts]) -> PhaseFigures:
    counts = pooled(one.counts for one in listed)
    if len(listed) < SCHOOLS or counts.enrolments < PUPILS:
        return PhaseFigures(phase, len(listed), None, None, None, None, None)
    whole = all(one.before is not None for one in listed)
    before = pooled(one.before for one in listed if one.before) if whole else None
    return PhaseFigures(
        phase, len(listed), _ten(counts.enrolments), _tenth(counts.rate(counts.attended)),
        _tenth(before.rate(before.attended)) if before else None, _tenth(counts.rate(counts.unauthorised)), _persistent(counts),
    )  # fmt: skip


def _persistent(counts: Counts) -> float | None:
    few = counts.persistent < TEN or counts.decided - counts.persistent < TEN
    return None if few else _tenth(100 * _ten(counts.persistent) / _ten(counts.decided))


def _ten(count: int) -> int:
    """To the nearest ten: a share of some hundred pupils to a tenth would tell one more or one fewer from week to week."""
    return (count + TEN // 2) // TEN * TEN


def _tenth(value: float | None) -> float | None:
    return None if value is None else float(rounded(value, 1))


def phase_of(door: Door) -> dict[int, str]:
    return {one.urn: one.phase for code, _ in door.published.areas for one in establishments(door, code)}


def for_everybody(door: Door) -> ForEverybody | None:
    """None where the area has not decided to tell the public, and while there is nothing to tell."""
    try:
        registers = open_for_all(door)
        if not registers.space.example and not _decided(door):
            return None
        found = untold(lambda: kept(door, registers))
    except HeadwayError:
        return None
    return ForEverybody(found.year, found.data_to, *phases(found.schools, phase_of(door)))


def _decided(door: Door) -> bool:
    settings = yaml.safe_load((door.home / "area.yaml").read_text(encoding="utf-8")) or {}
    return settings.get(SETTING) is True

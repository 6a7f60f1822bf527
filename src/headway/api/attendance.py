"""Attendance for programs: schools and counts, never a pupil, and none of fewer than six, whatever the person of the token may see."""

from dataclasses import replace
from typing import Any

from headway.api.answering import Asking, answers
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.rules import ATTENDANCE
from headway.desk.attendance import actions
from headway.readings.attendance.few import Rates
from headway.readings.attendance.one_school import one_school
from headway.readings.attendance.schools import Beside, SchoolLine
from headway.readings.attendance.schools import schools as schools_of
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer

Plain = dict[str, Any]
NAMES = ("attendance", "before", "change", "authorised", "unauthorised", "persistent", "severe")


def _without_pupils(asking: Asking) -> Viewer:
    """A token can be copied: what it answers is what anybody in the council's service may know."""
    return replace(asking.viewer, sees_pupils=False)


@answers(Permission.SEE_ATTENDANCE, ATTENDANCE)
def attendance(asking: Asking) -> Plain:
    """Every open school to date beside the same weeks of last year, similar schools and England; of a patch its own."""
    actions.look(by=asking.person, at="schools, by a program")
    found = schools_of(asking.door, _without_pupils(asking))
    return {
        "year": found.year, "data_to": found.data_to, "sending": found.sending, "total": _rates(found.total), "notes": found.notes,
        "schools": [_school(line) for line in found.lines],
    }  # fmt: skip


@answers(Permission.SEE_ATTENDANCE, ATTENDANCE)
def attendance_of(asking: Asking, urn: int) -> Plain:
    """One school: to date, week by week, by year group, by who the pupils are, and why they were away."""
    actions.look(by=asking.person, at=f"school {urn}, by a program")
    found = one_school(asking.door, _without_pupils(asking), urn)
    if found is None:
        raise HeadwayError("H-USAGE-06", "Nothing is held of that school.", remedy="Load its registers or figures to date.")
    return {
        "urn": urn, "year": found.year, "data_to": found.data_to, "settled": found.settled, "whole": _rates(found.whole),
        "weeks": [vars(week) for week in found.weeks], "year_groups": [_rates(one) for one in found.year_groups],
        "groups": {title: [_rates(one) for one in listed] for title, listed in found.groups},
        "reasons": [{"reason": name, "sessions": many, "share": share} for name, many, share in found.reasons], "notes": found.notes,
    }  # fmt: skip


def _school(line: SchoolLine) -> Plain:
    return {
        "urn": line.urn, "name": line.school, "phase": line.phase, "marks_to": line.last, "behind": line.behind,
        "rates": _rates(line.rates) if line.rates else None, "family": _beside(line.family), "england": _beside(line.england),
    }  # fmt: skip


def _rates(one: Rates) -> Plain:
    """`withheld` names what counts too few pupils; each of these is null."""
    return {"label": one.label, "enrolments": one.enrolments, **{name: getattr(one, name) for name in NAMES}, "withheld": one.few}


def _beside(one: Beside | None) -> Plain | None:
    return {"attendance": one.value, "year": str(one.year), "of": one.words} if one else None

"""Year groups that fell away together, and schools whose use of codes is a question to ask."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from headway.definitions.absence_rules import in_force
from headway.protected.untold import untold
from headway.readings.attendance.early.answers import Found, Grouped, Unlike
from headway.readings.attendance.early.asking import Asked, Opened, opened
from headway.readings.attendance.early.pupils import drifts, drops
from headway.readings.attendance.opening import written_down
from headway.readings.door import Door
from headway.registers.clusters import clusters as clusters_of
from headway.registers.code_use import SHIFT, Use, code_use
from headway.registers.school_kinds import kinds_of
from headway.registers.slots import monday
from headway.registers.so_far import Flags
from headway.vocabulary.viewer import Viewer


def clusters(door: Door, viewer: Viewer | None, asked: Asked) -> Found:
    """Year groups with more pupils who dropped or drift than the rest of their school, beyond chance, many comparisons allowed for."""
    here = opened(door, viewer, asked)
    found = untold(lambda: clusters_in(here))
    written_down(here.registers, here.viewer, "early clusters", rows=len(found.groups))
    return found


def clusters_in(here: Opened) -> Found:
    """The same of a year that is open already."""
    flagged = drifts(here).drifting | drops(here)[2]
    listed, compared = here.once("clusters", lambda: clusters_of(here.view, flagged, here.cohort, here.rule.early))
    since = _since(here, here.rule.watch.recent_school_days)
    groups = [
        Grouped(
            one.urn, here.school(one.urn), one.year_group, one.pupils, one.flagged, one.others, one.others_flagged, one.chance, one.q,
            since, here.school_cleared(one.urn, since),
        )
        for one in listed
        if here.sees(one.urn)
    ]  # fmt: skip
    return Found(groups=sorted(groups, key=lambda one: (not one.stands, one.q)), compared=compared)


def _since(here: Opened, school_days: int) -> date:
    days = here.passed.days[-school_days:]
    return date.fromordinal(days[0]) if days else here.day


def school_anomalies(door: Door, viewer: Viewer | None, asked: Asked) -> Found:
    """Schools with N left standing, much B or C, or illness where absence was unauthorised, beyond what the others lead one to expect.

    Over the last weeks that the rule says; the shift, beside as many weeks before. Questions to ask, not findings.
    """
    here = opened(door, viewer, asked)
    found = untold(lambda: anomalies_in(here))
    written_down(here.registers, here.viewer, "early codes", rows=len(found.schools))
    return found


def anomalies_in(here: Opened) -> Found:
    """The same of a year that is open already."""
    kinds = kinds_of(here.view)
    recent, before = _spans(here)
    rule = in_force(here.registers.library.attendance.penalty_notices, here.day)
    uses, compared = here.once("codes", lambda: code_use(here.view, recent, before, kinds, here.rule.early, rule))
    days = here.view.slots.ordinals[recent]
    since = date.fromordinal(int(days[0])) if len(days) else here.day
    schools = [_unlike(here, one, since) for one in uses if here.sees(one.urn)]
    schools.sort(key=lambda one: (not one.stands, one.q))
    return Found(schools=schools, compared=compared, notes=tuple(_too_few(kinds, here.rule.early.fewest_schools)))


def _spans(here: Opened) -> tuple[Flags, Flags]:
    """The slots of the last school weeks and of as many before them."""
    weeks = monday(here.view.slots.ordinals)
    allowed = here.view.between(0, here.day.toordinal())
    marked = np.unique(weeks[here.view.marked & allowed])
    many = here.rule.early.code_weeks
    recent, before = marked[-many:], marked[-2 * many : -many]
    return np.isin(weeks, recent) & allowed, np.isin(weeks, before) & allowed


def _unlike(here: Opened, one: Use, since: date) -> Unlike:
    share = one.count / one.total - (one.before or 0.0 if one.check == SHIFT else 0.0)
    return Unlike(
        one.urn, here.school(one.urn), one.check, share, one.count, one.total, one.before, one.expected, one.upper, one.compared_with,
        one.chance, one.q, since, here.school_cleared(one.urn, since),
    )  # fmt: skip


def _too_few(kinds: dict[int, str], fewest: int) -> Iterator[str]:
    for kind in ("primary", "secondary"):
        many = sum(its == kind for its in kinds.values())
        if 0 < many < fewest:
            yield f"Too few {kind} schools send registers to compare their use of codes: {many} of {fewest}."

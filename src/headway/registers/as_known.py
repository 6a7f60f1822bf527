"""A year as it was known on an earlier day: what came later is taken out, what was put right later is put back."""

from datetime import date

import numpy as np

from headway.registers.finding import rows_of
from headway.registers.generations import Generations, read_year
from headway.registers.held import Held
from headway.vocabulary.academic_year import AcademicYear


def as_known(store: Generations, year: AcademicYear, day: date) -> Held:
    """The year at the end of a day. Lists of pupils and calendars are those of today."""
    held = read_year(store.folder, store.pointer.years[str(year)])
    later = np.array(sorted(one.number for one in store.loads if one.received > day), np.int32)
    marks, changes = held.enrolments.marks, held.changes
    for at in np.nonzero(np.isin(changes.load, later))[0][::-1].tolist():  # the newest first
        row = rows_of(held.enrolments, changes.urn[at : at + 1], changes.pupil[at : at + 1])
        slot = held.slots.at(changes.day[at : at + 1], changes.session[at : at + 1].astype(np.int64))
        marks[row, slot] = changes.before[at]
    unseen = np.isin(held.calendars.received, later)
    school = np.searchsorted(held.calendars.urns, held.enrolments.urns)
    marks[unseen[school]] = 0
    return held


def days_known(store: Generations) -> list[date]:
    """The days on which anything was received, in order."""
    return sorted({one.received for one in store.loads})

"""Lists of a school's pupils: who they are, and from when to when they are on roll. A list adds to the one before and corrects it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headway.registers import columns
from headway.registers.columns import Taking
from headway.registers.faults import BACKWARDS, OVERLAP, Fault, at_rows
from headway.registers.finding import rows_of
from headway.registers.generations import Generations
from headway.registers.growing import grown, put_texts, wider, with_schools
from headway.registers.held import EVER, LIMITED, TEXTS, ids, moved_groups
from headway.registers.opening import Sheet
from headway.registers.slots import Bytes, Days, first_day
from headway.registers.template import READ
from headway.vocabulary.academic_year import AcademicYear


@dataclass
class PupilList:
    """One entry for each pupil at each school; texts by column, shape (p,); spells as in `Enrolments`."""

    urns: NDArray[np.int32]
    keys: Bytes
    persons: Bytes
    spells: Days
    texts: dict[str, NDArray[np.str_]]
    limited: dict[str, NDArray[np.str_]]


def read(sheet: Sheet, taking: Taking, faults: list[Fault], store: Generations) -> PupilList | None:
    """The list; None when a row has a fault. A pupil may stand in several rows of a school for as many spells on roll."""
    urn, who = columns.urns(sheet, taking, faults), columns.numbers(sheet, faults)
    admitted, left = columns.days(sheet, faults, "admitted", needed=False), columns.days(sheet, faults, "left", needed=False)
    last = np.where(left > 0, left, EVER).astype(np.int32)
    faults += at_rows(last < admitted, "left", BACKWARDS)
    texts = {name: np.array(columns.read(sheet, name, READ[name], "", faults), np.str_) for name in (*TEXTS, "ethnicity")}
    if faults:
        return None
    keys = store.identities.keys(who.values)[who.at]
    limited = {name: _hashed(sheet, name, store) for name in ("siblings", "parents")} | {"ethnicity": texts.pop("ethnicity")}
    return _gathered(urn, keys, _persons(sheet, keys, store), admitted, last, texts, limited, faults)


def _persons(sheet: Sheet, keys: Bytes, store: Generations) -> Bytes:
    """The key of the person where the file tells one; else the pupil's."""
    column = sheet.column("person")
    said = store.identities.keys(column.values, "person")[column.at]
    return np.where(column.filled[:, None], said, keys)


def _hashed(sheet: Sheet, name: str, store: Generations) -> NDArray[np.str_]:
    """Keys of what may be several numbers set apart by spaces; each as hexadecimal digits."""
    column = sheet.column(name)
    said = [
        " ".join(bytes(key).hex() for key in store.identities.keys(text.replace(";", " ").split(), name)) if text else ""
        for text in column.values
    ]
    return np.array(said, np.str_)[column.at]


def _gathered(
    urn: NDArray[np.int32], keys: Bytes, persons: Bytes, admitted: Days, left: Days, texts: dict[str, NDArray[np.str_]],
    limited: dict[str, NDArray[np.str_]], faults: list[Fault],
) -> PupilList | None:  # fmt: skip
    """Rows of one pupil at one school as one entry with several spells; what else is said of them is that of the last spell."""
    whole = np.ascontiguousarray(ids(urn, keys))
    _, entry = np.unique(whole, axis=0, return_inverse=True)
    entry = entry.ravel()
    order = np.lexsort((admitted, entry))
    same = np.diff(entry[order]) == 0
    overlap = same & (admitted[order][1:] <= left[order][:-1])
    if overlap.any():
        wrong = np.zeros(len(order), np.bool_)
        wrong[order[1:][overlap]] = wrong[order[:-1][overlap]] = True
        faults += at_rows(wrong, "admitted", OVERLAP)
        return None
    starts = np.concatenate([[True], ~same]) if len(order) else np.empty(0, np.bool_)
    number = np.arange(len(order)) - np.maximum.accumulate(np.where(starts, np.arange(len(order)), 0))
    count = int(starts.sum())
    spells = wider(np.empty((count, 0), np.int32), 2 * (int(number.max(initial=0)) + 1))
    of = np.cumsum(starts) - 1
    spells[of, 2 * number], spells[of, 2 * number + 1] = admitted[order], left[order]
    last = np.concatenate([order[:-1][~same], order[-1:]])
    return PupilList(
        urn[last], keys[last], persons[last], spells, {name: values[last] for name, values in texts.items()},
        {name: values[last] for name, values in limited.items()},
    )  # fmt: skip


def put_years(store: Generations, listed: PupilList, years: list[AcademicYear]) -> int:
    """Put a list into the last of these years, and into those before it as it must have been: who was on roll, in lower year groups."""
    for year in years[:-1]:
        put(store, earlier(listed, year, years[-1] - year), year)
    return put(store, listed, years[-1])


def earlier(listed: PupilList, year: AcademicYear, back: int) -> PupilList:
    """The list so many years before."""
    begins, ends = first_day(year), first_day(year + 1)
    there = ((listed.spells[:, 0::2] < ends) & (listed.spells[:, 1::2] >= begins) & (listed.spells[:, 0::2] <= listed.spells[:, 1::2])).any(
        axis=1
    )
    texts = {name: values[there] for name, values in listed.texts.items()}
    texts["year_group"] = moved_groups(texts["year_group"], -back)
    limited = {name: values[there] for name, values in listed.limited.items()}
    return PupilList(listed.urns[there], listed.keys[there], listed.persons[there], listed.spells[there], texts, limited)


def put(store: Generations, listed: PupilList, year: AcademicYear) -> int:
    """Put a list into a year; how many entries."""
    held = with_schools(store.year(year), np.unique(listed.urns))
    new = rows_of(held.enrolments, listed.urns, listed.keys) < 0
    if new.any():
        held = grown(held, listed.urns[new], listed.keys[new])
    rows = held.enrolments
    at = rows_of(rows, listed.urns, listed.keys)
    width = max(rows.spells.shape[1], listed.spells.shape[1])
    rows.spells = wider(rows.spells, width)
    rows.spells[at] = wider(listed.spells, width)
    rows.listed[at], rows.persons[at] = True, listed.persons
    rows.texts = {name: put_texts(rows.texts[name], at, listed.texts[name]) for name in TEXTS}
    rows.limited = {name: put_texts(rows.limited[name], at, listed.limited[name]) for name in LIMITED}
    held.changed |= {"enrolments", "limited", "calendars", "changes"}
    store.replace(held)
    return len(listed.urns)

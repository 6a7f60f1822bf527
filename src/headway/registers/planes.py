"""The bit planes of a year: which sessions were possible, authorised and unauthorised absence. Made from the marks, at will.

A file lies beside the marks and is named after them, so a new generation of marks has none until it is packed, and an old one's is
never taken for it. It is mapped, not read: a question touches the words of the weeks that it is about. A day's load
mends the words of its own week in a copy, and packs the others not again.
"""

import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from headway.protected import private_files
from headway.registers import counting, twins
from headway.registers.code_book import CodeBook
from headway.registers.generations import Generations
from headway.registers.held import Enrolments
from headway.registers.slots import Bytes, Days, Slots

Words = NDArray[np.uint64]
WORD = 64
SUFFIX = ".planes"


@dataclass(frozen=True)
class Layout:
    """How weeks lie in words: `weeks_in_word` whole weeks of `per_week` sessions."""

    per_week: int
    weeks: int

    @property
    def weeks_in_word(self) -> int:
        return WORD // self.per_week

    @property
    def per_word(self) -> int:
        return self.weeks_in_word * self.per_week

    @property
    def words(self) -> int:
        return -(-self.weeks // self.weeks_in_word)

    def masks(self, chosen: NDArray[np.bool_]) -> Words:
        """A mask a word for the slots that are chosen, shape (width,); of several choices, shape (…, width), each."""
        padded = np.zeros((*chosen.shape[:-1], self.words * self.per_word), np.uint64)
        padded[..., : chosen.shape[-1]] = chosen
        weight = np.uint64(1) << np.arange(self.per_word, dtype=np.uint64)
        found: Words = (padded.reshape(*chosen.shape[:-1], self.words, self.per_word) * weight).sum(axis=-1, dtype=np.uint64)
        return found

    def slots_in(self, words: Words, width: int) -> NDArray[np.bool_]:
        """Words (words, n) as flags of slots, shape (n, width)."""
        bits = words.T[:, :, None] >> np.arange(self.per_word, dtype=np.uint64) & np.uint64(1)
        found: NDArray[np.bool_] = bits.reshape(words.shape[1], -1)[:, :width] == 1
        return found

    def weekdays(self) -> Words:
        """A mask for each day of the week, the same in every word."""
        days = self.per_week // 2
        bits = np.arange(self.per_word) % self.per_week // 2
        weight = np.uint64(1) << np.arange(self.per_word, dtype=np.uint64)
        return np.array([weight[bits == day].sum(dtype=np.uint64) for day in range(days)], np.uint64)


def layout_of(slots: Slots) -> Layout:
    return Layout(slots.per_week, len(slots.weeks))


def counted_marks(rows: Enrolments, slots: Slots) -> Bytes:
    """Marks as they count: those outside a pupil's days on roll are none. The same array where every mark is inside."""
    if not slots.width:
        return rows.marks
    first, last = int(slots.ordinals[0]), int(slots.ordinals[-1])
    part = np.nonzero(~((rows.spells[:, 0::2] <= first) & (rows.spells[:, 1::2] >= last)).any(axis=1))[0]
    if not len(part):
        return rows.marks
    marks = rows.marks.copy()
    marks[part] *= on_roll(rows.spells[part], slots.ordinals)
    return marks


def on_roll(spells: Days, days: Days) -> NDArray[np.bool_]:
    """Whether each pupil was on roll on each day, shape (n, days)."""
    found = np.zeros((len(spells), len(days)), np.bool_)
    for at in range(0, spells.shape[1], 2):
        found |= (spells[:, at, None] <= days) & (days <= spells[:, at + 1, None])
    return found


def packed(marks: Bytes, layout: Layout, classes: Bytes, into: Words | None = None) -> Words:
    """Planes (words, 3, n) of marks (n, width)."""
    planes = np.empty((layout.words, 3, len(marks)), np.uint64) if into is None else into
    kernels, rows = counting.fitting(len(marks)), np.ascontiguousarray(marks)
    counting.over(len(marks), lambda first, last: kernels.pack(rows, classes, layout.per_word, planes, first, last))
    return planes


def path_of(folder: Path, enrolments: str) -> Path:
    return folder / Path(enrolments).with_suffix(SUFFIX).name


def write(path: Path, rows: Enrolments, slots: Slots, classes: Bytes) -> None:
    """Pack a year into its file, whole or not at all."""
    layout = layout_of(slots)
    partial = private_files.partial_of(path)
    planes = np.lib.format.open_memmap(partial, "w+", np.uint64, (layout.words, 3, len(rows)))
    packed(counted_marks(rows, slots), layout, classes, planes)
    planes.flush()
    del planes
    private_files.put_in_place(partial, path)


def mend(path: Path, before: Path, rows: Enrolments, slots: Slots, classes: Bytes, touched: Collection[int]) -> None:
    """The file of a year of which only the marks of some slots are other than in the file before: only their words are packed."""
    layout, partial = layout_of(slots), private_files.partial_of(path)
    shutil.copyfile(before, partial)
    planes = np.load(partial, mmap_mode="r+")
    marks = counted_marks(rows, slots)
    for word in sorted({slot // layout.per_word for slot in touched}):
        part = np.ascontiguousarray(marks[:, word * layout.per_word : (word + 1) * layout.per_word])
        of_word = planes[word : word + 1]  # one word of many is packed before the compiler would be loaded
        counting.over(len(part), lambda first, last: twins.pack(part, classes, layout.per_word, of_word, first, last))  # noqa: B023
    planes.flush()
    del planes
    private_files.put_in_place(partial, path)


def mapped(path: Path) -> Words:
    found: Words = np.load(path, mmap_mode="r")
    return found


def refresh(store: Generations, book: CodeBook) -> None:
    """Pack every year whose marks have no planes yet; after a commit, while the files of the generation before are still there."""
    for year in store.years:
        files = store.pointer.years.get(str(year))
        path = path_of(store.folder, files["enrolments"]) if files else None
        held = store.year(year) if path and not path.exists() else None
        if path and held and held.slots.width and len(held.enrolments):
            patch = store.patches.get(year)
            before = path_of(store.folder, patch.before) if patch else None
            if patch and before and before.exists():
                mend(path, before, held.enrolments, held.slots, book.classes, patch.slots)
            else:
                write(path, held.enrolments, held.slots, book.classes)

"""What a whole national table should hold, and whether a table means to be one."""

from dataclasses import dataclass
from functools import cached_property

from headway.sources.screening.subject import Subject
from headway.store.landed import LandedFile

FEW_AUTHORITIES = 12  # up to so many, a table is an extract on purpose
MOST_OF = 0.6  # of the authorities: a table that covers so many means to be national
A_PART = 0.3  # without an authority column: fewer schools than this part of the usual is an extract
NEAR_YEARS = 3


@dataclass
class Extent:
    """Which authorities a table covers, and what covered them before."""

    subject: Subject

    @cached_property
    def counts(self) -> dict[int, int]:
        """Schools in the table by authority code; empty without an authority column."""
        condition = "level = 'school' AND regexp_full_match(authority, '[0-9]{3}')"
        sql = f"SELECT authority::INT, count(DISTINCT place) FROM located WHERE {condition} GROUP BY 1"
        return {int(code): int(count) for code, count in self.subject.ask(sql)}

    @cached_property
    def codes(self) -> list[int]:
        """The authorities that published tables cover, as the library lists them."""
        return sorted(int(code) for code in (self.subject.library.lists.get("whole_tables") or {}).get("authorities", []))

    @cached_property
    def usual(self) -> int:
        """How many schools the table holds at the fewest when it is whole; 0 when nobody has said."""
        tables = (self.subject.library.lists.get("whole_tables") or {}).get("schools") or {}
        return int(tables.get(self.subject.definition.id, 0))

    @property
    def national(self) -> bool:
        """Whether the table means to cover England, as far as it tells. A made-up country, whose codes England does not use, never does."""
        if self.counts:
            return not self.extract and sum(code in self.counts for code in self.codes) >= MOST_OF * len(self.codes)
        return self.subject.schools >= A_PART * max(self.usual, self._most_before)

    @property
    def extract(self) -> bool:
        return bool(self.counts) and len(self.counts) <= FEW_AUTHORITIES

    @cached_property
    def _most_before(self) -> int:
        return max((file.rows_by_level.get("school", 0) for file in self.subject.sisters), default=0)

    @cached_property
    def sister(self) -> LandedFile | None:
        """The national file of the same table whose year is nearest, none when all are years away."""
        year = self.subject.year
        for file in self.subject.sisters:
            near = year is None or file.year is None or abs(file.year.start - year) <= NEAR_YEARS
            if near and file.rows_by_level.get("school", 0) >= A_PART * self._most_before:
                return file
        return None

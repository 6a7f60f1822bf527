"""One number with its meaning: a measure, a place, a year, a cut; value, state and where it came from."""

from typing import NamedTuple

from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.status import Release, Status


class Reading(NamedTuple):
    """One measure at one place in one year for one cut of its cohort.

    `value` is in the measure's unit, unrounded as the source gives it, and None unless the status
    allows one. `lower` and `upper` are the published 95% limits. `numerator_status` and
    `denominator_status` say why a count is absent (`not_published` where the source gives only a rate).
    `position` is the share (0 to 1) of schools of the same phase in England below it, ties halved.
    `source_row` counts from 1 with the first data row under the header. A named tuple, because a page makes
    hundreds of them and a tuple is made ten times as fast as a frozen dataclass.
    """

    level: Level
    place: str  # URN, authority code, region code or England's code, as text
    place_name: str
    measure: str
    year: AcademicYear
    cut: str
    value: float | None
    numerator: float | None
    denominator: float | None
    lower: float | None
    upper: float | None
    status: Status
    numerator_status: Status
    denominator_status: Status
    unit: str
    better: str
    release: Release
    source: str  # the table's id in library/sources
    source_file: str
    source_row: int | None  # None when Headway worked it out from many rows
    marker: str  # what the source wrote in place of a number
    position: float | None
    position_of: int | None  # how many schools the position is among
    snapshot: str

    @property
    def urn(self) -> str | None:
        """None for a mean of schools, whose place names its members."""
        return self.place if self.level is Level.SCHOOL and self.place.isdigit() else None

    @property
    def authority(self) -> str | None:
        return self.place if self.level is Level.AUTHORITY else None

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON and tables; `urn` or `authority` beside the place."""
        row: dict[str, object] = {"level": self.level.value}
        if self.urn:
            row["urn"] = int(self.urn)
        if self.authority:
            row["authority"] = self.authority
        for name, value in zip(self._fields, self, strict=True):
            row.setdefault(name, str(value) if isinstance(value, (AcademicYear, Status, Release)) else value)
        return row

"""How other systems name the columns of registers: which of theirs is which of ours."""

from typing import Literal

from pydantic import Field

from headway.definitions.schemas import Definition, Reference, Texts


class AttendanceExport(Definition):
    """One system's export. `columns` is ours → every heading that it is known by; `values` renames texts, by our column.

    `without` are headings with people's names and the like: known, and left out.
    """

    id: str
    title: str
    shape: Literal["calendar", "pupils", "marks", "wide", "strings", "school_totals", "pupil_totals", "notices"]
    columns: dict[str, Texts]
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    without: Texts = ()
    reference: Reference
    note: str = ""

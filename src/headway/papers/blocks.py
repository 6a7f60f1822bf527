"""What a paper is made of. Frozen, so that a paper can be compared, kept and written again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True)
class Strong:
    """Words that stand out."""

    words: str


@dataclass(frozen=True)
class Number:
    """A figure as people read it, with its number trail: release, file and working in words. "" for a figure without one.

    `value` is unrounded, for the workbook; None where nothing is shown ("suppressed", "–").
    """

    shown: str
    trail: str = ""
    value: float | None = None


Run = str | Strong | Number
Words = str | tuple[Run, ...]


class Voice(StrEnum):
    """How a paragraph speaks: the answer on top, plain text, or the small print under a picture."""

    ANSWER = "answer"
    PLAIN = "plain"
    NOTE = "note"


@dataclass(frozen=True)
class Heading:
    """Under the title. `level` 1 to 3; a paper may not skip one."""

    words: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    words: Words
    voice: Voice = Voice.PLAIN


@dataclass(frozen=True)
class Bullets:
    items: tuple[Words, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Column:
    """One column of a table: its heading, the unit of what stands in it, and whether that is numbers, which stand to the right."""

    head: str
    unit: str = ""
    number: bool = False

    @property
    def heading(self) -> str:
        return f"{self.head} ({self.unit})" if self.unit else self.head


@dataclass(frozen=True)
class Table:
    """Rows under headings. The first column names its row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Words, ...], ...]
    note: str = ""


class Drawn(Protocol):
    """A picture that was drawn elsewhere, as those of headway.charts: its table has the heading row first."""

    @property
    def svg(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def alt(self) -> str: ...
    @property
    def table(self) -> tuple[tuple[str, ...], ...]: ...


@dataclass(frozen=True)
class Picture:
    """A drawing in SVG. `title` states the finding, `alt` says what is to be seen; `table` holds the same values."""

    svg: str
    title: str
    alt: str
    table: Table | None = None
    note: str = ""


def picture(drawn: Drawn, note: str = "") -> Picture:
    """A chart of headway.charts as a block, with its table."""
    table = None
    if len(drawn.table) > 1:
        columns = tuple(Column(head, number=place > 0) for place, head in enumerate(drawn.table[0]))
        table = Table(drawn.title, columns, tuple(tuple(row) for row in drawn.table[1:]))
    return Picture(drawn.svg, drawn.title, drawn.alt, table, note)


@dataclass(frozen=True)
class PageBreak:
    """What follows starts a new page, where there are pages."""


@dataclass(frozen=True)
class VisibleTo:
    """Who may read this paper: "you, the adviser team, the head of service"."""

    who: str


@dataclass(frozen=True)
class LegalCheck:
    """A passage from a template of ours that the council's lawyers must check before it is used. The mark stays until it is taken out."""

    words: Words


Block = Heading | Paragraph | Bullets | Table | Picture | PageBreak | VisibleTo | LegalCheck


@dataclass(frozen=True)
class Paper:
    """One paper.

    `issued` is the day on it, also in the files' properties: nothing else tells the time. `body` is who it is of or for, `line` what stands
    beside it ("5 February 2026 · Paper 4 · Public edition"), `foot` the small line on every page.
    """

    title: str
    body: str
    line: str
    issued: date
    blocks: tuple[Block, ...]
    foot: str = ""
    language: str = "en-GB"


def paragraphs(text: str, voice: Voice = Voice.PLAIN) -> tuple[Paragraph, ...]:
    """What a person typed, a paragraph for each line that is not empty."""
    return tuple(Paragraph(line.strip(), voice) for line in text.splitlines() if line.strip())


def runs(words: Words) -> tuple[Run, ...]:
    return (words,) if isinstance(words, str) else words


def text(words: Words) -> str:
    """The words alone."""
    return "".join(run if isinstance(run, str) else run.words if isinstance(run, Strong) else run.shown for run in runs(words))

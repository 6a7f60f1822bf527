"""When a figure was first published: what an answer as of a past day may know."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PrivateAttr, model_validator

from headway.definitions.schemas import Definition, Reference
from headway.definitions.vocabularies import YearText
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.status import Release

_WHEN = re.compile(r"^\d{4}-\d{2}(-\d{2})?$")


def _when(text: str) -> str:
    if not _WHEN.match(text):
        raise ValueError("write a day as 2017-12-14, or a month as 2017-12")
    last_day(text)
    return text


When = Annotated[str, AfterValidator(_when)]


def last_day(text: str) -> date:
    """The day; of a month its last, so that nothing is used before it was surely out."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    return date(parts[0], parts[1], calendar.monthrange(parts[0], parts[1])[1])


Known = Literal["listed", "unchecked", "usual", "never", "undated"]
SUREST: tuple[Known, ...] = ("listed", "unchecked", "usual", "never", "undated")  # the surest first


@dataclass(frozen=True)
class Out:
    """A day of publication and how it is known.

    `listed`: a page that tells it was read. `unchecked`: it stands in the calendar by what is generally known of the publisher's timetable,
    and no page that tells it was read. `usual`: the month in most years. `never` and `undated` have no day.
    """

    day: date | None
    known: Known
    why: str = ""


def least_sure(known: Iterable[Known]) -> Known:
    """Of several days together that which is known least surely."""
    return max(known, key=SUREST.index)


class Usual(Definition):
    """The month in which it comes out in most years, and how many calendar years after the academic year's end."""

    month: int = Field(ge=1, le=12)
    years_after: int = Field(default=0, ge=0, le=3)


class YearOut(Definition):
    """One year's releases. `never` says why there was none; `undated` why those held cannot be put to a day.

    `seen`: for each of them the address of the page that tells it, which was read.
    """

    provisional: When | None = None
    final: When | None = None
    never: str = ""
    undated: str = ""
    seen: dict[Literal["provisional", "final", "never", "undated"], str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def one_of(self) -> "YearOut":
        if sum(map(bool, (self.provisional or self.final, self.never, self.undated))) != 1:
            raise ValueError("give dates, or `never`, or `undated`, and only one of them")
        if self.provisional and self.final and last_day(self.provisional) > last_day(self.final):
            raise ValueError("the provisional release comes before the final one")
        if unsaid := [name for name in self.seen if not getattr(self, name)]:
            raise ValueError(f"a page was read that tells {' and '.join(unsaid)}, and the year does not")
        return self


class Publication(Definition):
    """One statistic and the measures whose figures first came out in it. A measure's longest name here decides."""

    id: str
    title: str
    publisher: str
    measures: tuple[str, ...] = Field(min_length=1)  # ids, or ks2.* for all that begin so
    usual: dict[Literal["provisional", "final"], Usual] = Field(default_factory=dict)
    years: dict[YearText, YearOut] = Field(default_factory=dict)
    reference: Reference
    note: str = ""
    _outs: dict[tuple[int, Release], Out] = PrivateAttr(default_factory=dict)  # a calendar is asked a hundred thousand times

    def out(self, year: AcademicYear, release: Release) -> Out:
        """When a release of a year came out, or why that is not so or not known."""
        key = (year.start, release)
        if key not in self._outs:
            self._outs[key] = self._out(year, release)
        return self._outs[key]

    def _out(self, year: AcademicYear, release: Release) -> Out:
        said = self.years.get(str(year))
        if said and (said.never or said.undated):
            return Out(None, "never" if said.never else "undated", said.never or said.undated)
        kind: Literal["provisional", "final"] = "provisional" if release is Release.PROVISIONAL else "final"
        if said:
            text = said.provisional if kind == "provisional" else said.final
            told = kind if text else "provisional"
            text = text or (said.provisional if kind == "final" else None)
            known: Known = "listed" if told in said.seen else "unchecked"
            return Out(last_day(text), known) if text else Out(None, "undated", "its provisional release is not in the calendar")
        usual = self.usual.get(kind) or self.usual.get("final")
        if usual is None:
            return Out(None, "undated", "the calendar of publications does not tell when it came out")
        return Out(last_day(f"{year.start + 1 + usual.years_after:04d}-{usual.month:02d}"), "usual")

    def first(self, year: AcademicYear) -> Out:
        """Its first release, whatever its kind."""
        said = self.years.get(str(year))
        early = said.provisional is not None if said else "provisional" in self.usual
        return self.out(year, Release.PROVISIONAL if early else Release.FINAL)


@lru_cache(maxsize=512)
def _longest(names: tuple[tuple[str, str], ...], measure: str) -> str | None:
    fits = [(len(name), of) for name, of in names if name == measure or (name.endswith("*") and measure.startswith(name[:-1]))]
    return max(fits)[1] if fits else None


def publication_of(publications: dict[str, Publication], measure: str) -> Publication | None:
    """The statistic in which a measure first comes out; None where the calendar does not tell."""
    names = tuple((name, found.id) for found in publications.values() for name in found.measures)
    of = _longest(names, measure)
    return publications[of] if of else None

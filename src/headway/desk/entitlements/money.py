"""What support took and takes: adviser days and their cost by financial year, by phase, tier and who runs the school. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from headway.language.values import plain

MAINTAINED, ACADEMY, OTHER = "maintained", "academy", "other"
RUN = {MAINTAINED: "Maintained by the council", ACADEMY: "Academies", OTHER: "Others"}


@dataclass(frozen=True)
class FinancialYear:
    """From the first to the last day. `begins` is the calendar year of the first."""

    begins: int
    first: date
    last: date

    @property
    def name(self) -> str:
        return f"{self.begins}–{(self.begins + 1) % 100:02d}"

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def financial_year(day: date, begins: str) -> FinancialYear:
    """The financial year that a day lies in; `begins` is month and day, as 04-01."""
    month, first = map(int, begins.split("-"))
    start = date(day.year, month, first)
    year = day.year if day >= start else day.year - 1
    return FinancialYear(year, date(year, month, first), date(year + 1, month, first) - timedelta(1))


@dataclass(frozen=True)
class Spent:
    """One school in one financial year. `pupils` None where no list tells."""

    urn: int
    name: str
    phase: str
    run: str  # maintained, academy, other
    tier: str
    pupils: int | None
    given: float  # adviser days
    owed: float  # still to be given before the year ends
    sold: float  # pounds of the traded offer, paid by the school


@dataclass(frozen=True)
class Total:
    """Schools taken together. `per_pupil` is of the schools whose pupils are known, and None where none are or no cost is set."""

    title: str
    schools: int
    pupils: int
    given: float
    owed: float
    sold: float
    cost: float | None
    cost_owed: float | None
    per_pupil: float | None
    without_pupils: int


def total(title: str, schools: Sequence[Spent], day_cost: float | None) -> Total:
    known = [one for one in schools if one.pupils]
    pupils, given, owed = sum(one.pupils or 0 for one in known), sum(one.given for one in schools), sum(one.owed for one in schools)
    of_known = sum(one.given for one in known)
    return Total(
        title, len(schools), pupils, given, owed, sum(one.sold for one in schools),
        None if day_cost is None else given * day_cost, None if day_cost is None else owed * day_cost,
        None if day_cost is None or not pupils else of_known * day_cost / pupils, len(schools) - len(known),
    )  # fmt: skip


def totals(schools: Iterable[Spent], by: Callable[[Spent], str], titles: dict[str, str], day_cost: float | None) -> list[Total]:
    """A line for each group that has schools, in the order of `titles`; groups that it does not name come after, by name."""
    groups: dict[str, list[Spent]] = {}
    for one in schools:
        groups.setdefault(by(one), []).append(one)
    order = [*(name for name in titles if name in groups), *sorted(set(groups) - set(titles))]
    return [total(titles.get(name, plain(name).capitalize()), groups[name], day_cost) for name in order]

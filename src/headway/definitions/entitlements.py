"""What the library says a tier gives: fixed times, intervals by the last review, conditions and triggers; and the days each costs."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from headway.definitions.schemas import Definition, Reference

SCHOOL_WEEKS = 39  # weeks in which schools are open in a year: an interval in weeks is kept over these
SOON = "30 school days"
# What `due` may say. Weeks and school days are counted from the day on which the school came into the tier.
DUE = r"^(each (half )?term|(end of )?(autumn|spring|summer) term|October half term|week [1-9][0-9]?|[1-9][0-9]? school days)$"
WITHIN = r"^(week [1-9][0-9]?|[1-9][0-9]? school days)$"


class Item(Definition):
    """A kind of support, and the adviser days that one of it takes, travel and writing up included."""

    title: str
    days: float = Field(ge=0, le=10)
    by: Literal["adviser", "school", "other"] = "adviser"  # whose days they are: only an adviser's are counted
    standing: bool = False  # in place as long as the tier lasts: there is nothing to do by a day, and nothing to record
    note: str = ""


class Fixed(Definition):
    """So many times in a school year. Without `due` they are spread evenly over it, the last by its end."""

    kind: Literal["fixed"]
    item: str
    times: int = Field(ge=1, le=12)
    due: str = Field(default="", pattern=rf"^$|{DUE}")

    @model_validator(mode="after")
    def of_each(self) -> "Fixed":
        parts = {"each term": 3, "each half term": 6}.get(self.due, self.times)
        if self.times != parts:
            raise ValueError(f"{self.due!r} is {parts} times a year, not {self.times}")
        return self


class Interval(Definition):
    """Again and again, every so many school weeks: the longest after a green review, the shortest after a red one, else the middle."""

    kind: Literal["interval"]
    item: str
    weeks: tuple[int, int]

    @model_validator(mode="after")
    def ordered(self) -> "Interval":
        if not 1 <= self.weeks[0] <= self.weeks[1] <= SCHOOL_WEEKS:
            raise ValueError(f"`weeks` runs from the shortest to the longest, between 1 and {SCHOOL_WEEKS}")
        return self


class Conditional(Definition):
    """Only when something holds, within `due` of the day from which it held; with `instead_of` it takes another item's place."""

    kind: Literal["when"]
    item: str
    when: Literal["performance_signal", "progress_issue", "school_asks", "evidence_thin"]
    times: int = Field(default=1, ge=1, le=12)
    due: str = Field(default=SOON, pattern=WITHIN)
    instead_of: str = ""


class Triggered(Definition):
    """Each time that something happens, within `due` of that day."""

    kind: Literal["on"]
    item: str
    due: str = Field(default=SOON, pattern=WITHIN)
    on: Literal["new_head", "inspection_call", "inspection_report", "tier_entered", "self_referral"]


Line = Annotated[Fixed | Interval | Conditional | Triggered, Field(discriminator="kind")]


class Gives(Definition):
    """What one tier gives. `plan_days` is what is put aside for a school of the tier in a year's planning."""

    plan_days: float = Field(ge=0, le=60)
    lines: tuple[Line, ...] = Field(min_length=1)


class Entitlement(Definition):
    """The entitlements of a set of tiers. `everybody` is given in every tier, and its days are in each tier's plan."""

    id: str
    title: str
    items: dict[str, Item]
    everybody: tuple[Line, ...] = ()
    tiers: dict[str, Gives]
    field_days: float = Field(gt=0, le=230)  # days of a full-time adviser's year that can be given to schools
    reference: Reference
    owner: str
    review_by: date
    note: str = ""

    @model_validator(mode="after")
    def sound(self) -> "Entitlement":
        faults = []
        for name, gives in self.tiers.items():
            for line in (*self.everybody, *gives.lines):
                for item in (line.item, getattr(line, "instead_of", "") or line.item):
                    if item not in self.items:
                        faults.append(f"tier {name}: there is no item {item!r}")
        if not faults:
            faults = [fault for name in self.tiers if (fault := self._out_of_reach(name))]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _out_of_reach(self, tier: str) -> str:
        low, high = self.days(tier)
        plan = self.tiers[tier].plan_days
        return "" if low <= plan <= high else f"tier {tier}: {plan} days are planned, its lines take {low:.2f} to {high:.2f}"

    def days(self, tier: str) -> tuple[float, float]:
        """The fewest and the most adviser days that a year in the tier takes, by its lines; what is triggered once counts in the most."""
        low = high = 0.0
        for line in (*self.everybody, *self.tiers[tier].lines):
            least, most = _times(line)
            cost = self.items[line.item].days if self.items[line.item].by == "adviser" else 0.0
            low, high = low + least * cost, high + most * cost
        return low, high


def _times(line: Line) -> tuple[float, float]:
    """How often in a year at least and at most."""
    if isinstance(line, Fixed):
        return line.times, line.times
    if isinstance(line, Interval):
        return SCHOOL_WEEKS // line.weeks[1], SCHOOL_WEEKS // line.weeks[0]
    return (0, line.times) if isinstance(line, Conditional) else (0, 1)

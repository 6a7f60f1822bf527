"""What an ambition is: a promise that can be checked, with its parts, the readings its words leave open, and what is not known."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from headway.definitions.schemas import Definition, Reference, Year

Relation = Literal["reach", "stay_above", "stay_below", "within", "rise_by", "fall_by", "every_school_at_least"]
Unit = Literal["points", "percent"]
KEEPS = ("stay_above", "stay_below")
MOVES_BY = ("rise_by", "fall_by")
ANY_AREA = "any"


class Who(Definition):
    """Whose figure is meant: the area's own published one, that of some of its schools together, or that of each district.

    `of: district` with a `name` is one district; without, each of them is measured and the worst decides. Districts, phases, maintained
    schools and families are of schools, not of where pupils live.
    """

    of: Literal["area", "schools", "maintained", "phase", "district", "family"] = "area"
    phase: str = ""
    by: Literal["constituency", "ward", "locality", "town"] = "constituency"
    name: str = ""
    urn: int | None = None


class Against(Definition):
    """What it is set beside. England, the area's average and the neighbours move every year: `moves` says whether the promise
    moves with them or is held at their level in the baseline year. `cut` names another group of England's or the area's."""

    kind: Literal["fixed", "england", "england_same_group", "area_average", "neighbours", "own_baseline"]
    level: float | None = None
    cut: str = ""
    moves: Literal["each_year", "held_at_baseline"] | None = None

    @property
    def moving(self) -> bool:
        return self.kind not in ("fixed", "own_baseline")


class Bridge(Definition):
    """How the promise is carried over a break: the same standard said to hold on, the count begun anew, or another measure standing
    in for the one that the words named."""

    at: Year
    kind: Literal["same_standard", "begun_anew", "stands_in"]
    note: str
    named: str = ""  # stands_in: what the words named


class DeclaredGap(Definition):
    """Years in which there will be no figure, known and said."""

    years: tuple[Year, ...]
    series: str
    why: str


class Lacking(Definition):
    """A promise that no series held can answer: the exact series it would need, and why it is not here."""

    series: str
    years: str
    why: str
    remedy: str = ""


class Asks(Definition):
    """The checkable part of a promise. Every field may be left to the ambition's own `asks` by a part, and to a choice.

    `amount` is in the measure's own units when `unit` is points, a share of the comparator (or of the baseline) when it is percent.
    `due` is the day; the year that decides is the last academic year over by then. `tolerance` is in the measure's units: by how much
    a figure may miss its path and be called at risk, not off course.
    """

    measure: str = ""
    cut: str = "all"
    who: Who = Who()
    relation: Relation | None = None
    against: Against | None = None
    amount: float | None = None
    unit: Unit | None = None
    baseline: Year | None = None
    due: date | None = None
    tolerance: float | None = None
    bridges: tuple[Bridge, ...] = ()
    gaps: tuple[DeclaredGap, ...] = ()
    lacking: Lacking | None = None


class Part(Asks):
    title: str


class Choice(Definition):
    """One way to read words that leave a choice, and why one might read them so. `parts` keeps it to some of the parts."""

    title: str
    why: str
    sets: Asks
    parts: tuple[str, ...] = ()


class Ambition(Definition):
    """One promise as it was made, in `words`, and as it is checked."""

    id: str
    title: str
    words: str
    number: int = 0  # its place in the list it comes from
    owner: str
    review_by: date
    reference: Reference
    note: str = ""
    asks: Asks = Asks()
    parts: dict[str, Part] = Field(default_factory=dict)
    choices: dict[str, Choice] = Field(default_factory=dict)
    chosen: str = ""

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def set(self) -> str:
        """The list it belongs to: its folder."""
        return self.id.rpartition(".")[0]

    def part(self, name: str, choice: str | None = None) -> Asks:
        """What one part asks (of an ambition without parts, the one called ""), by the reading chosen or another."""
        said = given(self.asks) | (given(self.parts[name]) if name else {})
        taken = self.choices.get(self.chosen if choice is None else choice)
        if taken and (not taken.parts or name in taken.parts):
            said |= given(taken.sets)
        said.pop("title", None)
        return Asks.model_construct(**{**_PLAIN, **said})

    def all_parts(self, choice: str | None = None) -> dict[str, Asks]:
        """Part → what it asks; of an ambition without parts one, called ""."""
        return {name: self.part(name, choice) for name in (list(self.parts) or [""])}


_PLAIN: dict[str, Any] = {name: field.get_default() for name, field in Asks.model_fields.items()}


def given(asks: Asks) -> dict[str, Any]:
    """The fields that a file gave, as the objects they are."""
    return {name: getattr(asks, name) for name in asks.model_fields_set}


class AmbitionSet(Definition):
    """A list of promises made together: a plan, a policy, or a blueprint that any area may take up (`area: any`)."""

    id: str
    title: str
    area: str
    made: date
    reference: Reference
    note: str = ""

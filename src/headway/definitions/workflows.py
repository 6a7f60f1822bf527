"""How a piece of work with one school goes: library/workflows (its steps) and library/ladders (what may follow when concern stays).

Both are rows, not code: a changed procedure is a changed file, and an engagement that has begun keeps the steps it began with.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from headway.definitions.schemas import Definition, Reference

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Who = Literal["head_of_service", "adviser", "head", "governing_body", "trust", "council", "secretary_of_state"]
Route = Literal["maintained", "academy"]
Basis = Literal["statutory", "local"]
Fact = Literal["conflict_checked", "adviser_allocated", "point_written"]
Unit = Literal["school_days", "working_days", "school_weeks", "days", "months"]
ENTRY = "entry"


class Clock(Definition):
    """By when: so many days, weeks or months after the engagement was entered, or after a step or rung that is named."""

    count: int = Field(ge=1, le=60)
    unit: Unit
    after: str = ENTRY


class Choice(Definition):
    id: Id
    title: str


class Only(Definition):
    """The step is wanted only where another came out in one way."""

    step: Id
    choice: Id


class Step(Definition):
    """One step. `after`: the steps without which it cannot start; `fact`: it is done as soon as the engagement says so, never by hand."""

    id: Id
    title: str
    phase: str
    who: Who
    basis: Basis
    source: Reference
    asks: str = ""
    after: tuple[Id, ...] = ()
    fact: Fact | None = None
    only: Only | None = None
    clock: Clock | None = None
    choices: tuple[Choice, ...] = ()
    ticks: tuple[Choice, ...] = ()
    routes: tuple[Route, ...] = ("maintained", "academy")
    school_sees: bool = False
    template: str = ""
    legal_check: bool = False


class Workflow(Definition):
    """The steps of one kind of engagement, in order. One engagement of a `programme` is open at a school at a time."""

    id: str
    title: str
    programme: Id
    purpose: str
    steps: tuple[Step, ...] = Field(min_length=1)
    reference: Reference
    owner: str
    review_by: date

    @model_validator(mode="after")
    def sound(self) -> "Workflow":
        faults = [*_twice(step.id for step in self.steps), *self._backwards()]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _backwards(self) -> list[str]:
        """A step waits only for steps above it, so that nothing can wait for itself."""
        faults, known = [], {ENTRY}
        for step in self.steps:
            named = [*step.after, *([step.only.step] if step.only else []), *([step.clock.after] if step.clock else [])]
            faults += [f"step {step.id}: there is no step {name!r} above it" for name in named if name not in known]
            if step.only and step.only.choice not in {
                one.id for other in self.steps if other.id == step.only.step for one in other.choices
            }:
                faults.append(f"step {step.id}: step {step.only.step} has no choice {step.only.choice!r}")
            if step.template and not step.legal_check:
                faults.append(f"step {step.id}: a template is marked `legal_check: true` until a lawyer has read it")
            known.add(step.id)
        return faults


class Gate(Definition):
    """What must have come before a rung; with `outcome`, how that must have ended."""

    rung: Id
    outcome: Id | None = None


class Rung(Definition):
    """One action of a ladder. `conditions` are ticked one by one before it is taken; `parts` are what its paper must hold."""

    id: Id
    title: str
    means: str
    basis: Basis
    source: Reference
    decided_by: Who
    after: tuple[Gate, ...] = ()
    conditions: tuple[Choice, ...] = ()
    parts: tuple[Choice, ...] = ()
    copies: tuple[str, ...] = ()
    clock: Clock | None = None  # counted from the day on which it is issued
    clock_ends: str = ""  # what the last day is of
    outcomes: tuple[Choice, ...] = Field(min_length=1)
    power: bool = False  # a power of the authority over the school
    template: str = ""
    legal_check: bool = False


class Ladder(Definition):
    """What may follow, lightest first, when concern stays. Only schools on its route can be taken up it."""

    id: str
    title: str
    route: Route
    note: str
    rungs: tuple[Rung, ...] = Field(min_length=1)
    reference: Reference
    owner: str
    review_by: date

    @model_validator(mode="after")
    def sound(self) -> "Ladder":
        faults = [*_twice(rung.id for rung in self.rungs), *self._backwards()]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _backwards(self) -> list[str]:
        faults, known = [], dict[str, set[str]]()
        for rung in self.rungs:
            for gate in rung.after:
                if gate.rung not in known:
                    faults.append(f"rung {rung.id}: there is no rung {gate.rung!r} below it")
                elif gate.outcome and gate.outcome not in known[gate.rung]:
                    faults.append(f"rung {rung.id}: rung {gate.rung} has no outcome {gate.outcome!r}")
            if rung.power and self.route == "academy":
                faults.append(f"rung {rung.id}: an authority has no powers of intervention over an academy")
            if rung.clock and not rung.clock_ends:
                faults.append(f"rung {rung.id}: say in `clock_ends` what the last day is of")
            if (rung.template or rung.power) and not rung.legal_check:
                faults.append(f"rung {rung.id}: what is a power or holds a template is marked `legal_check: true`")
            known[rung.id] = {one.id for one in rung.outcomes}
        return faults

    def rung(self, name: str) -> Rung | None:
        return next((one for one in self.rungs if one.id == name), None)


def _twice(names: Iterable[str]) -> list[str]:
    return [f"{name} stands twice" for name, times in Counter(names).items() if times > 1]


class ConcernKind(Definition):
    """What a concern on the register is about."""

    id: Id
    title: str
    reference: Reference

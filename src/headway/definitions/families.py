"""What the library says of families: which intake makes two schools alike, how heavily, and when they are too unlike to compare."""

from datetime import date
from typing import Literal

from pydantic import Field, field_validator, model_validator

from headway.definitions.schemas import Definition, Measure, Reference

INTAKE = "context"  # who the pupils are when they come; every other kind of measure is an outcome, or later than intake
DEFAULT = "intake"  # the method that pages use when none is asked for


class Alike(Definition):
    """On one attribute, up to how many national standard deviations apart two schools are called similar, and less so."""

    similar: float = Field(gt=0)
    less: float = Field(gt=0)

    @model_validator(mode="after")
    def ordered(self) -> "Alike":
        if self.similar >= self.less:
            raise ValueError("`similar` must be below `less`")
        return self


class Variable(Definition):
    """One intake measure. An optional one is used only where nearly all schools of the phase have it, and else left out for all."""

    measure: str
    transform: Literal["none", "square_root", "log"] = "none"
    optional: bool = False

    @field_validator("measure")
    @classmethod
    def intake_only(cls, measure: str) -> str:
        if measure.split(".")[0] != INTAKE:
            raise ValueError(f"{measure} is an outcome, or later than intake: a family built on it would explain away what it is to show")
        return measure


class Method(Definition):
    """One way to weigh the variables, and how the weights were found."""

    title: str
    weights: dict[str, float]
    found: str

    @field_validator("weights")
    @classmethod
    def above_nought(cls, weights: dict[str, float]) -> dict[str, float]:
        if any(weight <= 0 for weight in weights.values()):
            raise ValueError("weights are above 0; leave a variable out by another file of the phase")
        return weights


class Families(Definition):
    """The families of some phases. Schools are compared within one phase and one age range."""

    id: str
    title: str
    phases: tuple[str, ...] = Field(min_length=1)
    ages: tuple[int, int]  # ages outside these do not make two ranges different: a nursery class does not make another school
    members: int = Field(ge=10, le=200)
    fewest: int = Field(ge=3)  # with fewer members that have a value no mean of the family is given
    caliper: float = Field(gt=0)  # a distance: whoever is further is not called similar
    years: int = Field(ge=1, le=5)  # how many years of intake are averaged
    redraws: int = Field(ge=1, le=50)  # how often the pupils are drawn again to see how firm a family is
    alike: Alike
    variables: tuple[Variable, ...] = Field(min_length=2)
    methods: dict[str, Method]
    left_out: str
    reference: Reference
    owner: str
    review_by: date

    @model_validator(mode="after")
    def weighed(self) -> "Families":
        wanted = {variable.measure for variable in self.variables}
        for name, method in self.methods.items():
            if set(method.weights) != wanted:
                raise ValueError(f"method {name} must weigh {', '.join(sorted(wanted))}, and nothing else")
        if not self.methods:
            raise ValueError("there is no method")
        return self

    def age_range(self, low: int | None, high: int | None) -> tuple[int, int] | None:
        """The ages that must be the same; None where the lists do not tell."""
        return None if low is None or high is None else (max(low, self.ages[0]), min(high, self.ages[1]))


def family_faults(families: dict[str, Families], measures: dict[str, Measure]) -> list[str]:
    """What one file cannot see: measures that do not exist, a phase and method laid down twice, a phase without the default method."""
    faults: list[str] = []
    taken: dict[tuple[str, str], str] = {}
    for name, rule in families.items():
        faults += [f"families {name}: there is no measure {one.measure!r}" for one in rule.variables if one.measure not in measures]
        for phase in rule.phases:
            for method in rule.methods:
                other = taken.setdefault((phase, method), name)
                if other != name:
                    faults.append(f"families {name}: method {method} of {phase} schools is laid down in {other} already")
    phases = {phase for phase, _ in taken}
    faults += [f"families: {phase} schools have no method {DEFAULT!r}" for phase in sorted(phases) if (phase, DEFAULT) not in taken]
    return faults


def rules_for(families: dict[str, Families], phase: str) -> dict[str, Families]:
    """Method → the file that lays it down, the default method first; empty for a phase without families."""
    found = {method: rule for rule in families.values() if phase in rule.phases for method in rule.methods}
    return {method: found[method] for method in sorted(found, key=lambda name: (name != DEFAULT, name))}

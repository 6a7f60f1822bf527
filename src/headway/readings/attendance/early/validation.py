"""How well the prediction did on pupils, schools and years that it was not taught on: plain values, kept beside the registers."""

from dataclasses import asdict, dataclass
from typing import Any

LOCAL_EVENTS = 200  # fewer, and the prediction is “not validated locally”


@dataclass(frozen=True)
class Scored:
    """A way to rank. `brier` is the mean squared error of its chances; the rest at the officers' capacity, with 95% limits; `area` the
    chance that who became persistently absent had the higher score.
    """

    name: str
    brier: float
    area: float | None
    flagged: float
    caught: float
    precision: float | None
    precision_low: float | None
    precision_high: float | None
    recall: float | None
    recall_low: float | None
    recall_high: float | None


@dataclass(frozen=True)
class Band:
    """Pupils with chances in a band: what was predicted on average, what came, with 95% limits."""

    low: float
    high: float
    pupils: int
    predicted: float
    events: int
    share: float
    share_low: float
    share_high: float


@dataclass(frozen=True)
class GroupErrors:
    """Errors at capacity in one group beside all others: shares missed of those who became persistently absent, and flagged of those who
    did not. `differs`: over ten points apart and beyond chance, in either.
    """

    attribute: str
    group: str
    pupils: int
    events: int
    missed: float
    missed_of_others: float
    alarmed: float
    alarmed_of_others: float
    differs: bool


@dataclass(frozen=True)
class Validation:
    """`split` says what was held out. `slope` and `intercept` are None with too few of either outcome. `known_then`: whether the past
    was as received by the day; else marks as they stand now, which were put right since. `supported` of the pupils had support in that
    year, as far as is known: a treatment, for which nobody is left out of the scores; `supported_predicted` is their mean chance.
    """

    year: str
    taught_on: tuple[str, ...]
    day: str
    split: str
    schools: int
    pupils: int
    events: int
    known_then: bool
    scored: tuple[Scored, ...]
    bands: tuple[Band, ...]
    slope: float | None
    intercept: float | None
    groups: tuple[GroupErrors, ...]
    held_back: tuple[str, ...]
    supported: int = 0
    supported_events: int = 0
    supported_predicted: float | None = None

    @property
    def validated(self) -> bool:
        return self.events >= LOCAL_EVENTS

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"validated": self.validated}


def read(stored: dict[str, Any]) -> Validation:
    """From what `as_dict` gave."""
    plain = {name: value for name, value in stored.items() if name != "validated"}
    plain["taught_on"], plain["held_back"] = tuple(plain["taught_on"]), tuple(plain["held_back"])
    for name, kind in (("scored", Scored), ("bands", Band), ("groups", GroupErrors)):
        plain[name] = tuple(kind(**one) for one in plain[name])
    return Validation(**plain)

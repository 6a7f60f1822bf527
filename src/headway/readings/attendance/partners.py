"""The parties of area.yaml that data of pupils may be shared with, as pages need them."""

from dataclasses import dataclass
from datetime import date

from headway.protected import parties
from headway.readings.door import Door
from headway.vocabulary.clock import today


@dataclass(frozen=True)
class Partner:
    """`expires` is the last day on which the agreement with it holds; `roles` are those of Headway by which it reads here, if it does."""

    name: str
    purposes: tuple[str, ...]
    expires: date
    roles: tuple[str, ...]
    over: bool

    def as_dict(self) -> dict[str, object]:
        return {**vars(self), "purposes": ", ".join(self.purposes), "roles": ", ".join(self.roles)}


def partners(door: Door) -> tuple[Partner, ...]:
    """Raises H-ACCESS-40 where area.yaml does not name them as it must."""
    day = today()
    return tuple(
        Partner(one.name, one.purposes, one.expires, tuple(sorted(one.roles)), one.over(day)) for one in parties.parties(door.home)
    )

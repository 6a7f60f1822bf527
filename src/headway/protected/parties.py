"""Who else data of pupils are shared with: each party of area.yaml has its purposes and its own last day.

    papers:
      parties:
        - name: Early help
          purposes: [support for families]
          expires: 2027-03-31
        - name: The schools of Wrenford
          roles: [headteacher, governor]
          purposes: [attendance of their own pupils]
          expires: 2027-08-31

A party with roles reads here: past its day nothing is read by who holds those roles and no other. One without is sent what is shared.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError


@dataclass(frozen=True)
class Party:
    """`expires` is the last day on which the agreement with it holds."""

    name: str
    purposes: tuple[str, ...]
    expires: date
    roles: frozenset[str] = frozenset()

    def over(self, day: date) -> bool:
        return self.expires < day


def parties(home: Path) -> tuple[Party, ...]:
    """As area.yaml names them, in its order; none where it names none. Raises H-ACCESS-40 with every fault."""
    path = home / "area.yaml"
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _read(path: Path, _changed: int) -> tuple[Party, ...]:
    told = ((yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("papers") or {}).get("parties") or []
    faults = faults_of(told)
    if faults:
        raise HeadwayError("H-ACCESS-40", "The parties that data of pupils are shared with are not named as they must be.",
                           f"{'; '.join(faults)}.", "docs/how-to/share-pupils.md shows what to write.", str(path))  # fmt: skip
    return tuple(Party(one["name"].strip(), tuple(one["purposes"]), one["expires"], frozenset(one.get("roles") or ())) for one in told)


def faults_of(told: Any) -> list[str]:
    """What the parties do not name, in words."""
    if not isinstance(told, list):
        return ["parties, a list"]
    return [f"parties[{at}].{words}" for at, one in enumerate(told, 1) for words in _faults(one if isinstance(one, dict) else {})]


def _faults(one: Mapping[str, Any]) -> list[str]:
    name, roles = one.get("name"), one.get("roles", [])
    found = [] if isinstance(name, str) and name.strip() else ["name, who it is"]
    found += [] if _texts(one.get("purposes")) and one["purposes"] else ["purposes, what the data are for"]
    found += [] if isinstance(one.get("expires"), date) else ["expires, a date as 2027-08-31"]
    return found + ([] if _texts(roles) else ["roles, a list of roles of Headway"])


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)


def check_reader(home: Path, roles: Collection[str]) -> None:
    """Refuse a reader all of whose roles are of parties whose agreement is over. Raises H-ACCESS-48."""
    held = parties(home)
    over = [one for one in held if one.over(today())]
    ended = {role for one in over for role in one.roles} - {role for one in held if one not in over for role in one.roles}
    named = {role for role in roles if not role.startswith("looked at by ")}
    if named and named <= ended:
        who = next(one for one in over if one.roles & named)
        raise HeadwayError(
            "H-ACCESS-48", f"The agreement with {who.name} is over, so nothing of pupils is read by it.",
            f"It ended on {who.expires:%d %B %Y}.", "Renew it, and its day in area.yaml.",
        )  # fmt: skip

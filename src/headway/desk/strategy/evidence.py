"""What was known when something was decided: the snapshot, the library, and what was shown. Plain values, to be kept with the decision."""

from typing import Any

from headway.desk.framing.pages import the_door
from headway.desk.strategy import keeping
from headway.desk.strategy.models import Strategy


def known() -> dict[str, Any]:
    """The snapshot and the library that answer now; empty before the first publication."""
    facts = the_door().facts
    return {"snapshot": facts.id, "library": facts.library_digest} if facts else {}


def of_strategy(strategy: Strategy) -> dict[str, Any]:
    """With every promise in force, its version, and its verdict with the figures it rests on."""
    found = keeping.promises(the_door(), strategy)
    return {
        **known(),
        "promises": [{"ambition": one.promise.ambition, "version": one.promise.number, **keeping.evidence_of(one.answer)} for one in found],
    }

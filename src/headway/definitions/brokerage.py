"""In what one school can help another: library/support_areas.yaml, with an area's own added."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from headway.definitions.schemas import Definition, Reference
from headway.definitions.tiers import PHASES
from headway.definitions.visits import Name


class Told(Definition):
    """A measure that tells of it, of all pupils or of a group of them."""

    measure: str
    cut: str = "all"


class SupportArea(Definition):
    """One thing to be helped with: for schools of which phases, and which figures and judgements tell of it."""

    id: Name
    title: str
    phases: tuple[str, ...] = Field(min_length=1)
    measures: tuple[Told, ...] = ()
    judgements: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # scale → judgements on it
    asks: str
    reference: Reference


def support_faults(areas: Mapping[str, SupportArea], measures: Mapping[str, Any], scales: Mapping[str, Any]) -> list[str]:
    """Names that stand for nothing: measures, phases, scales and judgements."""
    faults = []
    for area in areas.values():
        faults += [f"measure {one.measure!r}" for one in area.measures if one.measure not in measures]
        faults += [f"measure {one.measure!r} with a good direction" for one in area.measures if _neither(measures.get(one.measure))]
        faults += [f"phase {phase!r}" for phase in area.phases if phase not in PHASES]
        for scale, judged in area.judgements.items():
            known = (scales.get(scale) or {}).get("measures") or {}
            faults += [f"judgement {one!r} on the scale {scale!r}" for one in judged if one not in known]
        faults = [one if one.startswith("support_areas") else f"support_areas {area.id}: there is no {one}" for one in faults]
    return faults


def _neither(measure: Any) -> bool:
    return measure is not None and measure.better == "neither"

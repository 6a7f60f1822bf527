"""How far two schools are apart: in intake, and on the ground."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from headway.definitions.families import DEFAULT, rules_for
from headway.readings.answers import Establishment
from headway.readings.door import Door
from headway.readings.establishment import establishment
from headway.readings.families import alike, intakes_of
from headway.vocabulary.errors import HeadwayError

DETOUR = 1.3  # roads beside a straight line, where no journey times are to be had
EARTH = 6_371.0


@dataclass(frozen=True)
class Apart:
    """Two schools: kilometres by road, reckoned from the straight line; and standard deviations of intake with the word for it.

    None where one of them has no place on the map, or is of another phase or without an intake.
    """

    kilometres: float | None
    intake: float | None
    word: str  # similar, less, not; empty where it is not known


def apart(door: Door, urn: int, other: int) -> Apart:
    own, their = _school(door, urn), _school(door, other)
    if own is None or their is None:
        return Apart(None, None, "")
    distance, word = _intake(door, own, their)
    return Apart(kilometres(own, their), distance, word)


def kilometres(own: Establishment, their: Establishment) -> float | None:
    """By road, reckoned as 1.3 times the great circle."""
    if own.latitude is None or own.longitude is None or their.latitude is None or their.longitude is None:
        return None
    here, there = radians(own.latitude), radians(their.latitude)
    half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(radians(their.longitude - own.longitude) / 2) ** 2
    return DETOUR * 2 * EARTH * asin(sqrt(half))


def _school(door: Door, urn: int) -> Establishment | None:
    try:
        return establishment(door, urn)
    except HeadwayError:
        return None


def _intake(door: Door, own: Establishment, their: Establishment) -> tuple[float | None, str]:
    import numpy as np

    rule = rules_for(door.library.families, own.phase).get(DEFAULT)
    found = intakes_of(door, own.phase, DEFAULT, rule) if rule is not None and own.phase == their.phase else None
    if rule is None or found is None:
        return None, ""
    places = [int(np.searchsorted(found.urns, one.urn)) for one in (own, their)]
    if any(place >= len(found.urns) or found.urns[place] != one.urn for place, one in zip(places, (own, their), strict=True)):
        return None, ""
    weights = np.array(found.weights) / sum(found.weights)
    distance = float(np.sqrt(weights @ (found.z[places[0]] - found.z[places[1]]) ** 2))
    return distance, alike(distance, rule)

"""Ambitions through the one door: verdicts(door, viewer, …) for all of them on a day, explain(door, viewer, id, …) for one in full."""

from headway.readings.ambitions.answers import WORST_FIRST, Answer, ChoiceFacts, Missing, Now, Place, Point, Step, Verdict
from headway.readings.ambitions.asking import explain, verdicts
from headway.readings.ambitions.judging import kept
from headway.readings.ambitions.missing import LATER

__all__ = [
    "LATER",
    "WORST_FIRST",
    "Answer",
    "ChoiceFacts",
    "Missing",
    "Now",
    "Place",
    "Point",
    "Step",
    "Verdict",
    "explain",
    "kept",
    "verdicts",
]

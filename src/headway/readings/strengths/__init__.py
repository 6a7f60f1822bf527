"""What schools of an area may have to give, and what they may want help with: suggested by figures and inspections, decided by people."""

from headway.readings.strengths.answers import Found, Inspected, Selective, Suggestions
from headway.readings.strengths.effects import Since, since
from headway.readings.strengths.nearness import Apart, apart
from headway.readings.strengths.suggesting import suggestions

__all__ = ["Apart", "Found", "Inspected", "Selective", "Since", "Suggestions", "apart", "since", "suggestions"]

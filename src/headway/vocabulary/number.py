"""Numbers as people read them: rounded once, half away from zero, with a true minus sign."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

PLACES = {
    "percent": 1,
    "points": 1,
    "progress": 2,
    "score": 1,
    "rate_per_100": 2,
    "count": 0,
    "pounds": 0,
    "ratio": 1,
    "grade": 0,
    "share": 2,
}
ENDINGS = {"percent": "%"}


def rounded(value: float, places: int) -> Decimal:
    """Half away from zero on the decimal value; never the binary one (2.675 gives 2.68)."""
    quantum = Decimal(1).scaleb(-places)
    return Decimal(repr(float(value))).quantize(quantum, rounding=ROUND_HALF_UP)


@lru_cache(maxsize=8192)  # a page shows each value in its table, its picture and its words
def shown(value: float | None, unit: str, *, sign: bool = False, ending: bool = True) -> str:
    """A value as text in its unit: 61.2%, −0.49, £45,884; an en dash for None."""
    if value is None:
        return "–"
    number = rounded(value, PLACES.get(unit, 1))
    text = f"{abs(number):,}"
    mark = "−" if number < 0 else "+" if sign and number > 0 else ""
    return f"{mark}{'£' if unit == 'pounds' else ''}{text}{ENDINGS.get(unit, '') if ending else ''}"


def tenths(value: float) -> str:
    """Days and shares to one place: 0.25 is 0.3, where Python's own formats say 0.2."""
    return shown(value, "days")

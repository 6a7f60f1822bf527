"""What a funnel shows, in words: how many lie outside, how many chance alone would put there, and who still stands out."""

from headway.language.ranks import in_words
from headway.language.values import join
from headway.readings.ranking.funnel import Funnel, Point


def funnel_sentence(of: Funnel) -> str:
    """“Of 84 schools nine lie outside the 95% limits; about four would by chance alone. Allowing for how many were looked at, …”"""
    many, outside = len(of.points), len(of.outside)
    told = f"Of {many} schools {in_words(outside)} {'lies' if outside == 1 else 'lie'} outside the 95% limits"
    chance = round(of.by_chance)
    told += f"; about {in_words(chance)} would by chance alone." if chance else "; hardly any would by chance alone."
    out = [point for point in of.points if point.stands_out]
    if not out:
        return f"{told} Allowing for how many were looked at, none stands out."
    better, worse = ([point for point in out if _good(of, point) is way] for way in (True, False))
    parts = [f"{word} than that, {_named(group)}" for group, word in ((better, "better"), (worse, "worse")) if group]
    still = f"{in_words(len(out))} still {'stands' if len(out) == 1 else 'stand'} out"
    return f"{told} Allowing for how many were looked at, {still}: {'; '.join(parts)}."


def _good(of: Funnel, point: Point) -> bool:
    return (point.side == "high") == (of.measure.better != "lower")


def _named(points: list[Point]) -> str:
    """Up to four by name; more are counted, and the table names them."""
    return join([point.establishment.name for point in points]) if len(points) <= 4 else f"{in_words(len(points))} schools"


def limits_words(of: Funnel) -> str:
    """How the limits were made."""
    spread = of.spread
    beyond = "More of the spread than chance is in the limits" if spread.tau2 else "The spread of schools is no more than chance"
    return (
        f"The middle is all {spread.units:,} schools of England of this phase together. {beyond}: "
        f"φ = {spread.phi:.1f}, τ² = {spread.tau2:.4f} on the scale of the arcsine (Spiegelhalter 2005)."
    )

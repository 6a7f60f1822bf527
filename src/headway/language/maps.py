"""A map of a measure in words: how many schools stand apart from England, of how many looked at."""

from headway.language.ranks import in_words
from headway.language.values import value_words
from headway.readings.answers import Distribution
from headway.readings.margins import against


def map_sentence(of: Distribution, england: float) -> str:
    """“Beside England’s 62.0%, of 146 schools 18 are better and 35 behind, beyond their own margin; about 7 …”"""
    stands = [against(reading, of.measure, england) for _, reading in of.rows if reading.value is not None]
    judged = [one for one in stands if one != "unknown"]
    if not judged:
        return f"No school has a margin to be set beside England’s {value_words(england, of.measure.unit)} with."
    better, behind = judged.count("better"), judged.count("behind")
    by_chance = round(len(judged) / 20)
    return (
        f"Beside England’s {value_words(england, of.measure.unit)}, of {len(judged)} {'school' if len(judged) == 1 else 'schools'} "
        f"{in_words(better)} {'is' if better == 1 else 'are'} better and {in_words(behind)} behind, beyond their own margin"
        + (f"; about {by_chance} would be so by chance alone." if by_chance else ".")
    )

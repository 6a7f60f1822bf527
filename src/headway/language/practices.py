"""What became of a school that took up a practice, and which schools like one improved: in words, with the caution that belongs there."""

from headway.language.values import level_with, size_words
from headway.readings.improvers import Improvers
from headway.readings.strengths import Since

CAUTION = (
    "That they did this and improved does not say that the one came of the other. Schools that take something up differ from those "
    "that do not; after a bad year most improve whatever they do; those that did the same and did not improve seldom write it down."
)


def result_sentence(found: Since, who: str) -> str:
    """“Pellwick moved 4.1 points better than 18 matched schools: beyond chance. …”: never that it worked."""
    effect, unit = found.effect, found.measure.unit
    if effect.reason:
        return f"Nothing can be told of {who} on this figure yet: {effect.reason}."
    size = effect.size if found.measure.better == "higher" else -effect.size
    moved = f"{who} moved {size_words(size, unit)} {'better' if size > 0 else 'worse'} than {effect.compared} matched schools"
    if level_with(size, unit):
        moved = f"{who} moved as {effect.compared} matched schools did"
    low, high = (effect.low, effect.high) if found.measure.better == "higher" else (-effect.high, -effect.low)
    sure = "beyond chance" if low > 0 or high < 0 else "no more than chance gives"
    least = size_words(effect.detectable, unit)
    return f"{moved}: {sure}. With one school only a difference of about {least} or more would be seen four times in five."


def result_stands(found: Since) -> str:
    """better, worse, level (no more than chance) or unknown: what one school's own result comes to."""
    if found.effect.reason:
        return "unknown"
    low, high = (found.effect.low, found.effect.high) if found.measure.better == "higher" else (-found.effect.high, -found.effect.low)
    return "better" if low > 0 else "worse" if high < 0 else "level"


def improvers_sentence(found: Improvers, who: str) -> str:
    """How many schools like one improved more than their family, and how many of them chance alone would show."""
    if found.reason or found.first is None:
        return f"Nothing can be told of schools like {who} on {found.measure.title}: {found.reason}."
    many, shown = len(found.looked_at), len(found.shown)
    span = f"between {found.first} and {found.last}"
    if not shown:
        return f"Of {many} schools like {who}, none improved on {found.measure.title} {span} by more than chance gives beside the others."
    return (
        f"Of {many} schools like {who}, {shown} improved more on {found.measure.title} {span} than the others, beyond chance; "
        "about one in ten so named is named by chance."
    )

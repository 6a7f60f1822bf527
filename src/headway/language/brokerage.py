"""Strengths and needs that figures and inspections suggest, in words; and what came of help, with its caution."""

from headway.language.values import join, level_with, mid_sentence, name_of, size_words
from headway.readings.strengths import Found, Inspected, Suggestions
from headway.stats.assignment import Shortage
from headway.stats.impact import Effect

GROUP = {"disadvantage=yes": " of disadvantaged pupils"}


def found_sentence(found: Found) -> str:
    """“Reading score, 2021/22 to 2023/24: 2.1 points better than similar schools (95% margin 0.8 to 3.4), beyond chance.”"""
    way = "better" if found.better_by > 0 else "worse"
    low, high = sorted((abs(found.low), abs(found.high)))
    unit = found.measure.unit
    span = f"{found.years[0]} to {found.years[-1]}" if len(found.years) > 1 else str(found.years[0])
    limits = f"{size_words(low, unit).split()[0]} to {size_words(high, unit).split()[0]}"
    name = f"{name_of(found.measure)}{GROUP.get(found.cut, '')}"
    size = f"{size_words(found.better_by, unit)} {way} than {found.members} similar schools"
    return f"{name}, {span}: {size} (95% margin {limits}), beyond chance."


def judged_sentence(judged: Inspected) -> str:
    """“Judged outstanding for quality of education in March 2022.”"""
    of = " at its predecessor" if judged.of_predecessor else ""
    judgement = judged.judgement.replace("_", " ")
    return f"Judged {mid_sentence(judged.grade)} for {judgement}{of} in {judged.inspected:%B %Y}."


def suggestions_sentence(found: Suggestions) -> str:
    """How many were found, among how many looked at, and how many of them chance alone would give."""
    strong = sum(one.strong for one in found.found)
    weak = len(found.found) - strong
    if not found.compared:
        return "No school here has figures enough to be set beside its family."
    looked = f"Of {found.compared:,} comparisons of {found.schools:,} schools with schools of like intake"
    return f"{looked}, {strong} stand out for better and {weak} for worse, beyond chance; about one in twenty so named is named by chance."


def as_of_sentence(found: Suggestions) -> str:
    """That this is how it was known on a past day; empty for today."""
    if found.as_of is None:
        return ""
    day = f"{found.as_of.day} {found.as_of:%B %Y}"
    return f"As it was known on {day}, of the schools open then: nothing that came out later is used, and it says nothing of today."


def too_old_sentence(found: Suggestions) -> str:
    """What was left out because it is old; empty for nothing."""
    parts = [
        f"{many:,} {one}{'' if many == 1 else 's'} {of}"
        for many, one, of in (
            (found.too_old.figures, "comparison", "of figures that end more than three years ago"),
            (found.too_old.judgements, "judgement", "of more than five years ago"),
        )
        if many
    ]
    return f"Left out because they are old: {join(parts)}." if parts else ""


def selective_sentence(found: Suggestions) -> str:
    """How schools that choose their pupils by ability are looked at; empty where there are none."""
    many, alone = found.selective.schools, found.selective.alone
    if not many:
        return ""
    chooses = "One school chooses its pupils by ability and is" if many == 1 else f"{many:,} schools choose their pupils by ability and are"
    few = f" For {alone:,} of them there are too few, and no figure suggests anything." if alone else ""
    return f"{chooses} set beside such schools only; no other school is set beside them.{few}"


def effect_sentence(effect: Effect, unit: str, better: str, who: str) -> str:
    """What became of a school beside those that were not helped, and whether that is more than chance gives."""
    if effect.reason:
        return f"No effect can be told for {who}: {effect.reason}."
    size = effect.size if better == "higher" else -effect.size
    moved = f"{who} moved {size_words(size, unit)} {'better' if size > 0 else 'worse'} than {effect.compared} matched schools"
    if level_with(size, unit):
        moved = f"{who} moved as {effect.compared} matched schools did"
    sure = "beyond chance" if effect.low > 0 or effect.high < 0 else "no more than chance gives"
    return f"{moved}: {sure}. {caution(effect, unit)}"


def caution(effect: Effect, unit: str) -> str:
    """The plain warning: what is too small to be seen with so few."""
    least = size_words(effect.detectable, unit)
    schools = "one school" if effect.helped == 1 else f"{effect.helped} schools"
    alone = "this alone proves neither that the help worked nor that it did not"
    return f"With {schools}, only an effect of about {least} or more would be seen four times in five; {alone}."


def areas_words(titles: list[str]) -> str:
    return join([mid_sentence(title) for title in titles])


def shortage_sentence(short: Shortage, schools: list[str]) -> str:
    """Why a need gets nobody: no one may help, or too many want the same. `schools` are those of the round, by place."""
    if short.kind == "nobody":
        return "No offer on the register may help it: see why not for each."
    if short.kind == "too_long":
        return f"It takes {short.asked} days, and no offer that may help it has more than {short.there} left."
    others = [schools[place] for place in short.needs if place != short.need]
    wants = f"together with {join(others)} it wants" if others else "it wants"
    if short.asked > short.there:
        return f"Too little is on offer: {wants} {short.asked} days of {len(short.providers)} offers that have {short.there}."
    return (
        f"Those who may help it are full: {wants} {short.asked} days, and the {len(short.providers)} offers there may take no more schools."
    )

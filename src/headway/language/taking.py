"""What it would take, in words: how many pupils in how many schools, and how many similar schools did as much."""

from headway.language.forecasts import NUMBERS
from headway.language.values import mid_sentence, name_of, size_words, value_words
from headway.readings.ambitions.taking import SchoolAsk, Taking, WhatIf


def taking_words(of: Taking) -> str:
    """“It is 2.6 points short. 23 more pupils in nine schools would close that, each moving as far as 1 in 5 of schools like it did.”"""
    if of.because or of.measure is None or of.short is None:
        return of.because
    short = f"It is {size_words(of.short, of.measure.unit)} short."
    schools = count_words(len(of.schools), "school")
    who = f"{count_words(of.more_pupils, 'more pupil')} in {schools}" if of.more_pupils else f"A move in {schools}"
    likes = in_words(of.share or 0.0)
    if not of.enough:
        return (
            f"{short} Not even if each of {schools} moved as {likes} of its likes have would that be closed: it is further than schools go."
        )
    over = f"over {span_words(of.span or 1)}"
    return f"{short} {who} would close that, each moving as far as {likes} of schools like it did {over}."


def count_words(many: int | None, noun: str) -> str:
    """nine schools, 1 more pupil, 23 more pupils"""
    if many is None:
        return f"no {noun}s"
    said = "one" if many == 1 else NUMBERS.get(many, f"{many:,}")
    return f"{said} {noun}{'' if many == 1 else 's'}"


def span_words(years: int) -> str:
    return "a year" if years == 1 else f"{NUMBERS.get(years, str(years))} years"


def in_words(share: float) -> str:
    """A share as people say it: every second, 1 in 9."""
    return "every second" if share >= 0.5 else f"1 in {round(1 / share)}" if share > 0 else "none"


def ask_words(ask: SchoolAsk, of: Taking) -> str:
    """“+8 points in two years: 1 in 9 did it (50 similar schools with a similar start).”"""
    if of.measure is None:
        return ""
    size = size_words(ask.move, of.measure.unit)
    sign = "−" if of.measure.better == "lower" else "+"
    likes = f"{'school' if ask.alike == 1 else 'schools'} of its {'family' if ask.by_family else 'phase'}"
    if not ask.alike:
        return f"{sign}{size}: no similar school has figures in both years"
    did = f"1 in {round(ask.alike / ask.did)} did it" if ask.did else "none did it"
    if ask.did and ask.alike / ask.did < 1.5:
        did = "most did it"
    return f"{sign}{size} in {span_words(of.span or 1)}: {did} (of {ask.alike:,} {likes} with a similar start)"


def years_words(of: Taking) -> str:
    """Says so where schools' figures are older than the area's."""
    if of.year is None or of.area_year is None or of.year == of.area_year:
        return ""
    shared = "its movement is shared out over them as they were"
    return f"The newest figures of schools are of {of.year}, the area's is of {of.area_year}: {shared}."


def what_if_words(found: WhatIf, of: Taking) -> str:
    """“If these two schools moved so, reading, writing and maths would be 63.1%, not 62.8%: still 0.4 points short.”"""
    if of.measure is None:
        return ""
    unit = of.measure.unit
    after, before = value_words(found.after, unit), value_words(found.before, unit)
    end = "that would keep the promise" if found.kept else f"still {size_words(found.distance, unit)} short"
    schools = "this school" if len(found.moved) == 1 else f"these {count_words(len(found.moved), 'school')}"
    if not found.moved:
        return f"No school was moved: {mid_sentence(name_of(of.measure))} is {before}."
    return f"If {schools} moved so, and nothing else did, {mid_sentence(name_of(of.measure))} would be {after}, not {before}: {end}."


CARE = (
    "Arithmetic on published figures, not a forecast and no target for any school. A small school's figure jumps with its pupils, so that "
    "part of what similar schools seem to have moved is luck."
)

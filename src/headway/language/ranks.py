"""Places and chances in words: who improved most, where a place may stand, and what the range comes of."""

from headway.language.changes import direction
from headway.language.values import level_with, name_of, size_words
from headway.readings.positions import Place
from headway.readings.ranking.answers import Improved, ImprovedLine, Margin, Standing, StandingLine
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.number import shown
from headway.vocabulary.place import Level

BEYOND = 0.975  # from this chance of its direction on a change is beyond chance, as a 95% margin has it
SURE = 0.9  # from this chance on a thing is said to be so
NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
PLACES_OF = {Level.AUTHORITY: ("authority", "authorities"), Level.SCHOOL: ("school", "schools")}
SOURCES = {
    "published_limits": "Margins are those that the source publishes.",
    "cohort_sizes": "Margins come from the published numbers of pupils",
    "schools_added_up": "The source gives no numbers of pupils; those of the schools are added up",
    "year_to_year": "The source gives no numbers of pupils, so what luck does to one year is told from the series: "
    "how far figures jump from year to year and back",
}


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 112th"""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def chance_of(p: float) -> str:
    """“20 in 100”, “over 99 in 100”, “under 1 in 100”."""
    if p > 0.99:
        return "over 99 in 100"
    return "under 1 in 100" if p < 0.01 else f"{round(100 * p)} in 100"


def in_words(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def summer(year: AcademicYear) -> str:
    """People name results by their summer: 2016/17 is 2017."""
    return str(year.start + 1)


def range_words(line: ImprovedLine | StandingLine) -> str:
    """“anywhere from 4th to 55th”, “1st”"""
    if line.rank_low == line.rank_high:
        return ordinal(line.rank_low)
    return f"anywhere from {ordinal(line.rank_low)} to {ordinal(line.rank_high)}"


def improved_title_of(short: str) -> str:
    return f"Who improved most: {short}"


def size(value: float, unit: str) -> str:
    """The size of a margin in the measure's unit."""
    return size_words(value, unit)


def schools_answer(of: Improved, area: str) -> str:
    """“Of 152 schools of Wrenford 12 improved beyond chance and five got worse.”"""
    better = sum(line.p_improved >= BEYOND for line in of.lines)
    worse = sum(line.p_improved <= 1 - BEYOND for line in of.lines)
    many = PLACES_OF[of.level][1]
    told = f"Of {len(of.lines)} {many} of {area} {in_words(better)} improved beyond chance and {in_words(worse)} got worse beyond it"
    return f"{told}. {leader_words(of)}."


def improved_answer(of: Improved, line: ImprovedLine | None, name: str) -> str:
    """“Birmingham’s rise of 5 points is real: it is beyond chance. But its place could be anywhere from 4th to 55th of 152.”"""
    if line is None:
        why = next((one.why for one in of.not_ranked if one.name == name), "it has no figure in both years")
        return f"{name} cannot be ranked: {why}."
    place = f"its place could be {range_words(line)} of {len(of.lines)}"
    return f"{_change_told(of, line, name)} {_joined(line)} {place}. {_top_words(of, line)}"


def _change_told(of: Improved, line: ImprovedLine, name: str) -> str:
    if level_with(line.change, of.measure.unit):
        return f"{name} did not change."
    said = f"{_of(name)} {'rise' if line.change > 0 else 'fall'} of {size_words(line.change, of.measure.unit)}"
    if (line.change > 0) != (line.p_rise > 0.5) or max(line.p_rise, 1 - line.p_rise) < BEYOND:
        return f"{said} is within what chance alone can give.{_england_told(of)}"
    good = {"higher": line.change > 0, "lower": line.change < 0}.get(of.measure.better)
    told = "" if good is None else ", and for the better" if good else ", and for the worse"
    return f"{said} is real: it is beyond chance{told}.{_england_told(of)}"


def _england_told(of: Improved) -> str:
    if of.england is None:
        return ""
    theirs = (of.england[1].value or 0.0) - (of.england[0].value or 0.0)
    same = level_with(theirs, of.measure.unit)
    return f" England {direction(theirs, of.measure.unit)}{'' if same else f' {size_words(theirs, of.measure.unit)}'}."


def _of(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _joined(line: ImprovedLine) -> str:
    return "But" if line.rank_high - line.rank_low > 5 else "And"


def _top_words(of: Improved, line: ImprovedLine) -> str:
    said = "true" if line.p_top >= SURE else "not shown" if line.p_top >= 1 - SURE else "not so"
    return f"“Top {in_words(of.top)}” is {said}: the chance of it is {chance_of(line.p_top)}."


def improved_basis(of: Improved) -> str:
    """The grey line: measure, years, how firm, whole numbers, care."""
    releases = sorted({line.last.release for line in of.lines} | {line.first.release for line in of.lines}, key=lambda one: one.rank)
    parts = [f"{of.measure.title}. {of.first} to {of.last}, {releases[0].words}"]
    parts[0] += ", published in whole numbers." if of.margin.rounded else "."
    parts += [f"With care: {note}" for note in of.care] or ["No break in the series between them."]
    return " ".join(parts)


def scope_words(of: Improved | Standing) -> str:
    """How many are ranked, and who is not, counted by reason."""
    one, many = PLACES_OF[of.level]
    reasons: dict[str, int] = {}
    for left in of.not_ranked:
        why = left.why.split(":")[0]
        reasons[why] = reasons.get(why, 0) + 1
    out = "; ".join(f"{count} {why}" for why, count in sorted(reasons.items(), key=lambda pair: -pair[1]))
    told = f"{len(of.lines):,} {many if len(of.lines) != 1 else one} ranked."
    return f"{told} Not ranked: {out}." if out else told


def margin_words(margin: Margin, unit: str) -> str:
    """Where the margins come from, in a sentence or two."""
    told = SOURCES[margin.source]
    if margin.sizes:
        told += f", {shown(margin.sizes[0], 'count')} to {shown(margin.sizes[1], 'count')} a year"
    told = told.rstrip(".") + "."
    if margin.rounded:
        told += " Figures are whole numbers, so up to a point of any change may be rounding; that is in the margin."
    if margin.year_to_year is not None and margin.source != "year_to_year":
        told += f" To that comes what years differ by beyond it, {size_words(margin.year_to_year, unit)} either way."
    return told


def leader_words(of: Improved) -> str:
    """The heading of the picture: how sure the first place is."""
    if not of.lines:
        return "Nobody can be ranked"
    first = of.lines[0]
    if first.rank_high <= 3:
        return f"{first.name} improved most, as far as can be told"
    one, _ = PLACES_OF[of.level]
    return f"Even the {one} in first place could be as low as {ordinal(first.rank_high)}"


def standing_answer(of: Standing, line: StandingLine | None, name: str) -> str:
    """“Birmingham is 120th of 152 on overall absence in 2024/25: anywhere from 104th to 133rd, margins allowed for.”"""
    if line is None:
        why = next((one.why for one in of.not_ranked if one.name == name), "it has no figure")
        return f"{name} has no place: {why}."
    low, high = line.published_rank
    published = ordinal(low) if low == high else f"{ordinal(low)} to {ordinal(high)} (shared)"
    told = f"As published {name} was {published} of {len(of.lines)} in {of.year}"
    return f"{told}, the best first. Margins allowed for, its place could be {range_words(line)}."


def change_sentence(of: Improved, line: ImprovedLine) -> str:
    """“Reading, writing and maths rose 5 points, from 57% to 62%, against 3 points in England.”"""
    size = line.change
    told = f"{name_of(of.measure)} {direction(size, of.measure.unit)}"
    ends = [shown(one.value, of.measure.unit, sign=of.measure.unit == "progress") for one in (line.first, line.last)]
    told += f" {size_words(size, of.measure.unit)}" if not level_with(size, of.measure.unit) else ""
    told += f", from {ends[0]} to {ends[1]}"
    if of.england:
        theirs = (of.england[1].value or 0.0) - (of.england[0].value or 0.0)
        told += f"; England's {direction(theirs, of.measure.unit)}"
        told += f" {size_words(theirs, of.measure.unit)}" if not level_with(theirs, of.measure.unit) else ""
    return f"{told}."


def place_words(place: Place | None, better: str) -> str:
    """“Place 31 of 100 in England (18 to 46)”; of a value with no good direction, counted from the highest."""
    if place is None:
        return ""
    counted = "" if better in ("higher", "lower") else ", counted from the highest"
    span = f"{place.low} to {place.high}" if place.low < place.high else f"{place.low}"
    told = f"Place {place.published} of 100 in England ({span})" if place.published else f"Place {span} of 100 in England"
    return f"{told}{counted}"

"""Gaps between groups in words: behind or ahead, narrowed or widened, beyond chance or within it; and where an area's gap lies."""

from headway.language.ranks import in_words
from headway.language.values import join, level_with, size_words, value_words
from headway.readings.districts import Parts
from headway.readings.gaps import Concentration, Gap, GapYear
from headway.readings.margins import variance
from headway.readings.reaching import Reaching
from headway.stats.intervals import Z95

FEW = 5  # schools named


def gap_words(gap: Gap, group: str, other: str) -> str:
    """“Disadvantaged pupils were 24.0 points behind pupils who are not disadvantaged nationally in 2023/24, beyond chance; the gap …”"""
    newest = gap.newest
    if newest is None:
        return f"Too few {group} to show, in three years together too."
    if newest.behind_national is None:
        return f"No figure for {other} nationally to set beside {group}."
    when = f"over the three years to {newest.year}" if newest.pooled == 3 else f"in {newest.year}"
    told = f"{group[:1].upper()}{group[1:]} {_where(newest.behind_national, gap)} {other} nationally {when}{_chance(newest)}"
    return f"{told}{_change(gap)}."


def _where(behind: float, gap: Gap) -> str:
    if level_with(behind, gap.measure.unit):
        return "were level with"
    return f"were {size_words(behind, gap.measure.unit)} {'behind' if behind > 0 else 'ahead of'}"


def _chance(newest: GapYear) -> str:
    if newest.national_limits is None:
        return ""
    low, high = newest.national_limits
    return ", beyond chance" if low > 0 or high < 0 else ", within what chance alone can give"


def _change(gap: Gap) -> str:
    """Whether the gap narrowed: by its size, since a group that was ahead has a gap too."""
    newest, before = gap.newest, gap.before
    if newest is None or newest.behind_national is None or before is None or before.behind_national is None or newest.pooled == 3:
        return ""
    change = abs(newest.behind_national) - abs(before.behind_national)
    if level_with(change, gap.measure.unit):
        return f"; the gap is as wide as in {before.year}"
    word = "widened" if change > 0 else "narrowed"
    return f"; the gap {word} by {size_words(change, gap.measure.unit)} since {before.year}{_change_chance(gap, newest, before)}"


def _change_chance(gap: Gap, newest: GapYear, before: GapYear) -> str:
    """The nation taken as fixed, a gap moves by chance as far as the group's two figures do."""
    errors = [variance(one.group, gap.measure) for one in (newest, before)]
    if errors[0] is None or errors[1] is None:
        return ", which may be chance: the number of pupils is not published"
    moved = abs(newest.behind_national or 0.0) - abs(before.behind_national or 0.0)
    return ", beyond chance" if abs(moved) > Z95 * (errors[0] + errors[1]) ** 0.5 else ", within what chance alone can give"


def limits_words(limits: tuple[float, float] | None, unit: str) -> str:
    """“20.1 to 27.9 points”; why there is none otherwise."""
    if limits is None:
        return "no margin: the number of pupils is not published"
    low, high = (value_words(value, "points") for value in limits)
    return f"{low} to {high}{' points' if unit == 'percent' else ''}"


def concentration_words(of: Concentration) -> str:
    """“England’s figure would take 212 more pupils here. Nine of 81 schools would make that up, were they at it: …”"""
    unit = of.measure.unit
    told = f"The schools here together have {value_words(of.area, unit)} in {of.year}, England {value_words(of.england, unit)}."
    if of.pupils <= 0:
        return f"{told} There is no gap to make up."
    fewer = of.measure.better == "lower"
    told += f" England’s figure would take {round(of.pupils):,} {'fewer' if fewer else 'more'} pupils"
    names = join([share.establishment.name for share in of.shares[: of.enough]]) if of.enough <= FEW else "the first of the table"
    one = of.enough == 1
    return f"{told}; {in_words(of.enough)} of {len(of.shares)} schools would make that up, were {'it' if one else 'they'} at it: {names}."


def reaching_words(of: Reaching) -> str:
    """“Were each of the 43 schools behind its family at its mean, the schools here together would have 63.4% in place of 60.1% …”"""
    unit, fewer = of.measure.unit, of.measure.better == "lower"
    now = f"The schools here together have {value_words(of.area, unit)} in {of.year}"
    if not of.steps:
        return f"{now}; none of the {of.looked_at} with a family is behind its mean."
    who = "the one school" if len(of.steps) == 1 else f"each of the {len(of.steps)} schools"
    told = (
        f"{now}. Were {who} behind its family at its mean, they would have {value_words(of.reached, unit)}: "
        f"{round(of.pupils):,} {'fewer' if fewer else 'more'} {'pupil' if round(of.pupils) == 1 else 'pupils'}."
    )
    beyond = sum(step.beyond_chance for step in of.steps)
    if beyond:
        alone = f"the {beyond} that {'is' if beyond == 1 else 'are'} behind beyond chance"
        told += f" Were only {alone}, {value_words(of.reached_beyond, unit)}."
    else:
        told += f" Of the {of.looked_at} looked at, none is behind beyond chance."
    return told + (f" England has {value_words(of.england, unit)}." if of.england is not None else "")


REACHING_CARE = (
    "This is arithmetic, not a forecast: at any time about half of all schools are behind those like them, part of the distance is chance, "
    "and what families reach moves too. It is the most that catching up could give."
)
PARTS = {"constituency": "constituencies", "ward": "wards", "locality": "localities", "town": "towns"}


def parts_words(of: Parts) -> str:
    """“Of 10 constituencies, 2 are behind the rest of the area beyond chance: A (6.1 points) and B (4.0 points); …”"""
    looked = [one for one in of.parts if one.behind is not None]
    behind = [one for one in looked if one.beyond_chance and (one.behind or 0.0) > 0]
    ahead = sum(one.beyond_chance and (one.behind or 0.0) < 0 for one in looked)
    scope = f"of the {len(looked)} {PARTS[of.by]} with enough schools"
    if not behind and not ahead:
        return f"None {scope} differs from the rest of the area beyond chance in {of.year}."
    named = [f"{one.name} ({size_words(one.behind or 0.0, of.measure.unit)})" for one in behind[:FEW]]
    named += [f"{len(behind) - FEW} more"] if len(behind) > FEW else []
    who = f"{in_words(len(behind))} behind the rest of the area beyond chance{f': {join(named)}' if named else ''}"
    return f"O{scope[1:]}, in {of.year}: {who}; {in_words(ahead)} ahead of it."

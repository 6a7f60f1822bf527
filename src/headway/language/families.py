"""A family in words: how many are similar, how near, how firm the family is; and who has something to teach."""

from headway.language.ranks import in_words
from headway.language.values import join, level_with, name_of, size_words, value_words
from headway.readings.answers import MeasureFacts
from headway.readings.families import Attribute, Family, Member
from headway.readings.family_changes import FamilyChange
from headway.readings.partners import Partners

ALIKE = {"similar": "similar", "less": "less similar", "not": "not similar"}
MOST, HALF = 0.6, 0.25  # two sets of fifty overlap by 0.6 when three quarters are in both, by 0.25 when two fifths are


def family_sentences(family: Family) -> tuple[str, ...]:
    """At most four: who, how near, how firm, and what it leaves out."""
    if family.reason:
        return (f"No family of similar schools: {family.reason}.",)
    if not family.members:
        return (f"No school is similar enough: all of the {family.looked_at} nearest lie outside the limit of {family.caliper:g}.",)
    return (_who(family), *_firm(family), f"Not taken into account: {family.left_out}")


def _who(family: Family) -> str:
    many = len(family.members)
    first = f"{many} similar {'school' if many == 1 else 'schools'}, by intake up to {family.year}"
    if many < family.looked_at:
        first += f": fewer than the {family.looked_at} nearest, since the others lie outside the limit of {family.caliper:g}"
    few = f" Too few for a mean, which needs {family.fewest}." if many < family.fewest else ""
    return f"{first}. The furthest is {family.furthest:.2f} standard deviations away on the average attribute.{few}"


def _firm(family: Family) -> list[str]:
    told = []
    if family.overlap_last_year is not None:
        told.append(f"{overlap_words(family.overlap_last_year)} last year’s family.")
    if family.stability is not None:
        word = "stable" if family.stable else "unstable"
        why = "" if family.stable else ": many other schools are as similar, so read the family as a whole, not school by school"
        told.append(f"The family is {word} when the pupils of each school are drawn again (overlap {family.stability:.2f}){why}.")
    return told


def change_words(change: FamilyChange) -> str:
    """“Since last year 12 schools joined the family and 12 left it. With last year’s schools its mean on A would be 64.1% …”"""
    if not change.joined and not change.left:
        return "The family has the same schools as last year’s."
    told = f"Since last year {_schools(len(change.joined))} joined the family and {in_words(len(change.left))} left it; "
    told += f"{in_words(change.stayed)} stayed."
    there = [(one.measure, *newest) for one in change.means if (newest := one.newest)]
    moved = [one for one in there if not level_with(one[3] - one[2], one[0].unit)]
    if not there:
        return told
    if not moved:
        return f"{told} Its mean is the same with last year’s schools, on each of the {len(there)} measures looked at."
    measure, year, now, then = moved[0]
    others = "" if len(there) == 1 else f"; {in_words(len(moved))} of {len(there)} measures looked at would be shown otherwise"
    return (
        f"{told} With last year’s schools its mean on {_inside(measure)} would be {value_words(then, measure.unit)} in {year}, "
        f"in place of {value_words(now, measure.unit)}{others}."
    )


def _schools(many: int) -> str:
    return "no school" if not many else "one school" if many == 1 else f"{in_words(many)} schools"


def _inside(measure: MeasureFacts) -> str:
    name = name_of(measure)
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def overlap_words(overlap: float) -> str:
    """How much of a family is the same as another's, from their Jaccard overlap."""
    if overlap == 1:
        return "The same schools as"
    many = "Most" if overlap > MOST else "About half" if overlap > HALF else "Few"
    return f"{many} of its schools were in"


def attribute_words(attribute: Attribute) -> str:
    """“FSM in six years 31.0% and 28.4%: similar”"""
    unit = attribute.measure.unit
    figures = f"{value_words(attribute.own, unit)} and {value_words(attribute.theirs, unit)}"
    return f"{name_of(attribute.measure)} {figures}: {ALIKE[attribute.alike]}"


def why_words(member: Member) -> str:
    """On what a member is alike and on what not: “similar on roll and language; less on meals; not on plans”."""
    parts = []
    for alike, words in ALIKE.items():
        names = [name_of(one.measure) for one in member.attributes if one.alike == alike]
        if names:
            parts.append(f"{words} on {join(names)}")
    return "; ".join(parts)


def partners_sentence(found: Partners) -> str:
    """Who does better beyond chance, among how many."""
    if found.reason:
        return f"No learning partners on {name_of(found.measure)}: {found.reason}."
    year = found.own.year if found.own else ""
    many, looked = len(found.shown), len(found.looked_at)
    scope = f"Of {looked} similar schools with a figure for {year}"
    if not many:
        return f"{scope}, none does better on {name_of(found.measure)} beyond chance."
    best = found.shown[0]
    ahead = size_words(best.shrunken, found.measure.unit)
    return (
        f"{scope}, {many} {'does' if many == 1 else 'do'} better on {name_of(found.measure)} beyond chance; the furthest ahead, "
        f"{best.member.establishment.name}, by {ahead} after allowing for chance. About one in ten so named is named by chance."
    )

"""How far groups of pupils are apart, over all measures of a place: one sentence for each pair of groups, and a row for each gap."""

from collections.abc import Sequence
from dataclasses import dataclass

from headway.language.chance import beyond, chance_words
from headway.language.changes import better_or_worse
from headway.language.sentences import gap_sentence
from headway.language.values import level_with, name_of
from headway.readings.answers import MeasureLine, Trend
from headway.vocabulary.reading import Reading

PAIRS = (  # the two groups as cuts, then both in words
    ("disadvantage=yes", "disadvantage=no", "Disadvantaged pupils", "the others"),
    ("sex=girls", "sex=boys", "Girls", "boys"),
)
FIRST = ("ks2.rwm_expected", "ks4.attainment8", "ks4.basics_94", "phonics.year1", "eyfs.gld", "ks5.alevel_points_per_entry")


@dataclass(frozen=True)
class GroupGap:
    """Two groups on one measure in the newest year that both have."""

    one: Trend
    other: Trend
    mine: Reading
    theirs: Reading
    words: tuple[str, str]

    @property
    def verdict(self) -> bool | None:
        return beyond(self.mine, self.theirs, self.one.measure)

    @property
    def side(self) -> str:
        """“better”, “worse”, or "" for the first group, where the measure has a good direction and the two differ as shown."""
        size = (self.mine.value or 0) - (self.theirs.value or 0)
        return "" if level_with(size, self.one.measure.unit) else better_or_worse(size, self.one.measure.better)


def group_gaps(lines: Sequence[MeasureLine]) -> list[list[GroupGap]]:
    """The gaps of each pair of groups, the measures that matter most first. Pairs without any are left out."""
    kept = {(line.own.measure.id, line.own.cut): line.own for line in lines}
    found = []
    for one, other, *words in PAIRS:
        measures = [name for name, cut in kept if cut == one and (name, other) in kept]
        ordered = sorted(measures, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name))
        gaps = [gap for name in ordered if (gap := _gap(kept[(name, one)], kept[(name, other)], (words[0], words[1])))]
        if gaps:
            found.append(gaps)
    return found


def _gap(one: Trend, other: Trend, words: tuple[str, str]) -> GroupGap | None:
    mine = one.latest
    theirs = next((item for item in other.readings if mine and item.year == mine.year and item.value is not None), None)
    return GroupGap(one, other, mine, theirs, words) if mine and mine.value is not None and theirs else None


def gaps_sentence(gaps: Sequence[GroupGap]) -> str:
    """“Girls and boys, on 5 measures: girls did better on 3 and worse on 2. Attainment 8: the gap was 5.4 points in 2024/25; …”"""
    first = gaps[0]
    head = f"{first.words[0]} and {first.words[1]}"
    inner = gap_sentence(first.one, first.other).removesuffix(".")
    lead = f"{name_of(first.one.measure)}: {inner[:1].lower()}{inner[1:]}{_chance(first)}."
    if len(gaps) == 1:
        return f"{head}. {lead}"
    better, worse = sum(gap.side == "better" for gap in gaps), sum(gap.side == "worse" for gap in gaps)
    counted = [f"{word} on {count}" for word, count in (("worse", worse), ("better", better)) if count]
    judged = [gap for gap in gaps if gap.verdict is not None]
    far = sum(gap.verdict is True for gap in judged)
    beyond_words = "none is" if not far else "1 is" if far == 1 else f"{far} are"
    chance = f" Of {len(judged)} with a margin, {beyond_words} beyond chance." if judged else ""
    sides = f": {first.words[0].lower()} did {' and '.join(counted)}" if counted else ""
    return f"{head}, on {len(gaps)} measures{sides}.{chance} {lead}"


def _chance(gap: GroupGap) -> str:
    words = chance_words(gap.verdict).replace(",", "")
    return f" (the gap is{words})" if words else ""

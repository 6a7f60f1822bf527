"""What makes an ambition contradictory or impossible: every check, each telling the field it is about."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

from headway.definitions.ambitions import KEEPS, MOVES_BY, Ambition, Asks, Relation
from headway.definitions.progress8 import Progress8Gap
from headway.definitions.schemas import Measure, Period, Supply
from headway.definitions.vocabularies import ALL, Cut
from headway.vocabulary.academic_year import AcademicYear

Told = tuple[str, str]  # field, what is wrong with it
FEW = ("looked_after", "in_need")  # groups of a handful in any one school
ROUND_NOUGHT = ("progress",)  # units in which per cent means nothing
A_SHARE = re.compile(r"\d\s*(%|per\s?cent)(?!\s*(age)?\s*points?)", re.IGNORECASE)
IN_POINTS = re.compile(r"\d\s*(%|per\s?cent(age)?)\s*points?", re.IGNORECASE)


def deciding_year(asks: Asks) -> AcademicYear | None:
    """The last academic year that is over by the day it is due; None for a promise without a date."""
    if asks.due is None:
        return None
    year = AcademicYear.of(asks.due)
    return year if year.last_day <= asks.due else year + -1


@dataclass(frozen=True)
class Case:
    """One part of an ambition, by one reading of its words, beside what the library says of its measure."""

    ambition: Ambition
    asks: Asks
    measures: dict[str, Measure]
    cuts: dict[str, Cut]
    no_progress8: tuple[Progress8Gap, ...] = ()

    @property
    def measure(self) -> Measure:
        return self.measures[self.asks.measure]

    @cached_property
    def decides(self) -> AcademicYear | None:
        return deciding_year(self.asks)

    @property
    def level(self) -> str:
        return "authority" if self.asks.who.of == "area" else "school"

    def declared(self, year: AcademicYear) -> bool:
        return any(year in gap.years for gap in self.asks.gaps)

    def supplies(self, *levels: str) -> list[Supply]:
        return [one for period in self.measure.periods for one in period.supplies if set(levels) & set(one.levels)]


def faults(case: Case) -> list[Told]:
    """Every fault of one part. A promise that lacks its series is only asked to say so."""
    if case.asks.lacking is not None:
        return list(_lacking(case))
    found = [told for check in WITHOUT_MEASURE for told in check(case)]
    if case.asks.measure in case.measures:
        found += [told for check in WITH_MEASURE for told in check(case)]
    return found


def _lacking(case: Case) -> Iterator[Told]:
    if case.asks.measure:
        yield "lacking", "a part has a measure or says what it lacks, not both: make two parts of it"


def _there(case: Case) -> Iterator[Told]:
    asks = case.asks
    if not asks.measure:
        yield "measure", "it names no measure, and does not say what series it lacks"
    elif asks.measure not in case.measures:
        yield "measure", f"there is no measure {asks.measure!r}: headway measures lists them"
    if asks.relation is None:
        yield "relation", f"what is to happen? {', '.join(get_args(Relation))}"
    if asks.baseline is None:
        yield "baseline", "it has no baseline year to be measured from"
    if asks.tolerance is not None and asks.tolerance < 0:
        yield "tolerance", f"a tolerance of {asks.tolerance:g} is below nought"


def _dates(case: Case) -> Iterator[Told]:
    baseline, decides = case.asks.baseline, case.decides
    if baseline and decides and decides <= baseline:
        yield "due", f"it is due on {case.asks.due}, which {decides} decides; that is not after its baseline {baseline}"


def _amount(case: Case) -> Iterator[Told]:
    asks = case.asks
    moves = asks.relation in MOVES_BY
    if asks.relation == "within" and asks.amount is None:
        yield "amount", "within how much? Give an amount"
    if asks.amount is not None:
        if asks.relation != "within" and not moves:
            yield "amount", f"{asks.relation} takes no amount"
        if asks.amount <= 0:
            yield "amount", f"{asks.amount:g} is not above nought: no figure can be within or move by it"
        if asks.unit is None:
            yield "unit", "points, or percent? An amount must say which"
        if asks.unit == "percent" and asks.amount > 100:
            yield "amount", f"{asks.amount:g} per cent is more than the whole"
    elif asks.unit is not None:
        yield "unit", "a unit without an amount"


def _against(case: Case) -> Iterator[Told]:
    asks, against = case.asks, case.asks.against
    if asks.relation in MOVES_BY:
        if against and against.kind != "own_baseline":
            yield "against", f"{asks.relation} is measured from its own baseline; to be closer to {against.kind}, use within or reach"
        return
    if against is None:
        yield "against", "what is it set beside? A fixed level, england, england_same_group, area_average, neighbours, or own_baseline"
        return
    if against.kind == "own_baseline" and asks.relation not in KEEPS:
        yield "against", "its own baseline is reached on the first day: use rise_by or fall_by"
    if (against.level is None) == (against.kind == "fixed"):
        yield "against", "a fixed level is a number, and only that has one"
    if against.moving and against.moves is None:
        yield "against", f"{against.kind} moves every year: say moves: each_year, or held_at_baseline"
    if against.moves and not against.moving:
        yield "against", f"{against.kind} does not move"


def _who(case: Case) -> Iterator[Told]:
    asks, who = case.asks, case.asks.who
    if (who.of == "phase") != bool(who.phase):
        yield "who", "of: phase names a phase, and only that does"
    if (who.of == "family") != (who.urn is not None):
        yield "who", "of: family names the urn of a school, and only that does"
    if asks.relation == "every_school_at_least":
        if who.of == "area":
            yield "who", "every school of whom? schools, maintained, a phase, a district or a family"
        if asks.against and asks.against.kind != "fixed":
            yield "against", "every school at least a fixed level: where others stand moves with the schools themselves"
    if who.of == "district" and not who.name and asks.relation not in ("within", "reach"):
        yield "relation", "each district can be asked to reach something or to be within something, and nothing else"


def _words(case: Case) -> Iterator[Told]:
    asks, words = case.asks, case.ambition.words
    if asks.amount is None or asks.unit is None:
        return
    if IN_POINTS.search(words):
        if asks.unit == "percent" and not A_SHARE.search(words):
            yield "unit", "the words say percentage points, and it is checked as per cent"
    elif A_SHARE.search(words):
        units = {choice.sets.unit for choice in case.ambition.choices.values()}
        if not {"points", "percent"} <= units:
            yield "unit", "the words say per cent, which people also say for points: give both readings as choices, and choose one"


def _polarity(case: Case) -> Iterator[Told]:
    better, relation, name = case.measure.better, case.asks.relation, case.asks.measure
    if better == "neither":
        yield "measure", f"of {name} neither high nor low is better, so no promise can be kept with it"
    if better == "lower" and relation in ("stay_above", "rise_by"):
        yield "relation", f"of {name} lower is better: {relation} would promise to get worse. Use stay_below or fall_by"
    if better == "higher" and relation in ("stay_below", "fall_by"):
        yield "relation", f"of {name} higher is better: {relation} would promise to get worse. Use stay_above or rise_by"
    if case.measure.unit in ROUND_NOUGHT and case.asks.unit == "percent":
        yield "unit", f"{name} lies around nought, and per cent of nought means nothing: use points"


def _level(case: Case) -> Iterator[Told]:
    against, range_ = case.asks.against, case.measure.range
    if against and against.level is not None and range_ and not range_[0] <= against.level <= range_[1]:
        yield "against", f"{against.level:g} is outside what {case.asks.measure} can be, {range_[0]:g} to {range_[1]:g}"


def _group(case: Case) -> Iterator[Told]:
    """The group must be counted at the level asked, and be large enough there to be judged."""
    asks = case.asks
    wanted = ["authority", "school"] if case.level == "authority" else ["school"]
    yield from _cut(case, "cut", asks.cut, wanted)
    if case.level == "school" and case.measure.periods[0].supplies and not case.supplies("school"):
        yield "who", f"{asks.measure} is not published school by school"
    if case.level == "school" and any(part.partition("=")[0] in FEW for part in asks.cut.split("&")):
        yield "cut", f"{asks.cut} are too few in a school to be judged; ask of the area"
    if asks.against is None:
        return
    if asks.against.kind == "area_average" and case.level == "authority" and (asks.against.cut or ALL) == asks.cut:
        yield "against", "that sets a figure beside itself: name a group in cut"
    if asks.against.cut:
        if asks.against.kind not in ("england", "area_average"):
            yield "against", f"{asks.against.kind} takes no other group"
        yield from _cut(case, "against", asks.against.cut, ["england"] if asks.against.kind == "england" else wanted)


def _cut(case: Case, field: str, cut: str, levels: list[str]) -> Iterator[Told]:
    for part in cut.split("&") if cut != ALL else ():
        name, _, value = part.partition("=")
        if name not in case.cuts or value not in case.cuts[name].values:
            yield field, f"{part!r} is not a group that the library knows"
            return
    if cut != ALL and not _counted(case, cut, levels):
        yield field, f"{case.asks.measure} is not counted for {cut}"


def _counted(case: Case, cut: str, levels: list[str]) -> bool:
    supplies = case.supplies(*levels)
    if any(cut == one.cut or cut in one.cuts for one in supplies):
        return True
    names = {part.partition("=")[0] for part in cut.split("&")}
    worked = not any(period.supplies for period in case.measure.periods) or names == {"phase"}  # phases come of rows
    return worked and names <= set(case.measure.cuts)


def _years(case: Case) -> Iterator[Told]:
    """Baseline and deciding year must be years in which the measure exists, or be gaps that are declared."""
    for field, year in (("baseline", case.asks.baseline), ("due", case.decides)):
        if year is None or case.declared(year):
            continue
        none = next((gap for gap in case.no_progress8 if case.asks.measure == "ks4.progress8" and gap.from_ <= year <= gap.until), None)
        if none or case.measure.period(year) is None:
            why = " ".join(none.why.split()) if none else f"it is defined for {_spans(case.measure)}"
            yield field, f"{case.asks.measure} has no figure for {year}: {why}. Ask for another year, or declare the gap"


def _spans(measure: Measure) -> str:
    return " and ".join(f"{one.from_}–{one.until}" if one.until != "open" else f"from {one.from_}" for one in measure.periods)


def _breaks(case: Case) -> Iterator[Told]:
    """A break inside the span must be bridged, in a way that can carry what is asked, or the ambition be split."""
    asks = case.asks
    if asks.baseline is None:
        return
    inside = {
        one.from_: one
        for one in case.measure.periods
        if one.break_ and asks.baseline < one.from_ and (case.decides is None or one.from_ <= case.decides)
    }
    bridged = {bridge.at: bridge for bridge in asks.bridges}
    for year, period in sorted(inside.items()):
        note = " ".join(period.break_.note.split()) if period.break_ else ""
        if year not in bridged:
            yield "bridges", f"the series breaks at {year} ({note}) and no bridge is declared: bridge it, or split the ambition there"
        elif not _carries(case, period):
            yield "bridges", f"no bridge carries a level over the break at {year} ({note}): begin anew after it, or split the ambition"
    starts = {one.from_ for one in case.measure.periods}
    for bridge in asks.bridges:
        if bridge.at not in starts:
            yield "bridges", f"{asks.measure} has no break at {bridge.at} to be bridged"
        if bridge.kind != "same_standard" and bridge.at > asks.baseline:
            yield "bridges", f"the count begins anew at {bridge.at}, after its baseline {asks.baseline}: move the baseline there"
        if bridge.kind == "stands_in" and not bridge.named:
            yield "bridges", f"the bridge at {bridge.at} does not name what the measure stands in for"


def _carries(case: Case, period: Period) -> bool:
    """A difference from others of the same year outlives a new scale; a level does not."""
    against = case.asks.against
    beside_others = against is not None and against.moving and against.moves == "each_year"
    return beside_others or period.break_ is None or period.break_.kind == "comparable_with_care"


Check = Callable[[Case], Iterator[Told]]
WITHOUT_MEASURE: tuple[Check, ...] = (_there, _dates, _amount, _against, _who, _words)
WITH_MEASURE: tuple[Check, ...] = (_polarity, _level, _group, _years, _breaks)

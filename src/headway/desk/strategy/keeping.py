"""How the promises of a strategy stand: each asked at the one door by the definition it was adopted with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from headway.charts.drawing import Chart
from headway.charts.promise import Lane, promise
from headway.desk.framing.pages import area_of
from headway.desk.strategy import queries
from headway.desk.strategy.models import Promise, Strategy
from headway.language.ambitions import heading, verdict_words
from headway.language.promises import path_title, since_words
from headway.readings.ambitions.adopted import Adopted, Judged, definition, history, judged
from headway.readings.ambitions.answers import Answer, Verdict
from headway.readings.door import Door
from headway.vocabulary.academic_year import AcademicYear

STYLES = {
    Verdict.MET: "on", Verdict.ON_COURSE: "on", Verdict.AT_RISK: "risk", Verdict.OFF_COURSE: "off", Verdict.TOO_EARLY: "early",
    Verdict.CANNOT_TELL: "none",
}  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """A promise with its verdict, in words and since when. `number` is its place in the strategy."""

    number: int
    promise: Promise
    answer: Answer
    history: tuple[Judged, ...]

    @property
    def heading(self) -> str:
        return heading(self.answer)

    @property
    def style(self) -> str:
        return STYLES[self.answer.verdict]

    @property
    def since(self) -> str:
        return since_words(self.answer, [(one.on, one.answer) for one in self.history])

    @property
    def words(self) -> str:
        return verdict_words(self.answer)

    @property
    def chart(self) -> Chart:
        return charted(self.answer, self.history, f"promise-{self.number}")


def charted(answer: Answer, found: Sequence[Judged], key: str) -> Chart:
    """The picture of a promise, or of the part that decides it."""
    return promise(answer, key, path_title(answer), _lane([one.answer for one in found]))


def _lane(answers: Sequence[Answer]) -> list[Lane]:
    """The last verdict on each year's figure; `answers` is newest first."""
    found: dict[AcademicYear, Lane] = {}
    for one in reversed(answers):
        if one.latest is not None:
            found[one.latest.year] = (one.latest.year, one.verdict, heading(one))
    return list(found.values())


def promises(door: Door, strategy: Strategy) -> list[Kept]:
    """Every promise in force with how it stands today; none before anything is published."""
    if door.facts is None:
        return []
    return [kept(door, strategy, one, number) for number, one in enumerate(queries.promises(strategy), 1)]


def kept(door: Door, strategy: Strategy, one: Promise, number: int) -> Kept:
    authority = area_of(door)[0]
    versions = [adopted(each) for each in strategy.promises.filter(ambition=one.ambition, number__lte=one.number).order_by("number")]
    answer = judged(door, versions[-1].ambition, authority)
    return Kept(number, one, answer, tuple(history(door, versions, authority)))


def adopted(one: Promise) -> Adopted:
    """A version as the door asks of it. The first holds from the start: what was known before it was made belongs to its history."""
    return Adopted(one.number, definition(one.ambition, one.definition), one.since.date() if one.number > 1 else None)


def answers_on(door: Door, strategy: Strategy, day: date) -> dict[str, Answer]:
    """Ambition → its answer on a day, by the version that was in force at the end of it; those not made by then are absent."""
    if door.facts is None:
        return {}
    authority = area_of(door)[0]
    found: dict[str, Answer] = {}
    for one in strategy.promises.filter(since__date__lte=day).order_by("number"):
        if one.until is None or one.until.date() > day:
            found[one.ambition] = judged(door, definition(one.ambition, one.definition), authority, as_of=day)
    return found


def evidence_of(answer: Answer) -> dict[str, object]:
    """What was known of a promise, as it is kept with a decision: the verdict, the figures it rests on, the chance."""
    told = answer.as_dict()
    names = ("verdict", "since", "distance", "distance_unit", "baseline", "latest", "probability", "missing", "parts")
    return {name: told[name] for name in names}

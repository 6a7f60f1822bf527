"""Each endpoint asks one question of readings or of strategies and gives plain values. No arithmetic, no rule of who may see what."""

from dataclasses import asdict
from typing import Any

from headway.api.answering import Asking, answers
from headway.desk.accounts.permissions import Permission
from headway.desk.strategy import queries as strategies
from headway.language.ambitions import heading, promise_words, verdict_words
from headway.readings import ambitions as promises
from headway.readings.answers import MeasureLine, Trend
from headway.readings.asking import Asked
from headway.readings.asking import readings as ask
from headway.readings.door import measure_facts
from headway.readings.explain import explain as explained
from headway.readings.margins import as_plain
from headway.readings.measures import measures as all_measures
from headway.readings.profile import profile
from headway.readings.search import search as found_schools
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading

MOST = 5_000
Plain = dict[str, Any]
NO_PLACE = HeadwayError("H-USAGE-06", "No list that was loaded holds that place.")


@answers(Permission.VIEW_SCHOOL)
def schools(asking: Asking) -> list[Plain]:
    """Schools by part of a name, a URN or a postcode; of a patch only its own."""
    limit = asking.whole("limit", 20, 200)
    found = found_schools(asking.door, asking.given.get("q", ""), asking.viewer, limit=1_000)
    return [asdict(hit.establishment) | {"matched": hit.matched} for hit in found if asking.mine(hit.establishment.urn)][:limit]


@answers(Permission.VIEW_SCHOOL)
def school(asking: Asking, urn: int) -> Plain:
    """A school's page: who it is, each measure over years beside its comparators."""
    found = profile(asking.door, urn, asking.viewer)
    lines = {"measures": found.lines, "context": found.context, "workforce": found.workforce, "finance": found.finance}
    return {
        "school": asdict(found.establishment),
        "links": [asdict(link) for link in found.links],
        **{name: [_line(line) for line in kept] for name, kept in lines.items()},
    }


def _line(line: MeasureLine) -> Plain:
    facts = line.own.measure
    return {
        "measure": facts.id, "title": facts.title, "unit": facts.unit, "better": facts.better, "cut": line.own.cut,
        "readings": _readings(line.own), "beside": {name: _readings(trend) for name, trend in line.comparators.items()},
        "gaps": [asdict(gap) for gap in line.own.gaps], "breaks": [asdict(mark) for mark in line.own.breaks],
    }  # fmt: skip


def _readings(trend: Trend) -> list[Plain]:
    return [reading.as_dict() for reading in trend.readings]


@answers(Permission.VIEW_MEASURES)
def measures(asking: Asking) -> list[Plain]:
    return [asdict(facts) for facts in all_measures(asking.door, asking.viewer)]


@answers(Permission.VIEW_MEASURES)
def measure(asking: Asking, measure: str) -> Plain:
    """A measure with its periods, breaks and references."""
    found = asking.door.measure(measure)
    periods = [{"from": str(one.from_), "until": str(one.until), "break": one.break_.note if one.break_ else None,
                "reference": one.reference.href} for one in found.periods]  # fmt: skip
    return asdict(measure_facts(found)) | {"cuts": list(found.cuts), "periods": periods}


@answers(Permission.VIEW_MEASURES)
def readings(asking: Asking) -> list[Plain]:
    """Readings of one measure, by place and year. Of schools only those of the person's patch."""
    given = asking.given
    urns = tuple(_urn(asking, text) for text in given.getlist("urn"))
    level = _level(given.get("level", ""))
    cut = given.get("cut", "all")
    asked = Asked(
        given.get("measure", ""), urns=urns, authority=given.get("authority", ""), level=level, first=asking.year("from"),
        last=asking.year("to"), cut=None if cut == "*" else cut,
    )  # fmt: skip
    facts = measure_facts(asking.door.measure(asked.measure))
    found = [one for one in ask(asking.door, asked, asking.viewer) if _open_to(asking, one)]
    if len(found) > MOST:
        raise HeadwayError(
            "H-USAGE-85", f"That is {len(found):,} readings; at most {MOST:,} are sent at once.", remedy="Ask for fewer years."
        )
    return [one.as_dict() | as_plain(one, facts) for one in found]


def _urn(asking: Asking, text: str) -> int:
    """Raises H-USAGE-06 for another's school as for one that does not exist."""
    if not text.isdecimal() or len(text) != 6 or not asking.mine(int(text)):
        raise NO_PLACE
    return int(text)


def _level(text: str) -> Level | None:
    if not text:
        return None
    if text not in {level.value for level in Level}:
        raise HeadwayError("H-USAGE-83", "There is no such level.", remedy=f"There are: {', '.join(level.value for level in Level)}.")
    return Level(text)


def _open_to(asking: Asking, reading: Reading) -> bool:
    return reading.urn is None or asking.mine(int(reading.urn))


@answers(Permission.VIEW_MEASURES)
def explain(asking: Asking, level: str, place: str, measure: str, year: int) -> Plain:
    """How one number came about."""
    at = _level(level) or Level.ENGLAND
    if at is Level.SCHOOL:
        _urn(asking, place)
    at_year = AcademicYear(year)
    found = explained(asking.door, asking.viewer, place=place, level=at, measure=measure, year=at_year, cut=asking.given.get("cut", "all"))
    return {
        "reading": found.reading.as_dict() if found.reading else None,
        "measure": asdict(found.measure),
        "vintages": [one.as_dict() for one in found.vintages],
        "steps": [asdict(step) for step in found.steps],
    }


@answers(Permission.VIEW_MEASURES)
def ambitions(asking: Asking) -> list[Plain]:
    """Every ambition with its verdict, today or as of a day."""
    given = asking.given
    found = promises.verdicts(
        asking.door, asking.viewer, as_of=asking.day("as_of"), authority=given.get("authority", ""), of=given.get("set", "")
    )  # fmt: skip
    return [_answer(one) for one in found]


@answers(Permission.VIEW_MEASURES)
def ambition(asking: Asking, ambition: str) -> list[Plain]:
    """One ambition by each reading of its words, the one taken first."""
    given = asking.given
    choice = given.get("choice") or None
    found = promises.explain(
        asking.door, asking.viewer, ambition, as_of=asking.day("as_of"), choice=choice, authority=given.get("authority", "")
    )  # fmt: skip
    return [_answer(one) for one in found]


def _answer(answer: promises.Answer) -> Plain:
    words = {"heading": heading(answer), "promise": promise_words(answer), "sentence": verdict_words(answer)}
    return answer.as_dict() | words | {"points": [point.as_dict() for point in answer.points]}


@answers(Permission.OWN_ACCOUNT)
def strategies_listed(asking: Asking) -> list[Plain]:
    """The strategies that the person may read."""
    return [_strategy(one) for one in strategies.visible_to(asking.person)]


@answers(Permission.OWN_ACCOUNT)
def strategy(asking: Asking, pk: int) -> Plain:
    """A strategy as it stands: strands, priorities, actions, promises."""
    one = strategies.find(asking.person, pk)
    if one is None:
        raise NO_PLACE
    return _strategy(one) | strategies.document(one)


def _strategy(one: Any) -> Plain:
    return {"id": one.pk, "title": one.title, "state": one.state, "starts": one.starts, "ends": one.ends, "version": one.version}

"""What is worked out of practices: what became of each school that took one up, and what schools like one did that improved."""

from dataclasses import dataclass

from headway.desk.evidence_library import queries, rules
from headway.desk.evidence_library.models import Adoption, Practice
from headway.language.practices import improvers_sentence, result_sentence, result_stands
from headway.readings.door import Door
from headway.readings.families import family
from headway.readings.improvers import Improver, Improvers, improvers
from headway.readings.strengths import Since, since
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC


@dataclass(frozen=True)
class Result:
    """One school that took a practice up, and what became of it."""

    adoption: Adoption
    found: Since | None
    sentence: str
    stands: str  # better, worse, level, unknown


@dataclass(frozen=True)
class Shown:
    practice: Practice
    results: tuple[Result, ...]
    level: str  # of rules.LEVELS
    words: str
    of_results: str


def shown(door: Door, practice: Practice) -> Shown:
    """The strength of its evidence: own results with their margins, and named sources outside."""
    adopted = list(practice.adoptions.all())
    taken = frozenset(one.school_id for one in adopted)
    results = tuple(_result(door, one, practice.measure, taken) for one in adopted)
    sources = [one.strength for one in practice.sources.all() if not one.struck]
    level = rules.strength(sources, [one.stands for one in results])
    return Shown(practice, results, level, rules.WORDS[level], rules.results_words([one.stands for one in results]))


def _result(door: Door, adoption: Adoption, measure: str, taken: frozenset[int]) -> Result:
    who = adoption.school.name
    if door.facts is None or measure not in door.library.measures:
        return Result(adoption, None, f"No published figure is named that should move, so nothing is worked out for {who}.", "unknown")
    try:
        found = _since(door, adoption, measure, taken)
    except HeadwayError as fault:
        return Result(adoption, None, fault.what, "unknown")
    return Result(adoption, found, result_sentence(found, who), result_stands(found))


def _since(door: Door, adoption: Adoption, measure: str, taken: frozenset[int]) -> Since:
    """Kept with the snapshot: a list of practices asks for many."""
    key = ("since", adoption.school_id, measure, adoption.since, taken)
    if key not in door.kept:
        door.kept[key] = since(door, adoption.school_id, measure, adoption.since, taken)
    kept: Since = door.kept[key]
    return kept


@dataclass(frozen=True)
class Did:
    """A school like one, what it did that is written down here, and whether it improved."""

    school: str
    improver: Improver | None
    practices: tuple[Practice, ...]


@dataclass(frozen=True)
class Alike:
    """On one measure: who of a school's family improved, what they did; and who did the same and did not."""

    found: Improvers | None
    sentence: str
    did: tuple[Did, ...]
    without: tuple[Did, ...]  # took something up and did not improve beyond the others
    others: int  # improved, and nothing of them is written down here


def alike(door: Door, urn: int, name: str, measure: str) -> Alike:
    """Schools like this one on a measure. Raises H-USAGE-05 for an unknown measure, H-VALIDITY-13 for one without a good direction."""
    whole = family(door, urn, PUBLIC)
    if not whole.members:
        return Alike(None, f"No family of similar schools was worked out for {name}: {whole.reason}.", (), (), 0)
    found = improvers(door, whole, measure)
    adopted: dict[int, list[Adoption]] = {}
    for one in queries.adopted_by([member.establishment.urn for member in whole.members]):
        if found.last is None or one.since.year <= found.last.start + 1:
            adopted.setdefault(one.school_id, []).append(one)
    lines = {
        urn: Did(many[0].school.name, found.of(urn), tuple(one.practice for one in many)) for urn, many in adopted.items()
    }  # fmt: skip
    did = tuple(one for one in lines.values() if one.improver is not None and one.improver.shown)
    without = tuple(one for one in lines.values() if one.improver is None or not one.improver.shown)
    return Alike(found, improvers_sentence(found, name), did, without, len(found.shown) - len(did))


def first_told(door: Door, urn: int, name: str, measures: list[str]) -> tuple[str, Alike]:
    """The first of these measures on which something can be told, or else the first."""
    made = [(one, alike(door, urn, name, one)) for one in measures[:1]]
    for one in measures[1:]:
        if made[-1][1].found is not None and not made[-1][1].found.reason:
            return made[-1]
        made.append((one, alike(door, urn, name, one)))
    told = (pair for pair in made if pair[1].found is not None and not pair[1].found.reason)
    return next(told, made[0])

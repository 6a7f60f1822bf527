"""Proposals: for an authority's schools, for some schools, or for every school of the country."""

from collections.abc import Iterable
from datetime import date

import yaml

from headway.analysis.predicates import Answered
from headway.analysis.tiers import Proposed, proposed, tier_of
from headway.definitions.tiers import DEFAULT, NOT_ENOUGH, Scheme, scheme_for
from headway.readings.door import Door
from headway.readings.establishment import establishment
from headway.readings.tier_proposal.answers import Entry, Explained, Proposal, Proposals, SignalAnswer
from headway.readings.tier_proposal.asking import Gathered, Question, gather, signal_answers, signal_said
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer

SETTING = "tier_scheme"  # of area.yaml: the scheme that the area works by, where it is not the one that Headway comes with


def scheme_named(door: Door, name: str = "", day: date | None = None) -> Scheme:
    """The version in force today, or on a day, of a scheme (none named: of the area’s own), or a version named. Raises H-USAGE-60."""
    return scheme_for(door.library.tiers, name or _of_area(door), day or today())


def _of_area(door: Door) -> str:
    """Read once for a snapshot; the site is started anew after a change."""
    if SETTING not in door.kept:
        path = door.home / "area.yaml"
        settings = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.exists() else {}
        door.kept[SETTING] = str(settings.get(SETTING) or DEFAULT)
    return str(door.kept[SETTING])


def propose(
    door: Door, viewer: Viewer, *, scheme: str = "", authority: str = "", urns: Iterable[int] | None = None, as_of: date | None = None,
    entries: tuple[Entry, ...] = (), reads_restricted: bool = True, evidence: bool = True,
) -> Proposals:  # fmt: skip
    """A proposal for each school asked for: an authority's, those of `urns`, or with neither every school of the country.

    `as_of` uses what was published by that day and nothing later. Raises H-USAGE-60; H-USAGE-91 for a day that has not come.
    """
    rule = scheme_named(door, scheme)
    _past(as_of)
    gathered = gather(door, viewer, Question(rule, as_of, entries, reads_restricted), urns, authority)
    found = tuple(_one(gathered, at) for at in range(len(gathered.wanted))) if evidence else in_bulk(gathered)
    return Proposals(rule.id, rule.title, as_of, door.published, found, cautions(gathered))


def explain(
    door: Door, viewer: Viewer, urn: str | int, *, scheme: str = "", as_of: date | None = None, entries: tuple[Entry, ...] = (),
    reads_restricted: bool = True,
) -> Explained:  # fmt: skip
    """One school's proposal with all evidence. Raises H-USAGE-01, -06, -60, -91; H-USAGE-92 for a school that the scheme does not sort."""
    school = establishment(door, urn)
    answer = propose(door, viewer, scheme=scheme, urns=[school.urn], as_of=as_of, entries=entries, reads_restricted=reads_restricted)
    rule = door.library.tiers[answer.scheme]
    if not answer.proposals:
        open_then = f"It was not open on {as_of}, or" if as_of else "It is not open, or"
        raise HeadwayError(
            "H-USAGE-92", f"{school.name} is not among the schools that {rule.id} sorts.",
            f"{open_then} it is {school.governance} of phase {school.phase}; the scheme is for {', '.join(rule.routes)} schools.",
            "Ask for another school, or name its governance under `routes` in an area's own scheme.",
        )  # fmt: skip
    [one] = answer.proposals
    return Explained(school, one, rule.id, rule.title, as_of, answer.snapshot, lighter(rule, one), answer.cautions)


def _past(as_of: date | None) -> None:
    if as_of and as_of > today():
        raise HeadwayError("H-USAGE-91", f"{as_of} has not come yet.", "A proposal rests on what is known.", "Give a day up to today.")


def _one(gathered: Gathered, at: int) -> Proposal:
    """One school, with all evidence."""
    signals = signal_answers(gathered, at)
    found = proposed(gathered.question.scheme, {name: Answered(one.answer, one.why) for name, one in signals.items()})
    return _proposal(gathered, at, found, tuple(signals.values()))


def in_bulk(gathered: Gathered) -> tuple[Proposal, ...]:
    """All schools asked for, without evidence. Many have the same answers, and the same answers are weighed once."""
    import numpy as np

    from headway.readings.tier_proposal.bulk import answers

    every = answers(gathered)
    same = np.stack([one.same() for one in every.values()], axis=1)
    _, firsts, kinds = np.unique(same, axis=0, return_index=True, return_inverse=True)
    weighed = [_weighed(gathered.question.scheme, {name: one.at(at) for name, one in every.items()}) for at in firsts.tolist()]
    return tuple(_proposal(gathered, at, *weighed[kind]) for at, kind in enumerate(kinds.reshape(-1).tolist()))


def _weighed(scheme: Scheme, said: dict[str, Answered]) -> tuple[Proposed, tuple[SignalAnswer, ...]]:
    return proposed(scheme, said), tuple(signal_said(name, scheme.signals[name], one) for name, one in said.items())


def _proposal(gathered: Gathered, at: int, found: Proposed, signals: tuple[SignalAnswer, ...]) -> Proposal:
    scheme, schools, place = gathered.question.scheme, gathered.schools, gathered.wanted[at]
    urn, governance = int(schools.urn[place]), str(schools.governance[place])
    route = scheme.routes[governance]
    return Proposal(
        urn, gathered.door.school_names.get(str(urn), ""), str(schools.phase[place]), governance, route.title, route.powers, found.tier,
        found.by, found.points, found.reasons, found.at_least, found.at_most, found.missing, signals,
    )  # fmt: skip


def lighter(scheme: Scheme, one: Proposal) -> tuple[str, ...]:
    """The smallest change that would do: the reasons, heaviest first, until what is left gives a lighter tier; nothing for a light one."""
    if one.tier == NOT_ENOUGH or scheme.tiers[one.tier].light:
        return ()
    met = [signal for signal in one.signals if signal.met]
    order = sorted(met, key=lambda signal: (signal.name not in one.reasons, -signal.points))
    gone: list[SignalAnswer] = []
    for signal in order:
        gone.append(signal)
        left = [other.name for other in met if other not in gone]
        if scheme.heaviness(tier_of(scheme, left)[0]) < scheme.heaviness(one.tier):
            return tuple(other.name for other in gone)
    return ()


def cautions(gathered: Gathered) -> tuple[str, ...]:
    """What an answer does not know, in plain words."""
    scheme = gathered.question.scheme
    unfed = [signal.title for signal in scheme.signals.values() if signal.unfed]
    found = [f"Not fed by the files that Headway was built with: {'; '.join(unfed)}."] if unfed else []
    if any(visit.assumed for visit in gathered.visits.values()) and gathered.question.as_of:
        found.append("Where no source tells when a report came out, it counts as known 60 days after the visit.")
    if gathered.question.as_of:
        found.append("Schools that no list holds any more are missing: lists are of those that stood when they were made.")
    return tuple(found)

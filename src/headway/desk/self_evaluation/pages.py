"""A self-evaluation beside our signals and what an adviser found: criterion by criterion."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from headway.definitions.tiers import Criterion, Scheme
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.self_evaluation import queries, rules
from headway.desk.self_evaluation.models import Rating, Said, SelfEvaluation, Validation
from headway.desk.tiers.evidence import signals
from headway.desk.tiers.models import Evidence
from headway.readings.door import Door
from headway.readings.tier_proposal.proposing import scheme_named

WORDS = {value: words.split(":")[0] for value, words in Rating.choices}


@dataclass(frozen=True)
class Beside:
    """One criterion: what the school says, what our signals say, what the adviser found, and whether they differ."""

    name: str
    criterion: Criterion
    said: Said | None
    rating: str  # in words
    signals: tuple[Mapping[str, Any], ...]
    differs: str
    validation: Validation | None
    found: str  # in words
    adviser_differs: bool


def scheme_for(door: Door, one: SelfEvaluation | None) -> Scheme:
    """The scheme by whose criteria it was written; the one in force for a new one, or where that was given up."""
    known = door.library.tiers.get(one.scheme) if one else None
    return known or scheme_named(door)


def beside(door: Door, user: User, one: SelfEvaluation) -> list[Beside]:
    """Signals are told to those who may see tiers; a school sees its own words and what the adviser found."""
    shown: Mapping[str, Any] = {}
    if may(user, Permission.SEE_TIERS, one.school_id):
        newest = Evidence.objects.filter(school_id=one.school_id).order_by("-pk").first()
        shown = newest.shown if newest else {}
    said, found = queries.said_in(one), queries.validations_of(one)
    return [_beside(name, criterion, said.get(name), shown, found.get(name)) for name, criterion in scheme_for(door, one).criteria.items()]


def _beside(name: str, criterion: Criterion, said: Said | None, shown: Mapping[str, Any], found: Validation | None) -> Beside:
    rating, theirs = said.rating if said else "", found.rating if found else ""
    ours = rules.signals_of(shown, criterion.domains)
    return Beside(name, criterion, said, WORDS.get(rating, ""), tuple(ours), rules.differs(rating, ours), found, WORDS.get(theirs, ""),
                  rules.views_differ(rating, theirs))  # fmt: skip


def disagreements(door: Door, one: SelfEvaluation, shown: Mapping[str, Any]) -> int:
    """Under how many criteria a school and our signals see it differently."""
    said = queries.said_in(one)
    criteria = scheme_for(door, one).criteria
    return sum(
        bool(rules.differs(said[name].rating, rules.signals_of(shown, criterion.domains)))
        for name, criterion in criteria.items()
        if name in said
    )


def newest_evidence(urns: list[int]) -> dict[int, Mapping[str, Any]]:
    """URN → what was known last; signals that are met stand first."""
    found = {one.school_id: one.shown for one in Evidence.objects.filter(school_id__in=urns).order_by("pk")}
    return {urn: shown for urn, shown in found.items() if signals(shown, "met") or shown.get("signals")}

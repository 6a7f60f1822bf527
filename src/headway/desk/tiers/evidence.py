"""What a proposal rested on, as plain values that are kept: reasons, every signal with what it said, what would move the school."""

from collections.abc import Collection, Mapping
from typing import Any

from headway.definitions.loading import Library
from headway.definitions.predicates import Told
from headway.definitions.tiers import NOT_ENOUGH, Scheme
from headway.language.tiers import looked_words, proposal_sentence, route_sentence
from headway.readings.tier_proposal.answers import Proposal, SignalAnswer
from headway.readings.tier_proposal.proposing import lighter
from headway.vocabulary.answer import Answer

IN_CONFIDENCE = "Something that was told to the council in confidence"
EARLY = "Something that rests on early results, not for publication yet"
ANSWERS = (Answer.MET, Answer.UNKNOWN, Answer.NOT_MET)  # in this order on a page


def frozen(
    one: Proposal, scheme: Scheme, library: Library, public: Proposal | None = None, in_confidence: Collection[str] = ()
) -> dict[str, Any]:  # fmt: skip
    """A proposal as JSON. What it says stands as it was said: neither a later figure nor a later rule changes it.

    `in_confidence`: kinds of which a line on this school is restricted, though not every line of the kind is.

    `public`: the same on published figures alone, where the proposal rests on early results too. A signal that says something else there is
    marked, and is told to nobody who may not see early results.
    """
    order = {answer: place for place, answer in enumerate(ANSWERS)}
    signals = sorted(one.signals, key=lambda said: (order[said.answer], not said.core, -said.points))
    return {
        "tier": one.tier, "by": one.by, "points": one.points, "reasons": list(one.reasons), "missing": list(one.missing),
        "at_least": one.at_least, "at_most": one.at_most, "phase": one.phase, "governance": one.governance, "route": one.route,
        "powers": one.powers, "said": proposal_sentence(one, scheme), "route_said": route_sentence(one, scheme),
        "lighter": list(lighter(scheme, one)),
        "signals": [_signal(said, scheme, library, said_of(public), in_confidence) for said in signals],
    }  # fmt: skip


def said_of(one: Proposal | None) -> dict[str, tuple[str, str]]:
    """Signal → its answer and its words."""
    return {said.name: (said.answer.value, _words(said)) for said in one.signals} if one else {}


def _words(one: SignalAnswer) -> str:
    return one.why.words if one.why else "; ".join(text for text in map(looked_words, one.looked) if text)


def _signal(
    one: SignalAnswer, scheme: Scheme, library: Library, public: Mapping[str, tuple[str, str]], in_confidence: Collection[str]
) -> dict[str, Any]:  # fmt: skip
    kinds = [said.kind for way in scheme.signals[one.name].ways for said in way.conditions if isinstance(said, Told)]
    hidden = any(kind in in_confidence or library.soft_signals[kind].sensitivity == "restricted" for kind in kinds)
    words = _words(one)
    early = bool(public) and public.get(one.name) != (one.answer.value, words)
    return {"name": one.name, "title": one.title, "domain": one.domain, "answer": one.answer.value, "points": one.points,
            "core": one.core, "said": words, "restricted": hidden, "early": early}  # fmt: skip


HELD_BACK = "What the rules propose is held back: their errors fall more on some schools than on others, and nobody has answered for it."


def without_proposal(shown: Mapping[str, Any]) -> dict[str, Any]:
    """A frozen proposal without what was proposed: the signals and their evidence, no tier, no points, no reason picked out of them."""
    told = {
        "tier": "",
        "by": "",
        "points": 0,
        "reasons": [],
        "missing": [],
        "at_least": "",
        "at_most": "",
        "said": HELD_BACK,
        "lighter": [],
    }
    return {**shown, **told, "signals": [one | {"points": 0} for one in shown.get("signals", ())]}


def signals(shown: Mapping[str, Any], answer: str) -> list[dict[str, Any]]:
    """Those of a frozen proposal with an answer: met, unknown or not_met."""
    return [one for one in shown.get("signals", ()) if one["answer"] == answer]


def for_school(shown: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The signals met, as a school and whoever else may not see early results reads them: of a restricted one, and of one that rests on
    early results, that there is one, and no more."""
    return [one | {"title": _open_title(one), "said": ""} if _kept_back(one) else one for one in signals(shown, "met")]


def _kept_back(one: Mapping[str, Any]) -> bool:
    return bool(one["restricted"] or one.get("early"))


def _open_title(one: Mapping[str, Any]) -> str:
    return f"{IN_CONFIDENCE} ({one['domain']})" if one["restricted"] else EARLY


def unknown_for_school(shown: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The core signals without an answer, by published figures."""
    return [one for one in signals(shown, "unknown") if one["core"] and not _kept_back(one)]


def would_move(shown: Mapping[str, Any], scheme: Scheme) -> tuple[str, ...]:
    """Titles of the signals that, were they not met, would take the school to a lighter tier; as a school reads them."""
    kept_back = {one["name"]: _open_title(one) for one in shown.get("signals", ()) if _kept_back(one)}
    return tuple(kept_back.get(name, scheme.signals[name].title) for name in shown.get("lighter", ()) if name in scheme.signals)


def title_of(scheme: Scheme | None, tier: str) -> str:
    """A tier as people read it, also one that the library has given up."""
    if tier == NOT_ENOUGH:
        return "Not enough evidence"
    known = scheme.tiers.get(tier) if scheme else None
    return known.title if known else tier.replace("_", " ").capitalize()

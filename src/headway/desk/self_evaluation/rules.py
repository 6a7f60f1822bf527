"""Which third is looked at, and where a school and our signals see things differently. No database here."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

SHARE = 3  # one in three
WELL, ILL = ("strong", "secure"), ("developing", "help")


def third_of(urns: Collection[int], seed: str) -> list[int]:
    """A third of the schools by lot, rounded up, in the order of their numbers: those whose lots, SHA-256 of seed and URN, come first.

    Anybody can draw it again, with any tool, from the seed and the schools.
    """
    lots = sorted(urns, key=lambda urn: hashlib.sha256(f"{seed}:{urn}".encode()).hexdigest())
    return sorted(lots[: -(-len(lots) // SHARE)])


def signals_of(shown: Mapping[str, Any], domains: Iterable[str]) -> list[Mapping[str, Any]]:
    """The signals of a frozen proposal in these domains: met first, then unknown, then not met, as they were frozen."""
    wanted = set(domains)
    return [one for one in shown.get("signals", ()) if one["domain"] in wanted]


def differs(rating: str, signals: Iterable[Mapping[str, Any]]) -> str:
    """How a school's word and our signals differ; empty where they do not, or where either says nothing.

    A concern that is met and a school that is content; or a school that asks for help where every signal known says that there is no
    concern. What is unknown says nothing, and a strength is no concern.
    """
    concerns = [one for one in signals if one["domain"] != "strength"]
    met = [one["title"] for one in concerns if one["answer"] == "met"]
    known = [one for one in concerns if one["answer"] != "unknown"]
    if rating in WELL and met:
        return f"The school sees it well; our signals do not: {'; '.join(met)}."
    if rating == "help" and known and not met:
        return "The school asks for help; our signals show no concern."
    return ""


def views_differ(school: str, adviser: str) -> bool:
    """Whether the adviser, having looked, is on the other side of well and not yet well."""
    return bool(school and adviser) and (school in WELL) is not (adviser in WELL)

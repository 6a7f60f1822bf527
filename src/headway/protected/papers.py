"""The papers without which no real pupil is loaded or read: impact assessment, sharing agreement, officer, review date.

They stand in the workspace's area.yaml. The made-up area needs none, for its schools are made up too and nobody else's are known there.
"""

import os
from datetime import date
from typing import Any

import yaml

from headway.store.workspace import Workspace
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError

HELP = "docs/how-to/pupil-results.md shows what to write."
NAMES = ("dpia", "sharing_agreement", "data_protection_officer", "review_by", "encrypted_volume")
AGREEMENT = {"parties": "who shares with whom", "purposes": "what the data are for"}


def check(space: Workspace) -> None:
    """Refuse unless the papers are named and in force, with every fault at once.

    Raises H-ACCESS-40 for papers that are not named and H-ACCESS-41 for those that have run out.
    """
    if space.example:
        return
    area = yaml.safe_load((space.home / "area.yaml").read_text()) or {}
    papers = area.get("papers") or {}
    lacking = missing(papers if isinstance(papers, dict) else {}, production=os.environ.get("HEADWAY_PRODUCTION") == "1")
    if lacking:
        outside = [name for name in NAMES if name in area]
        raise HeadwayError(
            "H-ACCESS-40",
            "Data of pupils are neither loaded nor read before the papers are named in area.yaml.",
            f"Under papers: there is not: {'; '.join(lacking)}."
            + (f" {', '.join(outside)}: in the file, but not under papers." if outside else ""),
            HELP,
            str(space.home / "area.yaml"),
        )
    over = run_out(papers, today())
    if over:
        raise HeadwayError(
            "H-ACCESS-41", "The papers for data of pupils have run out.", f"{'; '.join(over)}.", "Renew them, and area.yaml."
        )


def missing(papers: dict[str, Any], *, production: bool = False) -> list[str]:
    """What the papers do not name, in words."""
    lacking = [] if _text(papers.get("dpia")) else ["dpia, the reference of the data protection impact assessment"]
    agreement = papers.get("sharing_agreement")
    agreement = agreement if isinstance(agreement, dict) else {}
    lacking += [f"sharing_agreement.{name}, {words}" for name, words in AGREEMENT.items() if not _texts(agreement.get(name))]
    lacking += [] if isinstance(agreement.get("expires"), date) else ["sharing_agreement.expires, a date as 2027-08-31"]
    lacking += [] if _text(papers.get("data_protection_officer")) else ["data_protection_officer, who it is and how to reach them"]
    lacking += [] if isinstance(papers.get("review_by"), date) else ["review_by, a date"]
    if production and papers.get("encrypted_volume") is not True:
        lacking.append("encrypted_volume: true, that the disc the workspace is on is encrypted")
    return lacking


def run_out(papers: dict[str, Any], day: date) -> list[str]:
    """What is over on a day. Both dates are the last day on which the papers hold."""
    dates = {"the sharing agreement expired": papers["sharing_agreement"]["expires"], "the review was due": papers["review_by"]}
    return [f"{words} on {last:%d %B %Y}" for words, last in dates.items() if last < day]


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_text(item) for item in value)

"""Read releases: the one that is public, the one proposed, and what earlier ones showed."""

import json
from typing import Any

from headway.desk.publication.models import Release
from headway.desk.publication.rules import Diff, Facts, State, diff


def live() -> Release | None:
    return Release.objects.filter(state=State.LIVE).first()


def draft() -> Release | None:
    return Release.objects.filter(state=State.DRAFT).first()


def listed() -> list[Release]:
    return list(Release.objects.all()[:30])


def find(pk: int) -> Release | None:
    return Release.objects.filter(pk=pk).first()


def facts_before() -> list[Facts]:
    """The tables of counts of every release that ever was public."""
    shown = Release.objects.filter(state__in=(State.LIVE, State.REPLACED, State.WITHDRAWN)).order_by("pk")
    return [one for release in shown for one in facts_of(release)]


def facts_of(release: Release) -> list[Facts]:
    return [
        Facts(
            one["subject"],
            one["cells"],
            tuple((total, tuple(parts)) for total, parts in one["sums"]),
            one.get("outside", {}),
            tuple(one.get("holders", ())),
            one.get("follows", False),
        )
        for one in json.loads(release.facts)
    ]


def attack_of(release: Release) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(release.attack)
    return found


def diff_of(release: Release) -> Diff:
    """What would change for the public."""
    now = live()
    return diff(now.files if now else {}, release.files)

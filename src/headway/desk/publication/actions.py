"""What changes about the public pages: proposed, approved by a person after an attack found nothing, refused, taken down."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import transaction

from headway.desk.audit.actions import record
from headway.desk.boards.minutes import canonical
from headway.desk.publication import queries, rules, stored
from headway.desk.publication.models import Release
from headway.desk.publication.rules import Facts, State
from headway.stats.disclosure import Way
from headway.vocabulary.clock import now
from headway.vocabulary.errors import HeadwayError


@transaction.atomic
def propose(
    *,
    by: str,
    home: Path,
    files: Mapping[str, stored.Content],
    facts: Sequence[Facts],
    snapshot: str,
    library: str,
    ways: Sequence[Way] = (),
) -> Release:
    """Keep the pages as a draft, with what an attack on them and all earlier releases found; `ways` are attacks on what is no table of
    counts, tried already. A draft before it is refused."""
    for old in Release.objects.filter(state=State.DRAFT):
        _decide(by, old, State.REFUSED, "A newer draft took its place.")
    found = _found(rules.attacked([*queries.facts_before(), *facts]), ways)
    folder = stored.write(home, files)
    hashes = {path: stored.hash_of(content) for path, content in files.items()}
    made = Release.objects.create(
        folder=folder, snapshot=snapshot, library=library, files=hashes,
        facts=canonical_list(by=by, facts=facts), attack=canonical(found), by=by,
    )  # fmt: skip
    told = {"folder": folder, "files": len(files), "leaks": len(found["leaks"])}
    record(by=by, verb="proposed", target="release", target_id=made.pk, after=told)
    return made


def _found(attack: rules.Attack, ways: Sequence[Way]) -> dict[str, Any]:
    """What is kept of an attack: what leaks, how many figures were tried, and each way with what came of it."""
    every = (*attack.ways, *ways)
    leaks = [one.words for one in attack.leaks] + [words for one in ways for words in one.found]
    return {"tried": attack.tried + sum(one.tried for one in ways), "leaks": leaks, "ways": [asdict(one) for one in every]}


def canonical_list(*, by: str, facts: Sequence[Facts]) -> str:
    """The tables as they are kept with a release."""
    import json

    return json.dumps([asdict(one) for one in facts], sort_keys=True, ensure_ascii=False)


@transaction.atomic
def approve(*, by: str, home: Path, release: Release, reason: str) -> Release:
    """Make a draft public. Raises H-DESK-64 where the attack found something, or where the draft is no longer one."""
    fresh = Release.objects.select_for_update().get(pk=release.pk)
    leaks = queries.attack_of(fresh)["leaks"]
    if leaks or not rules.may_move(fresh.state, State.LIVE):
        raise HeadwayError(
            "H-DESK-64", "These pages cannot be made public.",
            f"An attack on everything public finds: {' '.join(leaks[:5])}" if leaks else f"They are {State(fresh.state).label}.",
            "Take out what gives it away, and propose the pages again." if leaks else "Propose them again.",
        )  # fmt: skip
    for old in Release.objects.filter(state=State.LIVE):
        _decide(by, old, State.REPLACED, "")
    _decide(by, fresh, State.LIVE, reason)
    transaction.on_commit(lambda: stored.point(home, fresh.folder))
    return fresh


@transaction.atomic
def refuse(*, by: str, release: Release, reason: str) -> None:
    _decide(by, release, State.REFUSED, reason)


@transaction.atomic
def take_down(*, by: str, home: Path, release: Release, reason: str) -> None:
    """At once, for everybody. What was public stays in the reckoning of later attacks: it was seen."""
    _decide(by, release, State.WITHDRAWN, reason)
    transaction.on_commit(lambda: stored.point(home, ""))


def _decide(by: str, release: Release, to: State, reason: str) -> None:
    fresh = Release.objects.select_for_update().get(pk=release.pk)
    if not rules.may_move(fresh.state, to):
        raise HeadwayError(
            "H-DESK-64", f"These pages are {State(fresh.state).label}.", "Somebody may have decided already.", "Load the page again."
        )
    fresh.state, fresh.decided, fresh.decided_by, fresh.reason = to, now(), by, reason
    fresh.save(update_fields=["state", "decided", "decided_by", "reason"])
    record(by=by, verb=f"made {to.label}", target="release", target_id=fresh.pk, after={"reason": reason, "folder": fresh.folder})
    release.refresh_from_db()

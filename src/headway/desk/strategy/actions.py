"""What changes about strategies. Each in one transaction with its audit event; each change of their words keeps a version."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from headway.desk.audit.actions import record
from headway.desk.audit.rules import canonical
from headway.desk.strategy.models import Action, Milestone, Piece, Promise, Step, Strategy, Update, Version
from headway.desk.strategy.queries import KIND_OF, document
from headway.desk.strategy.rules import ALLOWED, State, faults_of_change, faults_of_move
from headway.vocabulary.clock import now
from headway.vocabulary.errors import HeadwayError


@transaction.atomic
def begin(*, by: str, source: str = "", **words: Any) -> Strategy:
    """A new strategy, a draft, with its first version. `words` are its title, summary, owner, dates and audience."""
    strategy = Strategy.objects.create(source=source, **words)
    _keep(by, strategy, f"Began from {source}" if source else "Began", "")
    record(by=by, verb="began", target="strategy", target_id=strategy.pk, after={"title": strategy.title, "source": source})
    return strategy


@transaction.atomic
def describe(*, by: str, strategy: Strategy, reason: str = "", **words: Any) -> None:
    """Change what a strategy says of itself. Writes nothing where nothing changes. Raises H-USAGE-70 without the reason it needs."""
    strategy = _held(strategy, reason)
    before = {name: getattr(strategy, name) for name in words}
    if before == words:
        return
    Strategy.objects.filter(pk=strategy.pk).update(**words)
    _changed(by, strategy, "Changed what it says of itself", reason, before, words)


@transaction.atomic
def put(*, by: str, strategy: Strategy, one: Piece, reason: str = "") -> None:
    """Add a piece, or keep what was changed of it; a new one goes after its like. Raises H-USAGE-70 without the reason it needs."""
    strategy = _held(strategy, reason)
    kind, model = KIND_OF[type(one)], type(one)
    before = model.objects.filter(pk=one.pk).values().first() if one.pk else None
    if before is None:
        one.place = 1 + (model.objects.aggregate(last=Max("place"))["last"] or 0)
    one.save()
    after = model.objects.filter(pk=one.pk).values().get()
    if before != after:
        _changed(by, strategy, f"{'Changed' if before else 'Added'} the {kind} “{one}”", reason, before or {}, after)


@transaction.atomic
def fill(*, by: str, strategy: Strategy, pieces: Sequence[Piece], what: str) -> None:
    """Many pieces at once, each after what it stands under, as one version."""
    strategy = _held(strategy, "")
    for place, one in enumerate(pieces, 1):
        one.place = place
        one.save()
    _changed(by, strategy, what, "", {}, {"pieces": len(pieces)})


@transaction.atomic
def withdraw(*, by: str, strategy: Strategy, one: Piece, reason: str) -> None:
    """Take a piece out. It and what stands under it stay in the versions before."""
    strategy = _held(strategy, reason)
    type(one).objects.filter(pk=one.pk).update(withdrawn=now(), why_withdrawn=reason)
    told = {"kind": KIND_OF[type(one)], "id": one.pk}
    _changed(by, strategy, f"Took out the {KIND_OF[type(one)]} “{one}”", reason, told, {})


@transaction.atomic
def move(
    *, by: str, strategy: Strategy, target: str, on: date, reason: str = "", body: str = "", minute: str = "",
    evidence: Mapping[str, Any] | None = None,
) -> Step:  # fmt: skip
    """Take a step of a strategy's life. Raises H-USAGE-71 for one that is not allowed or lacks what it needs."""
    strategy = Strategy.objects.select_for_update().get(pk=strategy.pk)
    source = strategy.state
    faults = faults_of_move(source, target, reason=reason, body=body, minute=minute)
    if faults:
        raise HeadwayError("H-USAGE-71", " ".join(faults.values()), remedy="The steps that are allowed stand on the strategy’s page.")
    strategy.state = target
    strategy.save(update_fields=["state"])
    _keep(by, strategy, ALLOWED[(State(source), State(target))].words, reason)
    step = Step.objects.create(
        strategy=strategy, source=source, target=target, on=on, body=body, minute=minute, reason=reason, by=by,
        version=strategy.version, evidence=canonical(evidence or {}),
    )  # fmt: skip
    after = {"state": target, "on": str(on), "body": body, "minute": minute, "reason": reason, "version": strategy.version}
    record(by=by, verb="moved", target="strategy", target_id=strategy.pk, before={"state": source}, after=after)
    return step


@transaction.atomic
def adopt(
    *, by: str, strategy: Strategy, ambition: str, title: str, owner: str, definition: str, library: str, snapshot: str,
    evidence: Mapping[str, Any], reason: str = "",
) -> Promise:  # fmt: skip
    """Make an ambition a promise of the strategy, or another version of one it has: the version before stays, with its end."""
    strategy = _held(strategy, reason)
    before = strategy.promises.filter(ambition=ambition).order_by("-number").first()  # also one that was given up
    if before and not reason.strip():
        raise HeadwayError("H-USAGE-70", "A promise that was adopted is being changed without a reason.", remedy="Say why.")
    strategy.promises.filter(ambition=ambition, until=None).update(until=now())
    made = Promise.objects.create(
        strategy=strategy, ambition=ambition, number=before.number + 1 if before else 1, title=title, owner=owner,
        definition=definition, library=library, snapshot=snapshot, evidence=canonical(evidence), reason=reason, by=by,
    )  # fmt: skip
    told = {"ambition": ambition, "version": made.number, "library": library, "snapshot": snapshot}
    _changed(by, strategy, f"{'Changed' if before else 'Adopted'} the promise “{title[:180]}”", reason, {}, told)
    return made


@transaction.atomic
def give_up(*, by: str, strategy: Strategy, promise: Promise, reason: str) -> None:
    """A promise is no longer one. It and its verdicts stay to be read."""
    strategy = _held(strategy, reason)
    if not reason.strip():
        raise HeadwayError("H-USAGE-70", "A promise is being given up without a reason.", remedy="Say why.")
    Promise.objects.filter(pk=promise.pk).update(until=now())
    told = {"ambition": promise.ambition, "version": promise.number}
    _changed(by, strategy, f"Gave up the promise “{promise.title[:180]}”", reason, told, {})


@transaction.atomic
def tell(*, by: str, action: Action, on: date, standing: str, words: str) -> Update:
    """How an action is going, on a day."""
    update = Update.objects.create(action=action, on=on, standing=standing, words=words, by=by)
    record(by=by, verb="told progress of", target="action", target_id=action.pk, after={"on": str(on), "standing": standing})
    return update


@transaction.atomic
def reach(*, by: str, milestone: Milestone, on: date | None) -> None:
    """A milestone was reached on a day; none takes that back."""
    before = str(milestone.reached or "")
    Milestone.objects.filter(pk=milestone.pk).update(reached=on)
    record(by=by, verb="reached", target="milestone", target_id=milestone.pk, before={"on": before}, after={"on": str(on or "")})


def _held(strategy: Strategy, reason: str) -> Strategy:
    """The strategy's row, held until the change is done, so that two changes are two versions."""
    strategy = Strategy.objects.select_for_update().get(pk=strategy.pk)
    faults = faults_of_change(strategy.state, reason)
    if faults:
        raise HeadwayError("H-USAGE-70", faults["reason"], remedy="Give the reason with the change.")
    return strategy


def _changed(by: str, strategy: Strategy, what: str, reason: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    strategy = Strategy.objects.get(pk=strategy.pk)
    _keep(by, strategy, what, reason)
    told = {"version": strategy.version, "what": what, "reason": reason, **after}
    record(by=by, verb="changed", target="strategy", target_id=strategy.pk, before=before, after=told)


def _keep(by: str, strategy: Strategy, what: str, reason: str) -> None:
    """The strategy as it now stands, as its next version."""
    strategy.version += 1
    strategy.save(update_fields=["version"])
    text = canonical(document(strategy))
    Version.objects.create(
        strategy=strategy, number=strategy.version, by=by, what=what, reason=reason, state=strategy.state, document=text
    )  # fmt: skip

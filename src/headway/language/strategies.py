"""How far the actions of a strategy are, in words."""

from collections.abc import Mapping

# in the order they are told; "" is an action of which nothing was told yet
TOLD = (
    ("red", "needs a decision by the board", "need a decision by the board"),
    ("amber", "is late or changed, and recoverable", "are late or changed, and recoverable"),
    ("green", "is on time", "are on time"),
    ("done", "is done", "are done"),
    ("stopped", "was stopped", "were stopped"),
    ("", "has no word on it yet", "have no word on them yet"),
)


def actions_sentence(counts: Mapping[str, int], overdue: int = 0) -> str:
    """Of a count of actions by their colour (red, amber, green, done, stopped, "" for none told), and how many are past their day."""
    total = sum(counts.values())
    if not total:
        return "No action is written down yet."
    parts = [f"{counts[key]} {one if counts[key] == 1 else many}" for key, one, many in TOLD if counts.get(key)]
    said = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    late = f" {_past(overdue, total)} past the day by which it was to be finished." if overdue == 1 else ""
    late = late or (f" {_past(overdue, total)} past the day by which they were to be finished." if overdue else "")
    return f"Of {total} actions, {said}.{late}" if total > 1 else f"The one action {_alone(said)}.{late}"


def _past(overdue: int, total: int) -> str:
    if total == 1:
        return "It is"
    return "One is" if overdue == 1 else f"{overdue} are"


def _alone(said: str) -> str:
    return said.removeprefix("1 ")

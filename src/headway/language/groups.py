"""A group of schools in words: where its mean stands beside England, and how many of its schools are in that mean."""

from collections.abc import Sequence

from headway.language.changes import same_year
from headway.language.values import join, level_with, name_of
from headway.readings.answers import MeasureLine
from headway.readings.groups import TOO_FEW, GroupYear

WHY = {"withheld": "withheld to protect people", TOO_FEW: "too few pupils"}
STANDS = (("better than", 1), ("behind", -1), ("level with", 0))


def group_answer(name: str, schools: int, lines: Sequence[MeasureLine]) -> str:
    """“The mean of the 12 schools of Estuary is better than England on A and B; behind it on C.” Each measure in its own newest year.

    Measures without a good direction are left to the table.
    """
    if not lines:
        return f"{name} has {schools} schools; none of the measures shown here has figures for enough of them."
    placed: dict[int, list[str]] = {1: [], -1: [], 0: []}
    for line in lines:
        side = _side(line)
        if side is not None:
            placed[side].append(_lower(name_of(line.own.measure)))
    said = [f"{words} England on {join(placed[side])}" for words, side in STANDS if placed[side]]
    if not said:
        return f"{name} has {schools} schools. England has no figures of the same years to set beside their mean."
    return (
        f"The mean of the {schools} schools of {name} is {'; '.join([said[0], *(one.replace(' England', ' it', 1) for one in said[1:])])}."
    )


def _side(line: MeasureLine) -> int | None:
    """1 where the mean is better than England's figure of the year, -1 where it is behind, 0 where they are shown as the same."""
    latest = line.own.latest
    england = same_year(line.comparators.get("england"), latest) if latest else None
    if latest is None or latest.value is None or england is None or england.value is None or latest.better == "neither":
        return None
    apart = (latest.value - england.value) * (-1 if latest.better == "lower" else 1)
    return 0 if level_with(apart, latest.unit) else 1 if apart > 0 else -1


def _lower(name: str) -> str:
    """A name as it stands inside a sentence: abbreviations keep their capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def in_the_mean(year: GroupYear, schools: int) -> str:
    """“11 of 12 schools; left out: 1 (too few pupils)”, and how many have no figure at all."""
    told = [f"{len(year.members)} of {schools} schools"]
    counted = {why: sum(one.why == why for one in year.left_out) for why in WHY}
    left = [f"{many} ({WHY[why]})" for why, many in counted.items() if many]
    if left:
        told.append(f"left out: {', '.join(left)}")
    without = schools - len(year.members) - len(year.left_out)
    if without:
        told.append(f"without a figure: {without}")
    return "; ".join(told)

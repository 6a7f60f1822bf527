"""Where a school stands among the schools of its phase in England: the share below it, ties halved."""

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    from ibis.expr.types import Table

GROUP = ["measure", "year", "cut", "phase"]


def with_phase(readings: "Table", phases: "Table") -> "Table":
    """The readings with the phase and the authority of each school in each year.

    The phase is null for other places, `other` where unknown; the authority is null where unknown. `phases` has
    place (the URN as text), year, phase and authority.
    """
    joined = readings.left_join(phases, ["place", "year"]).select(*readings.columns, known=phases.phase, authority=phases.authority)
    return joined.mutate(phase=ibis.ifelse(joined.level == "school", ibis.coalesce(joined.known, "other"), None)).drop("known")


def shares(readings: "Table") -> "Table":
    """measure, year, cut, phase, value → position (0 to 1), position_of: one row for each value that occurs.

    The convention is the mean one of published percentile ranks: (below + half of those equal, itself
    included) / all. Counting equal values first and adding up over those leaves few rows to sort, and a sum
    is answered alike by every engine, which `percent_rank` is not.
    """
    valued = readings.filter(readings.phase.notnull(), readings.value.notnull())
    counted = valued.group_by([*GROUP, "value"]).aggregate(equal=valued.count())
    upwards = ibis.window(group_by=GROUP, order_by="value", preceding=None, following=0)
    summed = counted.mutate(up_to=counted.equal.sum().over(upwards), position_of=counted.equal.sum().over(ibis.window(group_by=GROUP)))
    position = (summed.up_to - summed.equal / 2) / summed.position_of
    return summed.select(*GROUP, "value", position=position, position_of=summed.position_of.cast("int32"))


def with_positions(phased: "Table", share: "Table") -> "Table":
    """Readings as `with_phase` gives them without the phase, with `position` and `position_of`, null where there is none."""
    return phased.left_join(share, [*GROUP, "value"]).select(
        *[name for name in phased.columns if name != "phase"], "position", "position_of"
    )

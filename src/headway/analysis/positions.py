"""Where a school stands among the schools of its phase in England: the share below it, ties halved."""

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    from ibis.expr.types import Table

GROUP = ["measure", "year", "cut", "phase"]


def positions(readings: "Table", phases: "Table") -> "Table":
    """school readings with a value → urn, measure, year, cut, position (0 to 1), position_of.

    `phases` has place (the URN as text), year and phase. The convention is the mean one of published
    percentile ranks: (below + half of those equal, itself included) / all. It is built from `rank` and
    `count`, which every engine answers alike; `percent_rank` is not.
    """
    valued = readings.filter((readings.level == "school") & readings.value.notnull())
    joined = valued.left_join(phases, ["place", "year"]).select(
        "place", "measure", "year", "cut", "value", phase=lambda t: ibis.coalesce(t.phase, "other")
    )
    ordered = joined.mutate(
        below=ibis.rank().over(ibis.window(group_by=GROUP, order_by="value")),
        equal=ibis._.value.count().over(ibis.window(group_by=[*GROUP, "value"])),
        position_of=ibis._.value.count().over(ibis.window(group_by=GROUP)),
    )
    return ordered.select(
        "place", "measure", "year", "cut", "position_of", position=(ordered.below + ordered.equal / 2) / ordered.position_of
    )


def with_positions(chosen: "Table", position: "Table") -> "Table":
    """The chosen readings with `position` and `position_of`, both null where there is none."""
    key = ["place", "measure", "year", "cut"]
    return chosen.left_join(position, key).select(*chosen.columns, "position", "position_of")

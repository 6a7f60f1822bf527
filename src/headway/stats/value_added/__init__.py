"""Multilevel value added from the sums of each school: gathered in one pass over the pupils, fitted and refitted without them."""

from headway.stats.value_added.comparison import Caterpillar, SideBySide, caterpillar, differ, side_by_side
from headway.stats.value_added.fitting import criterion_at, fit
from headway.stats.value_added.gathering import gather
from headway.stats.value_added.results import Effects, ValueAdded
from headway.stats.value_added.sufficient import INTERCEPT, SchoolStatistics, load, save

__all__ = [
    "INTERCEPT",
    "Caterpillar",
    "Effects",
    "SchoolStatistics",
    "SideBySide",
    "ValueAdded",
    "caterpillar",
    "criterion_at",
    "differ",
    "fit",
    "gather",
    "load",
    "save",
    "side_by_side",
]

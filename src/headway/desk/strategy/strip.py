"""The promises of the strategies under way on pages of others: on the overview all of them, on a school's page those that rest on it.

The desk's rows change while a page's figures are kept: such a page keeps a mark in place of the strip.
"""

from typing import Any

from markupsafe import Markup

from headway.desk.framing.drawing import body
from headway.desk.strategy import ahead, keeping, queries
from headway.desk.strategy.models import Strategy
from headway.desk.strategy.rules import UNDER_WAY, Reader
from headway.language.promises import tally
from headway.readings.door import Door

PROMISES = Markup("<!-- promises -->")  # where a kept page lets the strip in


def promises_strip(door: Door, user: Any) -> Markup:
    """Nothing where no strategy that the person may read is under way."""
    found = [(one, keeping.promises(door, one)) for one in _running(user)]
    rows = [(one, kept, tally([each.answer for each in kept])) for one, kept in found if kept]
    return body("strip.html", "strategy", rows=rows) if rows else Markup("")


def carried_strip(door: Door, user: Any, urn: int) -> Markup:
    """What promises ask of one school; for those whose role covers the area, as school names are on the page of a promise."""
    if queries.reader(user) < Reader.AREA:
        return Markup("")
    found = [(one, ahead.carries(door, one).get(urn, ())) for one in _running(user)]
    rows = [(one, listed) for one, listed in found if listed]
    return body("carried.html", "strategy", rows=rows, care=ahead.CARE) if rows else Markup("")


def _running(user: Any) -> list[Strategy]:
    return [one for one in queries.visible_to(user) if one.state in UNDER_WAY]

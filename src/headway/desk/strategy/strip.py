"""The promises of the strategies under way, as a strip for the overview. The desk's rows change while the page's figures are kept."""

from typing import Any

from markupsafe import Markup

from headway.desk.framing.drawing import body
from headway.desk.strategy import keeping, queries
from headway.desk.strategy.rules import UNDER_WAY
from headway.language.promises import tally
from headway.readings.door import Door

PROMISES = Markup("<!-- promises -->")  # where a kept page lets the strip in


def promises_strip(door: Door, user: Any) -> Markup:
    """Nothing where no strategy that the person may read is under way."""
    running = [one for one in queries.visible_to(user) if one.state in UNDER_WAY]
    found = [(one, keeping.promises(door, one)) for one in running]
    rows = [(one, kept, tally([each.answer for each in kept])) for one, kept in found if kept]
    return body("strip.html", "strategy", rows=rows) if rows else Markup("")

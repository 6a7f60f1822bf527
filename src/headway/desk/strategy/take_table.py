"""What a promise would take, as a table to take away."""

from collections.abc import Mapping, Sequence

from headway.desk.framing.tables import Cell
from headway.desk.strategy.ahead import Ahead
from headway.language.taking import CARE

HEAD: tuple[Cell, ...] = (
    "Part", "URN", "School", "Year of its figure", "Pupils", "Now", "Points asked for", "Would be", "More pupils",
    "What similar schools did", "Also carries", "Why there are none",
)  # fmt: skip


def take_table(parts: Sequence[Ahead], others: Mapping[int, Sequence[str]], *, tried: bool = False) -> list[list[Cell]]:
    """A line for each school of each part; for a part that asks nothing of any school one that says why.

    Points are signed as the measure runs: a fall in absence is negative. `tried` adds the points that were typed on the page.
    """
    table: list[list[Cell]] = [[*HEAD, *(["Points tried", "What if"] if tried else [])]]
    for part in parts:
        table += _lines(part, others, tried)
    return [*table, [CARE]]


def _lines(part: Ahead, others: Mapping[int, Sequence[str]], tried: bool) -> list[list[Cell]]:
    if not part.taking.schools:
        return [[part.title, *[""] * (len(HEAD) - 2), part.words]]
    way = -1.0 if part.taking.measure and part.taking.measure.better == "lower" else 1.0
    found: list[list[Cell]] = []
    for ask, (_, likes) in zip(part.taking.schools, part.asks, strict=True):
        reading = ask.reading
        line: list[Cell] = [
            part.title, ask.urn, ask.name, str(reading.year), ask.pupils, reading.value, way * ask.move, ask.to, ask.more_pupils, likes,
            "; ".join(others.get(ask.urn, ())), "",
        ]  # fmt: skip
        found.append([*line, *([part.moves[ask.urn], part.what_if] if tried else [])])
    return found

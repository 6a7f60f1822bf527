"""Results in the template whose one cell (school, year, measure and cut) is given twice with different figures."""

from headway.sources.screening.result import CheckResult, fine, refused
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import counted, some, stand
from headway.store.engine import named

MOST_NAMED = 50


def check(subject: Subject) -> list[CheckResult]:
    """Every such cell is named at once. Which row is right only its author knows: the file is refused, and none is chosen."""
    own = subject.definition.own_columns
    if own is None or any(name.lower() not in subject.actual for name in (own.measure, own.cut)):
        return [fine("own_cells_once")]
    measure, cut = (f"trim(c.{named(subject.actual[name.lower()])})" for name in (own.measure, own.cut))
    figures = [name for name in (own.value, own.numerator, own.denominator) if name and name.lower() in subject.actual]
    said = ", ".join(f"coalesce(trim(c.{named(subject.actual[name.lower()])}), '')" for name in figures)
    again = subject.ask(
        f"SELECT l.place, {measure}, coalesce(nullif({cut}, ''), 'all') AS cut, string_agg(l.row, ', ' ORDER BY l.row) "
        f"FROM located l JOIN read_parquet(?) c USING (row) GROUP BY l.place, l.year, 2, 3 "
        f"HAVING count(DISTINCT [{said}]) > 1 ORDER BY 1, 2, 3",
        [str(subject.landing.cells)],
    )
    if not again:
        return [fine("own_cells_once")]
    cells = some([f"{place} {name} {group} (rows {rows})" for place, name, group, rows in again], MOST_NAMED)
    message = f"{counted(len(again), 'figure')} {stand(len(again))} in it more than once and differ: {cells}."
    return [refused("own_cells_once", "H-DATA-36", message, "Keep the right row of each, and load the file again.")]

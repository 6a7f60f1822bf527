"""Each place once a year: whole rows given twice, and one place with two different sets of figures."""

from headway.sources.screening.result import CheckResult, fine, refused, told
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import counted, some
from headway.store.engine import named

MOST_TWICE = 0.01


def check(subject: Subject) -> list[CheckResult]:
    """Only tables with one row a place and year; the others hold a place many times by design."""
    if subject.definition.kind != "wide" or not subject.uses:
        return _whole_rows(subject) if subject.definition.kind in {"tidy", "series"} and subject.uses else [fine("keys_once")]
    splits = {column for use in subject.uses for column in _wheres(subject)}
    again = subject.ask("SELECT place FROM located WHERE level = 'school' AND place <> '' GROUP BY place, year HAVING count(*) > 1 ORDER BY place")
    if not again or splits:
        return [fine("keys_once")]
    places = [place for (place,) in again]
    different = _different(subject, places)
    if different:
        return [_clash(different, subject.schools)]
    return [_repeats(len(places), subject.schools, f"{counted(len(places), 'school')} {'stands' if len(places) == 1 else 'stand'} in it more than once "
                     f"with the same figures: {some(places)}.")]  # fmt: skip


def _wheres(subject: Subject) -> set[str]:
    """Columns by which measures choose among the rows of one place."""
    return {column for measure in subject.library.measures.values() for period in measure.periods for supply in period.supplies
            if supply.table == subject.definition.id for columns in (supply, *supply.cuts.values()) for column in columns.where
            if column.lower() in subject.actual}  # fmt: skip


def _different(subject: Subject, places: list[str]) -> list[str]:
    """Those of the places whose rows differ in a measured column."""
    cells = ", ".join(f"trim(c.{named(name)})" for name in subject.marked)
    if not cells:
        return []
    sql = (
        f"SELECT l.place FROM located l JOIN read_parquet(?) c USING (row) WHERE list_contains(?, l.place) "
        f"GROUP BY l.place, l.year HAVING count(DISTINCT hash({cells})) > 1 ORDER BY 1"
    )
    return [place for (place,) in subject.ask(sql, [str(subject.landing.cells), places])]


def _clash(places: list[str], schools: int) -> CheckResult:
    one = len(places) == 1
    message = f"{counted(len(places), 'school')} {'stands' if one else 'stand'} in it twice with different figures: {some(places)}."
    if len(places) > MOST_TWICE * schools:
        return refused("keys_once", "H-DATA-36", message, "Two files may have been put together: load each by itself.")
    return told("keys_once", "H-DATA-36", message, "The row that comes first is used. Check which is right.")


def _repeats(again: int, of: int, message: str) -> CheckResult:
    if again > MOST_TWICE * of:
        return refused("keys_once", "H-DATA-37", message, "The file was put together twice: download it again.")
    return told("keys_once", "H-DATA-37", message, "Each is used once.")


def _whole_rows(subject: Subject) -> list[CheckResult]:
    columns = ", ".join(named(name) for name in subject.landing.columns)
    sql = f"SELECT count(*) - count(DISTINCT hash({columns})) FROM read_parquet(?)"
    again = int(subject.ask(sql, [str(subject.landing.cells)])[0][0])
    if not again:
        return [fine("keys_once")]
    return [_repeats(again, subject.landing.rows, f"{counted(again, 'row')} {'stands' if again == 1 else 'stand'} in it more than once, the same in every cell.")]

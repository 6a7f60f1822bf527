"""Each place once a year: whole rows given twice, and one place with two different sets of figures."""

from headway.definitions.supplying import supplies_of
from headway.sources.screening.result import CheckResult, fine, refused, told
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import counted, some, stand
from headway.store.engine import named

MOST_TWICE = 0.01
A_HANDFUL = 5  # of whole rows given twice: a publisher's slip, as one school in the census of 2017/18
MOST_COMPARED = 5_000


def check(subject: Subject) -> list[CheckResult]:
    """Only tables with one row a place and year; the others hold a place many times by design."""
    if subject.definition.kind != "wide" or not subject.uses:
        return _whole_rows(subject) if subject.definition.kind in {"tidy", "series"} and subject.uses else [fine("keys_once")]
    again = subject.ask(
        "SELECT place FROM located WHERE level = 'school' AND place <> '' GROUP BY place, year HAVING count(*) > 1 ORDER BY place"
    )
    if not again or _splits(subject):
        return [fine("keys_once")]
    places = [place for (place,) in again]
    different = _different(subject, places[:MOST_COMPARED])
    if different:
        return [_clash(different, subject.schools)]
    message = f"{counted(len(places), 'school')} {stand(len(places))} in it more than once with the same figures: {some(places)}."
    return [_repeats(len(places), subject.schools, message)]


def _splits(subject: Subject) -> bool:
    """Whether measures choose among the rows of one place by some column."""
    return any(
        column.lower() in subject.actual
        for _, _, supply in supplies_of(subject.library, subject.definition.id)
        for columns in (supply, *supply.cuts.values())
        for column in columns.where
    )


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
    if again > min(A_HANDFUL, MOST_TWICE * of):
        return refused("keys_once", "H-DATA-37", message, "The file was put together twice: download it again.")
    return told("keys_once", "H-DATA-37", message, "Each is used once.")


def _whole_rows(subject: Subject) -> list[CheckResult]:
    columns = ", ".join(named(name) for name in subject.landing.columns)
    sql = f"SELECT count(*) - count(DISTINCT hash({columns})) FROM read_parquet(?)"
    again = int(subject.ask(sql, [str(subject.landing.cells)])[0][0])
    if not again:
        return [fine("keys_once")]
    return [
        _repeats(
            again,
            subject.landing.rows,
            f"{counted(again, 'row')} {'stands' if again == 1 else 'stand'} in it more than once, the same in every cell.",
        )
    ]

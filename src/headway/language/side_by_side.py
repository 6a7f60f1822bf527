"""Schools side by side in words: which differ beyond chance, on what, among how many differences; who is not judged, and why."""

from collections.abc import Sequence

from headway.language.changes import before, change_words
from headway.language.values import cohort_words, join, mid_sentence, name_of, release_words, status_words
from headway.readings.answers import Establishment
from headway.readings.side_by_side import Figure, Pair, Row, SideBySide
from headway.vocabulary.status import Release

NAMED = 3  # schools named in a sentence; more are counted, and listed under it
MOST_GROUPS = 2  # of schools that differ from the same others
Places = tuple[int, ...]  # of schools in a row
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


def names_of(schools: Sequence[Establishment]) -> tuple[str, ...]:
    """Each school's name; with its authority, or its URN, where two have the same."""
    names = [school.name for school in schools]
    wider = [f"{school.name} ({school.authority_name})" for school in schools]
    found = [wide if names.count(name) > 1 else name for name, wide in zip(names, wider, strict=True)]
    return tuple(
        f"{school.name} (URN {school.urn})" if found.count(name) > 1 else name for school, name in zip(schools, found, strict=True)
    )


def comparison_answer(found: SideBySide) -> tuple[str, ...]:
    """One or two sentences: on which measures schools differ beyond chance, or that none do, or why it cannot be said."""
    names = names_of(found.schools)
    if len(names) < 2:
        return (f"{names[0]} stands alone: choose a second school to set beside it.",) if names else ()
    judged = [row for row in found.rows if row.pairs]
    differing = [row for row in judged if any(pair.beyond for pair in row.pairs)]
    if not judged:
        return (_not_judged(found),)
    if not differing:
        return (_none(found, judged, names),)
    first = f"On {_on(differing[0])}, {clause(differing[0], names)}."
    return (first, *_rest(differing[1:], [row for row in judged if row not in differing], names))


def _rest(also: list[Row], alike: list[Row], names: Sequence[str]) -> tuple[str, ...]:
    if len(also) == 1:
        return (f"On {_on(also[0])}, {clause(also[0], names)}.",)
    if also:
        return (f"Schools differ beyond chance on {_counted(also)} too.",)
    return (f"On {_counted(alike)}, no difference is beyond chance.",) if alike else ()


def _counted(rows: list[Row]) -> str:
    """Up to three measures by name; more are counted, some of them named."""
    names = [mid_sentence(name_of(row.measure)) for row in rows]
    if len(names) > 3:
        names = [*names[:2], f"{WORDS[len(names) - 2]} other measures"]
    return ", and on ".join(names) if any(" and " in name or "," in name for name in names) else join(names)


def _none(found: SideBySide, judged: list[Row], names: Sequence[str]) -> str:
    if len(judged) == 1:
        return f"On {_on(judged[0])}, {clause(judged[0], names)}."
    return f"None of the {found.looked_at} differences looked at is beyond chance, so these figures cannot tell the schools apart."


def _not_judged(found: SideBySide) -> str:
    if all(_valued(row) < 2 for row in found.rows):
        return "No two of these schools have figures of one year on these measures, so there is nothing to set side by side."
    if all(row.measure.better == "neither" for row in found.rows):
        return "These are facts about the schools, neither better high nor low: they are shown and not judged."
    return "Whether these schools differ by more than chance cannot be said: their figures have no margin, or rest on too few pupils."


def _valued(row: Row) -> int:
    return sum(one.reading is not None and one.reading.value is not None for one in row.figures)


def _on(row: Row) -> str:
    """“overall absence (lower is better) in 2023/24”: above is not always good; and early figures are not for publication."""
    lower = " (lower is better)" if row.measure.better == "lower" else ""
    early = any(one.reading is not None and one.reading.release is Release.EARLY for one in row.figures)
    return f"{mid_sentence(name_of(row.measure))}{lower} in {row.year}{' (early, not for publication)' if early else ''}"


def clause(row: Row, names: Sequence[str]) -> str:
    """“A is above B and C beyond chance; the others cannot be told apart”. The row has pairs that were judged."""
    beyond = [pair for pair in row.pairs if pair.beyond]
    if not beyond:
        schools = {place for pair in row.pairs for place in (pair.first, pair.second)}
        told = join([names[place] for place in sorted(schools)]) if len(schools) <= NAMED else f"the {WORDS[len(schools)]} schools judged"
        return f"{told} cannot be told apart"
    groups = _groups(row)
    if len(groups) > MOST_GROUPS:
        return f"{len(beyond)} of {len(row.pairs)} differences between schools are beyond chance"
    told = "; ".join(_difference(row, _counted_names(ahead, names), _counted_names(behind, names), len(ahead)) for ahead, behind in groups)
    return f"{told} beyond chance{'; the others cannot be told apart' if len(beyond) < len(row.pairs) else ''}"


def differences(row: Row, names: Sequence[str]) -> tuple[str, ...]:
    """Every difference beyond chance: “A and B are above C”, schools that differ from the same others together."""
    return tuple(_difference(row, _named(ahead, names), _named(behind, names), len(ahead)) for ahead, behind in _groups(row))


def _difference(row: Row, ahead: str, behind: str, many: int) -> str:
    return f"{ahead} {'is' if many == 1 else 'are'} {_side(row)} {behind}"


def _groups(row: Row) -> list[tuple[Places, Places]]:
    """(who does better, than whom) so that each difference beyond chance is in one: gathered from whichever side needs fewer."""
    pairs = [_ahead(pair, _side(row)) for pair in row.pairs if pair.beyond]
    by_ahead = [(ones, others) for others, ones in _alike(pairs)]
    by_behind = _alike([(behind, ahead) for ahead, behind in pairs])
    return by_ahead if len(by_ahead) <= len(by_behind) else by_behind


def _alike(pairs: list[tuple[int, int]]) -> list[tuple[Places, Places]]:
    """(the second ones, the first ones that have just those), in the schools' order."""
    of: dict[int, list[int]] = {}
    for one, other in pairs:
        of.setdefault(one, []).append(other)
    found: dict[Places, list[int]] = {}
    for one in sorted(of):
        found.setdefault(tuple(sorted(of[one])), []).append(one)
    return [(others, tuple(ones)) for others, ones in found.items()]


def _named(places: Places, names: Sequence[str]) -> str:
    return join([names[place] for place in places])


def _counted_names(places: Places, names: Sequence[str]) -> str:
    """In a sentence up to three are named, more are counted."""
    return _named(places, names) if len(places) <= NAMED else f"{WORDS[len(places)]} of the schools"


def _side(row: Row) -> str:
    return "below" if row.measure.better == "lower" else "above"


def _ahead(pair: Pair, side: str) -> tuple[int, int]:
    return (pair.first, pair.second) if (pair.difference > 0) == (side == "above") else (pair.second, pair.first)


def row_sentence(row: Row, names: Sequence[str]) -> str:
    """What one measure says of the schools, and in which year; or why nothing can be said."""
    if row.year is None:
        return "No figure of these schools has been published."
    if _valued(row) < 2:
        return f"Fewer than two of these schools have a figure for {row.year}, so there is nothing to set side by side."
    if row.measure.better == "neither":
        return f"Figures of {row.year}. A fact about the schools, neither better high nor low: shown, not judged."
    if not row.pairs:
        return f"Figures of {row.year}. Whether they differ by more than chance cannot be said: no two of them have a margin."
    left = f" {_some(row.not_judged)} could not be judged." if row.not_judged else ""
    return f"In {row.year}, {clause(row, names)}.{left}"


def _some(many: int) -> str:
    return "One difference" if many == 1 else f"{many} differences"


def year_words(row: Row) -> str:
    """Which year, and whether all of the schools have it."""
    if row.year is None:
        return ""
    return f"{row.year}" if row.shared else f"{row.year}, which not all of them have"


def scope_words(found: SideBySide) -> str:
    """How many differences were looked at, and what of those named luck gives."""
    if not found.looked_at:
        return "No difference was judged."
    many = "One difference was" if found.looked_at == 1 else f"{found.looked_at} differences were"
    named = f" {found.beyond} {'is' if found.beyond == 1 else 'are'} beyond chance; about one in ten so named is named by chance."
    return f"{many} looked at: every two schools, on every measure of results that has margins.{named if found.beyond else ''}"


def figure_notes(figure: Figure) -> tuple[str, ...]:
    """What there is to know of a figure besides its value: how many, how firm, how it changed."""
    reading = figure.reading
    if reading is None or figure.line is None or figure.until is None:
        return ()
    measure = figure.line.own.measure
    if figure.few:
        return ("too few pupils to judge one year alone",)
    if reading.value is None:
        return ()
    of, firm = cohort_words(reading, measure).strip(), release_words(reading.release).strip(" ()").split(",")[0]
    notes = [of, "three years together" if figure.pooled else "", firm, "of a predecessor" if figure.inherited else ""]
    return tuple(note for note in (*notes, "" if figure.pooled else _change(figure)) if note)


def _change(figure: Figure) -> str:
    """The change since the year before it that may be set beside it; why there is none where the series broke."""
    until = figure.until
    if until is None or until.latest is not figure.reading:
        return ""
    earlier = [one for one in until.readings[:-1] if one.value is not None]
    if before(until) is None and earlier:
        return f"not comparable with {earlier[-1].year}: the measure changed"
    return change_words(until)


def state_words(figure: Figure) -> str:
    """Why a school has no value in a row; nothing where it has one."""
    if figure.reading is None:
        return "no figure in the files loaded"
    return "" if figure.reading.value is not None else status_words(figure.reading.status, figure.line.own.measure if figure.line else None)

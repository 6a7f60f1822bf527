"""Sessions of one pupil, week by week: which were counted towards the threshold, which only for now, and which were not."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from headway.charts.drawing import Chart, Row, framed, text

BOX, STEP, LEFT, HEAD, ROW = 13.0, 15.0, 26.0, 22.0, 74.0
WEEK = 5 * STEP + 10
WIDE, NARROW = 10, 3  # weeks in a row
HALVES = ("AM", "PM")
Marks = Mapping[tuple[date, str], str]


def sessions(marks: Marks, counted: Collection[tuple[date, str]], young: Collection[tuple[date, str]], key: str, title: str) -> Chart:
    """`marks`: (day, AM or PM) → code, of every session to be drawn; `young` are counted for now, for their reason may yet come.

    Weeks without a mark are left out. The table lists the sessions that count, then how many others there are of each code.
    """
    mondays = sorted({day - timedelta(day.weekday()) for day, _ in marks})
    told = [f"{day.day} {day:%B} {half.lower()} {marks[(day, half)]}" for day, half in sorted(counted) if (day, half) in marks]
    alt = f"Counted: {', '.join(told)}." if told else "No session is counted."
    table: tuple[Row, ...] = (("Day", "Session", "Code", "Counted"), *_rows(marks, counted, young))
    if not mondays:
        return Chart("", "", title, alt, table)
    drawn = [_drawn(mondays, marks, counted, young, f"{key}-{per}", title, alt, per) for per in (WIDE, NARROW)]
    return Chart(drawn[0], drawn[1], title, alt, table)


def _rows(marks: Marks, counted: Collection[tuple[date, str]], young: Collection[tuple[date, str]]) -> list[Row]:
    listed = [one for one in sorted(marks) if one in counted]
    return [
        (f"{day.day} {day:%B %Y}", half, marks[(day, half)], "for now" if (day, half) in young else "yes")
        for day, half in listed
    ]  # fmt: skip


def _drawn(mondays: Sequence[date], marks: Marks, counted: Collection[tuple[date, str]], young: Collection[tuple[date, str]], key: str,
           title: str, alt: str, per: int) -> str:  # fmt: skip
    parts: list[str] = []
    rows = -(-len(mondays) // per)
    for at, monday in enumerate(mondays):
        x, y = LEFT + at % per * WEEK, HEAD + at // per * ROW
        parts.append(text(x, y - 6, f"{monday.day} {monday:%b}"))
        if at % per == 0:
            parts += [text(0, y + 11 + 18 * half, name.lower()) for half, name in enumerate(HALVES)]
        for day in range(5):
            for half, name in enumerate(HALVES):
                session = (monday + timedelta(day), name)
                parts += _box(x + day * STEP, y + half * 18, marks.get(session, ""), session in counted, session in young)
    width = LEFT + min(len(mondays), per) * WEEK
    return framed(key, width, HEAD + rows * ROW - 30, title, alt, parts)


def _box(x: float, y: float, code: str, counted: bool, young: bool) -> list[str]:
    kind = "sess-young" if counted and young else "sess-counted" if counted else "sess-absent" if code not in ("", "/", "\\") else "sess"
    box = f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{BOX:g}" height="15"/>'
    if kind == "sess":
        return [box]
    on, two = " sess-on" if kind == "sess-counted" else "", " sess-two" if len(code) > 1 else ""
    return [box, text(x + BOX / 2, y + 11.5, code, f"mid{on}{two}")]

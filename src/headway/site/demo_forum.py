"""The made-up area’s schools forum: a meeting that voted on de-delegation, and one to come whose report is being written."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from headway.site.demo_strategy import clock_at
from headway.vocabulary.clock import today

if TYPE_CHECKING:  # Django is not ready when this module loads
    from headway.desk.boards.models import Board, Item, Meeting

BY = "command:demo"
RATES = (  # phase, pounds a pupil, last year's, spent, what it bought
    ("primary", "8.50", "8.20", 96_000, "212 visits and reviews, 31 days of school-to-school support, the new heads’ programme."),
    ("secondary", "6.00", "6.00", 41_000, "24 reviews of departments and two networks of subject leaders."),
)
SEATS = (  # name, whom they stand for, group, chair, how they vote on the rate of their phase
    ("Helena Frisk", "Maintained primary schools, north", "maintained_primary", True, "for"),
    ("Obi Ransome", "Maintained primary schools, south", "maintained_primary", False, "for"),
    ("Wanda Pell", "Maintained primary governors", "maintained_primary", False, "abstained"),
    ("Idris Calder", "Maintained secondary schools", "maintained_secondary", False, "for"),
    ("Priya Lathom", "Maintained secondary governors", "maintained_secondary", False, "against"),
    ("Marek Dunne", "Academies", "academies", False, ""),
    ("Ffion Garth", "Trade unions", "not_schools", False, ""),
)
OFFICER = "Ines Calloway, head of education finance"
PARTS = {
    "recommendations": "That each phase agrees its rate for a year, and that what it bought is reported before the next.",
    "options": "To keep last year’s rate: 4% fewer visits. To give up de-delegation: schools buy for themselves, small ones for more.",
    "finance": "The rates are in the paper. Nothing is drawn from reserves.",
    "legal": "Only members for maintained primary and secondary schools decide, each for their phase.",
    "equality": "Small and rural schools would lose most if the service ended; nobody else is touched differently.",
    "risk": "Fewer maintained schools next year: the sum falls by what leaves with them. Watched by the forum each term.",
}
BOUGHT = b"what,schools,days\nVisits and reviews,212,424\nSchool-to-school support,19,31\nNew heads programme,11,22\n"


def make_demo_forum(board: "Board", coming: "Meeting", past: "Meeting") -> None:
    """`past` and `coming` are planned; the past one is held and voted on, its papers sent out by the caller between the two calls."""
    from headway.desk.boards import reporting

    item = coming.items.get(standing="de_delegation")
    _rates(item, coming.day.year)
    draft = {name: words for name, words in PARTS.items() if name in ("options", "finance")}
    reporting.write(by=BY, item=item, officer=OFFICER, parts=draft, ready=False)
    _rates(past.items.get(standing="de_delegation"), past.day.year)


def seat_all(board: "Board", since: date) -> None:
    from headway.desk.boards import actions

    for name, post, group, chair, _ in SEATS:
        actions.seat(
            by=BY, board=board, name=name, post=post, since=since, until=since + timedelta(days=1_000), chair=chair, group=group,
            votes=True,
        )  # fmt: skip


def ready(past: "Meeting") -> None:
    """What goes out with the papers of the past meeting: the report and a file."""
    from headway.desk.boards import attaching, reporting

    item = past.items.get(standing="de_delegation")
    reporting.write(by=BY, item=item, officer=OFFICER, parts={**PARTS, "risk": ""}, ready=False)
    reporting.write(by=BY, item=item, officer=OFFICER, parts=PARTS, ready=True)
    attaching.attach(by=BY, item=item, title="What last year’s money bought, line by line", chunks=[BOUGHT], edition="public", grounds="")


def held(past: "Meeting") -> None:
    """Everybody was there; primary agrees its rate, secondary is divided."""
    from headway.desk.boards import actions, evidence, pages, queries, voting
    from headway.desk.boards.rules import Presence
    from headway.desk.framing.pages import the_door

    door, how = the_door(), {name: vote for name, _, _, _, vote in SEATS}
    with clock_at(past.day):
        members = queries.members_on(past.board, past.day)
        actions.attend(by=BY, meeting=past, presence={one.pk: Presence.PRESENT for one in members})
        past.refresh_from_db()
        kind, item = pages.kind_of(door, past.board), past.items.get(standing="de_delegation")
        for phase in kind.voters("de_delegation"):
            voices = {one.pk: how[one.name] for one in voting.able(kind, item, phase)}
            known = evidence.of_rate(door, item, phase)
            voting.vote(by=BY, item=item, kind=kind, phase=phase, motion=pages.motion(item, phase), voices=voices, evidence=known)


def _rates(item: "Item", year: int) -> None:
    from headway.desk.boards import actions

    for phase, rate, last, spent, bought in RATES:
        given = {"year": f"{year + 1}-{(year + 2) % 100:02d}", "rate": rate, "last_rate": last, "spent": spent, "bought": bought}
        actions.put_rate(by=BY, item=item, phase=phase, given=given)


def past_day(day: date) -> date:
    """Twelve weeks before the board’s meeting, so that it has been."""
    return min(day - timedelta(weeks=12), today() - timedelta(days=3))

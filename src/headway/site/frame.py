"""What the frame of every page shows: the tasks a person may do, who they are, and whose area it is."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import permissions_of, roles_of

TASKS = (  # title, the name of its address, what it needs
    ("Overview", "overview", Permission.VIEW_AREA),
    ("My schools", "my_schools", Permission.WRITE_SUPPORT),
    ("Schools", "schools", Permission.VIEW_SCHOOL),
    ("Compare", "compare", Permission.VIEW_SCHOOL),
    ("Measures", "measures", Permission.VIEW_MEASURES),
    ("Strategy", "strategy:strategies", Permission.OWN_ACCOUNT),  # what was decided is everybody's
    ("Support", "visits:today", Permission.SEE_SUPPORT),
    ("Appeals", "tiers:appeals", Permission.HEAR_APPEALS),
    ("Returns", "tiers:returns", Permission.GIVE_RETURNS),
    ("Boards", "boards:boards", Permission.SEE_BOARDS),
    ("Attendance", "attendance:monday", Permission.SEE_ATTENDANCE),
    ("Brokerage", "brokerage:home", Permission.SEE_SUPPORT),
    ("Public pages", "publication:releases", Permission.APPROVE_PUBLICATION),
    ("Check claims", "publication:claims", Permission.VIEW_AREA),
    ("Consultations", "consultation:consultations", Permission.OWN_ACCOUNT),  # what is asked is everybody's
    ("Groups", "groups:groups", Permission.MAKE_GROUPS),
    ("Map", "map", Permission.VIEW_AREA),
    ("How are you?", "wellbeing:mine", Permission.ASK_WELLBEING),
    ("Heads who wrote", "wellbeing:received", Permission.SEE_WELLBEING),
    ("Documents", "documents:documents", Permission.KEEP_DOCUMENTS),
    ("Data", "data", Permission.VIEW_DATA),
    ("People", "accounts:people", Permission.MANAGE_ACCOUNTS),
    ("Audit", "accounts:audit", Permission.VIEW_AUDIT),
)


@dataclass(frozen=True)
class Task:
    title: str
    href: str
    current: str  # "page", "true" for a page below it, or ""


@dataclass(frozen=True)
class Frame:
    area: str
    example: bool
    person: str = ""
    role: str = ""
    search: str = ""
    tasks: tuple[Task, ...] = ()


def frame(request: HttpRequest) -> dict[str, Frame]:
    """`frame` in every template. A person not signed in gets the bare frame."""
    area, example = settings.HEADWAY.area_name, settings.HEADWAY.example
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"frame": Frame(area, example)}
    held = permissions_of(user)
    roles = ", ".join(role.words for role in sorted(roles_of(user)))
    search = address("search") if Permission.VIEW_SCHOOL in held else ""
    return {"frame": Frame(area, example, str(user), roles, search, tasks(request.path, held))}


def tasks(path: str, held: frozenset[Permission]) -> tuple[Task, ...]:
    """Those that are permitted and have an address here; the longest address that leads to this page is current."""
    open_to = [(title, address(name)) for title, name, needed in TASKS if needed in held and address(name)]
    leading = max((href for _, href in open_to if path == href or (href != "/" and path.startswith(href))), key=len, default="")
    return tuple(Task(title, href, ("page" if path == href else "true") if href == leading else "") for title, href in open_to)


@lru_cache(maxsize=32)
def address(name: str) -> str:
    """Where a named page is; nothing while there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""

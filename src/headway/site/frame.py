"""What the frame of every page shows: the tasks a person may do, who they are, and whose area it is."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import permissions_of, roles_of

# Tasks that belong together stand together: title, the name of its address, what it needs. The first that a person may
# use stands in the navigation, the others beneath it while they are on one of them.
TASKS = (
    (("My schools", "my_schools", Permission.WRITE_SUPPORT), ("My day", "my_day", Permission.WRITE_SUPPORT)),
    (("Alerts", "alerts:alerts", Permission.OWN_ACCOUNT),),  # what happened that concerns a person
    (("Overview", "overview", Permission.VIEW_AREA), ("Map", "map", Permission.VIEW_AREA)),
    (
        ("Schools", "schools", Permission.VIEW_SCHOOL),
        ("Compare", "compare", Permission.VIEW_SCHOOL),
        ("Groups", "groups:groups", Permission.MAKE_GROUPS),
    ),
    (("Measures", "measures", Permission.VIEW_MEASURES),),
    (
        ("Strategy", "strategy:strategies", Permission.OWN_ACCOUNT),  # what was decided is everybody's
        ("Consultations", "consultation:consultations", Permission.OWN_ACCOUNT),  # what is asked is everybody's
    ),
    (
        ("Support", "visits:today", Permission.SEE_SUPPORT),
        ("Returns", "tiers:returns", Permission.GIVE_RETURNS),
        ("Appeals", "tiers:appeals", Permission.HEAR_APPEALS),
        ("Brokerage", "brokerage:home", Permission.SEE_SUPPORT),
        ("Networks and learning", "networks:networks", Permission.SEE_LEARNING),
        ("Professional development", "learning:home", Permission.SEE_LEARNING),
        ("Evidence library", "evidence_library:home", Permission.SEE_LEARNING),
    ),
    (("Attendance", "attendance:monday", Permission.SEE_ATTENDANCE),),
    (
        ("Boards", "boards:boards", Permission.SEE_BOARDS),
        ("Public pages", "publication:releases", Permission.APPROVE_PUBLICATION),
        ("Check claims", "publication:claims", Permission.VIEW_AREA),
    ),
    (("How are you?", "wellbeing:mine", Permission.ASK_WELLBEING),),
    (("Heads who wrote", "wellbeing:received", Permission.SEE_WELLBEING),),
    (("Data", "data", Permission.VIEW_DATA), ("Documents", "documents:documents", Permission.KEEP_DOCUMENTS)),
    (
        ("People", "accounts:people", Permission.MANAGE_ACCOUNTS),
        ("Audit", "accounts:audit", Permission.VIEW_AUDIT),
        ("Restricted notes", "glass:start", Permission.BREAK_GLASS),
    ),
    (("Broken glass", "glass:uses", Permission.SEE_GLASS),),
)
# Pages of one school that are a part of another task than Schools, by what stands in their address after the school's number.
OF_A_SCHOOL = {
    "attendance:monday": ("attendance",),
    "visits:today": ("ask-for-help", "boards", "briefing", "concerns", "contacts", "engagements", "held", "owed", "plans", "returns",
                     "self-evaluation", "tell-us", "tiers", "visitors", "visits"),
    "evidence_library:home": ("what-worked",),
}  # fmt: skip
TASK_OF = {part: name for name, parts in OF_A_SCHOOL.items() for part in parts}
OF_SCHOOL = re.compile(r"/schools/\d{6}/([a-z-]+)/")


@dataclass(frozen=True)
class Task:
    title: str
    href: str
    current: str  # "page", "true" for a page below it, or ""
    below: tuple["Task", ...] = ()  # those that stand beneath it, while the person is on it or on one of them


@dataclass(frozen=True)
class Frame:
    area: str
    example: bool
    person: str = ""
    role: str = ""
    search: str = ""
    tasks: tuple[Task, ...] = ()
    looking: str = ""  # as whom one only looks


def frame(request: HttpRequest) -> dict[str, Frame]:
    """`frame` in every template. A person not signed in gets the bare frame."""
    area, example = settings.HEADWAY.area_name, settings.HEADWAY.example
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"frame": Frame(area, example)}
    held = permissions_of(user)
    roles = ", ".join(role.words for role in sorted(roles_of(user)))
    search = address("search") if Permission.VIEW_SCHOOL in held else ""
    looking = str(user) if user.looked_at_by else ""
    return {"frame": Frame(area, example, str(user), roles, search, tasks(request.path, held), looking)}


def tasks(path: str, held: frozenset[Permission]) -> tuple[Task, ...]:
    """Those that are permitted and have an address here. The task that a school's page is a part of is current, else the longest address
    that leads to this page."""
    groups = [[(title, address(name)) for title, name, needed in group if needed in held and address(name)] for group in TASKS]
    every = [href for group in groups for _, href in group]
    of_school = OF_SCHOOL.match(path)
    part = address(TASK_OF.get(of_school[1], "")) if of_school else ""
    leading = part if part in every else max((href for href in every if leads(href, path)), key=len, default="")
    return tuple(first_of(group, leading, path) for group in groups if group)


def leads(href: str, path: str) -> bool:
    return path == href or (href != "/" and path.startswith(href))


def first_of(group: list[tuple[str, str]], leading: str, path: str) -> Task:
    """The first of a group, with the others beneath it where the page is one of theirs."""
    first, *others = (Task(title, href, ("page" if path == href else "true") if href == leading else "") for title, href in group)
    return replace(first, below=tuple(others)) if first.current or any(task.current for task in others) else first


@lru_cache(maxsize=32)
def address(name: str) -> str:
    """Where a named page is; nothing while there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""

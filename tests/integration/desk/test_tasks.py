"""The navigation: what a person may do is there, by one step or two, and nothing that they may not."""

import re

import pytest
from django.urls import get_resolver

from headway.desk.accounts.permissions import GRANTS, Permission, Role
from headway.site.frame import TASK_OF, TASKS, Task, address, tasks
from tests.integration.desk.routes import routes

WHOLE = [entry for group in TASKS for entry in group]


def shown(offered: tuple[Task, ...]) -> list[Task]:
    return [one for task in offered for one in (task, *task.below)]


@pytest.mark.parametrize("role", list(Role))
def test_two_steps_lead_to_every_task_of_a_role_and_to_no_other(role: Role) -> None:
    held = GRANTS[role]
    reached = {one.href for first in tasks("/nowhere/", held) for one in shown(tasks(first.href, held))}
    assert reached == {address(name) for _, name, needed in WHOLE if needed in held}


@pytest.mark.parametrize(("title", "name"), [entry[:2] for entry in WHOLE])
def test_on_its_page_a_task_is_the_only_one_that_is_current(title: str, name: str) -> None:
    held = frozenset(needed for _, _, needed in WHOLE)
    assert [(task.title, task.current) for task in shown(tasks(address(name), held)) if task.current] == [(title, "page")]


@pytest.mark.parametrize(
    ("path", "title"),
    [("/schools/900001/", "Schools"), ("/schools/900001/family/", "Schools"), ("/schools/900001/attendance/", "Attendance"),
     ("/schools/900001/attendance/pupils/", "Attendance"), ("/schools/900001/tiers/move/", "Support"),
     ("/schools/900001/what-worked/", "Evidence library"), ("/schools/attendance/", "Schools")],
)  # fmt: skip
def test_a_page_of_a_school_stands_under_the_task_that_it_is_a_part_of(path: str, title: str) -> None:
    held = frozenset(needed for _, _, needed in WHOLE)
    assert [(task.title, task.current) for task in shown(tasks(path, held)) if task.current] == [(title, "true")]
    without = held - {Permission.SEE_ATTENDANCE}
    assert [task.title for task in shown(tasks("/schools/900001/attendance/", without)) if task.current] == ["Schools"]


def test_every_part_of_a_school_that_is_named_is_in_an_address() -> None:
    parts = {part for route in routes(get_resolver()) if (part := re.match(r"schools/[^/]+/([a-z-]+)", route.pattern)) is not None}
    assert set(TASK_OF) <= {part[1] for part in parts}


@pytest.mark.parametrize("role", list(Role))
def test_at_most_twelve_lines_stand_at_once_outside_an_open_group(role: Role) -> None:
    assert 0 < len(shown(tasks("/nowhere/", GRANTS[role]))) <= 12

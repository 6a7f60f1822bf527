"""The navigation: what a person may do is there, by one step or two, and nothing that they may not."""

import pytest

from headway.desk.accounts.permissions import GRANTS, Role
from headway.site.frame import TASKS, Task, address, tasks

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


@pytest.mark.parametrize("role", list(Role))
def test_at_most_twelve_lines_stand_at_once_outside_an_open_group(role: Role) -> None:
    assert 0 < len(shown(tasks("/nowhere/", GRANTS[role]))) <= 12

"""The public pages as files, from the one door and what the desk gives."""

from datetime import date

from django.templatetags.static import static

from headway.desk.publication.files import File
from headway.desk.publication.gathering import given
from headway.desk.publication.paging import ees, shell
from headway.desk.publication.paging.content import Given, Site, site
from headway.desk.publication.stored import Content
from headway.readings.door import Door


def files_of(door: Door, day: date) -> tuple[dict[str, Content], Site]:
    """(path → bytes or a file to copy, the papers and tables of counts that they hold)."""
    values = given(door, day)
    made = site(door, values)
    style, example = static("headway.css"), door.published.example
    meetings = [(path, paper.title) for path, paper in made.papers.items() if path.startswith("meeting-")]
    beside = _beside(values)
    found: dict[str, Content] = {
        path: shell.page(path, paper, style, example, meetings, _listed(beside.get(path, []))) for path, paper in made.papers.items()
    }
    found |= {one.path: one.lies for listed in beside.values() for one in listed}
    return found | ees.key_figures(door, values.spec.area), made


def _beside(values: Given) -> dict[str, list[File]]:
    """Path of a meeting's page → the files beside its papers."""
    return {one["path"]: one["files"] for board in values.boards for one in board["meetings"] if one["files"]}


def _listed(listed: list[File]) -> list[shell.Listed]:
    return [shell.Listed(one.path, one.title, one.weight, one.item) for one in listed]

"""The public pages as files, from the one door and what the desk gives."""

from datetime import date

from django.templatetags.static import static

from headway.desk.publication.gathering import given
from headway.desk.publication.paging import ees, shell
from headway.desk.publication.paging.content import Site, site
from headway.readings.door import Door


def files_of(door: Door, day: date) -> tuple[dict[str, bytes], Site]:
    """(path → bytes, the papers and tables of counts that they hold)."""
    values = given(door, day)
    made = site(door, values)
    style, example = static("headway.css"), door.published.example
    meetings = [(path, paper.title) for path, paper in made.papers.items() if path.startswith("meeting-")]
    files = {path: shell.page(path, paper, style, example, meetings) for path, paper in made.papers.items()}
    return files | ees.key_figures(door, values.spec.area), made

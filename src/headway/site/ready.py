"""What is made before anybody is answered, so that nobody's first page waits for it."""

from contextlib import suppress
from importlib import import_module
from pathlib import Path

# what pages import when they need it, and soon after a start some page does
FORECASTS = ("calibration", "chances", "movement", "national", "sharing", "trials")
SOON = ("headway.desk.accounts.adapters", *(f"headway.stats.forecast.{name}" for name in FORECASTS))
FIRST = (("overview", "my_schools.html"), ("overview", "school.html"), ("attendance", "monday.html"))


def read_pages(home: Path) -> None:
    """Import every page, and read the templates and the library they begin with. Once for all workers: it asks no database, opens no
    snapshot and starts no thread, none of which would survive their forks.
    """
    from django.template import engines

    from headway.definitions.loading import library_for
    from headway.desk.framing.addresses import address
    from headway.desk.framing.drawing import environment
    from headway.vocabulary.errors import HeadwayError

    address("home")
    frame = engines["django"].engine
    frame.get_template("framed.html")
    frame.template_context_processors  # noqa: B018 - imported when first asked for
    for noun, name in FIRST:
        environment(noun).get_template(name)
    for name in SOON:
        import_module(name)
    with suppress(HeadwayError, OSError):
        library_for(home)


def open_up(home: Path) -> None:
    """Open the door and find what home pages begin with. What cannot be made yet is told by the page that needs it."""
    from django.db import DatabaseError, connection

    from headway.desk.overview.standing import standing
    from headway.readings.door import open_door
    from headway.vocabulary.clock import today
    from headway.vocabulary.errors import HeadwayError

    try:
        door = open_door(home)
        if door.facts is not None:
            standing(door, today())
    except (HeadwayError, DatabaseError, OSError):
        return
    finally:
        connection.close()  # of the thread that starts: the others have their own

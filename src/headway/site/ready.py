"""What a worker makes before it answers, so that nobody's first page waits for it."""

from pathlib import Path


def make_ready(home: Path) -> None:
    """Open the door, find the addresses and what home pages begin with. What cannot be made yet is told by the page that needs it."""
    from django.db import DatabaseError, connection

    from headway.desk.framing.addresses import address
    from headway.desk.overview.standing import standing
    from headway.readings.door import open_door
    from headway.vocabulary.clock import today
    from headway.vocabulary.errors import HeadwayError

    address("home")
    try:
        door = open_door(home)
        if door.facts is not None:
            standing(door, today())
    except (HeadwayError, DatabaseError, OSError):
        return
    finally:
        connection.close()  # of the thread that starts: the others have their own

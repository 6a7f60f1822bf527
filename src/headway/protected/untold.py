"""Work on pupils' data of which no fault may quote a cell."""

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from headway.vocabulary.errors import HeadwayError

T = TypeVar("T")


def untold(work: Callable[[], T]) -> T:
    """Do the work. What Python or a library says of a fault may quote the cell it failed on, so only its kind and place are passed on.

    Raises H-DATA-60, or H-ACCESS-45 where the folder is another user's; both outside the handler, for an error that carries another one
    with it would tell what that says.
    """
    try:
        return work()
    except HeadwayError:
        raise
    except PermissionError:
        fault = _not_yours()
    except Exception as unforeseen:
        fault = _unforeseen(unforeseen)
    raise fault


def _not_yours() -> HeadwayError:
    words = "Data of pupils can be opened by one user of this machine only, and it is not you."
    return HeadwayError("H-ACCESS-45", words, "The folder is closed to all but its owner.", "Run the command as the user who loaded them.")


def _unforeseen(fault: Exception) -> HeadwayError:
    at = traceback.extract_tb(fault.__traceback__)[-1]
    why = f"{type(fault).__name__} in {Path(at.filename).name}, line {at.lineno}. What it says is withheld: it may quote a pupil."
    remedy = "Nothing was stored. Please tell us the kind and the place."
    return HeadwayError("H-DATA-60", "The data of pupils could not be worked on.", why, remedy)

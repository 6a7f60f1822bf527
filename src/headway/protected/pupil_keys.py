"""Pupils' keys: a keyed hash of their number, so that a file can be joined with another and nobody be looked up in it.

The key stands in `keys/` of the workspace, apart from what is landed and from snapshots, or in HEADWAY_PUPIL_KEY. Whoever loses it can
load again; whoever destroys it makes every stored pupil anonymous.
"""

import hashlib
import hmac
import os
import secrets

from headway.protected import private_files
from headway.store.workspace import Workspace
from headway.vocabulary.errors import HeadwayError

SHORTEST = 32
DIGITS = 32  # of the hash, in hexadecimal: 128 bits


def secret(space: Workspace) -> bytes:
    """The key of this workspace, made now where there is none. Raises H-ACCESS-43 for one of our own that is too short."""
    given = os.environ.get("HEADWAY_PUPIL_KEY", "")
    if given:
        if len(given) < SHORTEST:
            words = f"HEADWAY_PUPIL_KEY has {len(given)} characters."
            raise HeadwayError(
                "H-ACCESS-43", words, "Pupils' numbers could be guessed.", f"Give {SHORTEST} random ones or more, or leave it out."
            )
        return given.encode()
    path = private_files.closed(space.home / "keys") / "pupil_results"
    if not path.exists():
        partial = private_files.partial_of(path)
        partial.write_text(secrets.token_urlsafe(48))
        private_files.put_in_place(partial, path)
    return path.read_text().strip().encode()


def pupil_key(key: bytes, number: str) -> str:
    """The hash of a pupil's number; spaces and small letters do not matter."""
    return hmac.new(key, b"pupil:" + "".join(number.split()).upper().encode(), hashlib.sha256).hexdigest()[:DIGITS]

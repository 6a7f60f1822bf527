"""Which number a pupil's key stands for, sealed: an officer must know whom a list is about, and nobody who finds the file may.

A pupil's key is a keyed hash of the number that the school gave; the number itself is kept under a seal whose key is derived from the
same secret, which lies apart from what is stored. Whoever destroys the secret makes every stored pupil anonymous.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from headway.protected import private_files, pupil_keys
from headway.registers.held import KEY
from headway.registers.slots import Bytes
from headway.store.workspace import Workspace
from headway.vocabulary.errors import HeadwayError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12


class Identities:
    """Keys of numbers, and numbers of keys."""

    def __init__(self, secret: bytes, sealed: dict[bytes, bytes]) -> None:
        self._secret = secret
        self._sealed = sealed
        self.changed = False

    @classmethod
    def read(cls, space: Workspace, path: Path | None) -> "Identities":
        sealed: dict[bytes, bytes] = {}
        if path:
            import pyarrow.parquet as pq

            table = pq.read_table(path)
            sealed = dict(zip(table.column("key").to_pylist(), table.column("sealed").to_pylist(), strict=True))
        return cls(pupil_keys.secret(space), sealed)

    def keys(self, numbers: Iterable[str], kind: str = "pupil") -> Bytes:
        """The key of each number, shape (n, KEY); spaces and small letters do not matter. Those of pupils can be opened again."""
        written = ["".join(number.split()).upper() for number in numbers]
        found = [self._key(kind, number) for number in written]
        if kind == "pupil":
            self._keep(dict(zip(found, written, strict=True)))
        return np.frombuffer(b"".join(found), np.uint8).reshape(-1, KEY).copy()

    def _key(self, kind: str, number: str) -> bytes:
        # a person is found by the same number at every school, so the two kinds share their key
        name = "pupil" if kind == "person" else kind
        return hmac.new(self._secret, f"{name}:{number}".encode(), hashlib.sha256).digest()[:KEY]

    def _keep(self, numbers: dict[bytes, str]) -> None:
        new = {key: number for key, number in numbers.items() if key not in self._sealed}
        if new:
            box = self._box()
            for key, number in new.items():
                nonce = os.urandom(NONCE)
                self._sealed[key] = nonce + box.encrypt(nonce, number.encode(), key)
            self.changed = True

    def number(self, key: bytes) -> str:
        """The number of a key. Raises H-ACCESS-46 where the secret is not the one that it was sealed with."""
        from cryptography.exceptions import InvalidTag

        sealed = self._sealed[key]
        try:
            return self._box().decrypt(sealed[:NONCE], sealed[NONCE:], key).decode()
        except InvalidTag:
            fault = HeadwayError(
                "H-ACCESS-46",
                "The numbers of pupils in the registers cannot be opened.",
                "They were sealed with another key than this workspace has now.",
                "Put the key back: keys/pupil_results of the workspace, or HEADWAY_PUPIL_KEY.",
            )
        raise fault

    def _box(self) -> "AESGCM":
        """cryptography is imported when a seal is made or broken, for most questions do neither."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(hmac.new(self._secret, b"seal of registers", hashlib.sha256).digest())

    def write(self, path: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        partial = private_files.partial_of(path)
        columns = {"key": pa.array(list(self._sealed), pa.binary(KEY)), "sealed": pa.array(list(self._sealed.values()), pa.binary())}
        pq.write_table(pa.table(columns), partial, compression="none")
        private_files.put_in_place(partial, path)
        self.changed = False

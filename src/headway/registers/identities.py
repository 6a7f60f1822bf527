"""Which number a pupil's key stands for, sealed: an officer must know whom a list is about, and nobody who finds the file may.

A pupil's key is a keyed hash of the number that the school gave; the number itself is kept under a seal whose key is derived from the
same secret, which lies apart from what is stored. Whoever destroys the secret makes every stored pupil anonymous.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from headway.protected import private_files, pupil_keys
from headway.registers.arrow_columns import column_of, fixed, places_in
from headway.registers.held import KEY
from headway.registers.slots import Bytes
from headway.store.workspace import Workspace
from headway.vocabulary.errors import HeadwayError

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE, BLOCK = 12, 64


_SPACE = re.compile(r"[^\S\n]")


def _written(numbers: list[str]) -> list[str]:
    """Without spaces, in capitals: all at once where none has a space in it."""
    joined = "\n".join(numbers).upper()
    plain = not _SPACE.search(joined) and joined.count("\n") == len(numbers) - 1
    return joined.split("\n") if plain else ["".join(number.split()).upper() for number in numbers]


def _keyed(secret: bytes, first: bytes) -> tuple["hashlib._Hash", "hashlib._Hash"]:
    """The two halves of `hmac.new(secret, first, "sha256")`, the first of them with `first` in it (RFC 2104): of a city 200,000 numbers are
    hashed, and halves that have taken in the secret are copied in half the time of a whole.
    """
    block = (hashlib.sha256(secret).digest() if len(secret) > BLOCK else secret).ljust(BLOCK, b"\0")
    inner, outer = (hashlib.sha256(bytes(byte ^ pad for byte in block)) for pad in (0x36, 0x5C))
    inner.update(first)
    return inner, outer


def _opened(path: Path) -> "pq.ParquetFile":
    """Open from now on: a later load may take the file's name away, not what is in it."""
    import pyarrow.parquet as pq

    return pq.ParquetFile(path, memory_map=True)


class Identities:
    """Keys of numbers, and numbers of keys. `sealed` has a row for each pupil and is read when somebody is looked up in it; `_fresh`
    holds those met since it was opened.
    """

    def __init__(self, secret: bytes, sealed: "pq.ParquetFile | None") -> None:
        self._secret = secret
        self._sealed = sealed
        self._fresh: dict[bytes, bytes] = {}
        self._stay: pa.Table | None = None  # of what is sealed, where others are let go of

    @classmethod
    def read(cls, space: Workspace, path: Path | None) -> "Identities":
        return cls(pupil_keys.secret(space), _opened(path) if path else None)

    @property
    def changed(self) -> bool:
        return bool(self._fresh) or self._stay is not None

    def as_it_is(self) -> Callable[[], None]:
        """What lets go of the numbers met from now on."""
        many = len(self._fresh)

        def back() -> None:
            self._fresh = dict(islice(self._fresh.items(), many))

        return back

    def keep_only(self, keys: Bytes) -> None:
        """Let go of the numbers of all other pupils, in what is written next."""
        table = self._sealed.read() if self._sealed else None
        rows = np.unique(places_in(fixed(keys), table.column("key"))) if table is not None else None
        if table is not None and rows is not None and (rows >= 0).sum() < table.num_rows:
            self._stay = table.take(column_of(rows[rows >= 0]))

    def keys(self, numbers: Iterable[str], kind: str = "pupil") -> Bytes:
        """The key of each number, shape (n, KEY); spaces and small letters do not matter. Those of pupils can be opened again."""
        written = _written(list(numbers))
        keys = self._hashed(written, kind)
        if kind == "pupil":
            self._keep(keys, written)
        return keys

    def known(self, numbers: list[str]) -> Bytes:
        """The same of pupils, of whom those who have no enrolment yet are given to `keep` before they get one."""
        return self._hashed(_written(numbers), "pupil")

    def keep(self, keys: Bytes, numbers: list[str]) -> None:
        """Let these keys be opened again."""
        self._keep(keys, _written(numbers))

    def _hashed(self, written: list[str], kind: str) -> Bytes:
        # a person is found by the same number at every school, so the two kinds share their key
        name = "pupil" if kind == "person" else kind
        inner, outer = _keyed(self._secret, f"{name}:".encode())
        begin, end, found = inner.copy, outer.copy, []
        for number in written:
            first, second = begin(), end()
            first.update(number.encode())
            second.update(first.digest())
            found.append(second.digest()[:KEY])
        return np.frombuffer(b"".join(found), np.uint8).reshape(-1, KEY).copy()

    def _keep(self, keys: Bytes, numbers: list[str]) -> None:
        new = np.nonzero(self._places(keys) < 0)[0].tolist()
        fresh = {key: numbers[at] for at in new if (key := keys[at].tobytes()) not in self._fresh}
        if fresh:
            for key, number in fresh.items():
                nonce = os.urandom(NONCE)
                self._fresh[key] = nonce + self._box.encrypt(nonce, number.encode(), key)

    def _places(self, keys: Bytes) -> NDArray[np.int64]:
        """The row of each key in what is kept, −1 where there is none."""
        return places_in(fixed(keys), self._sealed.read(["key"]).column(0)) if self._sealed else np.full(len(keys), -1, np.int64)

    def number(self, key: bytes) -> str:
        """The number of a key. Raises H-ACCESS-46 where the secret is not the one that it was sealed with."""
        from cryptography.exceptions import InvalidTag

        sealed = self._fresh.get(key) or self._kept[key]
        try:
            return self._box.decrypt(sealed[:NONCE], sealed[NONCE:], key).decode()
        except InvalidTag:
            fault = HeadwayError(
                "H-ACCESS-46",
                "The numbers of pupils in the registers cannot be opened.",
                "They were sealed with another key than this workspace has now.",
                "Put the key back: keys/pupil_results of the workspace, or HEADWAY_PUPIL_KEY.",
            )
        raise fault

    @cached_property
    def _kept(self) -> dict[bytes, bytes]:
        """By key, for who opens numbers; a load does not."""
        table = self._sealed.read() if self._sealed else None
        return dict(zip(table.column("key").to_pylist(), table.column("sealed").to_pylist(), strict=True)) if table is not None else {}

    @cached_property
    def _box(self) -> "AESGCM":
        """cryptography is imported when a seal is made or broken, for most questions do neither."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(hmac.new(self._secret, b"seal of registers", "sha256").digest())

    def write(self, path: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        partial = private_files.partial_of(path)
        fresh = pa.table({"key": pa.array(list(self._fresh), pa.binary(KEY)), "sealed": pa.array(list(self._fresh.values()), pa.binary())})
        before = self._stay if self._stay is not None else self._sealed.read() if self._sealed else None
        table = fresh if before is None else pa.concat_tables([before, fresh])
        pq.write_table(table, partial, compression="none")
        private_files.put_in_place(partial, path)
        self._sealed, self._fresh, self._stay = _opened(path), {}, None
        self.__dict__.pop("_kept", None)

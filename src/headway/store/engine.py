"""Connections to DuckDB, set up one way everywhere: few threads, bounded memory, nothing from outside."""

import os
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from headway.vocabulary.errors import HeadwayError

if TYPE_CHECKING:
    import duckdb
    from ibis.backends import BaseBackend
    from ibis.backends.duckdb import Backend

MEMORY = os.environ.get("HEADWAY_MEMORY", "1200MB")
ENGINE = os.environ.get("HEADWAY_ENGINE", "")
DRIVER = os.environ.get("HEADWAY_ENGINE_DRIVER", "127.0.0.1")  # the address at which workers reach this machine
THREADS = int(os.environ.get("HEADWAY_THREADS", "2"))
QUIET = {"autoinstall_known_extensions": False, "autoload_known_extensions": False, "allow_unsigned_extensions": False}


def working(path: Path | None = None, *, scratch: Path | None = None) -> "duckdb.DuckDBPyConnection":
    """A connection that may write: in memory, or to a snapshot that is being built."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {**QUIET, "memory_limit": MEMORY, "threads": THREADS}
    config["temp_directory"] = str(scratch or tempfile.gettempdir())  # not the folder that a command was started in
    con = duckdb.connect(str(path) if path else ":memory:", config=config)
    con.execute("SET enable_progress_bar = false")
    return con


@lru_cache(maxsize=1)
def passing() -> "tuple[duckdb.DuckDBPyConnection, Backend]":
    """One in-memory connection for a process's passing looks at files, and the same as Ibis sees it.

    Opening one costs as much as a small file. Whoever makes a table in it drops it again.
    """
    con = working()
    return con, expressions(con)


def reading(path: Path) -> "duckdb.DuckDBPyConnection":
    """A read-only connection to one snapshot, without access to any other file. Raises H-STORE-15 for a damaged one."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {**QUIET, "memory_limit": MEMORY, "threads": 1}
    try:
        return duckdb.connect(str(path), read_only=True, config={**config, "enable_external_access": False})
    except duckdb.Error:
        raise HeadwayError(
            "H-STORE-15",
            f"Snapshot {path.stem} is damaged: it cannot be opened.",
            "The disc may be failing, or the file was copied while it was not whole.",
            "Go back with headway rollback, or make it anew from what was loaded: headway build, then headway publish.",
            str(path),
        ) from None


def expressions(con: "duckdb.DuckDBPyConnection") -> "Backend":
    """The same connection as Ibis sees it."""
    import ibis

    return ibis.duckdb.from_connection(con)


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def named(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


SPARK = "spark://"


@lru_cache(maxsize=1)
def elsewhere(address: str) -> "BaseBackend":
    """The engine that HEADWAY_ENGINE names, as Ibis sees it: `spark://HOST:PORT`, a master whose workers reach the files; else our own.

    One session a process. Raises H-USAGE-107 for another kind and H-STORE-20 where PySpark is not installed.
    """
    import ibis

    if not address:
        return ibis.duckdb.from_connection(working())
    if not address.startswith(SPARK):
        words = f"{address!r} is no engine that is known here."
        raise HeadwayError("H-USAGE-107", words, remedy="Leave HEADWAY_ENGINE out, or set it to spark://HOST:PORT.")
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        remedy = "Install it beside Headway: .venv/bin/uv pip install -r requirements-spark.lock, and Java 17."
        raise HeadwayError("H-STORE-20", "PySpark is not installed here.", remedy=remedy) from None
    settings = {
        "spark.driver.host": DRIVER, "spark.driver.bindAddress": DRIVER, "spark.ui.enabled": "false", "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(2 * THREADS),
    }  # fmt: skip
    builder = SparkSession.builder.master(address).appName("headway")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return ibis.pyspark.connect(builder.getOrCreate())

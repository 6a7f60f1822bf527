"""The server that tests start for themselves is a real PostgreSQL, and each test has a database of its own in it."""

import psycopg
import pytest


@pytest.mark.parametrize("turn", ["first", "second"])
def test_every_test_finds_its_database_new_and_empty(postgres: str, turn: str) -> None:
    with psycopg.connect(postgres) as connection:
        version = connection.execute("SHOW server_version_num").fetchone()
        assert version
        assert int(version[0]) >= 140000
        connection.execute("CREATE TABLE written AS SELECT %s AS turn", (turn,))  # a second one finds none of the first's
        assert connection.execute("SELECT turn FROM written").fetchone() == (turn,)

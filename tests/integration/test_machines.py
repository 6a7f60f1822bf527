"""The server that tests start for themselves is a real PostgreSQL and goes away again."""

import psycopg


def test_the_server_answers_and_takes_databases(postgres: str) -> None:
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE DATABASE trial")
        version = connection.execute("SHOW server_version_num").fetchone()
    assert version
    assert int(version[0]) >= 140000
    with psycopg.connect(postgres.removesuffix("/postgres") + "/trial") as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("trial",)

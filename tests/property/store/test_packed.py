"""A school's packed row holds what its rows in the table hold: the table itself is the naive twin."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.store import packed
from headway.store.lookups import EARLY, PLAIN

amount = st.none() | st.floats(allow_nan=False, allow_infinity=False)
texts = st.sampled_from(["", "ks2.rwm_expected", "disadvantage=yes", "é", "SUPP"])
rows = st.tuples(
    st.sampled_from(["school", "authority"]), st.sampled_from(["100001", "100002", "99", "330"]), texts, st.integers(1995, 2040), texts,
    amount, amount, amount, amount, amount, texts, texts, texts, texts, texts, st.integers(-1, 2**31 - 1), amount,
    st.none() | st.integers(1, 30_000),
)  # fmt: skip
TABLE = (
    "level VARCHAR, place VARCHAR, measure VARCHAR, year SMALLINT, cut VARCHAR, value DOUBLE, numerator DOUBLE, denominator DOUBLE, "
    'lower DOUBLE, upper DOUBLE, status VARCHAR, marker VARCHAR, release VARCHAR, "table" VARCHAR, file_id VARCHAR, "row" BIGINT'
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(rows, max_size=60, unique_by=lambda row: row[:5]), st.lists(rows, max_size=20, unique_by=lambda row: row[:5]))
@pytest.mark.parametrize("chunk", [3, 1_000])
def test_unpacked_rows_are_the_rows_of_the_table(chunk: int, public: list[tuple], early: list[tuple]) -> None:
    with pytest.MonkeyPatch.context() as patch, duckdb.connect(config={"threads": 1}) as con:
        patch.setattr(packed, "CHUNK", chunk)
        con.execute(f"CREATE TABLE reading ({TABLE}, position DOUBLE, position_of INTEGER)")
        con.execute(f"CREATE TABLE early_reading ({TABLE})")
        for name, given_rows in (("reading", public), ("early_reading", [row[:16] for row in early])):
            if given_rows:
                con.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(given_rows[0]))})", given_rows)
        packed.pack(con)
        known = packed.codes(con)
        for name, columns, is_early in (("reading", PLAIN, False), ("early_reading", EARLY, True)):
            wanted = con.execute(f"SELECT {columns} FROM {name} ORDER BY level, place, measure, cut, year").fetchall()
            stored = con.execute("SELECT level, place, readings FROM packed WHERE early = ? ORDER BY level, place", [is_early]).fetchall()
            assert [row for level, place, blob in stored for row in packed.unpack(level, place, blob, known)] == wanted

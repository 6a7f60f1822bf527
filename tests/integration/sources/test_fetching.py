"""Fetching from a publisher that does what publishers do: all goes well, cuts off, moves, is slow, or sends something else."""

import hashlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from headway.sources.fetching import Fetcher, Policy, check_address
from headway.vocabulary.errors import HeadwayError
from tests.integration.sources.publisher import Answer, Publisher, publisher

TABLE = b"RECTYPE,URN,TELIG,PTRWM_EXP\n" + b"".join(b"1,%d,30,%d%%\n" % (100_000 + row, row % 100) for row in range(2_000))
TAG = {"ETag": '"first"'}


@pytest.fixture
def site() -> Iterator[Publisher]:
    with publisher() as made:
        yield made


class Slept(list[float]):
    """Stands in for time.sleep, and remembers how long it was asked to wait."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def fetcher(folder: Path, **policy: object) -> Fetcher:
    return Fetcher(folder, Policy(plain_loopback=True, pause=0, **policy), Slept())  # type: ignore[arg-type]


def test_a_whole_file_comes_with_its_sum(site: Publisher, tmp_path: Path) -> None:
    got = fetcher(tmp_path).fetch(site.give("/ks2.csv", Answer(TABLE, headers=TAG)), "tables/ks2.csv")
    assert (got.outcome, got.bytes, got.code) == ("fetched", len(TABLE), "")
    assert got.sha256 == hashlib.sha256(TABLE).hexdigest()
    assert (tmp_path / "tables" / "ks2.csv").read_bytes() == TABLE
    assert "Headway" in site.asked[0][1]["User-Agent"]


def test_the_second_time_nothing_is_sent_again(site: Publisher, tmp_path: Path) -> None:
    href = site.give("/ks2.csv", Answer(TABLE, headers=TAG), Answer(status=304))
    first, again = (fetcher(tmp_path).fetch(href, "ks2.csv") for _ in range(2))
    assert site.asked[1][1]["If-None-Match"] == '"first"'
    assert (again.outcome, again.sha256, again.bytes) == ("unchanged", first.sha256, len(TABLE))


def test_the_same_bytes_without_a_tag_are_unchanged(site: Publisher, tmp_path: Path) -> None:
    href = site.give("/ks2.csv", Answer(TABLE))
    assert [fetcher(tmp_path).fetch(href, "ks2.csv").outcome for _ in range(2)] == ["fetched", "unchanged"]


def test_a_cut_connection_is_gone_on_from_where_it_stopped(site: Publisher, tmp_path: Path) -> None:
    rest = {**TAG, "Content-Range": f"bytes 9000-{len(TABLE) - 1}/{len(TABLE)}"}
    href = site.give("/ks2.csv", Answer(TABLE[:9000], headers=TAG, length=len(TABLE)), Answer(TABLE[9000:], 206, rest))
    got = fetcher(tmp_path).fetch(href, "ks2.csv")
    assert (site.asked[1][1]["Range"], site.asked[1][1]["If-Range"]) == ("bytes=9000-", '"first"')
    assert (got.outcome, got.resumed_at, got.tries) == ("fetched", 9000, 2)
    assert got.path.read_bytes() == TABLE


def test_a_later_run_goes_on_too(site: Publisher, tmp_path: Path) -> None:
    href = site.give("/ks2.csv", Answer(TABLE[:9000], headers=TAG, length=len(TABLE)))
    first = fetcher(tmp_path, tries=1).fetch(href, "ks2.csv")
    assert (first.outcome, first.code) == ("failed", "H-FETCH-04")
    assert not (tmp_path / "ks2.csv").exists()
    site.give("/ks2.csv", Answer(TABLE[9000:], 206, {**TAG, "Content-Range": f"bytes 9000-{len(TABLE) - 1}/{len(TABLE)}"}))
    assert fetcher(tmp_path).fetch(href, "ks2.csv").path.read_bytes() == TABLE


def test_a_file_that_changed_in_between_is_fetched_whole(site: Publisher, tmp_path: Path) -> None:
    other = TABLE.replace(b"30", b"31")
    href = site.give("/ks2.csv", Answer(TABLE[:9000], headers=TAG, length=len(TABLE)), Answer(other, headers={"ETag": '"second"'}))
    got = fetcher(tmp_path).fetch(href, "ks2.csv")
    assert (got.outcome, got.resumed_at) == ("fetched", 0)
    assert got.path.read_bytes() == other


def test_a_server_that_goes_on_elsewhere_is_not_believed(site: Publisher, tmp_path: Path) -> None:
    wrong = Answer(TABLE[8000:], 206, {**TAG, "Content-Range": f"bytes 8000-{len(TABLE) - 1}/{len(TABLE)}"})
    href = site.give("/ks2.csv", Answer(TABLE[:9000], headers=TAG, length=len(TABLE)), wrong, Answer(TABLE, headers=TAG))
    assert fetcher(tmp_path).fetch(href, "ks2.csv").path.read_bytes() == TABLE


def test_a_kept_beginning_that_fits_no_more_is_dropped(site: Publisher, tmp_path: Path) -> None:
    href = site.give("/ks2.csv", Answer(TABLE[:9000], headers=TAG, length=len(TABLE)), Answer(status=416), Answer(TABLE[:500]))
    got = fetcher(tmp_path).fetch(href, "ks2.csv")
    assert (got.outcome, got.path.read_bytes()) == ("fetched", TABLE[:500])


@pytest.mark.parametrize("status", [404, 410])
def test_no_file_there_is_said_at_once(site: Publisher, tmp_path: Path, status: int) -> None:
    got = fetcher(tmp_path).fetch(site.give("/gone.csv", Answer(status=status)), "gone.csv")
    assert (got.outcome, got.code, got.tries) == ("failed", "H-FETCH-02", 1)
    assert str(status) in got.reason
    assert not got.path.exists()


def test_too_many_requests_waits_as_long_as_it_is_told(site: Publisher, tmp_path: Path) -> None:
    slow = fetcher(tmp_path)
    href = site.give("/ks2.csv", Answer(status=429, headers={"Retry-After": "7"}), Answer(TABLE))
    assert slow.fetch(href, "ks2.csv").outcome == "fetched"
    assert 7.0 in slow.sleep  # type: ignore[operator]


def test_a_server_error_is_tried_again(site: Publisher, tmp_path: Path) -> None:
    got = fetcher(tmp_path).fetch(site.give("/ks2.csv", Answer(status=500), Answer(TABLE)), "ks2.csv")
    assert (got.outcome, got.tries) == ("fetched", 2)


def test_a_server_error_that_stays_is_told_after_the_last_try(site: Publisher, tmp_path: Path) -> None:
    got = fetcher(tmp_path, tries=3).fetch(site.give("/ks2.csv", Answer(status=503)), "ks2.csv")
    assert (got.outcome, got.code, len(site.asked)) == ("failed", "H-FETCH-01", 3)


def test_a_silent_server_is_given_up(site: Publisher, tmp_path: Path) -> None:
    got = fetcher(tmp_path, wait=0.1, tries=2).fetch(site.give("/ks2.csv", Answer(TABLE, after=0.5)), "ks2.csv")
    assert (got.outcome, got.code, got.tries) == ("failed", "H-FETCH-03", 2)


def test_a_body_that_is_always_cut_off_never_becomes_the_file(site: Publisher, tmp_path: Path) -> None:
    got = fetcher(tmp_path, tries=2).fetch(site.give("/ks2.csv", Answer(TABLE, length=len(TABLE) + 10)), "ks2.csv")
    assert (got.outcome, got.code) == ("failed", "H-FETCH-04")
    assert not got.path.exists()


def test_a_web_page_is_not_the_file_and_the_old_one_stays(site: Publisher, tmp_path: Path) -> None:
    page = Answer(b"\n <!DOCTYPE html><html><body>Sorry, there is a problem with the service</body></html>")
    href = site.give("/ks2.csv", Answer(TABLE), page)
    fetcher(tmp_path).fetch(href, "ks2.csv")
    got = fetcher(tmp_path).fetch(href, "ks2.csv")
    assert (got.outcome, got.code) == ("failed", "H-FETCH-06")
    assert got.path.read_bytes() == TABLE


def test_a_redirect_is_followed(site: Publisher, tmp_path: Path) -> None:
    site.give("/new.csv", Answer(TABLE))
    assert (
        fetcher(tmp_path).fetch(site.give("/ks2.csv", Answer(status=302, headers={"Location": "/new.csv"})), "a.csv").outcome == "fetched"
    )


@pytest.mark.parametrize(
    "to", ["https://example.org/ks2.csv", "http://www.gov.uk/ks2.csv", "https://user@www.gov.uk/a", "file:///etc/passwd"]
)
def test_a_redirect_to_elsewhere_is_refused(site: Publisher, tmp_path: Path, to: str) -> None:
    got = fetcher(tmp_path).fetch(site.give("/ks2.csv", Answer(status=302, headers={"Location": to})), "ks2.csv")
    assert (got.outcome, got.code, len(site.asked)) == ("failed", "H-FETCH-05", 1)


def test_redirects_in_a_circle_end(site: Publisher, tmp_path: Path) -> None:
    site.give("/b.csv", Answer(status=302, headers={"Location": "/a.csv"}))
    got = fetcher(tmp_path).fetch(site.give("/a.csv", Answer(status=302, headers={"Location": "/b.csv"})), "a.csv")
    assert (got.code, len(site.asked)) == ("H-FETCH-05", 6)


@pytest.mark.parametrize("address", ["10.0.0.8", "127.0.0.1", "169.254.169.254", "192.168.1.1", "::1", "fd00::1", "fe80::1", "100.64.0.1"])
def test_a_listed_host_that_resolves_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))
    private = (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **named: [public, private])
    with pytest.raises(HeadwayError, match="not a public address") as refused:
        check_address("https://www.gov.uk/file.csv", Policy())
    assert refused.value.code == "H-FETCH-05"


def test_a_listed_host_with_public_addresses_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **named: [public])
    check_address("https://www.gov.uk/file.csv", Policy())


@pytest.mark.parametrize("href", ["http://www.gov.uk/a", "https://www.gov.uk:8443/a", "https://gov.uk.example.org/a", "http://127.0.0.1/a"])
def test_what_is_not_https_on_a_listed_host_is_refused(href: str) -> None:
    with pytest.raises(HeadwayError) as refused:
        check_address(href, Policy())
    assert refused.value.code == "H-FETCH-05"


def test_a_file_that_is_too_large_is_stopped(site: Publisher, tmp_path: Path) -> None:
    got = fetcher(tmp_path, most_bytes=1000).fetch(site.give("/ks2.csv", Answer(TABLE)), "ks2.csv")
    assert (got.outcome, got.code) == ("failed", "H-FETCH-08")
    assert not got.path.exists()


def test_a_spoilt_ledger_means_fetching_afresh(site: Publisher, tmp_path: Path) -> None:
    (tmp_path / ".ledger.json").write_text('{"http')
    assert fetcher(tmp_path).fetch(site.give("/ks2.csv", Answer(TABLE)), "ks2.csv").outcome == "fetched"

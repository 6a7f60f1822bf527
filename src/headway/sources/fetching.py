"""Downloads official files from their publishers: resumable, checksummed, polite, and only from listed hosts."""

import hashlib
import ipaddress
import json
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from headway.sources import limits
from headway.store.workspace import write_whole
from headway.vocabulary.clock import now
from headway.vocabulary.errors import HeadwayError

if TYPE_CHECKING:
    from requests import Response, Session

HOSTS = (
    "www.compare-school-performance.service.gov.uk",
    "content.explore-education-statistics.service.gov.uk",
    "api.education.gov.uk",
    "ea-edubase-api-prod.azurewebsites.net",
    "get-information-schools.service.gov.uk",
    "assets.publishing.service.gov.uk",
    "www.gov.uk",
    "open-geography-portalx-ons.hub.arcgis.com",
)
AGENT = "Headway (open-source school improvement software; polite, one request at a time)"
LEDGER = ".ledger.json"  # hidden, so that loading the folder passes over it
PIECE = 1 << 16  # bytes written at a time
AGAIN = (408, 425, 429, 500, 502, 503, 504)
REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Policy:
    """What a fetch may do. `plain_loopback` lets tests stand a server on this machine in for a publisher."""

    hosts: tuple[str, ...] = HOSTS
    plain_loopback: bool = False
    pause: float = 1.0  # seconds between requests
    wait: float = 30.0  # seconds without a byte before a request is given up
    tries: int = 4
    most_redirects: int = 5
    most_bytes: int = limits.MOST_UNPACKED


@dataclass
class Fetched:
    """What became of one address: fetched, unchanged or failed; with the file and its SHA-256."""

    href: str
    path: Path
    outcome: str
    code: str = ""
    reason: str = ""
    sha256: str = ""
    bytes: int = 0
    resumed_at: int = 0
    tries: int = 0


@dataclass
class Fetcher:
    """Fetches into one folder, whose ledger remembers what each address gave."""

    folder: Path
    policy: Policy = field(default_factory=Policy)
    sleep: Callable[[float], None] = time.sleep

    def fetch(self, href: str, name: str) -> Fetched:
        """One file. Never raises for what a publisher or a network can do: the outcome says it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        found = Fetched(href, path, "failed")
        try:
            self._try(found)
        except HeadwayError as error:
            found.code, found.reason = error.code, f"{error.what} {error.why}".strip()
        return found

    def _try(self, found: Fetched) -> None:
        import requests

        last: HeadwayError | None = None
        for attempt in range(self.policy.tries):
            found.tries = attempt + 1
            try:
                with requests.Session() as session:
                    self._once(session, found)
                return
            except _Again as again:
                last = again.error
                self.sleep(again.after if again.after is not None else self.policy.pause * 2**attempt)
            except requests.RequestException as error:
                last = HeadwayError(
                    "H-FETCH-03",
                    "The publisher's server did not answer in time.",
                    type(error).__name__,
                    "Run headway fetch again: it goes on where it stopped.",
                )
                self.sleep(self.policy.pause * 2**attempt)
        raise last or HeadwayError("H-FETCH-03", "The publisher's server did not answer.")

    def _once(self, session: "Session", found: Fetched) -> None:
        partial = found.path.with_name(f".{found.path.name}.part")
        known = self.ledger.get(found.href, {})
        headers = {"User-Agent": AGENT, "Accept-Encoding": "identity"}
        resumable = known.get("part_tag") if partial.exists() else None
        if resumable:
            headers |= {"Range": f"bytes={partial.stat().st_size}-", "If-Range": resumable}
        elif found.path.exists() and known.get("tag"):
            headers["If-None-Match"] = known["tag"]
        with self._follow(session, found.href, headers) as answer:
            if answer.status_code == 304:
                found.outcome, found.sha256, found.bytes = "unchanged", known.get("sha256", ""), found.path.stat().st_size
                return
            if answer.status_code == 416:  # what was kept does not fit the file that is there now
                partial.unlink(missing_ok=True)
                raise _Again(HeadwayError("H-FETCH-04", "The kept beginning does not fit the file any more."), after=0)
            _refuse_status(answer, found.href)
            found.resumed_at = _goes_on_at(answer, partial) if answer.status_code == 206 else 0
            self._remember(found.href, part_tag=_strong_tag(answer))
            self._write(answer, partial, found)
        self._finish(partial, found, answer)

    def _follow(self, session: "Session", href: str, headers: dict[str, str]) -> "Response":
        """Ask, following redirects by hand so that each address is checked."""
        for _ in range(self.policy.most_redirects + 1):
            check_address(href, self.policy)
            answer = session.get(href, headers=headers, stream=True, timeout=self.policy.wait, allow_redirects=False)
            self.sleep(self.policy.pause)
            if answer.status_code not in REDIRECTS:
                return answer
            href = urljoin(href, answer.headers.get("Location", ""))
            answer.close()
        raise HeadwayError("H-FETCH-05", "The address leads round in circles.", href)

    def _write(self, answer: "Response", partial: Path, found: Fetched) -> None:
        written = found.resumed_at
        with open(partial, "ab" if found.resumed_at else "wb") as out:
            for chunk in _chunks(answer):
                written += len(chunk)
                if written > self.policy.most_bytes:
                    raise HeadwayError(
                        "H-FETCH-08", "The file is larger than a file may be.", f"More than {self.policy.most_bytes:,} bytes."
                    )
                out.write(chunk)
        expected = answer.headers.get("Content-Length")
        if expected and written - found.resumed_at < int(expected):
            raise _Again(
                HeadwayError("H-FETCH-04", "The file came cut off.", f"{written - found.resumed_at:,} of {int(expected):,} bytes.")
            )

    def _finish(self, partial: Path, found: Fetched, answer: "Response") -> None:
        with open(partial, "rb") as file:
            start = file.read(512).lstrip().lower()
        if start.startswith((b"<!doctype html", b"<html")):
            partial.unlink()
            raise HeadwayError("H-FETCH-06", "A web page came in place of the file.", "The publisher may have moved it.")
        digest = hashlib.sha256(partial.read_bytes()).hexdigest() if partial.stat().st_size < 1 << 28 else _digest(partial)
        same = self.ledger.get(found.href, {}).get("sha256") == digest and found.path.exists()
        partial.replace(found.path)
        found.outcome, found.sha256, found.bytes = ("unchanged" if same else "fetched"), digest, found.path.stat().st_size
        self._remember(
            found.href,
            tag=answer.headers.get("ETag"),
            sha256=digest,
            bytes=found.bytes,
            at=now().isoformat(timespec="seconds"),
            part_tag=None,
        )

    @property
    def ledger(self) -> dict[str, dict[str, str]]:
        try:
            read: dict[str, dict[str, str]] = json.loads((self.folder / LEDGER).read_text())
        except (FileNotFoundError, json.JSONDecodeError):  # without it everything is fetched afresh, which is safe
            return {}
        return read

    def _remember(self, href: str, **facts: object) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        ledger = self.ledger
        ledger[href] = {**ledger.get(href, {}), **{name: str(value) for name, value in facts.items() if value is not None}}
        for name in [name for name, value in facts.items() if value is None]:
            ledger[href].pop(name, None)
        write_whole(self.folder / LEDGER, json.dumps(ledger, indent=1))


class _Again(Exception):
    """Worth another try, after some seconds."""

    def __init__(self, error: HeadwayError, after: float | None = None) -> None:
        super().__init__(str(error))
        self.error, self.after = error, after


def _chunks(answer: "Response") -> Iterator[bytes]:
    """The body as it comes; a break is worth another try, from where it stopped."""
    import requests

    answer.raw.enforce_content_length = False  # or what came before a cut would be thrown away; the caller counts
    try:
        yield from answer.iter_content(PIECE)
    except requests.exceptions.ChunkedEncodingError:
        raise _Again(HeadwayError("H-FETCH-04", "The file came cut off.", "The connection broke.")) from None


def _goes_on_at(answer: "Response", partial: Path) -> int:
    """Where the server goes on, which must be where the kept beginning ends; else the beginning is dropped."""
    kept = partial.stat().st_size if partial.exists() else 0
    if answer.headers.get("Content-Range", "").startswith(f"bytes {kept}-"):
        return kept
    partial.unlink(missing_ok=True)
    raise _Again(HeadwayError("H-FETCH-04", "The server goes on at another place than was asked."), after=0)


def _refuse_status(answer: "Response", href: str) -> None:
    if answer.status_code in (200, 206):
        return
    if answer.status_code in (404, 410):
        raise HeadwayError(
            "H-FETCH-02",
            "The publisher has no file at this address.",
            f"It answered {answer.status_code}.",
            "Look for the new address and give it in the area's library.",
            href,
        )
    error = HeadwayError("H-FETCH-01", f"The publisher's server answered {answer.status_code}.", "", "Try again later.", href)
    if answer.status_code in AGAIN:
        raise _Again(error, _retry_after(answer.headers.get("Retry-After")))
    raise error


def _retry_after(text: str | None) -> float | None:
    """Seconds to wait, at most two minutes, from a number or a date."""
    if not text:
        return None
    try:
        seconds = float(text) if text.isdigit() else (parsedate_to_datetime(text) - now()).total_seconds()
    except ValueError:
        return None
    return min(max(seconds, 0.0), 120.0)


def _strong_tag(answer: "Response") -> str | None:
    """An ETag that may carry a resumed download; a weak one may not."""
    tag = answer.headers.get("ETag")
    return tag if tag and not tag.startswith("W/") else None


def _digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_address(href: str, policy: Policy) -> None:
    """Raises H-FETCH-05 unless the address is https, on a listed host, and resolves to public addresses only."""
    parts = urlsplit(href)
    host = parts.hostname or ""
    if policy.plain_loopback and host == "127.0.0.1":
        return
    if parts.scheme != "https" or host not in policy.hosts or parts.username or parts.port not in (None, 443):
        raise HeadwayError(
            "H-FETCH-05",
            "This address may not be fetched from.",
            f"{parts.scheme}://{host} is not an https address of a listed publisher.",
            place=href,
        )
    for address in _resolved(host):
        if not address.is_global:
            raise HeadwayError(
                "H-FETCH-05",
                "This address may not be fetched from.",
                f"{host} resolves to {address}, which is not a public address.",
                place=href,
            )


def _resolved(host: str) -> Iterator[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    try:
        for found in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM):
            yield ipaddress.ip_address(found[4][0])
    except OSError as error:
        raise HeadwayError(
            "H-FETCH-03", f"{host} could not be found.", str(error), "Check the connection, then run headway fetch again."
        ) from None

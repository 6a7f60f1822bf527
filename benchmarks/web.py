"""The signed-in school page, served as `headway serve` does: 50 sessions, 3 s mean think time, schools by Zipf's law.

    python benchmarks/web.py [WORKSPACE] [--seconds 60] [--full]     # --full is 300 seconds

Open model: requests come at exponential intervals whether or not earlier ones are answered, each timed from
the moment when it was due. Each session is a person of some role, and each page is checked to be of the school
asked for and, by the name in its frame, of that session. Beside it a constant page of equal size under the same
server without middleware, and a closed loop of four clients for the capacity.
"""

import argparse
import http.client
import math
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from measuring import ROOT, example, machine

SESSIONS, THINK, MOST = 50, 3.0, 150.0
SESSIONS_A_ROLE = 8  # more than are needed: some roles have no school's page
CAPACITY_CLIENTS, CAPACITY_SECONDS = 4, 10.0

PEOPLE = """
import sys, json, time
from pathlib import Path
from headway.site.running import migrate
home = Path(sys.argv[1]).resolve(); migrate(home)
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from headway.site.demo import make_demo_users
from headway.desk.accounts.middleware import OWNER, SEEN, STARTED, VERSION
from headway.desk.accounts.models import User
from headway.desk.establishments.models import Establishment
made = []
for person in make_demo_users(home):
    user = User.objects.get(email=person.email)
    for _ in range(int(sys.argv[2])):
        store = SessionStore()
        store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        moment = time.time()
        store.update({STARTED: moment, SEEN: moment, VERSION: user.access_version, OWNER: user.pk})
        store.create()
        made.append([person.role, user.name, store.session_key])
urns = list(Establishment.objects.filter(listed=True).order_by("urn").values_list("urn", flat=True))
print(json.dumps({"sessions": made, "urns": urns, "cookie": settings.SESSION_COOKIE_NAME}))
"""
CONSTANT = """
import sys, os
from pathlib import Path
body = b"x" * int(os.environ["CONSTANT_SIZE"])
def application(environ, start):
    start("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
    return [body]
"""


class Outcome:
    """What came of one request: milliseconds from when it was due, the status, and what was wrong."""

    def __init__(self, ms: float, status: int, size: int, wrong: str = "") -> None:
        self.ms, self.status, self.size, self.wrong = ms, status, size, wrong


def ask(port: int, path: str, cookie: str) -> tuple[int, bytes]:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        link.request("GET", path, headers={"Cookie": cookie, "Accept": "text/html"})
        answer = link.getresponse()
        return answer.status, answer.read()
    finally:
        link.close()


def timed(port: int, path: str, cookie: str, due: float, wrong: Callable[[int, bytes], str]) -> Outcome:
    try:
        status, body = ask(port, path, cookie)
    except OSError as error:
        return Outcome((time.monotonic() - due) * 1000, 0, 0, type(error).__name__)
    return Outcome((time.monotonic() - due) * 1000, status, len(body), wrong(status, body))


def free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


@contextmanager
def served(arguments: list[str], port: int, **settings: str) -> Iterator[int]:
    """A server of ours, ended with its workers when the block ends. Gives its process group."""
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **settings}, start_new_session=True
    )
    try:
        for _ in range(600):
            if process.poll() is not None:
                raise SystemExit(f"the server ended with {process.returncode}")
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def cpu_of(group: int) -> float:
    """Seconds of CPU that the processes of a group have used."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12]) if int(fields[2]) == group else 0
    return total / os.sysconf("SC_CLK_TCK")


class Visit:
    """A session and the schools it looks at: mixed roles, a few schools far more often than most."""

    def __init__(self, role: str, name: str, cookie: str, urns: list[int], seed: int) -> None:
        self.role, self.name, self.cookie = role, name, cookie
        self.chance = random.Random(seed)
        self.urns, self.weights = urns, [1 / rank for rank in range(1, len(urns) + 1)]

    def request(self) -> tuple[str, Callable[[int, bytes], str]]:
        urn = self.chance.choices(self.urns, self.weights)[0]

        def wrong(status: int, body: bytes) -> str:
            if status != 200:
                return f"status {status}"
            text = body.decode()
            others = set(re.findall(r"Demo [a-z ]+", text)) - {self.name}
            return "another school" if str(urn) not in text else f"another person: {others}" if others or self.name not in text else ""

        return f"/schools/{urn}/", wrong


def visits(home: Path) -> list[Visit]:
    """Signed-in sessions of every role, in an order that mixes them, the same at each run."""
    import json

    done = subprocess.run(
        [sys.executable, "-c", PEOPLE, str(home), str(SESSIONS_A_ROLE)],
        stdout=subprocess.PIPE,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    made = json.loads(done.stdout.decode().strip().splitlines()[-1])
    random.Random(7).shuffle(made["urns"])
    chosen = made["sessions"]
    random.Random(8).shuffle(chosen)
    return [Visit(role, name, f"{made['cookie']}={key}", made["urns"], seed) for seed, (role, name, key) in enumerate(chosen)]


def allowed(port: int, people: list[Visit]) -> None:
    """A person bound to a patch asks for its schools, those that their list of schools names; others for any school."""
    found: dict[str, list[int]] = {}
    for visit in people:
        if visit.role not in found:
            whole = all(ask(port, f"/schools/{urn}/", visit.cookie)[0] == 200 for urn in visit.urns[:3])
            listed = re.findall(r'href="/schools/([0-9]{6})/"', ask(port, "/schools/", visit.cookie)[1].decode())
            tried = visit.urns if whole else sorted({int(urn) for urn in listed})
            found[visit.role] = tried if tried and ask(port, f"/schools/{tried[0]}/", visit.cookie)[0] == 200 else []
        visit.urns = found[visit.role]
        visit.weights = visit.weights[: len(visit.urns)]
    none = sorted({visit.role for visit in people if not visit.urns})
    people[:] = [visit for visit in people if visit.urns]
    del people[SESSIONS:]
    if none:
        print(f"  left out, for they have no school's page: {', '.join(none)}")
    if not people:
        raise SystemExit("No session was given a school's page.")


def open_model(port: int, people: list[Visit], seconds: float) -> list[Outcome]:
    """Each session asks after exponential pauses; a slow answer does not put the next request off."""
    outcomes: list[Outcome] = []
    begun = time.monotonic()
    with ThreadPoolExecutor(200) as pool:

        def session(visit: Visit) -> None:
            due = begun + visit.chance.expovariate(1 / THINK)
            while due < begun + seconds:
                time.sleep(max(0.0, due - time.monotonic()))
                path, wrong = visit.request()
                pool.submit(timed, port, path, visit.cookie, due, wrong).add_done_callback(lambda made: outcomes.append(made.result()))
                due += visit.chance.expovariate(1 / THINK)

        threads = [threading.Thread(target=session, args=(visit,)) for visit in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return outcomes


def closed_loop(port: int, people: list[Visit]) -> tuple[float, list[Outcome]]:
    """Requests a second that four clients get who ask again at once."""
    outcomes: list[Outcome] = []
    end = time.monotonic() + CAPACITY_SECONDS

    def client(number: int) -> None:
        while time.monotonic() < end:
            visit = people[number % len(people)]
            path, wrong = visit.request()
            outcomes.append(timed(port, path, visit.cookie, time.monotonic(), wrong))

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CAPACITY_CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(outcomes) / CAPACITY_SECONDS, outcomes


def told(name: str, outcomes: list[Outcome], cpu: float) -> float:
    times = sorted(outcome.ms for outcome in outcomes)
    high = times[math.ceil(0.95 * len(times)) - 1]
    faults = Counter(outcome.wrong for outcome in outcomes if outcome.wrong)
    size = statistics.median(outcome.size for outcome in outcomes)
    print(
        f"  {name}: {len(times):,} requests of {size / 1024:,.0f} KiB, ms p50 {statistics.median(times):.0f}, p95 {high:.0f}, "
        f"most {times[-1]:.0f}; server CPU {cpu / len(times) * 1000:.1f} ms a request; errors {sum(faults.values())} {dict(faults) or ''}"
    )
    return high


def measured(name: str, group: int, port: int, people: list[Visit], seconds: float) -> tuple[float, list[Outcome]]:
    before = cpu_of(group)
    outcomes = open_model(port, people, seconds)
    high = told(f"{name}, open model", outcomes, cpu_of(group) - before)
    before = cpu_of(group)
    rate, closed = closed_loop(port, people)
    told(f"{name}, {CAPACITY_CLIENTS} clients without a pause, {rate:.1f} a second", closed, cpu_of(group) - before)
    return high, outcomes


def constant(people: list[Visit], size: int) -> None:
    """The same server with nothing behind it but a page of equal size."""
    port = free_port()
    for visit in people:
        visit.request = lambda: ("/", lambda status, body: "" if status == 200 else f"status {status}")  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "constant_page.py").write_text(CONSTANT)
        gunicorn = ["-m", "gunicorn", "constant_page", "--chdir", folder, "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
        with served([*gunicorn, "--workers", "2", "--threads", "4", "--worker-class", "gthread"], port, CONSTANT_SIZE=str(size)) as group:
            measured("peer, a constant page of equal size", group, port, people, 15.0)


def main() -> None:
    read = argparse.ArgumentParser(description="The signed-in school page under load.")
    read.add_argument("home", nargs="?", type=Path)
    read.add_argument("--seconds", type=float, default=60.0)
    read.add_argument("--full", action="store_true", help="300 seconds")
    given = read.parse_args()
    home = (given.home or example()).resolve()
    seconds = 300.0 if given.full else given.seconds
    people, port = visits(home), free_port()
    with served(["-m", "headway", "serve", "--home", str(home), "--port", str(port)], port) as group:
        allowed(port, people)
        print(f"  {machine()}\n  {len(people)} sessions of {len({visit.role for visit in people})} roles, {seconds:.0f} s")
        high, outcomes = measured("school page", group, port, people, seconds)
    constant(people, int(statistics.median(outcome.size for outcome in outcomes)))
    clean = not any(outcome.wrong for outcome in outcomes)
    print(f"  p95 under {MOST:.0f} ms: {'met' if high < MOST else 'NOT met'}; no errors: {'met' if clean else 'NOT met'}")


if __name__ == "__main__":
    main()

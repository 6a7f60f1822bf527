"""The head of service's home with 450 schools, served as `headway serve` does: 50 sessions, 3 s mean think time, sorted and narrowed.

    python benchmarks/my_schools.py [WORKSPACE] [--seconds 60] [--full]     # --full is 300 seconds

A copy of the made-up area in which 450 schools have a tier, entries in the ledger, a named adviser and calls. Every five seconds
somebody writes a call down, after which every row is worked out anew; each page is checked to be of that session's person.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from measuring import ROOT, example, machine
from web import Visit, free_port, measured, served, visits

SCHOOLS, MOST = 450, 300.0
FILL = """
import sys, random
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from headway.site.running import prepare
prepare(Path(sys.argv[1]))
from django.db import transaction
from headway.desk.accounts.models import User
from headway.desk.entitlements import actions
from headway.desk.entitlements.models import Named, Use
from headway.desk.establishments.models import Establishment
from headway.desk.tiers.models import Evidence, TierDecision
from headway.desk.visits.models import Call
from headway.vocabulary import clock
chance, many, today = random.Random(11), int(sys.argv[2]), clock.today()
lead = User.objects.get(email="head.of.school.improvement@wrenford.example")
area = [one.pk for one in Establishment.objects.filter(listed=True, status="open")]
code = Establishment.objects.get(pk=area[0]).authority
Establishment.objects.bulk_create(
    Establishment(urn=700000 + at, name=f"Benchmark Primary School {at}", phase="primary", status="open", authority=code)
    for at in range(max(0, many - len(area))))
for one in Establishment.objects.filter(listed=True, status="open").order_by("pk")[many:]:
    Establishment.objects.filter(pk=one.pk).update(listed=False)
tiers = ["secure_plus", "secure", "light_touch", "focus", "intensive"]
with transaction.atomic():
    for at, school in enumerate(Establishment.objects.filter(listed=True, status="open")):
        tier = chance.choices(tiers, (15, 45, 22, 13, 5))[0]
        signals = [{"name": f"s{n}", "title": f"Signal {n} of some length", "answer": "met", "restricted": False} for n in range(12)]
        shown = {"tier": tier, "reasons": ["s1", "s2", "s3"], "signals": signals}
        kept = Evidence.objects.create(school=school, snapshot="s", library="l", scheme="aiming_higher.v1", proposed=tier, points=3,
            shown=shown)
        TierDecision.objects.create(school=school, tier=tier, scheme="aiming_higher.v1", since=today - timedelta(60), route="meeting",
            evidence=kept, state="told", told=clock.now(), told_by=lead.label, made_by=lead.label, once=f"bench-{school.pk}")
        given = ("desktop", "data_pack", "call_follow_up", "review", "initial_visit")[:chance.randrange(6)]
        Use.objects.bulk_create(Use(school=school, item=item, day=today - timedelta(chance.randrange(50)), days=Decimal("0.25"),
            adviser=lead, state="delivered", by=lead.label) for item in given)
        if not Named.objects.filter(school=school).exists() and at % 20:
            Named.objects.create(school=school, adviser=lead, since=today, by=lead.label)
        Call.objects.create(school=school, by=lead, spoke_to="head", said="", once=f"bench-{school.pk}")
print(Establishment.objects.filter(listed=True, status="open").count())
"""
PAGES = (
    "/my-schools/", "/my-schools/", "/my-schools/", "/my-schools/?show=overdue", "/my-schools/?sort=tier&page=2", "/my-schools/?tier=Focus",
    "/my-schools/?show=quiet", "/my-schools/?sort=contact", "/my-schools/?text=primary&page=3", "/my-schools/?all=1",
)  # fmt: skip
TOUCH = """
import sys, time
from pathlib import Path
from headway.site.running import prepare
prepare(Path(sys.argv[1]))
from headway.desk.accounts.models import User
from headway.desk.establishments.models import Establishment
from headway.desk.visits import actions
lead = User.objects.get(email="head.of.school.improvement@wrenford.example")
schools = list(Establishment.objects.filter(listed=True, status="open")[:50])
for at in range(10_000):
    told = dict(spoke_to="head", said="", restricted=False, counts_as=None, way="")
    actions.log_call(by=lead, school=schools[at % 50], once=f"touch{at}", **told)
    time.sleep(5)
"""


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    settings = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True)


def asks_for_home(visit: Visit) -> None:
    def request() -> tuple[str, Callable[[int, bytes], str]]:
        def wrong(status: int, body: bytes) -> str:
            if status != 200:
                return f"status {status}"
            return "" if visit.name in body.decode() else "another person"

        return visit.chance.choice(PAGES), wrong

    visit.request = request  # type: ignore[method-assign]


def main() -> None:
    read = argparse.ArgumentParser(description="The head of service's home under load.")
    read.add_argument("home", nargs="?", type=Path)
    read.add_argument("--seconds", type=float, default=60.0)
    read.add_argument("--full", action="store_true", help="300 seconds")
    given = read.parse_args()
    seconds = 300.0 if given.full else given.seconds
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "area"
        shutil.copytree((given.home or example()).resolve(), home)
        people = [one for one in visits(home) if one.role in ("Head of school improvement", "Attendance officer")]
        people = [random.Random(3).choice(people) if at >= len(people) else people[at] for at in range(50)]
        done, _ = python(FILL, str(home), str(SCHOOLS)).communicate()
        for one in people:
            asks_for_home(one)
        port = free_port()
        with served(["-m", "headway", "serve", "--home", str(home), "--port", str(port)], port) as group:
            print(f"  {machine()}\n  {len(people)} sessions, {done.strip()} schools, a change every 5 s, {seconds:.0f} s")
            touching = python(TOUCH, str(home))
            try:
                high, outcomes = measured("my schools", group, port, people, seconds)
            finally:
                touching.terminate()
    clean = not any(outcome.wrong for outcome in outcomes)
    print(f"  p95 under {MOST:.0f} ms: {'met' if high < MOST else 'NOT met'}; no errors: {'met' if clean else 'NOT met'}")


if __name__ == "__main__":
    main()

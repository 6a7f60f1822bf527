"""Two uses of break-glass in the demonstration: one that the data protection officer has looked at, one that waits for them."""

from datetime import timedelta

from headway.site.demo_strategy import clock_at
from headway.vocabulary import clock

USES = (  # (days ago, why, what the officer said)
    (38, "The police asked at night whether a visitor was known to the school; nobody of the team could be reached.",
     "Looked at with the head of service. Right to do; the duty telephone is now on the rota."),
    (4, "A parent says that what was written of their family is wrong and asks under the law what is held; the adviser is on leave.", ""),
)  # fmt: skip


def make_demo_glass() -> None:
    """Once: a second demonstration finds them there."""
    from headway.desk.accounts.models import User
    from headway.desk.establishments.models import Establishment
    from headway.desk.glass import actions, queries
    from headway.desk.glass.models import Breaking

    people = {role: User.objects.filter(email=f"{role}@wrenford.example").first() for role in ("administrator", "data.protection.officer")}
    if None in people.values() or Breaking.objects.exists():
        return
    schools = [one for one in Establishment.objects.filter(status="open").order_by("urn")[:60] if queries.restricted_of(one.pk)]
    for at, ((ago, why, said), school) in enumerate(zip(USES, schools, strict=False)):
        with clock_at(clock.today() - timedelta(ago)):
            one = actions.break_glass(by=people["administrator"], school=school, reason=why, once=f"demo-{at}")
            note = queries.restricted_of(school.pk)[0]
            actions.read(by=people["administrator"], one=one, kind=note.kind, number=note.number)
            actions.end(by=people["administrator"], one=one)
            if said:
                actions.look_at(by=people["data.protection.officer"], one=one, remark=said)

"""The tier scheme of the demonstration, tested: its errors fall more on some schools, and the head of school improvement answers for it."""

from datetime import date, timedelta

from headway.vocabulary import clock

BY = "command:demo"
THEN, END, EARLIER = date(2019, 10, 1), date(2024, 8, 31), date(2015, 10, 1)
REASON = (
    "Special schools have no results that the rules could see, so that nothing flags them: two advisers look at each of them every term, "
    "whatever the points say. Academies and schools of middling size are missed less, not more; we have looked at those that were missed, "
    "one by one. The rules go before the heads’ reference group in the spring, and a new version is tested before it is used."
)


def make_demo_fairness() -> None:
    """Once. Signed off for half a year, so that what the rules propose is shown."""
    from headway.desk.accounts.models import User
    from headway.desk.fairness import actions
    from headway.desk.fairness.models import SignOff
    from headway.desk.fairness.queries import standing_of
    from headway.desk.framing.pages import the_door
    from headway.readings.tier_backtest.keeping import keep, kept_tests
    from headway.readings.tier_backtest.running import Test
    from headway.readings.tier_proposal.proposing import scheme_named
    from headway.vocabulary.errors import HeadwayError

    door, lead = the_door(), User.objects.filter(email="head.of.school.improvement@wrenford.example").first()
    scheme = scheme_named(door).id
    if lead is None or SignOff.objects.exists() or kept_tests(door, scheme):
        return
    try:
        _, test = keep(door, Test(THEN, END, taught_on=EARLIER))
    except HeadwayError:  # a demonstration of very few schools: nothing can be scored
        return
    actions.tested(by=BY, test=test)
    if standing_of(door, scheme).to_sign:
        until = clock.today() + timedelta(183)
        actions.sign_off(by=lead, door=door, scheme=scheme, test=test.id, reason=REASON, until=until, once="demo")

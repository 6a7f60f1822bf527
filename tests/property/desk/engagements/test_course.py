"""Whatever is done to an engagement in whatever order: statuses follow from what was written, gates hold, frozen work stands still."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from headway.definitions.loading import library_for
from headway.desk.engagements import rules
from headway.desk.engagements.rules import Course, Entered, Taken

LIBRARY = library_for()
STEPS = {step.id: step for step in LIBRARY.workflows["intensive"].steps}
LADDER = LIBRARY.ladders["maintained"]
FACTS = [step.fact for step in STEPS.values() if step.fact]
DAY = date(2026, 9, 14)


def naive(course: Course) -> dict[str, str]:
    """The twin: from the first step to the last, each by the words of the ones above it."""
    found: dict[str, str] = {}
    for name, step in STEPS.items():
        own, other = course.entered.get(name), course.entered.get(step.only.step) if step.only else None
        if step.only and other and other.done and other.choice != step.only.choice:
            found[name] = rules.NOT_NEEDED
        elif step.fact and step.fact in course.facts:
            found[name] = rules.DONE
        elif not step.fact and own and own.not_needed:
            found[name] = rules.NOT_NEEDED
        elif not step.fact and own and own.done:
            found[name] = rules.DONE
        elif any(found[one] not in rules.OVER for one in (*step.after, *([step.only.step] if step.only else []))):
            found[name] = rules.CANNOT_START
        else:
            found[name] = rules.STARTED if own else rules.NOT_STARTED
    return found


class Engagement(RuleBasedStateMachine):
    """What the desk may do, by the tables of rules.py."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.route = rules.OPEN, "maintained"
        self.entered: dict[str, Entered] = {}
        self.facts: dict[str, date] = {}
        self.taken: list[Taken] = []
        self.frozen_as: object = None
        self.day = DAY

    def held(self) -> object:
        return dict(self.entered), dict(self.facts), list(self.taken)

    @property
    def course(self) -> Course:
        return Course(self.entered, self.facts)

    @rule(to=st.sampled_from(sorted(rules.MOVES)))
    def turn(self, to: str) -> None:
        if rules.may_move(self.state, to):
            self.state = to
            self.frozen_as = self.held() if rules.frozen(to) else None

    @precondition(lambda self: not rules.frozen(self.state))
    @rule(name=st.sampled_from(sorted(STEPS)), kind=st.sampled_from(["done", "started", "not needed"]), data=st.data())
    def write(self, name: str, kind: str, data: st.DataObject) -> None:
        step = STEPS[name]
        if step.fact or rules.status(step, STEPS, self.course) == rules.CANNOT_START:
            return
        self.day += timedelta(1)
        choice = data.draw(st.sampled_from([one.id for one in step.choices])) if step.choices else ""
        self.entered[name] = Entered(self.day if kind == "done" else None, kind == "not needed", choice)

    @precondition(lambda self: not rules.frozen(self.state))
    @rule(fact=st.sampled_from(FACTS))
    def know(self, fact: str) -> None:
        self.facts.setdefault(fact, self.day)

    @precondition(lambda self: not rules.frozen(self.state))
    @rule(number=st.integers(0, len(LADDER.rungs) - 1), outcome=st.integers(0, 3))
    def climb(self, number: int, outcome: int) -> None:
        rung = LADDER.rungs[number]
        if not rules.why_not(rung, LADDER, self.route, self.taken):
            ended = outcome < len(rung.outcomes)
            self.taken.append(Taken(rung.id, rules.ENDED if ended else rules.ISSUED, rung.outcomes[outcome].id if ended else ""))

    @precondition(lambda self: not rules.frozen(self.state))
    @rule()
    def convert(self) -> None:
        self.route = "academy"
        self.powers_at_conversion = len(self.taken)

    @invariant()
    def statuses_agree_with_the_twin(self) -> None:
        assert {name: rules.status(step, STEPS, self.course) for name, step in STEPS.items()} == naive(self.course)

    @invariant()
    def frozen_work_stands_still(self) -> None:
        if rules.frozen(self.state):
            assert self.held() == self.frozen_as

    @invariant()
    def no_power_without_eligibility_and_none_over_an_academy(self) -> None:
        names = [one.rung for one in self.taken]
        for number, name in enumerate(names):
            rung = LADDER.rung(name)
            assert rung is not None
            assert not rung.power or "eligible" in names[:number]
        if self.route == "academy":
            assert len(names) == self.powers_at_conversion
            assert all(rules.why_not(rung, LADDER, self.route, self.taken) for rung in LADDER.rungs)


TestEngagement = Engagement.TestCase

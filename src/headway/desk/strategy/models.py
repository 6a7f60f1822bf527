"""Strategies and what they are made of. Each change of their words keeps a version; pieces are withdrawn, never deleted."""

from django.db import models

from headway.desk.accounts.models import User
from headway.desk.strategy.rules import Audience, Level, Standing, State
from headway.vocabulary.clock import now

WORDS = 2_000  # the most characters of a field that is written in sentences


class Strategy(models.Model):
    """What an area means to reach, by when and how. `version` is the number of its newest Version."""

    title = models.CharField(max_length=150)
    summary = models.TextField(max_length=WORDS)
    owner = models.CharField(max_length=120)  # a post or a body, never a person: the page is public
    starts = models.DateField()
    ends = models.DateField()
    audience = models.CharField(max_length=20, choices=Audience.choices, default=Audience.EVERYBODY)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    source = models.CharField(max_length=300, blank=True)  # the blueprint it began from
    proposals = models.JSONField(default=list, blank=True)  # promises of that blueprint, to be written for here
    version = models.PositiveIntegerField(default=0)
    made = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-starts", "title")
        verbose_name_plural = "strategies"
        constraints = (models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="a_strategy_ends_after_it_starts"),)

    def __str__(self) -> str:
        return self.title


class Piece(models.Model):
    """What every part of a strategy has: its place among its like, and when and why it was taken out."""

    place = models.PositiveIntegerField(default=0)
    withdrawn = models.DateTimeField(null=True, blank=True)
    why_withdrawn = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True
        ordering = ("place", "pk")


class Strand(Piece):
    """A line of work that priorities stand under."""

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="strands")
    title = models.CharField(max_length=150)
    purpose = models.TextField(max_length=WORDS, blank=True)

    def __str__(self) -> str:
        return self.title


class Priority(Piece):
    """What matters most within a strand."""

    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, related_name="priorities")
    title = models.CharField(max_length=150)
    purpose = models.TextField(max_length=WORDS, blank=True)

    class Meta(Piece.Meta):
        verbose_name_plural = "priorities"

    def __str__(self) -> str:
        return self.title


class Partner(Piece):
    """Somebody outside that the strategy depends on: what they deliver, and what binds them to it."""

    class Bond(models.TextChoices):
        COMMISSIONED = "commissioned", "Commissioned, under a contract"
        AGREED = "agreed", "Agreed in writing"
        WILLING = "willing", "Good will, nothing in writing"

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="partners")
    title = models.CharField(max_length=150)
    delivers = models.TextField(max_length=WORDS)
    bond = models.CharField(max_length=20, choices=Bond.choices)
    reference = models.CharField(max_length=200, blank=True)  # of the contract or the letter
    until = models.DateField(null=True, blank=True)
    if_not = models.TextField(max_length=WORDS, blank=True)  # what is done if they cannot

    def __str__(self) -> str:
        return self.title


class Risk(Piece):
    """What could keep the strategy from its promises, and what is done about it."""

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="risks")
    title = models.CharField(max_length=200)
    likelihood = models.CharField(max_length=10, choices=Level.choices)
    effect = models.CharField(max_length=10, choices=Level.choices)
    answer = models.TextField(max_length=WORDS)
    owner = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.title


class Promise(models.Model):
    """One version of one ambition as the strategy adopted it.

    `definition` is its YAML as it then was: the library may change, this does not.
    """

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="promises")
    ambition = models.CharField(max_length=120)  # its id in the library
    number = models.PositiveIntegerField(default=1)  # versions of this ambition in this strategy, from 1
    title = models.CharField(max_length=400)
    owner = models.CharField(max_length=120)
    definition = models.TextField()
    library = models.CharField(max_length=64)  # digest of the library it was adopted with
    snapshot = models.CharField(max_length=64)
    evidence = models.TextField(default="{}")  # canonical JSON: what was known, and the verdict on it
    reason = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=80)
    since = models.DateTimeField(default=now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("strategy", "ambition", "number"), name="a_version_of_a_promise_once"),
            models.UniqueConstraint(
                fields=("strategy", "ambition"), condition=models.Q(until__isnull=True), name="a_promise_has_one_version_in_force"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Action(Piece):
    """What is done: by whom, until when, with what, and why it should work."""

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="actions")
    title = models.CharField(max_length=200)
    activity = models.TextField(max_length=WORDS)
    output = models.TextField(max_length=WORDS, blank=True)
    outcome = models.TextField(max_length=WORDS, blank=True)
    evidence = models.TextField(max_length=WORDS, blank=True)
    owner = models.CharField(max_length=120)
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="actions_owned")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    starts = models.DateField()
    due = models.DateField()
    resources = models.TextField(max_length=WORDS, blank=True)
    cost = models.PositiveIntegerField(null=True, blank=True)  # pounds, over its whole length
    serves = models.JSONField(default=list, blank=True)  # ids of ambitions: a promise has versions, what an action serves has not

    class Meta(Piece.Meta):
        constraints = (models.CheckConstraint(condition=models.Q(due__gte=models.F("starts")), name="an_action_ends_after_it_starts"),)

    def __str__(self) -> str:
        return self.title


class Milestone(Piece):
    """A point on the way of an action that can be seen to be reached."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(max_length=200)
    due = models.DateField()
    reached = models.DateField(null=True, blank=True)

    class Meta(Piece.Meta):
        ordering = ("due", "pk")

    def __str__(self) -> str:
        return self.title


class Update(models.Model):
    """How an action is going, told on a day. Never changed: a mistake is put right by the next one."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="updates")
    on = models.DateField()
    standing = models.CharField(max_length=10, choices=Standing.choices)
    words = models.TextField(max_length=WORDS)
    by = models.CharField(max_length=80)
    made = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-on", "-pk")


class Version(models.Model):
    """A strategy as it stood after one change: its whole text as canonical JSON, with who changed what and why."""

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=now)
    by = models.CharField(max_length=80)
    what = models.CharField(max_length=250)
    reason = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=20, choices=State.choices)
    document = models.TextField()

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("strategy", "number"), name="a_number_once_for_a_strategy"),)


class Step(models.Model):
    """One step of a strategy's life: on which day, decided by whom under which minute, and what was known then."""

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="steps")
    source = models.CharField(max_length=20, choices=State.choices)
    target = models.CharField(max_length=20, choices=State.choices)
    on = models.DateField()
    body = models.CharField(max_length=120, blank=True)
    minute = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField()
    evidence = models.TextField(default="{}")  # canonical JSON: snapshot, library, and each promise's verdict as shown
    by = models.CharField(max_length=80)
    made = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(target=State.DECIDED) | (~models.Q(body="") & ~models.Q(minute="")), name="decided_by_whom_and_where"
            ),
        )

"""One period of work with one school: why, towards what, by whom, which steps, which way it goes. Status is worked out, never stored."""

from django.db import models

from headway.desk.accounts.models import User
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now


class State(models.TextChoices):
    OPEN = "open", "open"
    PAUSED = "paused", "paused"
    STOPPED = "stopped", "stopped"
    CLOSED = "closed", "closed"


class Way(models.TextChoices):
    UP = "up", "Moving up"
    LEVEL = "level", "Level"
    DOWN = "down", "Moving down"
    EARLY = "early", "Too early to tell"


class Engagement(models.Model):
    """Its steps are rows that were copied from the workflow when it was entered: a changed workflow does not alter them."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="engagements")
    workflow = models.CharField(max_length=40)
    title = models.CharField(max_length=120)  # of the workflow, as it was then
    programme = models.CharField(max_length=40)
    route = models.CharField(max_length=12, choices=(("maintained", "maintained"), ("academy", "academy")))
    entered = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    made = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=40)

    class Meta:
        ordering = ("-entered", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("school", "programme"), condition=models.Q(state__in=("open", "paused")), name="one_open_engagement_of_a_programme"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}: {self.school.name}"


class Written(models.Model):
    """A row that is added and never altered: who, and when."""

    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        abstract = True


class Turn(Written):
    """A change of state, with its reason."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="turns")
    to = models.CharField(max_length=10, choices=State)
    because = models.CharField(max_length=400)

    class Meta:
        ordering = ("pk",)


class Aim(Written):
    """What the work is for, and the point at which support becomes lighter: written at entry, and again when they change."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="aims")
    aim = models.TextField()
    point = models.TextField()
    because = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("pk",)


class Direction(Written):
    """Which way things go, in somebody's judgement on a day, and why."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="directions")
    way = models.CharField(max_length=10, choices=Way)
    rationale = models.TextField()
    day = models.DateField()

    class Meta:
        ordering = ("pk",)


class Check(Written):
    """Whether a person has a conflict of interest in an engagement, as it was looked into."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="checks")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    clear = models.BooleanField()
    day = models.DateField()
    what = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=models.Q(clear=True) | ~models.Q(what=""), name="a_conflict_is_said"),)


class Allocation(Written):
    """Who is the adviser, from when until when. The one without an end is the adviser now."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="allocations")
    adviser = models.ForeignKey(User, on_delete=models.PROTECT, related_name="allocations")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("engagement",), condition=models.Q(until__isnull=True), name="one_adviser_at_a_time"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")), name="until_after_since"
            ),
        )


class Step(models.Model):
    """One step, as the library had it when the engagement was entered."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    definition = models.JSONField()

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("engagement", "key"), name="a_step_once"),)


class Entry(Written):
    """What was written of a step; the newest counts, and the earlier stay."""

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="entries")
    done = models.DateField(null=True, blank=True)
    not_needed = models.BooleanField(default=False)
    choice = models.CharField(max_length=40, blank=True)
    ticks = models.JSONField(default=list)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)


class Concern(Written):
    """One entry on the register: what worries somebody about a school, from where they know, and what became of it."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="concerns")
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns")
    kind = models.CharField(max_length=40)  # of library/concern_kinds.yaml
    source = models.CharField(max_length=200)  # from where it is known: a post or a kind of source, no person's name
    summary = models.CharField(max_length=300)
    details = models.TextField(blank=True)  # sealed
    raised = models.DateField(db_index=True)
    resolved = models.DateField(null=True, blank=True)
    upheld = models.BooleanField(null=True, blank=True)
    outcome = models.CharField(max_length=400, blank=True)
    resolved_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("-raised", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(resolved__isnull=True, upheld__isnull=True, outcome="", resolved_by="")
                | (models.Q(resolved__isnull=False, upheld__isnull=False) & ~models.Q(outcome="") & ~models.Q(resolved_by="")),
                name="resolved_by_somebody_with_an_outcome",
            ),
        )


class Watch(models.Model):
    """An engagement on somebody's own list."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="watched")
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="watches")
    since = models.DateTimeField(default=now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "engagement"), name="watched_once"),)


class Note(Written):
    """A note on an engagement; its texts are versions."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="notes")
    restricted = models.BooleanField(default=False)

    class Meta:
        ordering = ("-pk",)


class NoteVersion(Written):
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="versions")
    text = models.TextField()  # sealed where the note is restricted

    class Meta:
        ordering = ("pk",)


class NoteDraft(models.Model):
    """What somebody is typing, sealed. Gone once it is saved."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="drafts")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    of = models.CharField(max_length=20, default="new")  # "new", or the number of the note that is being revised
    sealed = models.TextField()
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("engagement", "author", "of"), name="one_note_draft_of_a_person"),)


class Following(Written):
    """The engagement went from one school to the one that followed it: a conversion or a merger."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="followings")
    before = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    route_before = models.CharField(max_length=12)
    route_after = models.CharField(max_length=12)
    day = models.DateField()
    because = models.CharField(max_length=400)

    class Meta:
        ordering = ("pk",)


class Standing(models.TextChoices):
    PREPARED = "prepared", "being prepared"
    ISSUED = "issued", "issued"
    ENDED = "ended", "ended"
    WITHDRAWN = "withdrawn", "withdrawn"


class LadderAction(Written):
    """One action of a ladder, as the library defined it then: prepared, issued with its clock, ended with its outcome."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="ladder")
    ladder = models.CharField(max_length=40)
    rung = models.CharField(max_length=40)
    definition = models.JSONField()
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.PREPARED)
    ticks = models.JSONField(default=list)
    parts = models.JSONField(default=dict)
    passed_over = models.CharField(max_length=400, blank=True)  # why rungs below were not taken
    issued = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    ended = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    said = models.TextField(blank=True)  # what came of it, or why it was withdrawn

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("engagement", "rung"), condition=models.Q(standing__in=("prepared", "issued")), name="a_rung_once_at_a_time"
            ),
            models.CheckConstraint(condition=~models.Q(standing="issued") | models.Q(issued__isnull=False), name="issued_on_a_day"),
            models.CheckConstraint(
                condition=~models.Q(standing="ended") | (models.Q(ended__isnull=False) & ~models.Q(outcome="")),
                name="ended_with_an_outcome",
            ),
        )


class NoticeReply(Written):
    """What a school's head or governors say to a notice, and what they are answered."""

    action = models.ForeignKey(LadderAction, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField()
    once = models.CharField(max_length=60, unique=True)
    answer = models.TextField(blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(answered__isnull=True, answer="", answered_by="")
                | (models.Q(answered__isnull=False) & ~models.Q(answer="") & ~models.Q(answered_by="")),
                name="a_reply_to_a_notice_is_answered_by_somebody",
            ),
        )

    @property
    def in_time(self) -> bool:
        return self.action.due is None or self.at.date() <= self.action.due


class Meeting(models.Model):
    """The monthly, confidential meeting on schools that cause concern. What is minuted is sealed."""

    day = models.DateField(unique=True)
    present = models.TextField(blank=True)
    held = models.BooleanField(default=False)
    made_by = models.CharField(max_length=40)
    made = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-day",)


class Item(models.Model):
    """One school on the agenda, and why."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)

    class Meta:
        ordering = ("school__name", "pk")
        constraints = (models.UniqueConstraint(fields=("meeting", "school"), name="a_school_once_on_the_agenda"),)


class Minute(Written):
    """What was said of one school, sealed; versions are added until the meeting is held to be minuted."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="minutes")
    text = models.TextField()  # sealed

    class Meta:
        ordering = ("pk",)

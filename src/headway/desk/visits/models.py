"""Visits and calls: booked, written up, shared for accuracy, agreed; and what was promised in them, until it is closed."""

from typing import Any, ClassVar

from django.db import models

from headway.desk.accounts.models import User
from headway.desk.entitlements.models import Use
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now


class State(models.TextChoices):
    BOOKED = "booked", "booked"
    DRAFT = "draft", "note being written"
    SHARED = "shared", "note with the school"
    AGREED = "agreed", "note agreed"
    HELD = "held", "done"  # a call or a piece of desk work, whose note needs no agreement
    CANCELLED = "cancelled", "cancelled"


class Visit(models.Model):
    """One piece of contact with one school: where it stands is `state`; what was written is in its passages."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="visits")
    kind = models.CharField(max_length=40)  # of library/visit_kinds.yaml
    purpose = models.CharField(max_length=400, blank=True)
    adviser = models.ForeignKey(User, on_delete=models.PROTECT, related_name="visits")
    day = models.DateField(db_index=True)
    begins = models.TimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.BOOKED)
    changed_because = models.CharField(max_length=400, blank=True)  # why it was cancelled or moved last
    use = models.OneToOneField(Use, on_delete=models.PROTECT, null=True, blank=True, related_name="visit")  # what it counts for
    known = models.JSONField(default=dict)  # Evidence: snapshot, library and the key figures when the note was begun
    shared = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    agreed = models.DateTimeField(null=True, blank=True)
    made = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=40)

    class Meta:
        ordering = ("day", "begins", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(shared__isnull=True, answer_by__isnull=True) | models.Q(shared__isnull=False, answer_by__isnull=False),
                name="shared_with_a_day_to_answer_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school.name}, {self.day:%d %B %Y}"


class Passage(models.Model):
    """What was written under one heading, one version of it. Versions are added and never altered."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="passages")
    heading = models.CharField(max_length=40)
    restricted = models.BooleanField(default=False)  # for the adviser team only; its text is sealed
    text = models.TextField(blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)


class Draft(models.Model):
    """What somebody is typing, kept every few seconds. Gone once it is saved as passages."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="drafts")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10)  # "note" or "school"
    sealed = models.TextField()
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("visit", "author", "part"), name="one_draft_of_a_person"),)


class SchoolPassage(models.Model):
    """What the school wrote before the visit, one version of it."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="school_passages")
    heading = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)


class Answer(models.Model):
    """The school's word on a note: accurate, or what is not."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="answers")
    accurate = models.BooleanField()
    comment = models.TextField(blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=models.Q(accurate=True) | ~models.Q(comment=""), name="what_is_inaccurate_is_said"),
        )


class SpokenTo(models.TextChoices):
    HEAD = "head", "Head"
    DEPUTY = "deputy", "Deputy"
    CHAIR = "chair", "Chair of governors"
    OTHER = "other", "Somebody else"
    NOBODY = "nobody", "No answer"


class Call(models.Model):
    """One telephone call, written down in half a minute."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="calls")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="calls")
    at = models.DateTimeField(default=now, db_index=True)
    spoke_to = models.CharField(max_length=10, choices=SpokenTo)
    said = models.TextField(blank=True)
    restricted = models.BooleanField(default=False)
    counts_as = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="calls")
    once = models.CharField(max_length=40, unique=True)  # of the form it came from: sent twice, it is written once

    class Meta:
        ordering = ("-at", "-pk")


class Owner(models.TextChoices):
    SCHOOL = "school", "The school"
    COUNCIL = "council", "The council"


class FollowUp(models.Model):
    """Something promised in a visit or a call, by whom and by when; carried until it is closed with its outcome."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="follow_ups")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups")
    what = models.CharField(max_length=300)
    owner = models.CharField(max_length=10, choices=Owner)
    keeper = models.ForeignKey(User, on_delete=models.PROTECT, related_name="follow_ups")  # of the council: who looks after it
    due = models.DateField(db_index=True)
    made = models.DateTimeField(default=now)
    closed = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("due", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closed__isnull=True, outcome="", closed_by="")
                | (models.Q(closed__isnull=False) & ~models.Q(outcome="") & ~models.Q(closed_by="")),
                name="closed_by_somebody_with_an_outcome",
            ),
        )


class CalendarFeed(models.Model):
    """A secret address under which a person's own calendar program reads their visits. Kept as a hash; ends with their sessions."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="calendar_feed")
    token = models.CharField(max_length=64, unique=True)
    sign_outs = models.PositiveIntegerField()  # the person's count when it was made: signing out everywhere ends it
    made = models.DateTimeField(default=now)

    objects: ClassVar[Any] = models.Manager()

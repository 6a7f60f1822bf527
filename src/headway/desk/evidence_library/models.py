"""Practices and case studies: what was done, where, at what cost, on what evidence; moderated, dated, with every wording kept."""

from django.db import models

from headway.desk.accounts.models import User
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now


class Kind(models.TextChoices):
    PRACTICE = "practice", "Practice"
    CASE_STUDY = "case_study", "Case study of one school"


class State(models.TextChoices):
    PROPOSED = "proposed", "proposed"
    REVIEWED = "reviewed", "reviewed, not published yet"
    PUBLISHED = "published", "published"
    RETURNED = "returned", "back with who proposed it"
    WITHDRAWN = "withdrawn", "withdrawn"


class Practice(models.Model):
    """One practice. Its words stand in its wordings, of which the newest holds."""

    title = models.CharField(max_length=150)
    kind = models.CharField(max_length=12, choices=Kind)
    areas = models.JSONField()  # of library/support_areas.yaml
    phases = models.JSONField()
    measure = models.CharField(max_length=80, blank=True)  # the figure that should move
    pounds = models.PositiveIntegerField(null=True, blank=True)  # what a school of one form of entry spends in a year; none: not known
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    review_by = models.DateField(null=True, blank=True)
    proposer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made = models.DateTimeField(default=now)

    class Meta:
        ordering = ("title", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(review_by__isnull=False), name="published_until_it_is_looked_at_again"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Wording(models.Model):
    """What is written of a practice, one version of it. Versions are added and never altered."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="wordings")
    problem = models.TextField()
    did = models.TextField()
    context = models.TextField(blank=True)  # phase, intake, size, who led it
    costs = models.TextField(blank=True)  # money, time, what was given up
    pitfalls = models.TextField(blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)


class Move(models.Model):
    """From one state to another: who, when, why."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="moves")
    to = models.CharField(max_length=10, choices=State)
    because = models.CharField(max_length=400, blank=True)
    review_by = models.DateField(null=True, blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)


class Strength(models.TextChoices):
    """How sure a named source is of its finding, in its own words as near as they come."""

    HIGH = "high", "high: several good trials"
    MODERATE = "moderate", "moderate: some trials, or many careful comparisons"
    LOW = "low", "low: few or weak studies"
    NONE = "none", "not rated"


class Source(models.Model):
    """A named source outside, typed in with where it is to be read and what it says."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="sources")
    title = models.CharField(max_length=200)
    href = models.URLField(max_length=300)
    finding = models.CharField(max_length=400)
    strength = models.CharField(max_length=10, choices=Strength)
    seen = models.DateField()
    struck = models.CharField(max_length=300, blank=True)  # why it no longer counts
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)


class Adoption(models.Model):
    """A school that took the practice up, from a day until a day. What became of it is worked out, never typed in."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="adoptions")
    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="adoptions")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("since", "pk")
        constraints = (
            models.UniqueConstraint(fields=("practice", "school"), condition=models.Q(until__isnull=True), name="taken_up_once_at_a_time"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")), name="ended_after_begun"
            ),
        )

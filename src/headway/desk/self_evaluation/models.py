"""A school's evaluation of itself, year by year: its words in versions, a file of its own, and what an adviser found when looking."""

from django.db import models

from headway.desk.documents.models import Document
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now


class Rating(models.TextChoices):
    STRONG = "strong", "Strong: others could learn from it"
    SECURE = "secure", "Secure: as it should be"
    DEVELOPING = "developing", "Developing: we are working on it"
    HELP = "help", "We need help with it"


class SelfEvaluation(models.Model):
    """One school's for one academic year, by the criteria of one scheme."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="self_evaluations")
    year = models.CharField(max_length=7)  # as 2026/27
    scheme = models.CharField(max_length=80)
    tier = models.CharField(max_length=40, blank=True)  # in which the school sees itself
    summary = models.TextField(blank=True)  # pasted from a document of the school's own, or written here
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=40, blank=True)
    made = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=40)

    class Meta:
        ordering = ("-year", "school__name")
        constraints = (
            models.UniqueConstraint(fields=("school", "year"), name="one_self_evaluation_a_year"),
            models.CheckConstraint(
                condition=models.Q(sent__isnull=True, sent_by="") | (models.Q(sent__isnull=False) & ~models.Q(sent_by="")),
                name="a_self_evaluation_is_sent_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school.name}, {self.year}"


class Said(models.Model):
    """What a school says under one criterion, one version of it. Versions are added and never altered."""

    evaluation = models.ForeignKey(SelfEvaluation, on_delete=models.PROTECT, related_name="said")
    criterion = models.CharField(max_length=40)
    rating = models.CharField(max_length=12, choices=Rating, blank=True)
    text = models.TextField(blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)


class Draw(models.Model):
    """The schools whose evaluation is looked at this year: a third of those sent, by lot. `seed` lets anybody draw it again."""

    year = models.CharField(max_length=7, unique=True)
    seed = models.CharField(max_length=40)
    of = models.JSONField()  # the URNs that were in the lot
    drawn = models.JSONField()  # the URNs that came out
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)


class Validation(models.Model):
    """What an adviser found under one criterion, beside what the school said; the newest counts."""

    evaluation = models.ForeignKey(SelfEvaluation, on_delete=models.PROTECT, related_name="validations")
    criterion = models.CharField(max_length=40)
    rating = models.CharField(max_length=12, choices=Rating)
    line = models.CharField(max_length=600)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)

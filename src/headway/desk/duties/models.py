"""The register of a council's duties with their proof, and the yearly returns of schools: safeguarding, governance, policies."""

from django.db import models

from headway.desk.accounts.models import User
from headway.desk.documents.models import Document
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now


class Charge(models.Model):
    """Who owns a duty, and by when its proof is wanted. The newest for a duty counts."""

    duty = models.CharField(max_length=40, db_index=True)  # of library/council_duties.yaml
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    post = models.CharField(max_length=120)
    due = models.DateField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-pk",)


class Proof(models.Model):
    """What shows that a duty was met, on a day."""

    duty = models.CharField(max_length=40, db_index=True)
    day = models.DateField()
    what = models.TextField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-day", "-pk")


class Return(models.Model):
    """What one school was asked for one school year, with the lines as they were then; what was answered are versions."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="yearly_returns")
    form = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()  # the year in which the school year begins
    definition = models.JSONField()
    due = models.DateField()
    sent = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=40, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_at_by = models.CharField(max_length=40, blank=True)
    word = models.TextField(blank=True)  # what is said back to the school
    made = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-year", "form")
        constraints = (
            models.UniqueConstraint(fields=("school", "form", "year"), name="a_return_once_a_year"),
            models.CheckConstraint(condition=models.Q(looked_at__isnull=True) | models.Q(sent__isnull=False), name="sent_before_looked_at"),
        )


class Answers(models.Model):
    """One version of what was answered: line → {"say": yes, part or no, "day": …, "note": …}."""

    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="answers")
    lines = models.JSONField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)

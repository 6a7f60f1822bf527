"""What was brought in: the file's rows, how its columns were matched, and what was made of each row, so that it can be taken back."""

from django.db import models

from headway.desk.accounts.models import User
from headway.desk.day_one.rules import KINDS
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now


class Batch(models.Model):
    """One sheet of one file. Its rows are sealed: they may hold names and addresses."""

    kind = models.CharField(max_length=12, choices=[(name, kind.title) for name, kind in KINDS.items()])
    file = models.CharField(max_length=150)
    sheet = models.CharField(max_length=100)
    heads = models.JSONField()
    sealed = models.TextField()  # [[number, [cells]], …]
    columns = models.JSONField(default=dict)  # field → the place of its column
    made = models.DateTimeField(default=now)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    loaded = models.DateTimeField(null=True, blank=True)
    undone = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=models.Q(undone__isnull=True) | models.Q(loaded__isnull=False), name="undone_after_loaded"),
        )

    def __str__(self) -> str:
        return f"{self.file}, {self.sheet}"


class Brought(models.Model):
    """What one row became, by its number in its noun's own table."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="brought")
    row = models.PositiveIntegerField()
    number = models.PositiveBigIntegerField()

    class Meta:
        ordering = ("row",)


class Category(models.Model):
    """The category that a school had before Headway. It stands beside the proposals until a tier is decided."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=80)
    since = models.DateField(null=True, blank=True)
    taken_back = models.DateTimeField(null=True, blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("school__name", "-pk")

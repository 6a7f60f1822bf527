"""Each time that the glass was broken: by whom, for which school, why, until when, who was told, and what the officer says to it."""

from django.db import models

from headway.desk.accounts.models import User
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now


class Breaking(models.Model):
    """One use. What was read under it is in the audit. Nothing of it is ever deleted."""

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="breakings")
    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="breakings")
    reason = models.TextField()  # sealed
    opened = models.DateTimeField(default=now, db_index=True)
    until = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)  # by hand, before `until`
    told = models.JSONField()  # labels of the officers told by mail; "area.yaml" for the address there
    looked = models.DateTimeField(null=True, blank=True)
    looked_by = models.CharField(max_length=40, blank=True)
    remark = models.TextField(blank=True)  # sealed
    once = models.CharField(max_length=60, unique=True)

    class Meta:
        ordering = ("-opened", "-pk")
        constraints = (
            models.CheckConstraint(condition=~models.Q(reason=""), name="who_breaks_the_glass_says_why"),
            models.CheckConstraint(
                condition=models.Q(looked__isnull=True, looked_by="") | (models.Q(looked__isnull=False) & ~models.Q(looked_by="")),
                name="somebody_looked_at_it",
            ),
        )

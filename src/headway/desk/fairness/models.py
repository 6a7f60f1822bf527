"""That somebody answers for a gap which a back-test of a tier scheme found. What the test found is a file of the workspace."""

from django.db import models

from headway.vocabulary.clock import now


class SignOff(models.Model):
    """Of one test, and so of one version of a scheme on one snapshot: who, why, until when. Withdrawn or over, it holds back again."""

    scheme = models.CharField(max_length=80)  # with its version
    test = models.CharField(max_length=64, db_index=True)  # readings.tier_backtest.keeping.Kept.id
    snapshot = models.CharField(max_length=80)
    gaps = models.JSONField()  # the sentences that were on the page
    reason = models.TextField()
    until = models.DateField()  # the last day on which it holds
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)
    once = models.CharField(max_length=60, unique=True)
    withdrawn = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=40, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~models.Q(reason=""), name="who_signs_off_says_why"),
            models.CheckConstraint(
                condition=models.Q(withdrawn__isnull=True, withdrawn_by="", withdrawn_because="")
                | (models.Q(withdrawn__isnull=False) & ~models.Q(withdrawn_by="") & ~models.Q(withdrawn_because="")),
                name="a_sign_off_is_withdrawn_by_somebody_with_a_reason",
            ),
        )

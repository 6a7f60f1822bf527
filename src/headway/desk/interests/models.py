"""The register of interests: what a person has to do with a school, or with schools in general. Ended, never deleted."""

from django.db import models

from headway.desk.accounts.models import User
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now


class Interest(models.Model):
    """One declaration. That there is something keeps person and school apart; what it is, is sealed. To declare nothing is one too."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="interests")
    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, null=True, blank=True, related_name="interests")
    apart = models.BooleanField()  # False: nothing is declared, or nothing of one school
    sealed = models.TextField(blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the first day on which it no longer holds
    by = models.CharField(max_length=40)
    made = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-since", "-pk")
        constraints = (
            models.CheckConstraint(condition=models.Q(apart=False) | models.Q(school__isnull=False), name="kept_apart_from_a_school"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")), name="an_interest_ends_after_it_began"
            ),
        )

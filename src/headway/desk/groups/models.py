"""Comparator groups: named, shared or not, with a membership that has dates."""

from django.db import models

from headway.desk.accounts.models import User
from headway.vocabulary.clock import now


class Group(models.Model):
    """A named group of schools. Closed, never deleted: a paper may have cited it."""

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=80)
    purpose = models.CharField(max_length=300, blank=True)
    shared = models.BooleanField(default=False)  # else: only its owner sees it
    made = models.DateTimeField(default=now)
    closed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=("owner", "name"), name="a_name_once_for_an_owner"),)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One school in one group, from a day until a day. The last day is not within it."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    urn = models.PositiveIntegerField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("since", "urn")
        constraints = (
            models.UniqueConstraint(fields=("group", "urn"), condition=models.Q(until__isnull=True), name="a_school_once_in_a_group"),
            models.CheckConstraint(condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")), name="out_after_in"),
        )

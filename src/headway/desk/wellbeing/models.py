"""What a head writes of how they are, and what they are answered. Those who decide about schools never see that there is any."""

from django.db import models

from headway.desk.accounts.models import User
from headway.vocabulary.clock import now


class Talk(models.Model):
    """One conversation between a head and those who are there for heads."""

    head = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun = models.DateTimeField(default=now)
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-begun", "-pk")


class Line(models.Model):
    """One message, sealed."""

    talk = models.ForeignKey(Talk, on_delete=models.PROTECT, related_name="lines")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sealed = models.TextField()
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)

"""How often a person wants mail, what they have read, and which messages went to them. What happened is derived (overview.happenings)."""

from django.db import models

from headway.desk.accounts.models import User
from headway.desk.alerts.rules import HowOften
from headway.vocabulary.clock import now


class Choice(models.Model):
    """How often somebody wants mail, as they chose it. Without one: once a quarter."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="alert_choice")
    how_often = models.CharField(max_length=10, choices=[(one.value, one.words) for one in HowOften])
    since = models.DateField()


class Message(models.Model):
    """One message that went to a person: when, and how much was in it. Its words are not kept: they are names of schools and links."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="alert_messages")
    day = models.DateField(db_index=True)
    waits = models.PositiveIntegerField()  # things that waited for them
    news = models.PositiveIntegerField()
    made = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-day", "-pk")


class Mark(models.Model):
    """That a thing was read, or was in a message. By its key: the thing itself is written elsewhere."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="alert_marks")
    key = models.CharField(max_length=64)  # hashed, of overview.happenings
    read = models.DateTimeField(null=True, blank=True)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, blank=True, related_name="marks")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "key"), name="a_mark_once_for_a_thing"),)

"""Events, appended and never altered, each sealed by the hash of the one before it."""

from typing import Any, NoReturn

from django.db import models


class Event(models.Model):
    """Who did what to what, and what changed. `seq` counts from 1 without a gap.

    Values about people stand in `before` and `after` only sealed, under the key of the person they are about.
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.CharField(max_length=32)  # ISO 8601 in UTC, as text: what is hashed is what is stored
    actor = models.CharField(max_length=80)  # user:12, command:load; never a name
    verb = models.CharField(max_length=60)
    target = models.CharField(max_length=60)
    target_id = models.CharField(max_length=80, blank=True)
    before = models.TextField(default="{}")  # canonical JSON, as text for the same reason
    after = models.TextField(default="{}")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("seq",)
        indexes = (models.Index(fields=("target", "target_id")), models.Index(fields=("actor",)))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only ever once."""
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("An event of the audit is never deleted.")


class Head(models.Model):
    """The one row that writers queue for: the last event's number and hash, and the hash of the last that was more than a look."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    written = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="one_head"),)


class SubjectKey(models.Model):
    """The key that seals the values about one person. Destroying it erases them; the chain still holds."""

    subject = models.CharField(max_length=80, primary_key=True)
    key = models.CharField(max_length=64)

"""A small projection of the published establishments, so that foreign keys, filters and permissions work."""

from django.db import models


class Establishment(models.Model):
    """A school as the current snapshot has it. Refreshed by actions.sync after a publish; nobody edits it.

    A school that a later snapshot leaves out stays, with `listed` false: what was written about it still needs it.
    """

    urn = models.PositiveIntegerField(primary_key=True)
    name = models.CharField(max_length=200)
    phase = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=20, blank=True)  # open, closed, proposed
    authority = models.CharField(max_length=3, db_index=True)
    trust = models.CharField(max_length=200, blank=True)
    links = models.JSONField(default=list)  # [{"urn": …, "kind": "predecessor", …}]
    listed = models.BooleanField(default=True)
    snapshot = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("name", "urn")

    def __str__(self) -> str:
        return f"{self.name} ({self.urn})"

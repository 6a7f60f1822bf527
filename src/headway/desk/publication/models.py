"""Releases of the public pages: what was proposed, what an attack on all of it found, who approved it. Never deleted."""

from django.db import models

from headway.desk.publication.rules import State
from headway.vocabulary.clock import now


class Release(models.Model):
    """One set of public pages. Its files lie in the workspace under their digest; `facts` is what it shows and withholds of counts."""

    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    folder = models.CharField(max_length=64)  # digest of all its files
    snapshot = models.CharField(max_length=64)
    library = models.CharField(max_length=64)
    files = models.JSONField(default=dict)  # path → sha256
    facts = models.TextField(default="[]")  # canonical JSON: the tables of counts, for attacks with later releases
    attack = models.TextField(default="{}")  # canonical JSON: what the attack found
    by = models.CharField(max_length=80)
    made = models.DateTimeField(default=now)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("state",), condition=models.Q(state="live"), name="one_release_is_live"),
            models.CheckConstraint(
                condition=models.Q(state="draft") | (models.Q(decided__isnull=False) & ~models.Q(decided_by="")),
                name="a_release_is_decided_by_somebody",
            ),
        )

"""What is known of a file. The file itself lies in the workspace under its hash, outside of what is served."""

from django.db import models

from headway.desk.documents.rules import ENDINGS, RETENTIONS
from headway.vocabulary.clock import now


class Document(models.Model):
    """One file, for one purpose. The same bytes kept twice are two documents and one file."""

    title = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    media = models.CharField(max_length=90, choices=[(one, one) for one in ENDINGS])
    size = models.PositiveBigIntegerField()
    retention = models.CharField(max_length=20, choices=[(name, one.title) for name, one in RETENTIONS.items()])
    keep_until = models.DateField()
    scanned = models.DateTimeField(null=True, blank=True)  # by a scanner for malware; None: not scanned, and the page says so
    by = models.CharField(max_length=80)
    made = models.DateTimeField(default=now)
    archived = models.DateTimeField(null=True, blank=True)
    why_archived = models.CharField(max_length=300, blank=True)
    erased = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=("sha256",)),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(archived__isnull=True) | ~models.Q(why_archived=""), name="a_document_is_archived_with_a_reason"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def ending(self) -> str:
        return ENDINGS[self.media]

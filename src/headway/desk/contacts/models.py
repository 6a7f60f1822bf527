"""People to speak to about a school: at the school, its governing body or trust, its diocese, elsewhere. Ended, never deleted."""

from django.db import models

from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now


class Place(models.TextChoices):
    SCHOOL = "school", "The school"
    GOVERNORS = "governors", "The governing body"
    TRUST = "trust", "The trust"
    DIOCESE = "diocese", "The diocese"
    FOUNDATION = "foundation", "The foundation"
    COUNCIL = "council", "The council"
    PARTNER = "partner", "A school that helps"
    OTHER = "other", "Elsewhere"


class Contact(models.Model):
    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="contacts")
    place = models.CharField(max_length=12, choices=Place)
    post = models.CharField(max_length=120)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("place", "post", "name")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until__isnull=True, ended_because="") | (models.Q(until__isnull=False) & ~models.Q(ended_because="")),
                name="a_contact_ends_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.post}"

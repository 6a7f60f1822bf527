"""Whose a row of attendance is: a school's, a pupil's of a school, or a child's who was on no roll here."""

from django.db import models

from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now

KEY = 32  # hexadecimal digits of a pupil's key
NO_ROLL = "on no roll of a school here"


class OfSchool(models.Model):
    """What every row has: its school, who wrote it and when."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        abstract = True


class OfPupil(OfSchool):
    """What is about one pupil of a school."""

    pupil = models.CharField(max_length=KEY, db_index=True)

    class Meta:
        abstract = True


class OfChild(OfPupil):
    """What is about a pupil of a school, or of the record of a child who was on no roll here: then `pupil` is the record's own key."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    record = models.ForeignKey("attendance.Missing", on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        return self.school.name if self.school else NO_ROLL

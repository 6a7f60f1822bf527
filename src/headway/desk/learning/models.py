"""Professional development: programmes, sessions with places, who comes and what they say of it; partners and what schools took up.

Who of a school comes is personal: a name is kept sealed, for as long as a place needs it, and then erased; counts by school stay.
"""

from django.db import models

from headway.desk.accounts.models import User
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now


class Written(models.Model):
    """When, and by whom."""

    made = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=40)

    class Meta:
        abstract = True


class Level(models.TextChoices):
    TEACHER = "teacher", "Teachers"
    LEADER = "leader", "Leaders"
    GOVERNOR = "governor", "Governors"
    SUPPORT = "support", "Support staff"


class Programme(Written):
    """What is learned, for whom, in which area of need."""

    title = models.CharField(max_length=150)
    aim = models.CharField(max_length=600)
    levels = models.JSONField()  # of Level
    area = models.CharField(max_length=40)  # of library/support_areas.yaml
    given_by = models.CharField(max_length=150, blank=True)
    price = models.DecimalField(max_digits=7, decimal_places=2, default=0)  # pounds a place
    ended = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("title", "pk")
        constraints = (models.CheckConstraint(condition=models.Q(price__gte=0), name="a_place_costs_nothing_or_more"),)

    def __str__(self) -> str:
        return self.title


class Session(Written):
    """One day or hour of a programme, with so many places."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="sessions")
    title = models.CharField(max_length=150)
    day = models.DateField(db_index=True)
    begins = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=150, blank=True)
    places = models.PositiveSmallIntegerField()
    lead = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="leads_sessions")
    called_off = models.CharField(max_length=300, blank=True)
    closed = models.DateTimeField(null=True, blank=True)  # when attendance was written down

    class Meta:
        ordering = ("day", "begins", "pk")
        constraints = (
            models.CheckConstraint(condition=models.Q(places__gte=1), name="a_session_has_a_place"),
            models.CheckConstraint(
                condition=models.Q(begins__isnull=True) | models.Q(ends__isnull=True) | models.Q(ends__gt=models.F("begins")),
                name="a_session_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.programme.title}: {self.title}"


class State(models.TextChoices):
    BOOKED = "booked", "has a place"
    WAITING = "waiting", "on the waiting list"
    WITHDRAWN = "withdrawn", "given back"


class Booking(models.Model):
    """One person of one school in one session. A place has a number, and no number is given twice: two cannot hold the last one."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings")
    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="bookings")
    level = models.CharField(max_length=10, choices=Level)
    post = models.CharField(max_length=80, blank=True)  # such as reading lead; no name
    sealed_name = models.TextField(blank=True)
    erased = models.DateTimeField(null=True, blank=True)  # the name
    state = models.CharField(max_length=10, choices=State)
    seat = models.PositiveSmallIntegerField(null=True, blank=True)
    price = models.DecimalField(max_digits=7, decimal_places=2, default=0)  # as it was when the place was booked
    asked = models.DateTimeField(default=now)
    moved_up = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=300, blank=True)  # why it was given back
    came = models.BooleanField(null=True)
    once = models.CharField(max_length=40, unique=True)  # of the form it came from: sent twice, it is one booking
    by = models.CharField(max_length=40)

    class Meta:
        ordering = ("asked", "pk")
        constraints = (
            models.UniqueConstraint(fields=("session", "seat"), name="a_seat_once_in_a_session"),
            models.CheckConstraint(
                condition=models.Q(state="booked", seat__isnull=False) | (~models.Q(state="booked") & models.Q(seat__isnull=True)),
                name="who_has_a_place_has_its_number",
            ),
            models.CheckConstraint(condition=models.Q(came__isnull=True) | models.Q(state="booked"), name="came_who_had_a_place"),
        )


class Useful(models.IntegerChoices):
    VERY = 4, "very useful"
    USEFUL = 3, "useful"
    LITTLE = 2, "of little use"
    NONE = 1, "of no use"


class Evaluation(models.Model):
    """What somebody who came says of it. One for each booking."""

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="evaluation")
    useful = models.PositiveSmallIntegerField(choices=Useful)
    will = models.CharField(max_length=400, blank=True)  # what they will do differently
    better = models.CharField(max_length=400, blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)


class PartnerKind(models.TextChoices):
    EMPLOYER = "employer", "Employer"
    UNIVERSITY = "university", "University or college"
    CULTURE = "culture", "Museum, theatre, music or library"
    SPORT = "sport", "Sport"
    CHARITY = "charity", "Charity"
    OTHER = "other", "Another"


class Partner(Written):
    """Somebody outside the schools who offers something to them or their pupils."""

    name = models.CharField(max_length=150, unique=True)
    kind = models.CharField(max_length=12, choices=PartnerKind)
    about = models.CharField(max_length=600, blank=True)
    href = models.URLField(max_length=300, blank=True)
    ended = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class ForWhom(models.TextChoices):
    PUPILS = "pupils", "Pupils"
    STAFF = "staff", "Staff"
    SCHOOL = "school", "The school as a whole"


class PartnerOffer(Written):
    """One thing that a partner offers, so many times."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="offers")
    title = models.CharField(max_length=150)
    what = models.CharField(max_length=1000)
    for_whom = models.CharField(max_length=10, choices=ForWhom)
    phases = models.JSONField(default=list)
    price = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    most = models.PositiveSmallIntegerField(null=True, blank=True)  # schools that can have it; none: no limit
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    withdrawn = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title


class TakeUpState(models.TextChoices):
    ASKED = "asked", "asked for"
    AGREED = "agreed", "agreed"
    DONE = "done", "took place"
    DECLINED = "declined", "not taken up"


class TakeUp(Written):
    """One school takes up what a partner offers."""

    offer = models.ForeignKey(PartnerOffer, on_delete=models.PROTECT, related_name="taken")
    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="taken_up")
    state = models.CharField(max_length=10, choices=TakeUpState, default=TakeUpState.ASKED)
    day = models.DateField(null=True, blank=True)
    pupils = models.PositiveIntegerField(null=True, blank=True)
    said = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("offer", "school"), condition=models.Q(state__in=("asked", "agreed")), name="an_offer_once_at_a_time_for_a_school"
            ),
        )

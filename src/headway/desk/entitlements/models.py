"""The ledger of what schools are given, who is named for them, what advisers have time for, and what is sold."""

from django.db import models
from django.db.models import F, Q

from headway.desk.accounts.models import User
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now


class UseState(models.TextChoices):
    BOOKED = "booked", "booked"
    DELIVERED = "delivered", "delivered"
    WAIVED = "waived", "waived"
    WITHDRAWN = "withdrawn", "taken back"


class Rag(models.TextChoices):
    GREEN = "green", "Green: on course"
    AMBER = "amber", "Amber: some of it is behind"
    RED = "red", "Red: most of it is behind"


class Offer(models.Model):
    """One thing in the traded offer: what a school can buy, in which unit, what one costs and how many adviser days it takes."""

    title = models.CharField(max_length=120)
    what = models.TextField(blank=True)
    unit = models.CharField(max_length=40)  # a day, a session, a year
    pounds = models.DecimalField(max_digits=9, decimal_places=2)
    days = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    made = models.DateTimeField(default=now)
    archived = models.DateTimeField(null=True, blank=True)
    archived_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("title", "pk")
        constraints = (models.CheckConstraint(condition=Q(pounds__gte=0, days__gte=0), name="an_offer_costs_no_less_than_nothing"),)

    def __str__(self) -> str:
        return self.title


class OrderState(models.TextChoices):
    ASKED = "asked", "asked for"
    AGREED = "agreed", "agreed"
    DONE = "done", "all delivered"
    CANCELLED = "cancelled", "cancelled"


class Order(models.Model):
    """What one school orders of the offer. The price is the one at which it was asked for."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="orders")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="orders")
    units = models.DecimalField(max_digits=6, decimal_places=2)
    pounds = models.DecimalField(max_digits=9, decimal_places=2)  # of one unit
    days = models.DecimalField(max_digits=5, decimal_places=2)  # of one unit
    wish = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=10, choices=OrderState, default=OrderState.ASKED)
    because = models.CharField(max_length=300, blank=True)
    asked = models.DateField()
    by = models.CharField(max_length=40)

    class Meta:
        ordering = ("-asked", "-pk")
        constraints = (models.CheckConstraint(condition=Q(units__gt=0), name="an_order_is_of_something"),)

    def __str__(self) -> str:
        return f"{self.offer.title} for {self.school.name}"


class Use(models.Model):
    """One piece of support that a school has, had or will not have: an entry of the ledger. What is owed is worked out, not kept.

    `item` is of the entitlement then in force; empty for what is beside it. Whatever delivers it (a visit) points here.
    """

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="uses")
    item = models.CharField(max_length=60, blank=True)
    what = models.CharField(max_length=200, blank=True)  # in words, for what is beside the entitlement
    day = models.DateField(db_index=True)
    days = models.DecimalField(max_digits=5, decimal_places=2)  # of an adviser's time
    adviser = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="uses")
    state = models.CharField(max_length=10, choices=UseState)
    rag = models.CharField(max_length=5, choices=Rag, blank=True)  # how a review went: the next one's day follows from it
    for_due = models.DateField(null=True, blank=True)  # the occasion that a waiver is of
    because = models.CharField(max_length=400, blank=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, null=True, blank=True, related_name="uses")
    once = models.CharField(max_length=40, unique=True, null=True, blank=True)  # of the form it came from
    made = models.DateTimeField(default=now)
    by = models.CharField(max_length=40)

    class Meta:
        ordering = ("day", "pk")
        indexes = (models.Index(fields=("school", "day"), name="use_school_day"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="waived") | (~Q(because="") & Q(for_due__isnull=False)), name="waived_with_a_reason_and_an_occasion"
            ),
            models.CheckConstraint(condition=Q(days__gte=0, days__lte=20), name="days_of_a_use"),
        )

    def __str__(self) -> str:
        return f"{self.item or self.what}, {self.day:%d %B %Y}"


class Happening(models.Model):
    """What brings an entitlement about: a new head, an inspector's call, progress that is an issue. Ended with a reason, never deleted."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="happenings")
    kind = models.CharField(max_length=30)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # for what holds for a time
    because = models.CharField(max_length=400)
    ended_because = models.CharField(max_length=400, blank=True)
    withdrawn = models.BooleanField(default=False)  # entered by mistake
    by = models.CharField(max_length=40)
    made = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-since", "-pk")
        constraints = (models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="ends_after_it_began"),)


class Named(models.Model):
    """Who is named for a school, since when and until when."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="named")
    adviser = models.ForeignKey(User, on_delete=models.PROTECT, related_name="named_for")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the first day on which it no longer holds
    because = models.CharField(max_length=400, blank=True)
    by = models.CharField(max_length=40)
    made = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-since", "-pk")
        constraints = (models.UniqueConstraint(fields=("school",), condition=Q(until__isnull=True), name="one_named_adviser"),)


class Diary(models.Model):
    """What an adviser has time for in a school year, and from where. The newest line of a year counts; older ones stay."""

    adviser = models.ForeignKey(User, on_delete=models.PROTECT, related_name="diaries")
    year = models.CharField(max_length=7)  # 2026/27
    days = models.DecimalField(max_digits=5, decimal_places=1)
    phases = models.JSONField(default=list)  # those that the adviser works with; none: all
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    by = models.CharField(max_length=40)
    made = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-pk",)
        constraints = (models.CheckConstraint(condition=Q(days__gte=0, days__lte=230), name="days_of_a_year"),)


class DayCost(models.Model):
    """What an adviser's day costs in a financial year. The newest line of a year counts; older ones stay."""

    year = models.PositiveSmallIntegerField()  # the calendar year in which the financial year begins
    pounds = models.DecimalField(max_digits=8, decimal_places=2)
    source = models.CharField(max_length=200)
    by = models.CharField(max_length=40)
    made = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-pk",)
        constraints = (models.CheckConstraint(condition=Q(pounds__gt=0), name="a_day_costs_something"),)


class Allocation(models.Model):
    """Who might be named for which school, one solved proposal of it. Each change by hand is a new one; what is adopted names people."""

    year = models.CharField(max_length=7)
    after = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="later")
    asked = models.JSONField()  # the weight of a change, and the pairs held and barred by hand
    result = models.JSONField()  # a line for each school, what it rests on, the total and what cannot be undercut
    made = models.DateTimeField(default=now)
    by = models.CharField(max_length=40)
    adopted = models.DateTimeField(null=True, blank=True)
    adopted_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(adopted__isnull=True, adopted_by="") | (Q(adopted__isnull=False) & ~Q(adopted_by="")),
                name="an_allocation_is_adopted_by_somebody",
            ),
        )

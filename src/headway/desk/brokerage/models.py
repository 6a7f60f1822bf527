"""Who can help whom: providers and their offers, needs, matches on which two heads decide, and the help that came of them."""

from django.db import models

from headway.desk.establishments.models import Establishment
from headway.desk.plans.models import Objective
from headway.vocabulary.clock import now


class Kind(models.TextChoices):
    SCHOOL = "school", "A school"
    TRUST = "trust", "A trust"
    HUB = "hub", "A teaching school hub"
    LEADER = "leader", "A system leader"
    SERVICE = "service", "A service of the council"
    TRADED = "traded", "A traded team"


class Provider(models.Model):
    """Who gives help. Withdrawn with its reason, never deleted: what it gave stays."""

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=120)
    school = models.ForeignKey(  # the school that gives, or where the provider is at home
        Establishment, on_delete=models.PROTECT, null=True, blank=True, related_name="providers"
    )
    trust = models.CharField(max_length=200, blank=True)
    most = models.PositiveSmallIntegerField(default=2)  # schools helped at a time: the load limit
    withdrawn = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=400, blank=True)
    made = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=40)

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("school",), condition=models.Q(kind="school"), name="a_school_gives_once"),
            models.CheckConstraint(
                condition=~models.Q(kind="school") | models.Q(school__isnull=False), name="a_school_that_gives_is_named"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn__isnull=True, withdrawn_because="")
                | (models.Q(withdrawn__isnull=False) & ~models.Q(withdrawn_because="")),
                name="provider_withdrawn_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return self.name


class OfferState(models.TextChoices):
    OFFERED = "offered", "waits for a broker"
    CONFIRMED = "confirmed", "on the register"
    WITHDRAWN = "withdrawn", "withdrawn"


class Offer(models.Model):
    """What a provider has to give. Its days shrink as they are promised; evergreen without an end."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="offers")
    areas = models.JSONField(default=list)  # of library/support_areas.yaml
    phases = models.JSONField(default=list)
    days = models.PositiveSmallIntegerField()
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    price = models.DecimalField(max_digits=7, decimal_places=2, default=0)  # pounds a day
    conditions = models.CharField(max_length=400, blank=True)
    references = models.TextField(blank=True)
    release = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.OFFERED)
    withdrawn_because = models.CharField(max_length=400, blank=True)
    evidence = models.JSONField(default=dict)  # what figures and inspection said of it when it was confirmed
    confirmed = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=40, blank=True)
    made = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=40)

    class Meta:
        ordering = ("provider__name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")), name="offer_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed__isnull=True, confirmed_by="")
                | (models.Q(confirmed__isnull=False) & ~models.Q(confirmed_by="")),
                name="confirmed_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.provider.name}, {self.days} days"


class Urgency(models.IntegerChoices):
    NOW = 3, "within weeks"
    TERM = 2, "this term"
    YEAR = 1, "this year"


class Source(models.TextChoices):
    PLAN = "plan", "the school’s plan"
    REVIEW = "review", "a review or visit"
    SELF = "self", "the school itself"
    BOARD = "board", "a board’s request"
    FIGURES = "figures", "figures, looked into with the school"


class NeedState(models.TextChoices):
    OPEN = "open", "open"
    PLACED = "placed", "help is arranged"
    MET = "met", "met"
    WITHDRAWN = "withdrawn", "withdrawn"


class Need(models.Model):
    """What a school wants help with, tied to an objective and to the measure that should move."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="needs")
    area = models.CharField(max_length=40)
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.TERM)
    days = models.PositiveSmallIntegerField()
    context = models.TextField(blank=True)
    source = models.CharField(max_length=10, choices=Source)
    objective = models.CharField(max_length=300, blank=True)
    serves = models.ForeignKey(  # the objective of a plan, where there is one; `objective` is how it read then
        Objective, on_delete=models.PROTECT, null=True, blank=True, related_name="needs"
    )
    measure = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=NeedState, default=NeedState.OPEN)
    closed_because = models.CharField(max_length=400, blank=True)
    made = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=40)

    class Meta:
        ordering = ("-urgency", "made", "pk")

    def __str__(self) -> str:
        return self.school.name


class MatchState(models.TextChoices):
    ASKED = "asked", "both heads are asked"
    AGREED = "agreed", "agreed"
    DECLINED = "declined", "declined"
    LAPSED = "lapsed", "taken back"


class Match(models.Model):
    """One need and one offer, put to both heads. Its days are kept from the offer while it waits; known to nobody else until both agree."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="matches")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="matches")
    days = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)  # the lines that were shown, with the snapshot that they rest on
    state = models.CharField(max_length=10, choices=MatchState, default=MatchState.ASKED)
    giver_agreed = models.DateTimeField(null=True, blank=True)
    receiver_agreed = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=400, blank=True)
    made = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=40)

    class Meta:
        ordering = ("-made", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("need", "offer"), condition=models.Q(state__in=("asked", "agreed")), name="a_pair_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="agreed") | models.Q(giver_agreed__isnull=False, receiver_agreed__isnull=False),
                name="agreed_by_both",
            ),
        )


class Conflict(models.Model):
    """Why a provider is not to help a school: a kinship, a dispute, a former post. Ended, never deleted."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="conflicts")
    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="conflicts")
    why = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    made_by = models.CharField(max_length=40)

    class Meta:
        ordering = ("since", "pk")


class DeploymentState(models.TextChoices):
    RUNNING = "running", "under way"
    COMPLETED = "completed", "completed"
    STOPPED = "stopped", "stopped early"


class Deployment(models.Model):
    """Help under an agreement: what for, how many days between which dates, at what cost, what is shared, how it ends."""

    match = models.OneToOneField(Match, on_delete=models.PROTECT, related_name="deployment")
    aim = models.CharField(max_length=300)
    days = models.PositiveSmallIntegerField()
    starts = models.DateField()
    ends = models.DateField()
    price = models.DecimalField(max_digits=7, decimal_places=2)  # pounds a day, as agreed
    shared = models.TextField(blank=True)  # what is shared, with whom, until when
    leaves = models.CharField(max_length=400, blank=True)  # what stays when it ends: the exit
    state = models.CharField(max_length=10, choices=DeploymentState, default=DeploymentState.RUNNING)
    ended = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=400, blank=True)
    thanks = models.TextField(blank=True)
    made = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=40)

    class Meta:
        ordering = ("-starts", "-pk")
        constraints = (
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="deployment_ends_after_it_starts"),
            models.CheckConstraint(
                condition=(models.Q(state="running", ended__isnull=True)) | (~models.Q(state="running") & models.Q(ended__isnull=False)),
                name="deployment_ended_on_a_day",
            ),
            models.CheckConstraint(condition=~models.Q(state="stopped") | ~models.Q(ended_because=""), name="stopped_with_a_reason"),
        )


class DayGiven(models.Model):
    """A day, or half of one, that was given. Struck out with a reason where it was written by mistake."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="log")
    day = models.DateField()
    share = models.DecimalField(max_digits=2, decimal_places=1, default=1)  # 0.5 or 1
    what = models.CharField(max_length=300)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)
    struck = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("day", "pk")


class Going(models.TextChoices):
    WELL = "well", "It goes well"
    MIXED = "mixed", "Some of it does"
    POORLY = "poorly", "It does not help yet"


class Side(models.TextChoices):
    GIVER = "giver", "who gives"
    RECEIVER = "receiver", "who is helped"


class ShortReview(models.Model):
    """A line or two by one side on how it goes."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="reviews")
    side = models.CharField(max_length=10, choices=Side)
    going = models.CharField(max_length=10, choices=Going)
    text = models.TextField(blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("at", "pk")

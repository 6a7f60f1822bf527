"""Networks of schools: who is in by date, who convenes, what is met about, promised and shared, and who reviews whom."""

from django.db import models

from headway.desk.accounts.models import User
from headway.desk.documents.models import Document
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now


class Written(models.Model):
    """When, and by whom."""

    made = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=40)

    class Meta:
        abstract = True


class Kind(models.TextChoices):
    FAMILY = "family", "Family of similar schools"
    CONSORTIUM = "consortium", "Consortium"
    DISTRICT = "district", "District"
    TRUST = "trust", "Trust or federation"
    DIOCESE = "diocese", "Diocese"
    HEADS = "heads", "Head-teacher group"
    THEME = "theme", "Network on a subject"


class Network(Written):
    """Schools that work together under a name. Closed with its reason, never deleted."""

    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    purpose = models.CharField(max_length=400, blank=True)
    convenor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="convenes")
    known = models.JSONField(default=dict)  # of a family: whose, by which method, from which snapshot, and how near each school was
    closed = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closed__isnull=True, closed_because="")
                | (models.Q(closed__isnull=False) & ~models.Q(closed_because="")),
                name="a_network_is_closed_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One school in one network, from a day until a day. The last day is not within it."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="memberships")
    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="network_memberships")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=300, blank=True)  # why it left

    class Meta:
        ordering = ("since", "school__name")
        constraints = (
            models.UniqueConstraint(
                fields=("network", "school"), condition=models.Q(until__isnull=True), name="a_school_once_in_a_network"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")), name="left_after_it_came"
            ),
        )

    @property
    def urn(self) -> int:
        return int(self.school_id)


class Meeting(Written):
    """One meeting of a network: what it is about, who came, what was said."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="meetings")
    day = models.DateField(db_index=True)
    begins = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=150, blank=True)
    agenda = models.TextField()
    present = models.JSONField(default=list)  # URNs of the schools that came
    held = models.BooleanField(default=False)
    called_off = models.CharField(max_length=300, blank=True)
    agreed = models.DateTimeField(null=True, blank=True)  # the minutes, by the network: from then on only corrections are added

    class Meta:
        ordering = ("-day", "-pk")
        constraints = (
            models.CheckConstraint(condition=models.Q(called_off="") | models.Q(held=False), name="held_or_called_off"),
            models.CheckConstraint(condition=models.Q(agreed__isnull=True) | models.Q(held=True), name="agreed_of_what_was_held"),
        )


class Minute(models.Model):
    """The minutes of a meeting, one version of them, or a correction after they were agreed. Versions are added and never altered."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    text = models.TextField()
    correction = models.BooleanField(default=False)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)


class Cycle(Written):
    """A round of peer reviews in one term, on one focus."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="cycles")
    term = models.CharField(max_length=40)  # as the calendar names it: Spring term 2026/27
    focus = models.CharField(max_length=300)
    both_ways = models.BooleanField(default=False)  # whether two schools may review one another: chosen, never by default

    class Meta:
        ordering = ("-pk",)


class Review(models.Model):
    """One school looks at another with it, in one cycle."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="reviews_given")
    host = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="reviews_had")
    day = models.DateField(null=True, blank=True)
    agreed = models.DateTimeField(null=True, blank=True)  # the findings, by the host
    agreed_by = models.CharField(max_length=40, blank=True)
    called_off = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("host__name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("cycle", "reviewer", "host"), name="a_pair_once_in_a_cycle"),
            models.CheckConstraint(condition=~models.Q(reviewer=models.F("host")), name="nobody_reviews_itself"),
        )


class Finding(models.Model):
    """What a peer review found, one version of it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="findings")
    text = models.TextField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)


class Promise(Written):
    """Something promised in a network, by whom and by when; carried until it is closed with its outcome."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="promises")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="promises")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, blank=True, related_name="promises")
    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # none: the convenor
    what = models.CharField(max_length=300)
    due = models.DateField(db_index=True)
    closed = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("due", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closed__isnull=True, outcome="", closed_by="")
                | (models.Q(closed__isnull=False) & ~models.Q(outcome="") & ~models.Q(closed_by="")),
                name="a_promise_is_closed_with_an_outcome",
            ),
        )


class Paper(Written):
    """A document that a network shares."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="papers")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    taken_down = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)

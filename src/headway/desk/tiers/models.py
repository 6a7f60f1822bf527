"""Tiers as people decide them: returns of other services, meetings, outcomes, decisions with what was known, replies and appeals."""

from django.db import models

from headway.desk.accounts.models import User
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now


class Service(models.TextChoices):
    SEND = "send", "SEND"
    HR = "hr", "HR"
    FINANCE = "finance", "Schools’ finance"
    GOVERNORS = "governors", "Governor services"
    SAFEGUARDING = "safeguarding", "Safeguarding"
    ADMISSIONS = "admissions", "Admissions"
    ATTENDANCE = "attendance", "Attendance"
    IMPROVEMENT = "improvement", "School improvement"
    SCHOOL = "school", "The school itself"


ASKED = (Service.SEND, Service.HR, Service.FINANCE, Service.GOVERNORS, Service.SAFEGUARDING, Service.ADMISSIONS, Service.ATTENDANCE)


class Return(models.Model):
    """One line of one service on one school. With a kind of library/soft_signals.yaml it feeds proposals; without, people read it."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="returns")
    service = models.CharField(max_length=12, choices=Service)
    kind = models.CharField(max_length=40, blank=True)
    clear = models.BooleanField(default=False)  # looked into, nothing found
    line = models.TextField()  # sealed where it is restricted
    restricted = models.BooleanField(default=False)
    on = models.DateField()
    expires = models.DateField(null=True, blank=True)  # None: as long as its kind counts
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)
    once = models.CharField(max_length=60, unique=True)  # of the form it came from: sent twice, it is written once
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    archived = models.DateTimeField(null=True, blank=True)
    archived_by = models.CharField(max_length=40, blank=True)
    archived_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(archived__isnull=True, archived_by="", archived_because="")
                | (models.Q(archived__isnull=False) & ~models.Q(archived_by="") & ~models.Q(archived_because="")),
                name="a_return_is_put_aside_by_somebody_with_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(expires__isnull=True) | models.Q(expires__gte=models.F("on")), name="a_return_expires_after_its_day"
            ),
        )


class Evidence(models.Model):
    """What was known of a school when a tier was proposed for it. Written once and never altered: figures are revised, this is not."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="evidence")
    at = models.DateTimeField(default=now)
    snapshot = models.CharField(max_length=80)
    library = models.CharField(max_length=80)
    scheme = models.CharField(max_length=80)  # with its version
    proposed = models.CharField(max_length=40)  # a tier of the scheme, or not_enough_evidence
    points = models.IntegerField()
    shown = models.JSONField()  # the proposal as tiers.evidence.frozen writes it: reasons, every signal with what it said
    returns = models.JSONField(default=list)  # the numbers of the returns that were told then


class Moderation(models.Model):
    """One meeting that decides tiers: which schools, by which scheme, with how many adviser days at hand."""

    title = models.CharField(max_length=120)
    day = models.DateField()
    scheme = models.CharField(max_length=80)
    days_at_hand = models.FloatField(null=True, blank=True)
    made = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=40)
    once = models.CharField(max_length=60, unique=True)
    closed = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("-day", "-pk")

    def __str__(self) -> str:
        return self.title


class Part(models.TextChoices):
    CHAIR = "chair", "in the chair"
    MEMBER = "member", "member"
    MINUTES = "minutes", "minutes"


class Presence(models.Model):
    """Somebody who was there, and the interest that they declared: in one school, or in none."""

    moderation = models.ForeignKey(Moderation, on_delete=models.PROTECT, related_name="present")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    part = models.CharField(max_length=10, choices=Part, default=Part.MEMBER)
    interest = models.CharField(max_length=300, blank=True)
    interest_in = models.ForeignKey(Establishment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("moderation", "name", "interest_in"), name="an_interest_once_in_a_meeting"),
            models.UniqueConstraint(
                fields=("moderation", "name"), condition=models.Q(interest_in__isnull=True), name="a_person_once_in_a_meeting"
            ),
        )


class Item(models.Model):
    """One school before one meeting. What was decided of it is in its outcomes, the newest of which counts."""

    moderation = models.ForeignKey(Moderation, on_delete=models.PROTECT, related_name="items")
    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="moderated")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="items")
    last_tier = models.CharField(max_length=40, blank=True)  # in which it was when the meeting was called

    class Meta:
        ordering = ("school__name", "pk")
        constraints = (models.UniqueConstraint(fields=("moderation", "school"), name="a_school_once_before_a_meeting"),)


class Opinion(models.Model):
    """How the adviser sees the school, before the meeting or in it; the newest counts."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="opinions")
    tier = models.CharField(max_length=40)
    line = models.CharField(max_length=400)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)


class Outcome(models.Model):
    """What a meeting said of a school, one version of it: a tier, or none where it was left open again."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="outcomes")
    number = models.PositiveIntegerField()
    tier = models.CharField(max_length=40, blank=True)
    accepted = models.BooleanField(default=False)
    reason = models.TextField(blank=True)  # the head reads it
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("item", "number"), name="outcomes_are_counted"),
            models.CheckConstraint(
                condition=models.Q(accepted=True) | models.Q(tier="") | ~models.Q(reason=""), name="a_change_has_its_reason"
            ),
        )


class Route(models.TextChoices):
    MEETING = "meeting", "in a meeting"
    MID_YEAR = "mid_year", "between meetings"
    APPEAL = "appeal", "on appeal"


class State(models.TextChoices):
    DECIDED = "decided", "decided, the head not yet rung"
    TOLD = "told", "the head was rung, the letter not yet sent"
    WRITTEN = "written", "the letter is sent"
    WITHDRAWN = "withdrawn", "withdrawn before anybody was told"


class TierDecision(models.Model):
    """A tier that people decided for a school, with what was known then. A later one takes its place; none is altered."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="tier_decisions")
    tier = models.CharField(max_length=40)
    scheme = models.CharField(max_length=80)
    since = models.DateField(db_index=True)
    route = models.CharField(max_length=10, choices=Route)
    item = models.OneToOneField(Item, on_delete=models.PROTECT, null=True, blank=True, related_name="decision")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="decisions")
    reason = models.TextField(blank=True)
    way_out = models.TextField(blank=True)  # the de-escalation point, written when the school enters the tier
    despite = models.TextField(blank=True)  # why it went to a lighter tier without having shown all that the scheme asks
    safeguarding = models.BooleanField(default=False)  # its letter may go at the end of a term
    adviser = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="tier_decisions")
    adviser_phone = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DECIDED)
    changed_because = models.CharField(max_length=300, blank=True)
    told = models.DateTimeField(null=True, blank=True)  # when the head was rung
    told_by = models.CharField(max_length=40, blank=True)
    told_whom = models.CharField(max_length=10, blank=True)
    written = models.DateField(null=True, blank=True)  # the day on the letter
    written_by = models.CharField(max_length=40, blank=True)
    reply_by = models.DateField(null=True, blank=True)
    letter = models.JSONField(default=dict)  # what the letter said, as tiers.letters.told writes it
    made = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=40)
    once = models.CharField(max_length=60, unique=True)

    class Meta:
        ordering = ("-since", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(told__isnull=True, told_by="") | (models.Q(told__isnull=False) & ~models.Q(told_by="")),
                name="the_head_was_rung_by_somebody",
            ),
            models.CheckConstraint(  # call before letter
                condition=models.Q(written__isnull=True, written_by="", reply_by__isnull=True)
                | (models.Q(told__isnull=False, written__isnull=False, reply_by__isnull=False) & ~models.Q(written_by="")),
                name="no_letter_before_the_call",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school.name}, {self.since:%d %B %Y}"


class Colour(models.TextChoices):
    GREEN = "green", "Green: what was agreed is happening and shows"
    AMBER = "amber", "Amber: it is happening, too little shows yet"
    RED = "red", "Red: it is not happening, or nothing shows"


class Review(models.Model):
    """The overall word of a review of a school's support. What was looked at objective by objective stands in its plan."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="tier_reviews")
    day = models.DateField(db_index=True)
    colour = models.CharField(max_length=6, choices=Colour)
    sources = models.JSONField(default=list)  # kinds of evidence it rests on
    line = models.CharField(max_length=400)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)
    once = models.CharField(max_length=60, unique=True)

    class Meta:
        ordering = ("day", "pk")


class Wish(models.TextChoices):
    NOTED = "noted", "We have read it and agree"
    FACTS = "facts", "Something in it is not right"
    AGAIN = "again", "We ask you to look again"


class Reply(models.Model):
    """What the school says to its tier. The council answers; nothing of it is held against the school."""

    decision = models.ForeignKey(TierDecision, on_delete=models.PROTECT, related_name="replies")
    wish = models.CharField(max_length=10, choices=Wish)
    text = models.TextField(blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)
    once = models.CharField(max_length=60, unique=True)
    answer = models.TextField(blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(answered__isnull=True, answer="", answered_by="")
                | (models.Q(answered__isnull=False) & ~models.Q(answer="") & ~models.Q(answered_by="")),
                name="a_reply_is_answered_by_somebody",
            ),
        )


class Appeal(models.Model):
    """A school asks somebody independent to look at its tier, and gets a dated answer with reasons."""

    decision = models.OneToOneField(TierDecision, on_delete=models.PROTECT, related_name="appeal")
    grounds = models.TextField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)
    tier = models.CharField(max_length=40, blank=True)  # what it was answered with; the same tier: it stands
    answer = models.TextField(blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(answered__isnull=True, answer="", answered_by="", tier="")
                | (models.Q(answered__isnull=False) & ~models.Q(answer="") & ~models.Q(answered_by="") & ~models.Q(tier="")),
                name="an_appeal_is_answered_with_reasons",
            ),
        )

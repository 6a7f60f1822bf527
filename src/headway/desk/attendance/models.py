"""What people do about attendance: meetings with schools, plans with families, notices considered, returns, legal steps.

A pupil is a key of the registers, never a name. What is written about one is sealed, and versions are added, never altered.
"""

from django.db import models
from django.db.models import CheckConstraint, Q

from headway.desk.accounts.models import User
from headway.desk.attendance.whose import KEY, OfChild, OfPupil, OfSchool
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now

PLACED, SAYS_OF_WHOM = Q(school__isnull=False, who=""), "a_record_without_a_school_says_of_whom"
OF_SOMEBODY = Q(school__isnull=False) | Q(record__isnull=False)


class Lead(OfSchool):
    """Who leads attendance at a school, and how often we meet; the newest row holds."""

    champion = models.CharField(max_length=120, blank=True)  # the senior attendance champion
    lead = models.CharField(max_length=120, blank=True)  # the lead practitioner
    weeks = models.PositiveSmallIntegerField(default=13)  # between targeting support meetings

    class Meta:
        ordering = ("pk",)


class Official(OfSchool):
    """The department's expectation of a school's attendance, as the school shared it; the newest row holds."""

    year = models.CharField(max_length=7)  # 2026/27
    figure = models.DecimalField(max_digits=4, decimal_places=1)
    said = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (CheckConstraint(condition=Q(figure__gt=0, figure__lte=100), name="an_expectation_is_a_share"),)


class MeetingState(models.TextChoices):
    OFFERED = "offered", "offered"
    AGREED = "agreed", "day agreed"
    HELD = "held", "held"
    DECLINED = "declined", "declined"
    CANCELLED = "cancelled", "cancelled"


class Meeting(OfSchool):
    """A targeting support meeting. `agenda` is what was known when it was held: the figures shown, the snapshot and the marks' last day."""

    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="attendance_meetings")
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.OFFERED)
    offered = models.DateField()
    day = models.DateField(null=True, blank=True, db_index=True)
    begins = models.TimeField(null=True, blank=True)
    because = models.CharField(max_length=400, blank=True)  # why it was declined, cancelled or moved
    agenda = models.JSONField(default=dict)
    note = models.TextField(blank=True)  # what was said, sealed
    next_by = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("day", "pk")
        constraints = (
            CheckConstraint(condition=~Q(state__in=("agreed", "held")) | Q(day__isnull=False), name="a_meeting_agreed_or_held_has_a_day"),
            CheckConstraint(condition=~Q(state="declined") | ~Q(because=""), name="why_a_meeting_was_declined"),
        )

    def __str__(self) -> str:
        return f"Targeting support meeting, {self.school.name}"


class Owner(models.TextChoices):
    SCHOOL = "school", "The school"
    COUNCIL = "council", "The council"
    HEALTH = "health", "Health"
    OTHER = "other", "Another service"


class Agreed(models.Model):
    """An action agreed in a meeting, with its owner and day; carried until it is closed with what came of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=300)
    owner = models.CharField(max_length=10, choices=Owner)
    due = models.DateField(db_index=True)
    closed = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("due", "pk")
        constraints = (
            CheckConstraint(
                condition=Q(closed__isnull=True, outcome="") | (Q(closed__isnull=False) & ~Q(outcome="")),
                name="an_agreed_action_is_closed_with_its_outcome",
            ),
        )


class PlanKind(models.TextChoices):
    VOLUNTARY = "voluntary", "Voluntary support plan"
    FORMAL = "formal", "Formal support plan"
    CONTRACT = "contract", "Attendance contract"


class Plan(OfPupil):
    """Support agreed with a family. One open plan a pupil and school."""

    kind = models.CharField(max_length=10, choices=PlanKind)
    lead = models.TextField(blank=True)  # who leads it, sealed
    barriers = models.JSONField(default=list)  # ids of rules.BARRIERS
    begins = models.DateField()
    review_by = models.DateField(db_index=True)
    part_time_until = models.DateField(null=True, blank=True)
    ended = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)  # of rules.OUTCOMES

    class Meta:
        ordering = ("review_by", "pk")
        constraints = (
            models.UniqueConstraint(fields=("school", "pupil"), condition=Q(ended__isnull=True), name="one_open_plan_of_a_pupil"),
            CheckConstraint(
                condition=Q(ended__isnull=True, outcome="") | (Q(ended__isnull=False) & ~Q(outcome="")),
                name="a_plan_ends_with_its_outcome",
            ),
        )


class EntryKind(models.TextChoices):
    AGREED = "agreed", "What was agreed"
    OFFERED = "offered", "Support offered"
    ANSWERED = "answered", "What the family answered"
    CONTACT = "contact", "Contact"
    REVIEW = "review", "Review"
    REFERRED = "referred", "Referred to another service"


class Entry(models.Model):
    """One thing written in a plan, sealed. Entries are added and never altered."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind)
    day = models.DateField()
    sealed = models.TextField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("day", "pk")


class Cleared(OfPupil):
    """Somebody looked at a flag: a call, a note, a plan, or “no action needed”. `group` for a year group or a use of codes: no pupil's."""

    flag = models.CharField(max_length=20)  # severe, fall, siblings, codes, or of rules.EARLY_FLAGS
    pupil = models.CharField(max_length=KEY, db_index=True, blank=True)
    group = models.CharField(max_length=30, blank=True)
    did = models.CharField(max_length=10)  # of rules.HONEST
    sealed = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)


class Consideration(OfPupil):
    """The threshold was met and somebody decided. `sessions` are the very ones, as they stood; `known` what they rested on."""

    first_met = models.DateField()
    sessions = models.JSONField()
    provisional = models.BooleanField()
    known = models.JSONField(default=dict)
    support = models.JSONField(default=list)  # what was tried before, as lines of plain values
    decision = models.CharField(max_length=20)  # of rules.DECISIONS
    reason = models.TextField()  # sealed

    class Meta:
        ordering = ("pk",)


class Notice(OfPupil):
    """A penalty notice of one parent for one child. The parent is a reference that is sealed, and a key of it."""

    consideration = models.ForeignKey(Consideration, on_delete=models.PROTECT, related_name="notices")
    parent = models.CharField(max_length=64, db_index=True)  # keyed hash
    parent_sealed = models.TextField()
    number = models.PositiveSmallIntegerField()  # first or second in three years
    issued = models.DateField()
    pounds = models.PositiveSmallIntegerField()
    pounds_if_early = models.PositiveSmallIntegerField(null=True, blank=True)
    early_until = models.DateField(null=True, blank=True)
    pay_by = models.DateField()
    paid = models.DateField(null=True, blank=True)
    withdrawn = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("issued", "pk")
        constraints = (
            CheckConstraint(condition=Q(withdrawn__isnull=True) | ~Q(withdrawn_because=""), name="a_notice_is_withdrawn_with_a_reason"),
            CheckConstraint(condition=Q(paid__isnull=True) | Q(withdrawn__isnull=True), name="paid_or_withdrawn"),
        )


class Period(OfPupil):
    """A Notice to Improve: the time in which attendance is to get better, and what came of it."""

    consideration = models.ForeignKey(Consideration, on_delete=models.PROTECT, related_name="periods")
    begins = models.DateField()
    ends = models.DateField(db_index=True)
    outcome = models.CharField(max_length=20, blank=True)  # improved, not_improved, stopped

    class Meta:
        ordering = ("ends", "pk")
        constraints = (CheckConstraint(condition=Q(ends__gte=models.F("begins")), name="a_period_ends_after_it_begins"),)


class Return(OfPupil):
    """What a school tells the authority by law: a long absence, sickness, a name added to or taken off the roll."""

    kind = models.CharField(max_length=40)  # of library/attendance_duties.yaml
    happened = models.DateField()
    due = models.DateField(db_index=True)
    received = models.DateField()
    sealed = models.TextField(blank=True)  # grounds, where the child goes
    looked_at = models.DateField(null=True, blank=True)
    looked_by = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=40, blank=True)  # missing, home educated, at another school, known

    class Meta:
        ordering = ("-received", "-pk")


class Step(OfChild):
    """A legal step as a typed action. `support` lists what was tried first, as it stood; without any the reason says why."""

    kind = models.CharField(max_length=40)  # of library/attendance_duties.yaml
    names = models.PositiveIntegerField(null=True, blank=True)  # URN of the school that an order names; the step is not that school's
    day = models.DateField()
    support = models.JSONField(default=list)
    sealed = models.TextField(blank=True)
    legal_checked = models.DateField(null=True, blank=True)
    closed = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-day", "-pk")
        constraints = (CheckConstraint(condition=OF_SOMEBODY, name="a_step_is_of_a_school_or_a_record"),)


class Shock(models.Model):
    """Something local that kept children away: a flood, an outbreak, a building. Of some schools, or of the whole area."""

    kind = models.CharField(max_length=20)  # of rules.SHOCKS
    title = models.CharField(max_length=120)
    begins = models.DateField(db_index=True)
    ends = models.DateField()
    schools = models.ManyToManyField(Establishment, related_name="+", blank=True)
    whole_area = models.BooleanField(default=False)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)
    archived_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-begins", "-pk")
        constraints = (CheckConstraint(condition=Q(ends__gte=models.F("begins")), name="a_shock_ends_after_it_begins"),)


class Shared(models.Model):
    """What of pupils went to a partner: the page or list as it went (sealed), why, on what footing, until when. Never altered after."""

    party = models.CharField(max_length=120)
    purpose = models.CharField(max_length=300)
    basis = models.CharField(max_length=20)  # of rules.BASES
    what = models.JSONField(default=list)  # ids of rules.SHARED
    numbered = models.BooleanField(default=False)
    until = models.DateField(db_index=True)
    sealed = models.TextField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)
    withdrawn = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    destroyed = models.DateField(null=True, blank=True)  # the partner said so
    destroyed_said = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("until", "pk")
        constraints = (
            CheckConstraint(condition=Q(withdrawn__isnull=True) | ~Q(withdrawn_because=""), name="sharing_is_withdrawn_with_a_reason"),
        )


class SharedPupil(OfPupil):
    """A pupil of whom something was shared."""

    shared = models.ForeignKey(Shared, on_delete=models.PROTECT, related_name="pupils")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("shared", "school", "pupil"), name="a_pupil_is_shared_once"),)


class RightKind(models.TextChoices):
    ACCESS = "access", "To have everything that is held"
    RECTIFY = "rectify", "To have something put right"
    RESTRICT = "restrict", "To have the use of it restricted"
    OBJECT = "object", "To object to predictions and early warning"


class RightAsked(OfChild):
    """A right that was asked for, with its month, and what was decided. An objection or restriction stands until it is lifted."""

    kind = models.CharField(max_length=10, choices=RightKind)
    asked_by = models.CharField(max_length=10)  # of rules.ASKERS
    received = models.DateField()
    due = models.DateField(db_index=True)
    sealed = models.TextField(blank=True)  # what was asked, in their words
    decided = models.DateField(null=True, blank=True)
    granted = models.BooleanField(null=True, blank=True)
    reason = models.TextField(blank=True)  # sealed
    lifted = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("due", "pk")
        constraints = (
            CheckConstraint(condition=OF_SOMEBODY, name="a_right_is_of_a_school_or_a_record"),
            CheckConstraint(
                condition=Q(decided__isnull=True, granted__isnull=True) | Q(decided__isnull=False, granted__isnull=False),
                name="a_right_is_decided_one_way",
            ),
        )


class MissingKind(models.TextChoices):
    MISSING = "missing", "Child missing education"
    HOME = "home", "Elective home education"


class Missing(OfPupil):
    """A child on no roll whom the authority looks for, or who is taught at home; from a school's return, or opened by hand.

    Of a child who was never on a roll here there is no school and no school's number: `who` tells of them, sealed, and `pupil` is a key of
    the record's own.
    """

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    who = models.TextField(blank=True)  # sealed
    kind = models.CharField(max_length=10, choices=MissingKind)
    came_from = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="records", null=True, blank=True)
    ground = models.CharField(max_length=20)  # of rules.GROUNDS
    opened = models.DateField()
    sealed = models.TextField(blank=True)  # what is known
    review_by = models.DateField(db_index=True)
    closed = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)  # of rules.FOUND
    where = models.TextField(blank=True)  # the school, or where to; sealed

    class Meta:
        ordering = ("review_by", "pk")
        constraints = (
            models.UniqueConstraint(fields=("school", "pupil", "kind"), condition=Q(closed=None), name="one_open_record_of_a_child"),
            CheckConstraint(condition=Q(closed=None, outcome="") | ~Q(outcome=""), name="a_record_has_its_outcome"),
            CheckConstraint(condition=PLACED | (Q(school__isnull=True) & ~Q(who="")), name=SAYS_OF_WHOM),
        )


class Enquiry(models.Model):
    """One enquiry of a record, sealed. Enquiries are added and never altered; the newest day of a review holds."""

    record = models.ForeignKey(Missing, on_delete=models.PROTECT, related_name="enquiries")
    kind = models.CharField(max_length=40)  # of library/attendance_duties.yaml
    day = models.DateField()
    sealed = models.TextField()
    review_by = models.DateField(null=True, blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("day", "pk")

"""A school's plan: objectives, each with its path, actions and evidence; reviews with a colour and a reason; the board that oversees it."""

from django.db import models

from headway.desk.accounts.models import User
from headway.desk.engagements.models import Engagement
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now


class Written(models.Model):
    """Who wrote it, and when."""

    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        abstract = True


class Plan(Written):
    """One plan of one school is open at a time."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="plans")
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    title = models.CharField(max_length=150)
    programme_tier = models.PositiveSmallIntegerField(null=True, blank=True, choices=((1, "Tier 1"), (2, "Tier 2")))
    begins = models.DateField()
    ends = models.DateField()
    closed = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("-begins", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("school",), condition=models.Q(closed__isnull=True), name="one_open_plan_of_a_school"),
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("begins")), name="a_plan_ends_after_it_begins"),
            models.CheckConstraint(
                condition=models.Q(closed__isnull=True) | ~models.Q(closed_because=""), name="a_plan_closes_with_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}: {self.school.name}"


class Area(models.TextChoices):
    """What an objective is about: the areas of an inspection's report card since November 2025, and two of ours."""

    CURRICULUM = "curriculum", "Curriculum and teaching"
    ACHIEVEMENT = "achievement", "Achievement"
    INCLUSION = "inclusion", "Inclusion"
    ATTENDANCE = "attendance", "Attendance and behaviour"
    DEVELOPMENT = "development", "Personal development and well-being"
    LEADERSHIP = "leadership", "Leadership and governance"
    EARLY = "early", "Early years or sixth form"
    SAFEGUARDING = "safeguarding", "Safeguarding"


class Objective(Written):
    """What will be different for pupils, and how one will see it; where a measure shows it, from where to where."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="objectives")
    area = models.CharField(max_length=20, choices=Area)
    title = models.CharField(max_length=300)
    success = models.TextField()
    measure = models.CharField(max_length=80, blank=True)
    start = models.FloatField(null=True, blank=True)
    aim = models.FloatField(null=True, blank=True)
    withdrawn = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("area", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(measure="", start__isnull=True, aim__isnull=True)
                | (~models.Q(measure="") & models.Q(start__isnull=False, aim__isnull=False)),
                name="a_measure_has_a_start_and_an_aim",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Point(models.Model):
    """Where a measure is to be at the end of a term."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="points")
    term = models.CharField(max_length=40)
    due = models.DateField()
    value = models.FloatField()

    class Meta:
        ordering = ("due",)
        constraints = (models.UniqueConstraint(fields=("objective", "due"), name="a_point_once_a_term"),)


class Owner(models.TextChoices):
    SCHOOL = "school", "The school"
    GOVERNORS = "governors", "The governing body or trust"
    COUNCIL = "council", "The council"
    PARTNER = "partner", "The school that helps"


class Action(Written):
    """What is done for an objective, by whom, by when, and what shows that it was."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=300)
    owner = models.CharField(max_length=12, choices=Owner)
    due = models.DateField()
    done = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    done_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("due", "pk")
        constraints = (models.CheckConstraint(condition=models.Q(done__isnull=True) | ~models.Q(evidence=""), name="done_with_evidence"),)


class Review(Written):
    """A day on which every objective was looked at."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    day = models.DateField()
    reviewer = models.CharField(max_length=120)  # a post or a person of the council, as it was said
    overall = models.TextField(blank=True)
    next_day = models.DateField(null=True, blank=True)
    outside_because = models.CharField(max_length=400, blank=True)  # why the next one is outside the interval of the tier

    class Meta:
        ordering = ("day",)
        constraints = (models.UniqueConstraint(fields=("plan", "day"), name="one_review_a_day"),)


class Rag(models.TextChoices):
    GREEN = "green", "Green"
    AMBER = "amber", "Amber"
    RED = "red", "Red"


class Progress(models.Model):
    """How one objective stood at a review: a person's colour, always with its reason, and the figure that was known then."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="progress")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="progress")
    rag = models.CharField(max_length=6, choices=Rag)
    narrative = models.TextField()
    known = models.JSONField(default=dict)  # Evidence: value, year, release, snapshot

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("review", "objective"), name="an_objective_once_a_review"),
            models.CheckConstraint(condition=~models.Q(narrative=""), name="a_colour_has_its_reason"),
        )


class ProjectBoard(Written):
    """The board of one school: those who answer for it, until its exit criteria are met."""

    school = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="project_boards")
    opened = models.DateField()
    exit_criteria = models.TextField(blank=True)  # set at the first meeting
    closed = models.DateField(null=True, blank=True)
    exit_report = models.TextField(blank=True)

    class Meta:
        ordering = ("-opened", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("school",), condition=models.Q(closed__isnull=True), name="one_open_board_of_a_school"),
            models.CheckConstraint(condition=models.Q(closed__isnull=True) | ~models.Q(exit_report=""), name="closed_with_a_report"),
        )

    def __str__(self) -> str:
        return f"Project board: {self.school.name}"


class Post(models.TextChoices):
    CHAIR = "chair", "Senior officer, in the chair"
    HEAD = "head", "Headteacher"
    GOVERNORS = "governors", "Chair of governors"
    ADVISER = "adviser", "Adviser"
    HR = "hr", "Human resources"
    FINANCE = "finance", "Finance"
    DIOCESE = "diocese", "Diocese"
    TRUST = "trust", "Trust"
    OTHER = "other", "Another"


class Member(models.Model):
    board = models.ForeignKey(ProjectBoard, on_delete=models.PROTECT, related_name="members")
    post = models.CharField(max_length=12, choices=Post)
    name = models.CharField(max_length=120)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)


class Sitting(Written):
    """One meeting of the board: its papers go out five working days ahead."""

    board = models.ForeignKey(ProjectBoard, on_delete=models.PROTECT, related_name="sittings")
    day = models.DateField()
    papers_sent = models.DateField(null=True, blank=True)
    held = models.BooleanField(default=False)
    present = models.TextField(blank=True)
    minutes = models.TextField(blank=True)

    class Meta:
        ordering = ("day",)
        constraints = (
            models.UniqueConstraint(fields=("board", "day"), name="one_sitting_a_day"),
            models.CheckConstraint(condition=models.Q(held=False) | ~models.Q(minutes=""), name="held_with_minutes"),
        )


class BoardAction(Written):
    """What a meeting asked for, by whom, by when, until what came of it is said."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=300)
    owner = models.CharField(max_length=120)
    due = models.DateField()
    closed = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("due", "pk")
        constraints = (
            models.CheckConstraint(condition=models.Q(closed__isnull=True) | ~models.Q(outcome=""), name="a_board_action_has_an_outcome"),
        )

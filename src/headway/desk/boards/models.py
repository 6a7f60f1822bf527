"""Boards, who sits on them, their meetings from the forward plan to signed minutes, and what was decided and asked for."""

from django.db import models

from headway.definitions.boards import Edition
from headway.desk.accounts.models import User
from headway.desk.boards.rules import Presence, Sort, State, Vote
from headway.desk.documents.models import Document
from headway.vocabulary.clock import now

WORDS = 8_000
EDITIONS = [(one.value, one.words) for one in Edition]


class Board(models.Model):
    """One board. `kind` is of library/board_kinds.yaml. Closed, never deleted."""

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120, unique=True)
    made = models.DateTimeField(default=now)
    closed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class Terms(models.Model):
    """The terms of reference, one version of them, and the agreement under which members are given what is not public."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="terms")
    purpose = models.TextField(max_length=WORDS)
    quorum = models.PositiveSmallIntegerField()  # in a hundred of the voting members
    agreement = models.CharField(max_length=200, blank=True)
    agreement_until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=80)
    made = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-pk",)
        verbose_name_plural = "terms"
        constraints = (models.CheckConstraint(condition=models.Q(quorum__gte=1, quorum__lte=100), name="a_quorum_is_a_share"),)


class Member(models.Model):
    """Somebody who sits on a board, for a term. Not everybody has an account: `user` is theirs where they have one."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="board_seats")
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=160)  # whom they stand for: “Regional director’s representative”
    chair = models.BooleanField(default=False)
    votes = models.BooleanField(default=True)
    group = models.CharField(max_length=40, blank=True)  # of the groups of its board’s kind: who votes on what
    since = models.DateField()
    until = models.DateField()  # the last day of the term
    why_left = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-chair", "name")
        constraints = (models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="a_term_ends_after_it_begins"),)

    def __str__(self) -> str:
        return self.name


class Interest(models.Model):
    """What a member has to do with a school, or with something else that may come before the board. Ended, never deleted."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="interests")
    what = models.CharField(max_length=200)
    urn = models.PositiveIntegerField(null=True, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("since", "pk")


class Meeting(models.Model):
    """One meeting. The public may read its agenda once the papers are out, its public minutes once they are signed."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    day = models.DateField(db_index=True)
    begins = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    changed_because = models.CharField(max_length=300, blank=True)
    called = models.DateTimeField(null=True, blank=True)  # when the papers went out
    urgent_because = models.CharField(max_length=300, blank=True)  # why with fewer than five clear working days
    unwritten_because = models.CharField(max_length=300, blank=True)  # why the papers went out with parts of a report unwritten
    signed = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of the minutes as signed

    class Meta:
        ordering = ("day", "begins", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(signed__isnull=True, digest="")
                | (models.Q(signed__isnull=False) & ~models.Q(digest="") & ~models.Q(signed_by="")),
                name="signed_by_somebody_with_a_digest",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"Board meeting {self.day.day} {self.day:%B %Y}"


class Item(models.Model):
    """One item of an agenda. `standing` is the id of the standing item it came from; `urns` the schools that it is about."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField()
    standing = models.CharField(max_length=40, blank=True)
    writes = models.CharField(max_length=40, blank=True)  # what Headway writes under it
    title = models.CharField(max_length=160)
    edition = models.CharField(max_length=10, choices=EDITIONS, default=Edition.PUBLIC)
    grounds = models.CharField(max_length=40, blank=True)
    asks = models.CharField(max_length=400)
    text = models.TextField(max_length=WORDS, blank=True)
    urns = models.JSONField(default=list, blank=True)
    reported = models.BooleanField(default=False)  # it asks for a decision that needs every part of a council’s report
    withdrawn = models.DateTimeField(null=True, blank=True)
    why_withdrawn = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("place", "pk")
        constraints = (
            models.CheckConstraint(
                condition=(models.Q(edition=Edition.EXEMPT) & ~models.Q(grounds=""))
                | (~models.Q(edition=Edition.EXEMPT) & models.Q(grounds="")),
                name="exempt_items_and_no_others_have_grounds",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Declaration(models.Model):
    """A member’s interest in one item: excluded from it, its papers withheld. `recalled`: the papers were out already."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="declarations")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="declarations")
    what = models.CharField(max_length=200)
    recalled = models.BooleanField(default=False)
    had_opened = models.BooleanField(default=False)  # whether they had read the papers by then
    by = models.CharField(max_length=80)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("item", "member"), name="an_interest_in_an_item_once"),)


class Opened(models.Model):
    """That a member opened the papers of an item that are not public, the first time."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="openings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("item", "member"), name="opened_first_once"),)


class Attendance(models.Model):
    """Whether a member was there."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attendance")
    presence = models.CharField(max_length=10, choices=Presence.choices)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("meeting", "member"), name="a_member_once_in_a_meeting"),)


class Decision(models.Model):
    """What the board decided on an item, with what was known then. Never changed: a mistake is put right by another that corrects it."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="decisions")
    sort = models.CharField(max_length=10, choices=Sort.choices)
    words = models.TextField(max_length=2_000)
    dissent = models.TextField(max_length=2_000, blank=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")
    evidence = models.TextField(default="{}")  # canonical JSON: snapshot, library and the figures before the board
    by = models.CharField(max_length=80)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)


class Ballot(models.Model):
    """One vote on an item by those who may vote on it, and the decision that it is. Never changed."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="ballots")
    phase = models.CharField(max_length=10, blank=True)  # of schools, for which some members decide; empty where all vote
    motion = models.CharField(max_length=400)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="ballot")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("item", "phase"), name="a_phase_votes_once_on_an_item"),)


class Voice(models.Model):
    """How one member voted."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="voices")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="voices")
    how = models.CharField(max_length=10, choices=Vote.choices)

    class Meta:
        ordering = ("member__name",)
        constraints = (models.UniqueConstraint(fields=("ballot", "member"), name="a_member_votes_once"),)


class ItemFile(models.Model):
    """A file under an item, with who may read it: never more people than its item. Kept by its hash; taken off, never deleted."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="files")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    edition = models.CharField(max_length=10, choices=EDITIONS)
    grounds = models.CharField(max_length=40, blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(default=now)
    withdrawn = models.DateTimeField(null=True, blank=True)
    why_withdrawn = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=(models.Q(edition=Edition.EXEMPT) & ~models.Q(grounds=""))
                | (~models.Q(edition=Edition.EXEMPT) & models.Q(grounds="")),
                name="exempt_files_and_no_others_have_grounds",
            ),
        )


class Report(models.Model):
    """What an officer writes of an item under the headings of the council’s reports, one version of it. The newest ready one goes out."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reports")
    officer = models.CharField(max_length=120)  # who answers for it: a name and a post
    parts = models.JSONField(default=dict)  # part → its words
    ready = models.BooleanField(default=False)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)


class Action(models.Model):
    """What the board asked for: of whom, by when, and what became of it."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=300)
    owner = models.CharField(max_length=120)  # a post or a body
    due = models.DateField(db_index=True)
    made = models.DateTimeField(default=now)
    closed = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("due", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closed__isnull=True, outcome="", closed_by="")
                | (models.Q(closed__isnull=False) & ~models.Q(outcome="") & ~models.Q(closed_by="")),
                name="an_action_of_a_board_is_closed_with_an_outcome",
            ),
        )


class Minutes(models.Model):
    """The minutes of a meeting, one version of them: canonical JSON of what was said under each item, drafted from the record."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    document = models.TextField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "minutes"


class Correction(models.Model):
    """What is put right in signed minutes: a new entry beside them, agreed at a later meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="corrections")
    edition = models.CharField(max_length=10, choices=EDITIONS, default=Edition.PUBLIC)
    words = models.TextField(max_length=2_000)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)


class Pack(models.Model):
    """The papers of a meeting as they were built: what went into them, and the address of what came out. Never changed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="packs")
    address = models.CharField(max_length=64)  # of what came out, by content
    snapshot = models.CharField(max_length=64)
    library = models.CharField(max_length=64)
    spec = models.TextField()  # canonical JSON: everything that the papers were made of besides the snapshot
    hidden = models.JSONField(default=list)  # the counts that the public edition withholds
    by = models.CharField(max_length=80)
    made = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)


class Delegation(models.Model):
    """What maintained schools of one phase are asked to give for school improvement, for each pupil, and what the last year’s bought."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="delegations")
    phase = models.CharField(max_length=10, choices=(("primary", "Primary"), ("secondary", "Secondary")))
    year = models.CharField(max_length=9)  # a financial year: 2027-28
    rate = models.DecimalField(max_digits=7, decimal_places=2)  # pounds for each pupil
    last_rate = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    spent = models.PositiveIntegerField(null=True, blank=True)  # pounds, last year
    bought = models.TextField(max_length=2_000, blank=True)

    class Meta:
        ordering = ("phase",)
        constraints = (models.UniqueConstraint(fields=("item", "phase"), name="one_rate_of_a_phase"),)


class Question(models.Model):
    """A question that members of the council put, and its answer with what the figures were that day."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, null=True, blank=True, related_name="questions")
    words = models.TextField(max_length=2_000)
    committee = models.CharField(max_length=160)
    on = models.DateField()
    measure = models.CharField(max_length=80, blank=True)
    answer = models.TextField(max_length=WORDS, blank=True)
    evidence = models.TextField(default="{}")  # canonical JSON: the sentence, where the figure comes from, snapshot and library
    answered = models.DateTimeField(null=True, blank=True)
    by = models.CharField(max_length=80)
    made = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-on", "-pk")

"""Consultations, what they ask, what came in, and what is done about it. No name, age or address of who answers is asked or kept."""

from django.db import models

from headway.desk.consultation.rules import LONGEST, Audience, Doing, Kind, Moderation, Speaking, State
from headway.desk.strategy.models import Strategy
from headway.vocabulary.clock import now

WORDS = 2_000


class Consultation(models.Model):
    """One asking: about a strategy, or another document that its words name."""

    title = models.CharField(max_length=150)
    about = models.TextField(max_length=WORDS)
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, null=True, blank=True, related_name="consultations")
    version = models.PositiveIntegerField(null=True, blank=True)  # of the strategy as it was when this was opened
    owner = models.CharField(max_length=120)  # a post or a body: the page is public
    audience = models.CharField(max_length=20, choices=Audience.choices, default=Audience.PUBLIC)
    opens = models.DateField()
    closes = models.DateField()
    keep_until = models.DateField()  # the day from which what was typed may be erased
    erased = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    made = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-opens", "title")
        constraints = (
            models.CheckConstraint(condition=models.Q(closes__gte=models.F("opens")), name="a_consultation_closes_after_it_opens"),
        )

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One question, with the answers to choose from where there are any. Withdrawn, never deleted."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="questions")
    place = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=300)
    hint = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.WORDS)
    choices = models.JSONField(default=list, blank=True)
    required = models.BooleanField(default=False)
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("place", "pk")

    def __str__(self) -> str:
        return self.words


class Invitation(models.Model):
    """A link that was sent to somebody or some body. Of its secret only the hash is kept."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="invitations")
    sent_to = models.CharField(max_length=120)  # a body, such as the primary heads' forum
    token = models.CharField(max_length=64, unique=True)
    once = models.BooleanField(default=False)  # else the body may pass it on to its members
    by = models.CharField(max_length=80)
    made = models.DateTimeField(default=now)
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.sent_to


class Response(models.Model):
    """What one person or body sent. `sending` is of the form it came with: the same form sent twice is one response."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="responses")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, null=True, blank=True, related_name="responses")
    sending = models.CharField(max_length=64, unique=True)
    reference = models.CharField(max_length=12, unique=True)  # told to who sent it, so that they can ask for it to be taken out
    speaking = models.CharField(max_length=20, choices=Speaking.choices, blank=True)
    made = models.DateTimeField(default=now)
    moderation = models.CharField(max_length=20, choices=Moderation.choices, default=Moderation.WAITING)
    moderated_by = models.CharField(max_length=80, blank=True)
    moderated = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=~models.Q(moderation="set_aside") | ~models.Q(reason=""), name="set_aside_with_a_reason"),
        )


class Answer(models.Model):
    """What a response says to one question. `typed` is as it came, until it is erased; `kept` is what may be used."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    chosen = models.JSONField(default=list, blank=True)
    typed = models.TextField(max_length=LONGEST, blank=True)
    kept = models.TextField(max_length=LONGEST, blank=True)

    class Meta:
        ordering = ("question__place", "pk")
        constraints = (models.UniqueConstraint(fields=("response", "question"), name="one_answer_to_a_question"),)


class Theme(models.Model):
    """What several answers say, what is done about it, and why."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="themes")
    place = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=150)
    you_said = models.TextField(max_length=WORDS, blank=True)
    doing = models.CharField(max_length=20, choices=Doing.choices, blank=True)
    we_did = models.TextField(max_length=WORDS, blank=True)
    answers = models.ManyToManyField(Answer, through="Assignment", related_name="themes")
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("place", "pk")

    def __str__(self) -> str:
        return self.title


class Assignment(models.Model):
    """A person put an answer under a theme. `suggested`: the words in common had suggested it."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="assignments")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="assignments")
    suggested = models.BooleanField(default=False)
    by = models.CharField(max_length=80)
    made = models.DateTimeField(default=now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("answer", "theme"), name="an_answer_once_under_a_theme"),)


class Sending(models.Model):
    """That an address sent something: a keyed hash of it, erased after an hour. It belongs to no response."""

    address = models.CharField(max_length=64)
    made = models.DateTimeField(default=now)

    class Meta:
        indexes = (models.Index(fields=("address", "made")),)

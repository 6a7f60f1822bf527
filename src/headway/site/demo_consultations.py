"""What the made-up area asked and heard: one consultation that is open, one that was answered. Nobody in it is real."""

from datetime import timedelta
from typing import TYPE_CHECKING

from headway.vocabulary.clock import today

if TYPE_CHECKING:  # Django is not ready when this module loads
    from headway.desk.consultation.models import Consultation, Question, Theme

BY = "command:demo"
SAID = (
    ("The 41 bus comes after the bell, so I am late before I start.", "pupil", 0),
    ("Buses from the estate are full by our stop and drive past.", "parent", 0),
    ("A later bus home would let children stay for clubs.", "parent", 0),
    ("Our pupils miss the first lesson when the bus is cancelled.", "staff", 0),
    ("Make the bus free for everybody under 16.", "governor", 0),
    ("Ring me before you write. A letter frightens people.", "parent", 1),
    ("The letter came three weeks after my child was ill. Nobody called.", "parent", 1),
    ("A call before the letter works: most families answer it.", "staff", 1),
    ("Please call in the afternoon, I work nights.", "", 1),
    ("Letters should be in plain words.", "", 1),
    ("Breakfast club made mornings easier for us.", "parent", None),
)
THEMES = (
    (
        "Buses that come in time",
        "Buses are full, late or gone before clubs end.",
        "will",
        "From September two routes run 15 minutes earlier. Free travel for all is beyond our budget; the answer says why.",
    ),
    (
        "A call before a letter",
        "A call first, at a time when people can answer, and letters in plain words.",
        "done",
        "Schools call before any letter is sent. The letter is one page, tried out with parents.",
    ),
)


def make_demo_consultations() -> None:
    """Once: a second demonstration finds them there."""
    from headway.desk.consultation.models import Consultation

    if not Consultation.objects.exists():
        _open()
        _answered()


def _begun(title: str, about: str, opened: int, closed: int) -> "tuple[Consultation, Question]":
    """Asked from and until so many days from today, with a question for their own words."""
    from headway.desk.consultation import actions
    from headway.desk.consultation.models import Question
    from headway.desk.consultation.rules import State

    day = today()
    one = actions.begin(
        by=BY, title=title, about=about, owner="Director of education", audience="public", opens=day + timedelta(days=opened),
        closes=day + timedelta(days=closed), keep_until=day + timedelta(days=closed + 365),
    )  # fmt: skip
    choices = ["Yes", "In part", "No", "I am not sure"]
    actions.ask(by=BY, question=Question(consultation=one, words="Do you agree with what is proposed?", kind="one", choices=choices))
    words = actions.ask(by=BY, question=Question(consultation=one, words="What would help most?", hint="In your own words."))
    actions.move(by=BY, one=one, target=State.OPEN)
    one.refresh_from_db()
    return one, words


def _open() -> None:
    about = "Some young people find it hard to be in school every day. We have written down what we want to do, and want to hear from you."
    one, words = _begun("Being in school: what would help?", about, -10, 32)
    for number, (said, speaking, _) in enumerate(SAID[:3]):
        _sent(one, words, number, said, speaking, "Yes")


def _answered() -> None:
    from headway.desk.consultation import actions
    from headway.desk.consultation.models import Theme
    from headway.desk.consultation.rules import Moderation, State

    about = "Before we decided how schools and the council help pupils who miss school, we asked what works and what does not."
    one, words = _begun("How we help pupils who miss school", about, -120, -60)
    themes = [
        actions.put_theme(by=BY, theme=Theme(consultation=one, title=title, you_said=said, doing=doing, we_did=did))
        for title, said, doing, did in THEMES
    ]
    for number, (said, speaking, theme) in enumerate(SAID):
        made = _sent(one, words, number + 100, said, speaking, "In part" if number % 2 else "Yes")
        actions.moderate(by=BY, response=made, moderation=Moderation.COUNTED, reason="", kept={})
        _themed(made, words, [] if theme is None else [themes[theme]])
    for target in (State.CLOSED, State.ANSWERED):
        actions.move(by=BY, one=one, target=target)


def _sent(one: "Consultation", words: "Question", number: int, said: str, speaking: str, choice: str) -> object:
    from headway.desk.consultation import actions

    agree = one.questions.get(kind="one")
    answers = {words.pk: ([], said), agree.pk: ([choice], "")}
    return actions.respond(by=BY, one=one, sending=f"demo-{number}", speaking=speaking, answers=answers, invitation=None)


def _themed(made: object, words: "Question", themes: "list[Theme]") -> None:
    from headway.desk.consultation import actions
    from headway.desk.consultation.models import Answer

    actions.assign(by=BY, answer=Answer.objects.get(response=made, question=words), themes=themes)

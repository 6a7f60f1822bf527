"""The forms of consultations: what is asked, the answering itself, reading what came in, and what is done about it."""

from typing import Any

from django import forms

from headway.desk.accounts.queries import Anyone
from headway.desk.consultation.links import fresh_token
from headway.desk.consultation.models import WORDS, Consultation, Question, Response, Theme
from headway.desk.consultation.rules import LONGEST, Kind, Moderation, Speaking, faults_of_question
from headway.desk.strategy.queries import visible_to

LINE = {"class": "govuk-input"}


def long(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "govuk-textarea"})


def day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input govuk-input--width-10"})


class ConsultationForm(forms.ModelForm):
    """What is asked about, by whom, from when to when."""

    class Meta:
        model = Consultation
        fields = ("title", "about", "strategy", "owner", "audience", "opens", "closes", "keep_until")
        labels = {
            "about": "What it is about, in plain words",
            "strategy": "The strategy it asks about",
            "owner": "Who asks",
            "audience": "Who may answer",
            "opens": "First day",
            "closes": "Last day",
            "keep_until": "Keep answers as typed until",
        }
        help_texts = {
            "about": "Somebody of eleven should understand it. Name the document if it is not a strategy kept here.",
            "strategy": "May be left out. The version that is asked about is kept with the answers.",
            "owner": "A post or a body, such as the director of education. The page is public.",
            "keep_until": "From this day they may be erased. What was kept after reading them stays.",
        }
        widgets = {
            "title": forms.TextInput(attrs=LINE), "about": long(6), "owner": forms.TextInput(attrs=LINE),
            "strategy": forms.Select(attrs={"class": "govuk-select"}), "audience": forms.RadioSelect,
            "opens": day(), "closes": day(), "keep_until": day(),
        }  # fmt: skip

    def __init__(self, *given: Any, user: Anyone, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)
        readable = [one.pk for one in visible_to(user)]
        self.fields["strategy"].queryset = self.fields["strategy"].queryset.filter(pk__in=readable)
        self.fields["strategy"].empty_label = "Another document"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        days = {name: given.get(name) for name in ("opens", "closes", "keep_until")}  # a fault takes its field out of what was given
        for first, last, said in (
            ("opens", "closes", "The last day is before the first."),
            ("closes", "keep_until", "Answers are needed at least until the consultation has closed."),
        ):
            if days[first] and days[last] and days[last] < days[first]:
                self.add_error(last, said)
        return given

    @property
    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class QuestionForm(forms.ModelForm):
    """One question."""

    answers = forms.CharField(
        required=False, label="Answers to choose from", help_text="One in a line. Leave it empty for their own words.", widget=long()
    )  # fmt: skip

    class Meta:
        model = Question
        fields = ("words", "hint", "kind", "required")
        labels = {"words": "The question", "hint": "A hint", "kind": "How it is answered", "required": "It must be answered"}
        widgets = {"words": forms.TextInput(attrs=LINE), "hint": forms.TextInput(attrs=LINE), "kind": forms.RadioSelect}

    field_order = ("words", "hint", "kind", "answers", "required")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)
        self.fields["answers"].initial = "\n".join(self.instance.choices)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        choices = [line.strip()[:120] for line in given.get("answers", "").splitlines() if line.strip()]
        for fault in faults_of_question(given.get("kind", Kind.WORDS), choices):
            self.add_error("answers", fault)
        self.instance.choices = choices
        return given


class ResponseForm(forms.Form):
    """A response. Nothing in it asks who somebody is, how old, or how to reach them."""

    sending = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *given: Any, questions: list[Question], **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)
        self.questions = questions
        self.fields["sending"].initial = fresh_token()
        for question in questions:
            self.fields[f"q{question.pk}"] = _field(question)
        self.fields["speaking"] = forms.ChoiceField(
            choices=[*Speaking.choices, ("", "I would rather not say")], required=False, label="As whom do you answer?",
            help_text="You need not say.", widget=forms.RadioSelect, initial="",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not any(given.get(f"q{question.pk}") for question in self.questions):
            self.add_error(None, "You have not answered anything yet.")
        return given

    @property
    def answers(self) -> dict[int, tuple[list[str], str]]:
        """Question → (chosen, typed), of those that were answered."""
        found = {}
        for question in self.questions:
            value = self.cleaned_data[f"q{question.pk}"]
            if value:
                chosen = [value] if question.kind == Kind.ONE else list(value) if question.kind == Kind.SEVERAL else []
                found[question.pk] = (chosen, str(value) if question.kind == Kind.WORDS else "")
        return found


def _field(question: Question) -> forms.Field:
    told: dict[str, Any] = {"label": question.words, "help_text": question.hint, "required": question.required}
    choices = [(one, one) for one in question.choices]
    if question.kind == Kind.ONE:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **told)
    if question.kind == Kind.SEVERAL:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **told)
    return forms.CharField(max_length=LONGEST, widget=long(6), **told)


class ModerationForm(forms.Form):
    """Read one response: shorten what tells of a person, then count it or set it aside."""

    moderation = forms.ChoiceField(
        choices=[(one.value, one.label) for one in (Moderation.COUNTED, Moderation.SET_ASIDE)], widget=forms.RadioSelect,
        label="This response",
    )  # fmt: skip
    reason = forms.CharField(max_length=300, required=False, label="Why it is set aside", widget=forms.TextInput(attrs=LINE))

    def __init__(self, *given: Any, response: Response, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)
        self.response = response
        self.fields["moderation"].initial = "" if response.moderation == Moderation.WAITING else response.moderation
        self.fields["reason"].initial = response.reason
        self.worded = [answer for answer in response.answers.all() if answer.kept or answer.typed]
        for answer in self.worded:
            self.fields[f"a{answer.pk}"] = forms.CharField(
                max_length=LONGEST, required=False, initial=answer.kept, label=answer.question.words, widget=long(5),
                help_text="Take out names and whatever tells who somebody is; write […] in its place. What was typed is kept apart.",
            )  # fmt: skip
        self.order_fields([*(name for name in self.fields if name not in ("moderation", "reason")), "moderation", "reason"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("moderation") == Moderation.SET_ASIDE and not given.get("reason", "").strip():
            self.add_error("reason", "Say why: abuse, the same response twice, nothing to do with what was asked.")
        return given

    @property
    def kept(self) -> dict[int, str]:
        return {answer.pk: self.cleaned_data[f"a{answer.pk}"] for answer in self.worded}


class ThemeForm(forms.ModelForm):
    """A theme: what people said, what is done about it."""

    withdraw = forms.BooleanField(required=False, label="Take this theme out")

    class Meta:
        model = Theme
        fields = ("title", "you_said", "doing", "we_did")
        labels = {"title": "Theme", "you_said": "You said", "doing": "What we do", "we_did": "We did, and why"}
        help_texts = {
            "you_said": f"In their sense, without anything that tells who said it. At most {WORDS:,} characters.",
            "doing": "Needed before the answer is published.",
        }
        widgets = {
            "title": forms.TextInput(attrs=LINE), "you_said": long(), "we_did": long(),
            "doing": forms.Select(attrs={"class": "govuk-select"}),
        }  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)
        if not self.instance.pk:
            del self.fields["withdraw"]


class InvitationForm(forms.Form):
    """To whom a link goes."""

    sent_to = forms.CharField(
        max_length=120, label="Who is invited", help_text="A body or a post, such as the primary heads’ forum.",
        widget=forms.TextInput(attrs=LINE),
    )  # fmt: skip
    once = forms.BooleanField(required=False, label="For one response only")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)

"""Forms of strategies and their pieces. Every fault is told beside its field, all at once, and nothing typed is lost."""

from datetime import date
from typing import Any

from django import forms

from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, people
from headway.desk.strategy import queries, rules
from headway.desk.strategy.models import WORDS, Action, Milestone, Partner, Piece, Priority, Risk, Strand, Strategy, Update
from headway.desk.strategy.versions import flat
from headway.vocabulary import clock

SHORT = {"class": "govuk-input govuk-input--width-10"}
LINE, LONG = forms.TextInput(attrs={"class": "govuk-input"}), {"rows": 4, "class": "govuk-textarea"}


def day(**attrs: str) -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input govuk-input--width-10", **attrs})


class Written(forms.ModelForm):
    """A form of what a strategy says: with the reason of a change, and the version it was opened at.

    Where somebody changed the same piece meanwhile, that is a fault: neither's words are lost.
    """

    reason = forms.CharField(max_length=500, required=False, label="Why it is changed", widget=forms.Textarea(attrs={**LONG, "rows": 2}))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *given: Any, strategy: Strategy | None = None, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)
        self.strategy = strategy
        for field in self.fields.values():
            if isinstance(field.widget, forms.Select):
                field.widget.attrs.setdefault("class", "govuk-select")
        self.order_fields([name for name in self.fields if name != "reason"])
        if strategy is None or strategy.version == 0:
            self.fields.pop("reason")
            self.fields.pop("seen")
            return
        self.fields["seen"].initial = strategy.version
        agreed = strategy.state in rules.AGREED
        self.fields["reason"].help_text = (
            "The strategy is decided. The reason is shown beside the change." if agreed else "May be left out while it is not decided."
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.strategy is not None and "reason" in self.fields:
            for name, said in rules.faults_of_change(self.strategy.state, given.get("reason", "")).items():
                self.add_error(name, said)
            self._nobody_meanwhile(given.get("seen"))
        self._in_order("starts", "ends", "The last day is before the first.")
        self._in_order("starts", "due", "The last day is before the first.")
        return given

    def _in_order(self, first: str, last: str, said: str) -> None:
        given = self.cleaned_data
        if given.get(first) and given.get(last) and given[last] < given[first]:
            self.add_error(last, said)

    def _nobody_meanwhile(self, seen: int | None) -> None:
        """Compares the piece as it was when the form was opened with how it is."""
        then = queries.version(self.strategy, seen) if seen and seen != self.strategy.version else None
        key = (queries.KIND_OF.get(type(self.instance), "strategy"), str(self.instance.pk) if isinstance(self.instance, Piece) else "")
        if then is None or self.instance.pk is None:
            return
        now = flat(queries.document(Strategy.objects.get(pk=self.strategy.pk)))
        if flat(queries.document_of(then)).get(key) != now.get(key):
            raise forms.ValidationError(
                "Somebody changed this while you were writing. Your words are below; see theirs in another tab, then save again."
            )

    @property
    def words(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("reason", "seen")}


class StrategyForm(Written):
    class Meta:
        model = Strategy
        fields = ("title", "summary", "owner", "starts", "ends", "audience")
        labels = {
            "title": "Name", "summary": "What it is about", "owner": "Who answers for it", "starts": "First day", "ends": "Last day",
            "audience": "Who reads it once it is decided",
        }  # fmt: skip
        help_texts = {
            "summary": "Two or three plain sentences for a member of the public.",
            "owner": "A post or a body, such as Director of education. Never a person’s name: the page is public.",
        }  # fmt: skip
        widgets = {"title": LINE, "summary": forms.Textarea(attrs=LONG), "owner": LINE, "starts": day(), "ends": day()}


class StrandForm(Written):
    class Meta:
        model = Strand
        fields = ("title", "purpose")
        labels = {"title": "Name of the strand", "purpose": "What it is for"}
        widgets = {"title": LINE, "purpose": forms.Textarea(attrs=LONG)}


class PriorityForm(Written):
    class Meta:
        model = Priority
        fields = ("strand", "title", "purpose")
        labels = {"title": "The priority", "purpose": "What it is for", "strand": "Strand"}
        widgets = {"title": LINE, "purpose": forms.Textarea(attrs=LONG)}

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["strand"].queryset = self.strategy.strands.filter(withdrawn=None)


class ActionForm(Written):
    serves = forms.MultipleChoiceField(required=False, label="Promises it serves", widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Action
        fields = (
            "priority", "title", "activity", "output", "outcome", "evidence", "owner", "person", "partner", "starts", "due", "resources",
            "cost", "serves",
        )  # fmt: skip
        labels = {
            "title": "The action", "activity": "What is done", "output": "What comes of it at once",
            "outcome": "What changes for pupils", "evidence": "Why it should work", "owner": "Who answers for it",
            "person": "On whose list it stands here", "partner": "Partner who delivers it", "starts": "Begins", "due": "Finished by",
            "resources": "With what", "cost": "Cost in pounds, over its whole length",
        }  # fmt: skip
        help_texts = {
            "output": "What can be counted: trained, visited, in place.",
            "evidence": "A study, or how it went elsewhere. Say so where there is none.",
            "owner": "A post or a body, never a person’s name.",
            "person": "They may tell its progress. Their name is not shown to the public.",
        }  # fmt: skip
        widgets = {
            "title": LINE, "owner": LINE, "starts": day(), "due": day(), "cost": forms.NumberInput(attrs=SHORT),
            **{name: forms.Textarea(attrs={**LONG, "rows": 3}) for name in ("activity", "output", "outcome", "evidence", "resources")},
        }  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["priority"].queryset = Priority.objects.filter(strand__strategy=self.strategy, withdrawn=None, strand__withdrawn=None)
        self.fields["partner"].queryset = self.strategy.partners.filter(withdrawn=None)
        self.fields["partner"].empty_label = "Nobody from outside"
        self.fields["person"].choices = [("", "Nobody’s"), *((one.pk, str(one)) for one in people() if _may_be_asked(one))]
        self.fields["serves"].choices = [(one.ambition, one.title) for one in queries.promises(self.strategy)]
        if not self.fields["serves"].choices:
            self.fields.pop("serves")


def _may_be_asked(user: Any) -> bool:
    return bool(user.is_active and may(user, Permission.VIEW_STRATEGY))


class MilestoneForm(Written):
    class Meta:
        model = Milestone
        fields = ("action", "title", "due")
        labels = {"action": "Of which action", "title": "What can be seen to be reached", "due": "By"}
        widgets = {"title": LINE, "due": day()}

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["action"].queryset = Action.objects.filter(
            pk__in=[action.pk for action in queries.actions_of(self.strategy)]
        ).order_by("title")  # fmt: skip


class PartnerForm(Written):
    class Meta:
        model = Partner
        fields = ("title", "delivers", "bond", "reference", "until", "if_not")
        labels = {
            "title": "Name of the partner", "delivers": "What they deliver", "bond": "What binds them",
            "reference": "Reference of the contract or letter", "until": "Until", "if_not": "If they cannot",
        }  # fmt: skip
        widgets = {
            "title": LINE, "reference": LINE, "until": day(), "delivers": forms.Textarea(attrs=LONG),
            "if_not": forms.Textarea(attrs={**LONG, "rows": 2}),
        }  # fmt: skip


class RiskForm(Written):
    class Meta:
        model = Risk
        fields = ("title", "likelihood", "effect", "answer", "owner")
        labels = {
            "title": "What could happen", "likelihood": "How likely", "effect": "How much it would matter",
            "answer": "What is done about it", "owner": "Who watches it",
        }  # fmt: skip
        help_texts = {
            "likelihood": "; ".join(f"{level.label}: {words}" for level, words in rules.LIKELY_WORDS.items()) + ".",
            "effect": "; ".join(f"{level.label}: {words}" for level, words in rules.EFFECT_WORDS.items()) + ".",
        }  # fmt: skip
        widgets = {"title": LINE, "owner": LINE, "answer": forms.Textarea(attrs=LONG)}


FORMS: dict[str, type[Written]] = {
    "strand": StrandForm, "priority": PriorityForm, "action": ActionForm, "milestone": MilestoneForm, "partner": PartnerForm,
    "risk": RiskForm,
}  # fmt: skip


class WithdrawForm(forms.Form):
    """Take a piece out, or give a promise up."""

    reason = forms.CharField(max_length=500, label="Why", widget=forms.Textarea(attrs={**LONG, "rows": 3}))

    def __init__(self, *given: Any, state: str, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)
        self.state = state

    def clean_reason(self) -> str:
        reason = str(self.cleaned_data["reason"])
        faults = rules.faults_of_change(self.state, reason)
        if faults:
            raise forms.ValidationError(faults["reason"])
        return reason


class MoveForm(forms.Form):
    """A step of the strategy's life."""

    target = forms.ChoiceField(label="What is done", widget=forms.RadioSelect)
    on = forms.DateField(label="On which day", widget=day())
    body = forms.CharField(
        max_length=120, required=False, label="Who decided", widget=LINE,
        help_text="The cabinet, a board. Needed for a decision and for closing.",
    )  # fmt: skip
    minute = forms.CharField(max_length=120, required=False, label="Reference of the minute", widget=LINE)
    reason = forms.CharField(
        max_length=500, required=False, label="Why, or what was found", widget=forms.Textarea(attrs={**LONG, "rows": 3})
    )  # fmt: skip

    def __init__(self, *given: Any, strategy: Strategy, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)
        self.strategy = strategy
        self.fields["target"].choices = [(move.target.value, move.words) for move in rules.moves_from(strategy.state)]
        self.fields["on"].initial = clock.today()

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > clock.today():
            raise forms.ValidationError("Give today or an earlier day.")
        last = self.strategy.steps.first()
        if last and on < last.on:
            raise forms.ValidationError(f"The step before was taken on {last.on.day} {last.on:%B %Y}. Give that day or a later one.")
        return on

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "target" in given:
            words = {name: given.get(name, "") for name in ("reason", "body", "minute")}
            for name, said in rules.faults_of_move(self.strategy.state, given["target"], **words).items():
                self.add_error(name, said)
        return given


class UpdateForm(forms.ModelForm):
    """How an action is going."""

    class Meta:
        model = Update
        fields = ("on", "standing", "words")
        labels = {"on": "As on", "standing": "How it is going", "words": "In words"}
        help_texts = {"words": f"What was done since the last word, what is late, and what is next. At most {WORDS:,} characters."}
        widgets = {"on": day(), "words": forms.Textarea(attrs=LONG), "standing": forms.RadioSelect}

    def __init__(self, *given: Any, action: Action, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)
        self.action = action
        self.fields["on"].initial = clock.today()
        self.fields["standing"].choices = [(one.value, f"{one.label}: {one.words}") for one in rules.Standing]

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > clock.today():
            raise forms.ValidationError("Give today or an earlier day.")
        return on

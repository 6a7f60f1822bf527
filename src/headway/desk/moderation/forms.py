"""The forms of a meeting: called, who is there, how the adviser sees a school, what is settled. Faults beside their fields, all at once."""

from collections.abc import Sequence
from typing import Any

from django import forms

from headway.definitions.tiers import NOT_ENOUGH, Scheme
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.tiers.forms import DAY, SELECT, TEXT, Plain, lines, one_school
from headway.desk.tiers.models import Part
from headway.desk.tiers.rules import fault_of_outcome
from headway.language.values import plain


class MeetingForm(Plain):
    """A meeting to call. Which schools come before it follows from their phase, and can be narrowed to some."""

    title = forms.CharField(
        label="What it is on", max_length=120, widget=forms.TextInput(attrs=TEXT), help_text="As: Primary schools, north."
    )
    day = forms.DateField(label="Day", widget=DAY)
    scheme = forms.ChoiceField(label="By which scheme", widget=forms.Select(attrs=SELECT))
    phases = forms.MultipleChoiceField(
        label="Schools of which phases", required=False, widget=forms.CheckboxSelectMultiple, help_text="None ticked: every school."
    )
    urns = forms.CharField(
        label="Or only these, by URN",
        required=False,
        widget=lines(2),
        help_text="One after the other. Left empty, all of the phases ticked.",
    )
    days_at_hand = forms.FloatField(
        label="Adviser days at hand for them", required=False, min_value=0,
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-5", "step": "0.5"}),
        help_text="In the year. The page shows how many are left as tiers are settled.",
    )  # fmt: skip
    field_order = ("title", "day", "scheme", "phases", "urns", "days_at_hand", "once")

    def __init__(self, *given: Any, schemes: list[tuple[str, str]], phases: list[str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["scheme"].choices = schemes
        self.fields["phases"].choices = [(one, plain(one).capitalize()) for one in phases]

    def clean_urns(self) -> list[int]:
        found = self.cleaned_data["urns"].replace(",", " ").replace(";", " ").split()
        wrong = [one for one in found if not (one.isdigit() and len(one) == 6)]
        if wrong:
            raise forms.ValidationError(f"Not a URN: {', '.join(wrong[:10])}.")
        return [int(one) for one in found]


class PresenceForm(Plain):
    """Somebody who is there, and what they declare."""

    name = forms.CharField(label="Name", max_length=120, widget=forms.TextInput(attrs=TEXT))
    part = forms.ChoiceField(label="Part", choices=Part.choices, widget=forms.Select(attrs=SELECT), initial=Part.MEMBER)
    interest = forms.CharField(
        label="Interest, if any", required=False, max_length=300, widget=forms.TextInput(attrs=TEXT),
        help_text="As: governor there, or a relative on the staff. Whoever has one takes no part in that school.",
    )  # fmt: skip
    school = forms.CharField(label="In which school, by URN or name", required=False, max_length=120, widget=forms.TextInput(attrs=TEXT))
    field_order = ("name", "part", "interest", "school", "once")

    def __init__(self, *given: Any, user: User, **named: Any) -> None:
        super().__init__(*given, **named)
        self.user = user

    def clean_school(self) -> Any:
        text = self.cleaned_data["school"].strip()
        return one_school(self.user, text, Permission.SEE_TIERS) if text else None

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("school") and not kept.get("interest"):
            self.add_error("interest", "Say what the interest is.")
        return kept


class OpinionForm(Plain):
    """How the adviser sees a school."""

    view = forms.ChoiceField(label="The adviser’s view", widget=forms.Select(attrs=SELECT))
    line = forms.CharField(label="Why", max_length=400, widget=forms.TextInput(attrs=TEXT))

    def __init__(self, *given: Any, titles: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["view"].choices = [("", "Choose a tier"), *titles]


class OutcomeForm(Plain):
    """What a meeting says of a school: the proposal accepted, or another tier with the reason."""

    tier = forms.ChoiceField(error_messages={"required": "Choose what the meeting says."})
    reason = forms.CharField(required=False, max_length=4_000)
    began_from = forms.IntegerField(min_value=0)

    def __init__(self, *given: Any, scheme: Scheme, proposed: str, lacks: Sequence[str] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.scheme, self.proposed, self.lacks = scheme, proposed, lacks
        self.fields["tier"].choices = [(tier, tier) for tier in (*scheme.tiers, NOT_ENOUGH)]

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        tier = kept.get("tier")
        fault = fault_of_outcome(self.scheme, self.proposed, tier, kept.get("reason", ""), self.lacks) if tier else ""
        if fault:
            self.add_error("reason", fault)
        return kept

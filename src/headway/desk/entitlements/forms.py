"""The forms of the ledger. Every fault is told beside its field, all at once."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from django import forms

from headway.definitions.entitlements import Conditional, Entitlement, Triggered
from headway.desk.accounts.models import User
from headway.desk.entitlements import queries
from headway.desk.entitlements.models import Offer, Rag
from headway.language.values import plain
from headway.vocabulary import clock

TEXT = {"class": "govuk-input"}
SELECT = {"class": "govuk-select"}
NARROW = {"class": "govuk-input govuk-input--width-5", "inputmode": "decimal"}
HAPPENINGS = {
    "new_head": "A new head has started",
    "inspection_call": "An inspector has rung",
    "inspection_report": "An inspection report is out",
    "self_referral": "The school asks for help",
    "progress_issue": "Progress on areas for improvement is an issue",
    "performance_signal": "Performance is a concern",
    "school_asks": "The school asks for more",
    "evidence_thin": "There is too little to judge by",
}
LASTING = frozenset(get_args(Conditional.model_fields["when"].annotation))


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input govuk-input--width-10"})


class Plain(forms.Form):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)


class EnterForm(Plain):
    """Something that the school had, or that is booked for it."""

    item = forms.ChoiceField(label="What", required=False, widget=forms.Select(attrs=SELECT))
    what = forms.CharField(
        label="In words, if it is none of these", max_length=200, required=False, widget=forms.TextInput(attrs=TEXT)
    )  # fmt: skip
    day = forms.DateField(label="Day", widget=day_input(), help_text="A day to come books it; a day that has been delivers it.")
    days = forms.DecimalField(
        label="Adviser days it takes", required=False, min_value=0, max_value=20, max_digits=5, decimal_places=2,
        widget=forms.TextInput(attrs=NARROW), help_text="Travel and writing up included. Left empty: what the library says.",
    )  # fmt: skip
    adviser = forms.ModelChoiceField(User.objects.none(), label="Whose time", required=False, widget=forms.Select(attrs=SELECT))
    rag = forms.ChoiceField(label="If it was a review, how it went", required=False, widget=forms.Select(attrs=SELECT),
                            choices=[("", "Not a review"), *Rag.choices])  # fmt: skip
    order = forms.ChoiceField(label="Paid for by an order", required=False, widget=forms.Select(attrs=SELECT))
    once = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def __init__(self, *given: Any, entitlement: Entitlement, urn: int, orders: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.entitlement = entitlement
        standing = {name for name, item in entitlement.items.items() if item.standing}
        listed = [(name, item.title) for name, item in entitlement.items.items() if name not in standing]
        self.fields["item"].choices = [*listed, ("", "Beside what is owed")]
        self.fields["adviser"].queryset = User.objects.filter(pk__in=[one.pk for one in queries.advisers(urn)])
        self.fields["order"].choices = [("", "None: part of the council’s own offer"), *orders]
        if not orders:
            self.fields["order"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        item, what = kept.get("item", ""), kept.get("what", "").strip()
        if not item and not what:
            self.add_error("what", "Say what it is.")
        if kept.get("days") is None and "days" not in self.errors:
            known = self.entitlement.items.get(item)
            kept["days"] = Decimal(str(known.days)) if known and known.by == "adviser" else Decimal(0)
        if kept.get("rag") and kept.get("day") and kept["day"] > clock.today():
            self.add_error("rag", "A review that is still to come has not gone any way yet.")
        return kept


class WaiveForm(Plain):
    because = forms.CharField(
        label="Why it is not given", max_length=400, widget=forms.TextInput(attrs=TEXT), help_text="The school can read it."
    )


class DoneForm(Plain):
    """What was booked is held, on a day."""

    day = forms.DateField(label="Day", widget=day_input())
    rag = forms.ChoiceField(label="If it was a review, how it went", required=False, widget=forms.Select(attrs=SELECT),
                            choices=[("", "Not a review"), *Rag.choices])  # fmt: skip

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError("That day has not come yet.")
        return day


class WhyForm(Plain):
    because = forms.CharField(label="Why", max_length=400, widget=forms.TextInput(attrs=TEXT))


class HappenedForm(Plain):
    kind = forms.ChoiceField(label="What has happened", widget=forms.RadioSelect)
    since = forms.DateField(label="On which day, or since when", widget=day_input())
    because = forms.CharField(label="How we know", max_length=400, widget=forms.TextInput(attrs=TEXT), help_text="The school can read it.")

    def __init__(self, *given: Any, entitlement: Entitlement, **named: Any) -> None:
        super().__init__(*given, **named)
        lines = [*entitlement.everybody, *(line for gives in entitlement.tiers.values() for line in gives.lines)]
        asked = {line.when for line in lines if isinstance(line, Conditional)} | {line.on for line in lines if isinstance(line, Triggered)}
        self.fields["kind"].choices = [(name, words) for name, words in HAPPENINGS.items() if name in asked or name == "new_head"]

    def clean_since(self) -> date:
        day: date = self.cleaned_data["since"]
        if day > clock.today():
            raise forms.ValidationError("That day has not come yet.")
        return day


class NameForm(Plain):
    adviser = forms.ModelChoiceField(
        User.objects.none(), label="Who", required=False, empty_label="Nobody", widget=forms.Select(attrs=SELECT)
    )
    since = forms.DateField(label="From", widget=day_input())
    because = forms.CharField(label="Why", max_length=400, required=False, widget=forms.TextInput(attrs=TEXT))

    def __init__(self, *given: Any, urn: int, barred: Mapping[int, str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.barred = barred
        self.fields["adviser"].queryset = User.objects.filter(pk__in=[one.pk for one in queries.advisers(urn)])

    def clean_adviser(self) -> User | None:
        adviser: User | None = self.cleaned_data["adviser"]
        if adviser is not None and adviser.pk in self.barred:
            raise forms.ValidationError(f"{adviser} has declared a conflict of interest with this school.")
        return adviser


class DiaryForm(Plain):
    days = forms.DecimalField(
        label="Days for schools this school year", min_value=0, max_value=230, max_digits=5, decimal_places=1,
        widget=forms.TextInput(attrs=NARROW), help_text="Without leave, training and what is given to other work.",
    )  # fmt: skip
    phases = forms.MultipleChoiceField(
        label="Works with", required=False, widget=forms.CheckboxSelectMultiple, help_text="None ticked: all."
    )
    place = forms.CharField(
        label="Starts out near", required=False, widget=forms.TextInput(attrs=TEXT), help_text="A school’s URN or name, for distances."
    )  # fmt: skip

    def __init__(self, *given: Any, phases: list[str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["phases"].choices = [(name, plain(name).capitalize()) for name in phases]


class CostForm(Plain):
    year = forms.TypedChoiceField(label="Financial year", coerce=int, widget=forms.Select(attrs=SELECT))
    pounds = forms.DecimalField(
        label="A day costs, in pounds", min_value=Decimal(1), max_digits=8, decimal_places=2, widget=forms.TextInput(attrs=NARROW)
    )  # fmt: skip
    source = forms.CharField(label="Where that is from", max_length=200, widget=forms.TextInput(attrs=TEXT))

    def __init__(self, *given: Any, years: list[tuple[int, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["year"].choices = years


class OfferForm(Plain):
    title = forms.CharField(label="What is offered", max_length=120, widget=forms.TextInput(attrs=TEXT))
    what = forms.CharField(label="What it holds", required=False, widget=forms.Textarea(attrs={"rows": 3, "class": "govuk-textarea"}))
    unit = forms.CharField(label="Sold by the", max_length=40, widget=forms.TextInput(attrs=TEXT), help_text="Day, session, year.")
    pounds = forms.DecimalField(
        label="One costs, in pounds", min_value=0, max_digits=9, decimal_places=2, widget=forms.TextInput(attrs=NARROW)
    )
    days = forms.DecimalField(
        label="Adviser days that one takes", min_value=0, max_value=60, max_digits=5, decimal_places=2, widget=forms.TextInput(attrs=NARROW)
    )  # fmt: skip


class OrderForm(Plain):
    offer = forms.ModelChoiceField(Offer.objects.filter(archived=None), label="What", widget=forms.Select(attrs=SELECT))
    units = forms.DecimalField(
        label="How many", min_value=Decimal("0.5"), max_digits=6, decimal_places=2, widget=forms.TextInput(attrs=NARROW)
    )
    wish = forms.CharField(
        label="When, and what for", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "govuk-textarea"})
    )  # fmt: skip

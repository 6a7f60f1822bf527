"""The forms of sharing and of rights."""

from collections.abc import Sequence
from typing import Any

from django import forms

from headway.desk.attendance import rules
from headway.desk.attendance.forms import DAY, SEALED_HELP, SELECT, TEXT, Plain, area_of_text
from headway.desk.attendance.models import RightKind
from headway.readings.attendance.partners import Partner
from headway.vocabulary.clock import today


class ShareForm(Plain):
    """With whom, what, why, on what footing, until when. Parties are those that area.yaml names; with none named, any, for half a year."""

    party = forms.CharField(label="With whom", max_length=120, widget=forms.TextInput(attrs=TEXT))
    purpose = forms.CharField(label="Why, and what is asked for", max_length=300, widget=area_of_text(3), help_text="No names.")
    basis = forms.ChoiceField(label="On what footing", choices=rules.BASES, widget=forms.RadioSelect)
    what = forms.MultipleChoiceField(label="What goes", choices=rules.SHARED, widget=forms.CheckboxSelectMultiple,
                                     help_text="No more than the purpose needs.")  # fmt: skip
    numbered = forms.BooleanField(label="With the pupil’s number (this is recorded)", required=False)
    until = forms.DateField(label="Until when", widget=DAY)

    def __init__(self, *given: Any, partners: Sequence[Partner] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.ends = {one.name: one.expires for one in partners}
        now = today()
        if partners:
            there = [(one.name, f"{one.name}: {', '.join(one.purposes)}; until {one.expires.day} {one.expires:%B %Y}")
                     for one in partners if not one.over]  # fmt: skip
            self.fields["party"] = forms.ChoiceField(label="With whom", choices=there, widget=forms.Select(attrs=SELECT))
        self.initial.setdefault("until", rules.until_at_most(now, None))
        self.initial.setdefault("what", ["attendance"])

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        until, now = kept.get("until"), today()
        most = rules.until_at_most(now, self.ends.get(kept.get("party", "")))
        if until and not now <= until <= most:
            self.add_error("until", f"From today to {most.day} {most:%B %Y}: half a year, and no longer than the agreement holds.")
        return kept


class ListForm(ShareForm):
    """The same of a list."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        del self.fields["what"]


class SaidForm(Plain):
    said = forms.CharField(label="Who said it, and how", max_length=200, widget=forms.TextInput(attrs=TEXT))


class RightForm(Plain):
    kind = forms.ChoiceField(label="What is asked for", choices=RightKind.choices, widget=forms.RadioSelect)
    asked_by = forms.ChoiceField(label="By whom", choices=rules.ASKERS, widget=forms.RadioSelect)
    received = forms.DateField(label="Received on", widget=DAY)
    text = forms.CharField(label="In their words", required=False, max_length=8_000, widget=area_of_text(4), help_text=SEALED_HELP)

    def clean_received(self) -> Any:
        if self.cleaned_data["received"] > today():
            raise forms.ValidationError("This day has not come yet.")
        return self.cleaned_data["received"]


class DecideForm(Plain):
    granted = forms.TypedChoiceField(
        label="What is decided",
        choices=(("yes", "Granted"), ("no", "Refused")),
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Why, as the family is told", max_length=8_000, widget=area_of_text(4), help_text=SEALED_HELP)

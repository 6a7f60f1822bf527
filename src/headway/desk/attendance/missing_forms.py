"""The forms of children missing education or taught at home."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from headway.definitions.attendance_duties import Duty
from headway.desk.attendance import rules
from headway.desk.attendance.forms import DAY, SEALED_HELP, Plain, area_of_text
from headway.desk.attendance.legal_forms import NumberForm, duties_of, labelled
from headway.desk.attendance.models import MissingKind
from headway.vocabulary.clock import today

SEALED_FOR_ALL = "Sealed: only the attendance team of the whole area reads it."


def not_to_come(day: date) -> date:
    if day > today():
        raise forms.ValidationError("This day has not come yet.")
    return day


class RecordForm(Plain):
    kind = forms.ChoiceField(label="What is opened", choices=MissingKind.choices, widget=forms.RadioSelect)
    ground = forms.ChoiceField(label="On what ground, as the school told it", choices=rules.GROUNDS, widget=forms.RadioSelect)
    opened = forms.DateField(label="Opened on", widget=DAY)
    text = forms.CharField(label="What is known", required=False, max_length=8_000, widget=area_of_text(4), help_text=SEALED_HELP)
    review_by = forms.DateField(label="Look again by", widget=DAY, help_text="How often is the council’s to lay down.")

    def clean_opened(self) -> Any:
        return not_to_come(self.cleaned_data["opened"])

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("opened") and kept.get("review_by") and kept["review_by"] < kept["opened"]:
            self.add_error("review_by", "The review comes after the record is opened.")
        return kept


class ByHandForm(NumberForm, RecordForm):
    field_order = ("number",)


class UnplacedForm(RecordForm):
    """Of a child on no roll here: nobody's school, so nobody of a school reads it."""

    ground = forms.ChoiceField(label="On what ground", choices=rules.GROUNDS, widget=forms.RadioSelect)
    text = forms.CharField(label="What is known", required=False, max_length=8_000, widget=area_of_text(4), help_text=SEALED_FOR_ALL)
    who = forms.CharField(label="Who the child is, and who told us", max_length=2_000, widget=area_of_text(3),
                          help_text=f"Name, date of birth, where they live. {SEALED_FOR_ALL}")  # fmt: skip
    field_order = ("who", "kind", "ground", "opened", "text", "review_by")


class EnquiryForm(Plain):
    kind = forms.ChoiceField(label="What was done", widget=forms.RadioSelect)
    day = forms.DateField(label="On which day", widget=DAY)
    text = forms.CharField(label="Who was asked, and what they said", max_length=8_000, widget=area_of_text(4), help_text=SEALED_HELP)
    review_by = forms.DateField(label="Look again by, if that changes", required=False, widget=DAY)

    def __init__(self, *given: Any, duties: Mapping[str, Duty], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["kind"].choices = [labelled(*item) for item in duties_of(duties, "enquiry", today())]

    def clean_day(self) -> Any:
        return not_to_come(self.cleaned_data["day"])

    def clean_review_by(self) -> Any:
        found = self.cleaned_data["review_by"]
        if found and found < today():
            raise forms.ValidationError("This day has passed; the review comes after today.")
        return found


class CloseForm(Plain):
    outcome = forms.ChoiceField(label="What came of it", choices=rules.FOUND, widget=forms.RadioSelect)
    where = forms.CharField(label="At which school, or where to; what else is to be known", required=False, max_length=2_000,
                            widget=area_of_text(3), help_text=SEALED_HELP)  # fmt: skip

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        for fault in rules.faults_of_closing(kept.get("outcome", ""), kept.get("where", "")):
            self.add_error("where", fault)
        return kept

"""The forms of notices, returns and legal steps."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from headway.definitions.attendance_duties import Duty
from headway.desk.attendance import rules
from headway.desk.attendance.forms import DAY, SEALED_HELP, SELECT, TEXT, Plain, area_of_text
from headway.desk.establishments.queries import open_schools
from headway.readings.attendance.one_pupil import key_of
from headway.readings.door import Door
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer


def duties_of(duties: Mapping[str, Duty], kind: str, on: date) -> list[tuple[str, Duty]]:
    """Returns or steps in force on a day, in their order."""
    return sorted(((name, one) for name, one in duties.items() if one.kind == kind and one.holds(on)), key=lambda item: item[1].order)


def labelled(name: str, one: Duty) -> tuple[str, str]:
    return name, f"{one.title} ({one.basis})"


class ConsiderForm(Plain):
    decision = forms.ChoiceField(label="What follows", choices=rules.DECISIONS, widget=forms.RadioSelect)
    reason = forms.CharField(label="Why, in this case", max_length=8_000, widget=area_of_text(5), help_text=SEALED_HELP)
    parent = forms.CharField(
        label="For a notice: the reference of the parent", required=False, max_length=60, widget=forms.TextInput(attrs=TEXT),
        help_text="As in the council’s case system, no name. It decides how many notices of three years stand for this parent and child.",
    )  # fmt: skip


class IssueForm(Plain):
    parent = forms.CharField(label="Reference of the parent", max_length=60, widget=forms.TextInput(attrs=TEXT),
                             help_text="As in the council’s case system, no name. Each parent has a notice of their own.")  # fmt: skip
    issued = forms.DateField(label="Issued on", widget=DAY)

    def clean_issued(self) -> Any:
        if self.cleaned_data["issued"] > today():
            raise forms.ValidationError("This day has not come yet.")
        return self.cleaned_data["issued"]


class PeriodForm(Plain):
    begins = forms.DateField(label="From", widget=DAY)
    ends = forms.DateField(label="To", widget=DAY)

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("begins") and kept.get("ends") and kept["ends"] <= kept["begins"]:
            self.add_error("ends", "It ends after it begins.")
        return kept


class PaidForm(Plain):
    act = forms.ChoiceField(
        label="What happened", choices=(("paid", "It was paid"), ("withdrawn", "It is withdrawn")), widget=forms.RadioSelect
    )
    paid = forms.DateField(label="Paid on", required=False, widget=DAY)
    because = forms.CharField(label="Why it is withdrawn", required=False, max_length=300, widget=forms.TextInput(attrs=TEXT))

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("act") == "paid" and not kept.get("paid") and "paid" not in self.errors:
            self.add_error("paid", "Give the day on which it was paid.")
        if kept.get("act") == "withdrawn" and not kept.get("because"):
            self.add_error("because", "Say why it is withdrawn.")
        return kept


class OutcomeForm(Plain):
    outcome = forms.ChoiceField(label="What came of it", widget=forms.RadioSelect)

    def __init__(self, *given: Any, choices: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["outcome"].choices = choices


class NumberForm(Plain):
    """Where nothing leads to the pupil: by the number that the school gave."""

    number = forms.CharField(label="The pupil’s number, as in the register", max_length=60, widget=forms.TextInput(attrs=TEXT),
                             help_text="It is not kept: a key is made of it.")  # fmt: skip

    def key(self, door: Door, viewer: Viewer, urn: int) -> str | None:
        """The pupil's key in the registers of the school; None, with the fault on the form, where they hold no such pupil."""
        try:
            found = key_of(door, viewer, urn, self.cleaned_data["number"])
        except HeadwayError as fault:
            self.add_error(None, fault.what)
            return None
        if found is None:
            self.add_error("number", "The registers of this school hold no pupil with this number.")
        return found


class ReturnForm(NumberForm):
    field_order = ("kind", "number")
    kind = forms.ChoiceField(label="What is returned", widget=forms.RadioSelect)
    happened = forms.DateField(
        label="On which day", widget=DAY, help_text="The tenth day of absence; the day on or off the roll; the day it was known."
    )
    text = forms.CharField(label="What else is to be known", required=False, max_length=8_000, widget=area_of_text(4),
                           help_text=f"The ground, where the child is to go. {SEALED_HELP}")  # fmt: skip

    def __init__(self, *given: Any, duties: Mapping[str, Duty], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["kind"].choices = [labelled(*item) for item in duties_of(duties, "return", today())]


class StepForm(Plain):
    """`taken` are the steps that stand already, (kind, day); `duties` those that may be taken."""

    kind = forms.ChoiceField(label="Which step", widget=forms.Select(attrs=SELECT))
    names = forms.TypedChoiceField(label="The school that an order names", required=False, coerce=int, empty_value=None,
                                   widget=forms.Select(attrs=SELECT))  # fmt: skip
    day = forms.DateField(label="Day", widget=DAY)
    reason = forms.CharField(label="Why this step, and why now", max_length=8_000, widget=area_of_text(5), help_text=SEALED_HELP)

    def __init__(self, *given: Any, duties: Mapping[str, Duty], tried: Any, taken: Sequence[tuple[str, date]] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.duties, self.tried, self.taken = duties, tried, taken
        self.fields["kind"].choices = [labelled(*item) for item in duties_of(duties, "step", today())]
        self.fields["names"].choices = [("", "None"), *open_schools()[1:]]

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        duty, reason = self.duties.get(kept.get("kind", "")), kept.get("reason")
        if duty and reason is not None:
            for fault in rules.faults_of_step(duty.support_first, self.tried, reason):
                self.add_error("reason", fault)
            self._follows(duty, kept.get("day"), reason)
        if duty and duty.names_school and not kept.get("names") and "names" not in self.errors:
            self.add_error("names", "Say which school the order names.")
        if duty and kept.get("names") and not duty.names_school:
            self.add_error("names", "This step names no school: leave it at None.")
        return kept

    def _follows(self, duty: Duty, day: date | None, reason: str) -> None:
        first = self.duties.get(duty.follows)
        if first is None or day is None:
            return
        before = [taken for kind, taken in self.taken if kind == duty.follows]
        for fault in rules.faults_of_following(first.title, duty.after, before, day, reason):
            self.add_error("day" if before else "reason", fault)

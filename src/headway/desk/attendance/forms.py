"""The forms of attendance. Every fault is told beside its field, all at once."""

from datetime import timedelta
from typing import Any

from django import forms

from headway.desk.attendance import rules
from headway.desk.attendance.models import EntryKind, Owner, PlanKind
from headway.vocabulary.clock import today

TEXT = {"class": "govuk-input"}
SELECT = {"class": "govuk-select"}
SHORT = {"class": "govuk-input govuk-input--width-5"}
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input govuk-input--width-10"})
HOUR = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "govuk-input govuk-input--width-5"})
SEALED_HELP = "Sealed: only those who may see pupils of this school read it."


def area_of_text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "govuk-textarea"})


class Plain(forms.Form):
    """Labels without a colon."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)


class LeadForm(Plain):
    lead = forms.CharField(label="Lead for attendance", max_length=120, required=False, widget=forms.TextInput(attrs=TEXT))
    champion = forms.CharField(label="Senior attendance champion", max_length=120, required=False, widget=forms.TextInput(attrs=TEXT),
                               help_text="A member of the senior leadership team.")  # fmt: skip
    weeks = forms.IntegerField(label="Weeks between targeting support meetings", min_value=2, max_value=52,
                               widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-3"}))  # fmt: skip


class OfficialForm(Plain):
    year = forms.RegexField(
        r"^20[0-9]{2}/[0-9]{2}$",
        label="Year",
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-5"}),
        help_text="As 2026/27.",
        error_messages={"invalid": "Write it as 2026/27."},
    )
    figure = forms.DecimalField(label="Attendance expected, in per cent", min_value=50, max_value=100, decimal_places=1, max_digits=4,
                                widget=forms.NumberInput(attrs=SHORT | {"step": "0.1"}))  # fmt: skip
    said = forms.CharField(label="A line on it", required=False, max_length=200, widget=forms.TextInput(attrs=TEXT))


class OfferForm(Plain):
    day = forms.DateField(label="Day", required=False, widget=DAY, help_text="Leave it empty until the school agrees one.")
    begins = forms.TimeField(label="Hour", required=False, widget=HOUR)


class DayForm(Plain):
    day = forms.DateField(label="Day", widget=DAY)
    begins = forms.TimeField(label="Hour", required=False, widget=HOUR)
    because = forms.CharField(label="Why, if it moves", max_length=400, required=False, widget=forms.TextInput(attrs=TEXT))


class WhyForm(Plain):
    because = forms.CharField(label="Why", max_length=400, widget=forms.TextInput(attrs=TEXT))


class ActionForm(Plain):
    """What is to be done, by whom, by when."""

    what = forms.CharField(label="What is to be done", max_length=300, widget=forms.TextInput(attrs=TEXT),
                           help_text="No names of pupils: the action is seen by everybody who works with the school.")  # fmt: skip
    owner = forms.ChoiceField(label="Who does it", choices=Owner.choices, widget=forms.Select(attrs=SELECT))
    due = forms.DateField(label="By when", widget=DAY)


class HoldForm(Plain):
    """What came of a meeting. Up to four actions at once; more can be added after."""

    day = forms.DateField(label="Held on", widget=DAY)
    note = forms.CharField(label="What was said", required=False, max_length=20_000, widget=area_of_text(6), help_text=SEALED_HELP)
    next_by = forms.DateField(label="Next meeting by", required=False, widget=DAY)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for at in range(1, 5):
            self.fields[f"what{at}"] = forms.CharField(
                label=f"Action {at}", max_length=300, required=False, widget=forms.TextInput(attrs=TEXT))  # fmt: skip
            self.fields[f"owner{at}"] = forms.ChoiceField(
                label=f"Who does action {at}", choices=Owner.choices, required=False, widget=forms.Select(attrs=SELECT))  # fmt: skip
            self.fields[f"due{at}"] = forms.DateField(label=f"Action {at} by", required=False, widget=DAY)

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        for at in range(1, 5):
            if kept.get(f"what{at}") and not kept.get(f"due{at}") and f"due{at}" not in self.errors:
                self.add_error(f"due{at}", "Give the day by which it is done.")
            if kept.get(f"due{at}") and not kept.get(f"what{at}"):
                self.add_error(f"what{at}", "Say what is to be done.")
        if kept.get("day") and kept["day"] > today():
            self.add_error("day", "A meeting that was held lies in the past.")
        return kept

    @property
    def agreed(self) -> list[dict[str, Any]]:
        kept = self.cleaned_data
        return [{name: kept[f"{name}{at}"] or "school" for name in ("what", "owner", "due")} for at in range(1, 5) if kept[f"what{at}"]]


class ClearForm(Plain):
    did = forms.ChoiceField(label="What was done", choices=rules.HONEST, widget=forms.RadioSelect)
    text = forms.CharField(
        label="A line on it, if you like", required=False, max_length=2_000, widget=area_of_text(2), help_text=SEALED_HELP
    )


class PlanForm(Plain):
    kind = forms.ChoiceField(label="What kind", choices=PlanKind.choices, widget=forms.RadioSelect)
    lead = forms.CharField(label="Who leads it", max_length=120, widget=forms.TextInput(attrs=TEXT), help_text=SEALED_HELP)
    barriers = forms.MultipleChoiceField(
        label="What keeps the child away", choices=rules.BARRIERS, widget=forms.CheckboxSelectMultiple, required=False
    )
    agreed = forms.CharField(label="What is agreed, and who does it", required=False, max_length=20_000, widget=area_of_text(6),
                             help_text=SEALED_HELP)  # fmt: skip
    begins = forms.DateField(label="Begins", widget=DAY)
    review_by = forms.DateField(label="Reviewed by", widget=DAY)
    part_time_until = forms.DateField(label="Part-time timetable until", required=False, widget=DAY,
                                      help_text="Only where one is agreed. It has an end, and is reviewed.")  # fmt: skip

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("begins") and kept.get("review_by") and kept["review_by"] <= kept["begins"]:
            self.add_error("review_by", "The review comes after the plan begins.")
        if kept.get("begins") and kept.get("part_time_until") and kept["part_time_until"] < kept["begins"]:
            self.add_error("part_time_until", "A part-time timetable ends after it begins.")
        return kept


class ChangePlanForm(PlanForm):
    """What of a plan may be changed: the rest is written as entries."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name in ("agreed", "begins", "review_by"):
            del self.fields[name]


class EntryForm(Plain):
    kind = forms.ChoiceField(label="What is it", choices=EntryKind.choices, widget=forms.Select(attrs=SELECT))
    day = forms.DateField(label="Day", widget=DAY)
    text = forms.CharField(label="What was done, said or agreed", max_length=20_000, widget=area_of_text(5), help_text=SEALED_HELP)
    review_by = forms.DateField(label="Next review by, if this is one", required=False, widget=DAY)

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > today() + timedelta(1):
            raise forms.ValidationError("This day has not come yet.")
        return day


class EndForm(Plain):
    outcome = forms.ChoiceField(label="What came of it", choices=rules.OUTCOMES, widget=forms.RadioSelect)
    text = forms.CharField(label="In a few words", required=False, max_length=4_000, widget=area_of_text(3), help_text=SEALED_HELP)


class ShockForm(Plain):
    kind = forms.ChoiceField(label="What kind", choices=rules.SHOCKS, widget=forms.Select(attrs=SELECT))
    title = forms.CharField(label="In a few words", max_length=120, widget=forms.TextInput(attrs=TEXT),
                            help_text="It stands on the charts of the schools; no names.")  # fmt: skip
    begins = forms.DateField(label="From", widget=DAY)
    ends = forms.DateField(label="To", widget=DAY)
    urns = forms.CharField(
        label="Schools, by URN", required=False, widget=area_of_text(2), help_text="Apart by spaces; empty: the whole area."
    )

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("begins") and kept.get("ends") and kept["ends"] < kept["begins"]:
            self.add_error("ends", "It ends after it begins.")
        return kept

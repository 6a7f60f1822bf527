"""The forms of the evidence library. Every fault is told beside its field, all at once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from headway.definitions.loading import Library
from headway.desk.establishments.models import Establishment
from headway.desk.evidence_library.models import Kind, Strength
from headway.desk.evidence_library.rules import USUAL, faults_of_review_by
from headway.desk.framing.fields import Plain, choice, line, lines
from headway.desk.framing.fields import day as day_input
from headway.vocabulary import clock

PHASES = (
    ("nursery", "Nursery"), ("primary", "Primary"), ("middle", "Middle"), ("secondary", "Secondary"), ("all_through", "All-through"),
    ("special", "Special"), ("alternative", "Alternative provision"), ("post16", "Post-16"),
)  # fmt: skip


class PracticeForm(Plain):
    """What was done, for whom, at what cost."""

    title = forms.CharField(label="What it is, in a few words", max_length=150, widget=line())
    kind = forms.ChoiceField(label="What you write", choices=Kind.choices, widget=choice())
    areas = forms.MultipleChoiceField(label="It answers needs in", widget=forms.CheckboxSelectMultiple)
    phases = forms.MultipleChoiceField(label="For schools of which phases", choices=PHASES, widget=forms.CheckboxSelectMultiple)
    problem = forms.CharField(label="What was to be better", max_length=2_000, widget=lines(3))
    did = forms.CharField(
        label="What is done",
        max_length=8_000,
        widget=lines(7),
        help_text="So that another school could do it. No names of pupils or staff.",
    )
    context = forms.CharField(
        label="Where it was done",
        max_length=2_000,
        required=False,
        widget=lines(3),
        help_text="Intake, size, who led it, what was there before.",
    )
    pounds = forms.IntegerField(
        label="About how many pounds a year", min_value=0, max_value=500_000, required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-5", "inputmode": "numeric"}),
        help_text="For a school of one form of entry. 0 for nothing; empty if it is not known.",
    )  # fmt: skip
    costs = forms.CharField(
        label="What else it costs", max_length=2_000, required=False, widget=lines(2), help_text="Time of whom, what was given up for it."
    )
    pitfalls = forms.CharField(label="What goes wrong", max_length=2_000, required=False, widget=lines(3))
    measure = forms.ChoiceField(
        label="The figure that should move", required=False, widget=choice(),
        help_text="What became of each school that does it is worked out there, beside matched schools, with its margin.",
    )  # fmt: skip

    def __init__(self, *given: Any, library: Library, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["areas"].choices = [(name, area.title) for name, area in library.support_areas.items()]
        told = {one.measure for area in library.support_areas.values() for one in area.measures}
        self.fields["measure"].choices = [("", "None that is published"), *((one, library.measures[one].title) for one in sorted(told))]


class SchoolFields(forms.Form):
    school = forms.TypedChoiceField(label="School that does it", coerce=int, required=False, empty_value=None, widget=choice())
    since = forms.DateField(label="Since", required=False, widget=day_input())

    known: dict[int, Establishment]

    def offer_schools(self, schools: Sequence[Establishment]) -> None:
        self.known = {one.pk: one for one in schools}
        self.fields["school"].choices = [("", "None named"), *((one.pk, one.name) for one in schools)]
        if len(schools) == 1:
            self.fields["school"].initial = schools[0].pk

    def clean_school(self) -> Establishment | None:
        return self.known.get(self.cleaned_data["school"])

    def clean_since(self) -> date | None:
        day: date | None = self.cleaned_data["since"]
        if day and day > clock.today():
            raise forms.ValidationError("Give today or an earlier day.")
        return day


class NewForm(SchoolFields, PracticeForm):
    def __init__(self, *given: Any, schools: Sequence[Establishment], **named: Any) -> None:
        super().__init__(*given, **named)
        self.offer_schools(schools)


class RewriteForm(PracticeForm):
    began_from = forms.IntegerField(widget=forms.HiddenInput)


class AdoptForm(SchoolFields, Plain):
    def __init__(self, *given: Any, schools: Sequence[Establishment], **named: Any) -> None:
        super().__init__(*given, **named)
        self.offer_schools(schools)
        for name in ("school", "since"):
            self.fields[name].required = True


class WhyForm(Plain):
    because = forms.CharField(label="Why", max_length=400, widget=line())


class ReviewForm(Plain):
    because = forms.CharField(label="What you looked at", max_length=400, required=False, widget=line())


class PublishForm(Plain):
    review_by = forms.DateField(label="Looked at again by", widget=day_input())
    because = forms.CharField(label="What changed, if it was looked at again", max_length=400, required=False, widget=line())

    def clean_review_by(self) -> date:
        day: date = self.cleaned_data["review_by"]
        if faults := faults_of_review_by(day, clock.today()):
            raise forms.ValidationError(faults)
        return day


class SourceForm(Plain):
    """A named source outside; what it says is typed in."""

    title = forms.CharField(
        label="Source", max_length=200, widget=line(), help_text="Who found it, and what the study or review is called."
    )
    href = forms.URLField(label="Where it is to be read", max_length=300, assume_scheme="https", widget=line())
    finding = forms.CharField(label="What it says", max_length=400, widget=lines(2), help_text="With its size and margin, as it says it.")
    strength = forms.ChoiceField(label="How sure it is", choices=Strength.choices, widget=forms.RadioSelect)
    seen = forms.DateField(label="You read it on", widget=day_input())


def publishing() -> dict[str, date]:
    return {"review_by": clock.today() + USUAL}

"""The forms of networks. Every fault is told beside its field, all at once."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from headway.desk.accounts.addresses import number_in
from headway.desk.documents.rules import LARGEST, RETENTIONS, TAKEN
from headway.desk.establishments.models import Establishment
from headway.desk.establishments.staying import faults_of_day
from headway.desk.framing.fields import Plain, choice, line, lines
from headway.desk.framing.fields import day as day_input
from headway.desk.networks.models import Kind, Network
from headway.desk.networks.queries import convenors, newest_change
from headway.vocabulary import clock

MOST = 200


def schools_in(text: str) -> list[Establishment]:
    """The open schools named in a text, by URN or name, one a line. Raises a ValidationError with every fault."""
    parts = [part.strip() for row in text.splitlines() for part in (re.split(r"[\s,;]+", row) if re.match(r"[\d\s,;]+$", row) else [row])]
    found, faults = [], []
    for part in filter(None, parts):
        urn, there = number_in(part), Establishment.objects.filter(listed=True, status="open")
        fitting = list(there.filter(pk=urn) if urn is not None else there.filter(name__iexact=part)[:2])
        fitting = fitting or ([] if urn is not None else list(there.filter(name__icontains=part)[:2]))
        found += fitting if len(fitting) == 1 else []
        if not fitting:
            faults.append(f"No open school here is called or numbered {part[:60]}.")
        elif len(fitting) > 1:
            faults.append(f"Several schools fit {part[:60]}. Give the URN.")
    if len(found) > MOST:
        faults.append(f"A network has at most {MOST} schools.")
    if faults:
        raise forms.ValidationError(faults)
    return list({one.pk: one for one in found}.values())


class AboutForm(Plain):
    """What a network is called, what it is for, who convenes it."""

    name = forms.CharField(label="Name", max_length=100, widget=line())
    kind = forms.ChoiceField(label="What it is", choices=Kind.choices, widget=choice())
    purpose = forms.CharField(label="What it works on", max_length=400, required=False, widget=lines(2))
    convenor = forms.ModelChoiceField(
        label="Convenor", queryset=None, required=False, empty_label="Nobody yet", widget=choice(),
        help_text="Calls its meetings, keeps its minutes and sets up its peer reviews. May be a head.",
    )  # fmt: skip

    def __init__(self, *given: Any, network: Network | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        self.network = network
        self.fields["convenor"].queryset = convenors()

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if Network.objects.filter(name__iexact=name).exclude(pk=self.network.pk if self.network else None).exists():
            raise forms.ValidationError("There is a network of that name already.")
        return name


class NewForm(AboutForm):
    schools = forms.CharField(label="Its schools, by URN or name, one a line", widget=lines(8))
    since = forms.DateField(label="Members from", widget=day_input())

    def clean_schools(self) -> list[int]:
        return [one.pk for one in schools_in(self.cleaned_data["schools"])]

    def clean_since(self) -> date:
        day: date = self.cleaned_data["since"]
        if faults := faults_of_day(day, clock.today(), None):
            raise forms.ValidationError(faults)
        return day


class MembersForm(Plain):
    schools = forms.CharField(label="Its schools, by URN or name, one a line", widget=lines(8))
    since = forms.DateField(
        label="From", widget=day_input(), help_text="The day from which this list holds. Earlier members stay in the history."
    )
    because = forms.CharField(label="Why, if any leave", max_length=300, required=False, widget=line())

    def __init__(self, *given: Any, network: Network, **named: Any) -> None:
        super().__init__(*given, **named)
        self.network = network

    def clean_schools(self) -> list[int]:
        return [one.pk for one in schools_in(self.cleaned_data["schools"])]

    def clean_since(self) -> date:
        day: date = self.cleaned_data["since"]
        if faults := faults_of_day(day, clock.today(), newest_change(self.network)):
            raise forms.ValidationError(faults)
        return day


class MeetingForm(Plain):
    day = forms.DateField(label="Day", widget=day_input())
    begins = forms.TimeField(
        label="Begins at", required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "govuk-input govuk-input--width-5"}),
    )  # fmt: skip
    place = forms.CharField(label="Where", max_length=150, required=False, widget=line())
    agenda = forms.CharField(label="What it is about", max_length=4_000, widget=lines(5), help_text="One point a line.")


class MinutesForm(Plain):
    present = forms.TypedMultipleChoiceField(
        label="Schools that came", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    text = forms.CharField(
        label="Minutes", max_length=20_000, widget=lines(12), help_text="What was said and decided. No names of pupils; posts, not people."
    )
    began_from = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *given: Any, schools: Sequence[Establishment], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["present"].choices = [(one.pk, one.name) for one in schools]


class TextForm(Plain):
    text = forms.CharField(label="Text", max_length=8_000, widget=lines(8))

    def __init__(self, *given: Any, label: str, help_text: str = "", **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["text"].label, self.fields["text"].help_text = label, help_text


class PromiseForm(Plain):
    what = forms.CharField(label="What is promised", max_length=300, widget=line())
    school = forms.TypedChoiceField(label="By whom", coerce=int, required=False, empty_value=None, widget=choice())
    due = forms.DateField(label="By when", widget=day_input())

    def __init__(self, *given: Any, schools: Sequence[Establishment], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["school"].choices = [("", "The convenor"), *((one.pk, one.name) for one in schools)]
        self.known = {one.pk: one for one in schools}

    def clean_school(self) -> Establishment | None:
        return self.known.get(self.cleaned_data["school"])


class WhyForm(Plain):
    because = forms.CharField(label="Why", max_length=300, widget=line())


class OutcomeForm(Plain):
    outcome = forms.CharField(label="What came of it", max_length=300, widget=line())


class DayForm(Plain):
    day = forms.DateField(label="Day", widget=day_input())


class PaperForm(Plain):
    """A file to share."""

    title = forms.CharField(max_length=150, label="What it is", widget=line())
    file = forms.FileField(
        label="The file",
        help_text=f"{TAKEN}, up to 100 MB. No names of pupils.",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload"}),
    )
    retention = forms.ChoiceField(
        label="How long it is kept", widget=choice(), choices=[(name, one.title) for name, one in RETENTIONS.items()]
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("It is larger than 100 MB.")
        return file


class CycleForm(Plain):
    """A cycle of peer reviews: when, on what, among whom."""

    term = forms.ChoiceField(label="Term", widget=choice())
    focus = forms.CharField(label="Focus", max_length=300, widget=line(), help_text="What each review looks at, such as reading in Year 1.")
    schools = forms.TypedMultipleChoiceField(label="Schools that take part", coerce=int, widget=forms.CheckboxSelectMultiple)
    both_ways = forms.BooleanField(
        label="Two schools may review one another; left empty, no school is reviewed by the one that it reviews", required=False
    )

    def __init__(self, *given: Any, schools: Sequence[Establishment], terms: Sequence[str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["schools"].choices = [(one.pk, one.name) for one in schools]
        self.fields["term"].choices = [(one, one) for one in terms]


class PairForm(Plain):
    reviewer = forms.TypedChoiceField(label="Who reviews", coerce=int, widget=choice())
    host = forms.TypedChoiceField(label="Who is reviewed", coerce=int, widget=choice())

    def __init__(self, *given: Any, schools: Sequence[Establishment], **named: Any) -> None:
        super().__init__(*given, **named)
        for name in ("reviewer", "host"):
            self.fields[name].choices = [(one.pk, one.name) for one in schools]

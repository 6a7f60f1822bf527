"""The form of a group: what it is called, what for, who sees it, its schools, and from which day."""

import re
from typing import Any

from django import forms

from headway.desk.accounts.models import User
from headway.desk.establishments.staying import faults_of_day
from headway.desk.groups.models import Group
from headway.desk.groups.queries import has_name, newest_change
from headway.readings.door import Door
from headway.readings.groups import checked
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Urn


class GroupForm(forms.Form):
    """A new group, or a change of one. Every fault is told beside its field, all at once."""

    name = forms.CharField(max_length=80, label="Name", widget=forms.TextInput(attrs={"class": "govuk-input"}))
    purpose = forms.CharField(
        max_length=300, required=False, label="What it is for", help_text="Others will read it if you share the group.",
        widget=forms.Textarea(attrs={"rows": 2, "class": "govuk-textarea"}),
    )  # fmt: skip
    urns = forms.CharField(
        label="Its schools, by URN", help_text="Separate them by spaces, commas or lines. Schools of any authority may be in it.",
        widget=forms.Textarea(attrs={"rows": 6, "class": "govuk-textarea", "spellcheck": "false"}),
    )  # fmt: skip
    since = forms.DateField(
        label="Members from", help_text="The day from which this list holds. Earlier members stay in the group’s history.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}),
    )  # fmt: skip
    shared = forms.BooleanField(required=False, label="Share it with everybody who works with Headway here")

    def __init__(self, *given: Any, door: Door, owner: User, group: Group | None = None, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)
        self.door, self.owner, self.group = door, owner, group

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if has_name(self.owner, name, self.group):
            raise forms.ValidationError("You have a group of that name already.")
        return name

    def clean_urns(self) -> tuple[int, ...]:
        faults, urns = [], []
        for part in re.split(r"[\s,;]+", str(self.cleaned_data["urns"]).strip()):
            try:
                urn = Urn.parse(part).number
            except HeadwayError as error:
                faults.append(error.what)
                continue
            urns.append(urn)
            if urn not in self.door.authorities_of_schools:
                faults.append(f"No list that was loaded holds URN {urn}.")
        if not faults:
            try:
                return checked(urns)
            except HeadwayError as error:
                faults.append(error.what)
        raise forms.ValidationError(faults)

    def clean_since(self) -> Any:
        day = self.cleaned_data["since"]
        faults = faults_of_day(day, clock.today(), newest_change(self.group) if self.group else None)
        if faults:
            raise forms.ValidationError(faults)
        return day

"""The form of how often mail is wanted."""

from django import forms

from headway.desk.alerts.rules import HowOften
from headway.desk.framing.fields import Plain


class ChoiceForm(Plain):
    how_often = forms.ChoiceField(
        label="How often do you want mail?", choices=[(one.value, one.words) for one in HowOften], widget=forms.RadioSelect
    )

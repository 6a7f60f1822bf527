"""The forms of contacts."""

from typing import Any

from django import forms

from headway.desk.contacts import rules
from headway.desk.contacts.models import Place
from headway.desk.framing.fields import Plain, choice, line


class ContactForm(Plain):
    place = forms.ChoiceField(label="Where they are", choices=Place.choices, widget=choice())
    post = forms.CharField(label="Post", max_length=120, widget=line(), help_text="Head, chair of governors, diocesan officer.")
    name = forms.CharField(label="Name", max_length=120, widget=line())
    email = forms.EmailField(label="E-mail address", required=False, widget=forms.EmailInput(attrs={"class": "govuk-input"}))
    phone = forms.CharField(label="Telephone", required=False, max_length=40, widget=line())

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        for fault in rules.faults(kept.get("email", ""), kept.get("phone", "")) if "email" in kept else ():
            self.add_error("phone", fault)
        return kept


class EndForm(Plain):
    because = forms.CharField(label="Why", max_length=200, widget=line(), help_text="Left the post, another took it over.")

"""The forms of account management."""

import re
from typing import Any

from django import forms

from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Role
from headway.desk.accounts.rules import FIGURES, SCOPES, faults_of_roles
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Urn


class RolesForm(forms.Form):
    """Roles, and the whole area or the URNs of a patch."""

    roles = forms.MultipleChoiceField(
        choices=[(role.value, role.words) for role in Role], widget=forms.CheckboxSelectMultiple, required=False, label="Roles"
    )
    whole_area = forms.BooleanField(required=False, label="Every school of the area")
    urns = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 3, "class": "govuk-textarea"}), label="Or the URNs of their schools"
    )  # fmt: skip

    def clean_roles(self) -> frozenset[Role]:
        return frozenset(Role(role) for role in self.cleaned_data["roles"])

    def clean_urns(self) -> frozenset[int]:
        try:
            return frozenset(Urn.parse(part).number for part in re.split(r"[\s,;]+", self.cleaned_data["urns"]) if part)
        except HeadwayError as error:
            raise forms.ValidationError(error.what) from error

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for fault in faults_of_roles(found.get("roles", frozenset()), found.get("whole_area", False), found.get("urns", frozenset())):
            self.add_error(None, fault)
        return found


class TokenForm(forms.Form):
    """What a token for programs is for."""

    name = forms.CharField(
        max_length=80, label="What it is for", help_text="Such as: the figures on the council’s website.",
        widget=forms.TextInput(attrs={"class": "govuk-input"}),
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label="What may be asked with it", choices=SCOPES, widget=forms.CheckboxSelectMultiple, initial=[FIGURES],
        help_text="No more than the program needs, and never more than you may see.",
    )  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)


class InviteForm(RolesForm):
    """A new person."""

    name = forms.CharField(max_length=120, label="Name")
    email = forms.EmailField(label="E-mail address")
    field_order = ("name", "email", "roles", "whole_area", "urns")

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError("This person has an account already.")
        return email

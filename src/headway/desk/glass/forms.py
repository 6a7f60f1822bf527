"""The forms of break-glass. Every fault is told beside its field."""

from django import forms

from headway.desk.accounts.addresses import number_in
from headway.desk.establishments.models import Establishment
from headway.desk.framing.fields import Plain, line, lines
from headway.desk.glass import rules


class BreakForm(Plain):
    school = forms.CharField(label="Which school, by URN", max_length=9, widget=line(inputmode="numeric"),
                             help_text="Its restricted notes and no other’s.")  # fmt: skip
    reason = forms.CharField(
        label="What has happened, and why it cannot wait", max_length=4_000, widget=lines(5),
        help_text="The data protection officer reads it, now by mail and in the register for good. Name no child.",
    )  # fmt: skip
    once = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def clean_school(self) -> Establishment:
        number = number_in(self.cleaned_data["school"].strip())
        found = Establishment.objects.filter(pk=number).first() if number is not None else None
        if found is None:
            raise forms.ValidationError("No school of the area has that URN.")
        return found

    def clean_reason(self) -> str:
        fault = rules.fault_of_reason(self.cleaned_data["reason"])
        if fault:
            raise forms.ValidationError(fault)
        return str(self.cleaned_data["reason"])


class LookForm(Plain):
    remark = forms.CharField(label="What you think of it", required=False, max_length=2_000, widget=lines(3),
                             help_text="Left empty: looked at, nothing to say.")  # fmt: skip

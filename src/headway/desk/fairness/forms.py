"""The forms of a sign-off. Every fault is told beside its field."""

from datetime import date, timedelta

from django import forms

from headway.desk.fairness import rules
from headway.desk.framing.fields import Plain, day, line, lines
from headway.vocabulary import clock

HALF_A_YEAR = timedelta(183)


class SignOffForm(Plain):
    reason = forms.CharField(
        label="Why the proposals may be used although the rules err more for some schools", max_length=4_000, widget=lines(5),
        help_text="What you looked at, why the gap is there, and what you do so that nobody is overlooked or burdened by it. "
        "Everybody who sorts schools reads it.",
    )  # fmt: skip
    until = forms.DateField(label="Until when", widget=day(), help_text="At most a year. After this day they are held back again.")
    once = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def clean_until(self) -> date:
        found: date = self.cleaned_data["until"]
        fault = rules.fault_of_until(found, clock.today())
        if fault:
            raise forms.ValidationError(fault)
        return found


class WithdrawForm(Plain):
    because = forms.CharField(label="Why you no longer answer for it", max_length=300, widget=line())

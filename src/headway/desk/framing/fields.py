"""The widgets that forms of the desk share."""

from datetime import date, timedelta
from typing import Any

from django import forms

from headway.vocabulary.clock import today

SELECT = {"class": "govuk-select"}


def line(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "govuk-input", **attrs})


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "govuk-textarea"})


def day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input govuk-input--width-10"})


def choice() -> forms.Select:
    return forms.Select(attrs=SELECT)


class DayPassed(forms.DateField):
    """A day that has come, of the last year; left empty, today."""

    def __init__(self, **named: Any) -> None:
        super().__init__(required=False, widget=day(), initial=today, **named)

    def clean(self, value: Any) -> date:
        found: date = super().clean(value) or today()
        if found > today():
            raise forms.ValidationError("That day has not come.")
        if found < today() - timedelta(365):
            raise forms.ValidationError("That is more than a year ago.")
        return found


class Plain(forms.Form):
    """A form whose labels end as they are written."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)

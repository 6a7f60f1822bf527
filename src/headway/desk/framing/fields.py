"""The widgets that forms of the desk share."""

from typing import Any

from django import forms

SELECT = {"class": "govuk-select"}


def line(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "govuk-input", **attrs})


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "govuk-textarea"})


def day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input govuk-input--width-10"})


def choice() -> forms.Select:
    return forms.Select(attrs=SELECT)


class Plain(forms.Form):
    """A form whose labels end as they are written."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)

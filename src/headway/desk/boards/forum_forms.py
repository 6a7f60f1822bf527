"""Forms of the schools forum and of the answer book."""

from typing import Any

from django import forms

from headway.desk.boards.forms import Plain, day_box, line, textbox

MONEY = {"class": "govuk-input govuk-input--width-5", "inputmode": "decimal"}


class RateForm(Plain):
    """What maintained schools of a phase are asked to give for each pupil."""

    phase = forms.ChoiceField(label="Phase", choices=(("primary", "Primary"), ("secondary", "Secondary")), widget=forms.RadioSelect)
    year = line(label="Financial year", max_length=7, help_text="As 2027-28.")
    rate = forms.DecimalField(
        label="Pounds for each pupil", min_value=0, decimal_places=2, max_digits=7, widget=forms.TextInput(attrs=MONEY)
    )
    last_rate = forms.DecimalField(
        label="Last year’s rate", required=False, min_value=0, decimal_places=2, max_digits=7, widget=forms.TextInput(attrs=MONEY)
    )
    spent = forms.IntegerField(label="Pounds spent last year", required=False, min_value=0, widget=forms.TextInput(attrs=MONEY))
    bought = textbox(4, label="What last year’s money bought", required=False, max_length=2_000)

    def clean_year(self) -> str:
        year = str(self.cleaned_data["year"]).replace("/", "-")
        first, _, last = year.partition("-")
        if not (first.isdigit() and last.isdigit() and len(first) == 4 and int(last) == (int(first) + 1) % 100):
            raise forms.ValidationError("Write it as 2027-28.")
        return year


class QuestionForm(Plain):
    words = textbox(3, label="The question, as it was put", max_length=2_000)
    committee = line(label="By which committee or member’s seat", max_length=160, help_text="A body or a seat, never a person’s name.")
    on = forms.DateField(label="On which day", widget=day_box())
    measure = forms.ChoiceField(
        label="Which figure it is about, if one", required=False, widget=forms.Select(attrs={"class": "govuk-select"})
    )

    def __init__(self, *given: Any, measures: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["measure"].choices = [("", "None"), *measures]


class AnswerForm(Plain):
    answer = textbox(6, label="The answer", max_length=8_000, help_text="The figure’s own sentence and source are kept with it.")

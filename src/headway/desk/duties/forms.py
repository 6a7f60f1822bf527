"""The forms of duties and returns."""

from datetime import date
from typing import Any

from django import forms

from headway.definitions.duties import SchoolReturn
from headway.desk.accounts.models import User
from headway.desk.documents.models import Document
from headway.desk.duties.rules import SAYS
from headway.desk.framing.fields import Plain, choice, day, line, lines
from headway.vocabulary import clock


class ChargeForm(Plain):
    post = forms.CharField(label="The post that owns it", max_length=120, widget=line())
    owner = forms.ModelChoiceField(
        User.objects.filter(is_active=True), label="On whose list it stands here", required=False, widget=choice()
    )
    due = forms.DateField(label="Proof wanted by", widget=day())


class ProofForm(Plain):
    day = forms.DateField(label="Of which day", widget=day())
    what = forms.CharField(label="What shows that it was met", max_length=4_000, widget=lines(4))
    document = forms.ModelChoiceField(
        Document.objects.filter(archived=None, erased=None), label="A document that is kept here", required=False, widget=choice()
    )

    def clean_day(self) -> date:
        given: date = self.cleaned_data["day"]
        if given > clock.today():
            raise forms.ValidationError("That day has not come.")
        return given


class AnswersForm(Plain):
    """A return: each line answered, with a word where there is need."""

    def __init__(self, *given: Any, form: SchoolReturn, **named: Any) -> None:
        super().__init__(*given, **named)
        self.form = form
        for one in form.items:
            must = " (required by law)" if one.statutory else ""
            if one.answer == "day":
                self.fields[f"day-{one.id}"] = forms.DateField(label=f"{one.title}{must}: last agreed on", required=False, widget=day())
            else:
                self.fields[f"say-{one.id}"] = forms.ChoiceField(
                    label=f"{one.title}{must}", choices=list(SAYS.items()), required=False, widget=forms.RadioSelect
                )
                self.fields[f"note-{one.id}"] = forms.CharField(
                    label="A word, where there is need", required=False, max_length=600, widget=line()
                )

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        for name in [name for name, given in kept.items() if isinstance(given, date) and given > clock.today()]:
            self.add_error(name, "That day has not come.")
        return kept

    @property
    def lines(self) -> dict[str, dict[str, str]]:
        given = self.cleaned_data
        return {
            one.id: {"day": str(given[f"day-{one.id}"] or "")} if one.answer == "day"
            else {"say": given[f"say-{one.id}"], "note": given[f"note-{one.id}"]}
            for one in self.form.items
        }  # fmt: skip


def begun_with(found: dict[str, dict[str, str]]) -> dict[str, str]:
    """What was answered before, as the form's own fields."""
    return {f"{part}-{name}": text for name, line_of in found.items() for part, text in line_of.items()}


class WordForm(Plain):
    word = forms.CharField(label="What is said back to the school", max_length=4_000, widget=lines(4))

"""The forms of day one: a file, then which column is which."""

from typing import Any

from django import forms

from headway.desk.day_one.models import Batch
from headway.desk.day_one.rules import KINDS, faults_of_columns
from headway.desk.framing.fields import Plain, choice


class BringForm(Plain):
    kind = forms.ChoiceField(label="What it holds", choices=[(name, kind.title) for name, kind in KINDS.items()], widget=forms.RadioSelect)
    file = forms.FileField(
        label="The file", help_text="xlsx or csv, up to 10 MB. Of a workbook, each sheet is shown; you choose one.",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload"}),
    )  # fmt: skip


class MatchForm(Plain):
    """Which column is which, each with its first cells beside it."""

    def __init__(self, *given: Any, batch: Batch, samples: dict[int, str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.kind, self.heads = KINDS[batch.kind], batch.heads
        columns = [(place, f"{head or f'column {place + 1}'}: {samples.get(place, '')}"[:120]) for place, head in enumerate(batch.heads)]
        for name, field in self.kind.fields.items():
            nothing = "Choose its column" if field.needed else "Not in this sheet"
            self.fields[name] = forms.TypedChoiceField(
                label=field.title, choices=[("", nothing), *columns], coerce=int, empty_value=None, required=False, widget=choice(),
                initial=batch.columns.get(name),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        for name, said in faults_of_columns(self.kind, self.columns, self.heads).items():
            self.add_error(name, said)
        return kept

    @property
    def columns(self) -> dict[str, int]:
        return {name: place for name, place in self.cleaned_data.items() if place is not None}

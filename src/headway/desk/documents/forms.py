"""The form with which a file is taken in."""

from typing import Any

from django import forms

from headway.desk.documents.rules import LARGEST, RETENTIONS, TAKEN


class DocumentForm(forms.Form):
    """A file, what it is, and which rule keeps it."""

    title = forms.CharField(max_length=150, label="What it is", widget=forms.TextInput(attrs={"class": "govuk-input"}))
    file = forms.FileField(
        label="The file", help_text=f"{TAKEN}, up to 100 MB.", widget=forms.FileInput(attrs={"class": "govuk-file-upload"})
    )
    retention = forms.ChoiceField(
        choices=[(name, f"{one.title}: {one.days // 365} {'year' if one.days < 730 else 'years'}") for name, one in RETENTIONS.items()],
        label="How long it is kept", widget=forms.Select(attrs={"class": "govuk-select"}),
    )  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("It is larger than 100 MB.")
        return file

"""The forms of publication: why something is made public or taken down, and a text to check."""

from typing import Any

from django import forms


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Why, in a sentence that stands on the public page of changes", max_length=300, required=False,
                             widget=forms.TextInput(attrs={"class": "govuk-input"}))  # fmt: skip

    def __init__(self, *given: Any, must: bool = False, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)
        self.fields["reason"].required = must
        if must:
            self.fields["reason"].label = "Why"


class PaperForm(forms.Form):
    """A press release or a paper, pasted. Nothing of it is kept."""

    text = forms.CharField(label="The text, pasted", max_length=60_000, help_text="A press release, a speech, a board paper.",
                           widget=forms.Textarea(attrs={"rows": 12, "class": "govuk-textarea"}))  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)

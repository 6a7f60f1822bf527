"""The forms of self-evaluations. Every fault is told beside its field, all at once."""

from typing import Any

from django import forms

from headway.definitions.tiers import NOT_ENOUGH, Scheme
from headway.desk.documents.rules import LARGEST, TAKEN
from headway.desk.self_evaluation.models import Rating
from headway.desk.tiers.evidence import title_of

SELECT = {"class": "govuk-select"}


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "govuk-textarea"})


class EvaluationForm(forms.Form):
    """A rating and words under each criterion; or a document of the school's own, with a summary."""

    tier = forms.ChoiceField(
        label="In which tier do you see your school?", required=False, widget=forms.Select(attrs=SELECT),
        help_text="It is laid beside what the rules propose and what the adviser sees.",
    )  # fmt: skip
    summary = forms.CharField(
        label="In short", required=False, max_length=8_000, widget=lines(5), strip=False,
        help_text="If you send a document of your own, paste what matters from it here: the meeting reads this first.",
    )  # fmt: skip
    file = forms.FileField(
        label="A document of your own, if you have one", required=False, help_text=f"{TAKEN}. Our form need not be used.",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload"}),
    )  # fmt: skip

    def __init__(self, *given: Any, scheme: Scheme, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)
        self.scheme = scheme
        self.fields["tier"].choices = [
            ("", "We do not say"),
            *((tier, title_of(scheme, tier)) for tier in scheme.tiers if tier != NOT_ENOUGH),
        ]
        for name, criterion in scheme.criteria.items():
            self.fields[f"rating-{name}"] = forms.ChoiceField(
                label=f"{criterion.title}: how is it?", required=False, choices=[("", "Not said"), *Rating.choices],
                widget=forms.Select(attrs=SELECT),
            )  # fmt: skip
            self.fields[f"text-{name}"] = forms.CharField(
                label=criterion.title, help_text=criterion.asks, required=False, max_length=20_000, strip=False, widget=lines(5)
            )

    def said(self) -> dict[str, tuple[str, str]]:
        """Criterion → (rating, text)."""
        kept = self.cleaned_data
        return {name: (kept[f"rating-{name}"], kept[f"text-{name}"]) for name in self.scheme.criteria}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise forms.ValidationError("It is larger than 100 MB.")
        return file

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if self.data.get("send") and not self._says_something(kept):
            self.add_error("summary", "Before it is sent: write under a criterion, or send a document with what matters from it.")
        return kept

    def _says_something(self, kept: dict[str, Any]) -> bool:
        return bool((kept.get("summary") or "").strip() or any((kept.get(f"text-{name}") or "").strip() for name in self.scheme.criteria))


class ValidationForm(forms.Form):
    """What the adviser found under each criterion; one that is left empty was not looked at."""

    def __init__(self, *given: Any, scheme: Scheme, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)
        self.scheme = scheme
        for name, criterion in scheme.criteria.items():
            self.fields[f"rating-{name}"] = forms.ChoiceField(
                label=f"{criterion.title}: what did you find?", required=False, choices=[("", "Not looked at"), *Rating.choices],
                widget=forms.Select(attrs=SELECT),
            )  # fmt: skip
            self.fields[f"line-{name}"] = forms.CharField(
                label=f"{criterion.title}: what shows it",
                required=False,
                max_length=600,
                widget=forms.TextInput(attrs={"class": "govuk-input"}),
            )

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        for name in self.scheme.criteria:
            if kept.get(f"rating-{name}") and not (kept.get(f"line-{name}") or "").strip():
                self.add_error(f"line-{name}", "Say what shows it.")
        return kept

    def found(self) -> dict[str, tuple[str, str]]:
        kept = self.cleaned_data
        return {name: (kept[f"rating-{name}"], kept[f"line-{name}"]) for name in self.scheme.criteria if kept[f"rating-{name}"]}

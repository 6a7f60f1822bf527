"""Forms of what stands under an item: files, the parts of the council’s report, votes."""

from typing import Any

from django import forms

from headway.definitions.boards import Edition
from headway.desk.boards import rules
from headway.desk.boards.forms import EditionForm, Plain, line, textbox
from headway.desk.boards.models import Item, Member, Report
from headway.desk.boards.rules import Vote
from headway.desk.documents.rules import LARGEST, TAKEN
from headway.papers.council import MUST, Part

HELP = {
    Part.RECOMMENDATIONS: "Beyond what the board is asked to do, which stands there anyway.",
    Part.OPTIONS: "With doing nothing, and why this one.",
    Part.FINANCE: "What it costs, in which year, from which budget.",
    Part.LEGAL: "Words of the council’s legal team, or that there are none.",
    Part.EQUALITY: "Whom it touches differently, and what is done about it.",
    Part.RISK: "What may go wrong, how likely it is, who watches it.",
}


class FileForm(EditionForm):
    """A file under an item, and who reads it."""

    field_order = ("title", "file")

    title = line(label="What it is", max_length=150, help_text="Members read it in the list even of files that they may not open.")
    file = forms.FileField(
        label="The file",
        help_text=f"{TAKEN}, up to 100 MB. No names of pupils.",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload"}),
    )

    def __init__(self, *given: Any, item: Item, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["edition"].choices = [(one.value, one.words) for one in Edition if not rules.narrower(item.edition, one)]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("It is larger than 100 MB.")
        return file


class ReportForm(Plain):
    """The parts of the council’s report. A draft is kept too; only what is ready goes out."""

    officer = line(label="Officer who answers for it", max_length=120, help_text="Name and post.")
    ready = forms.BooleanField(
        label="Ready to go out", required=False, help_text="The newest version that is ready goes into the papers; a draft does not."
    )

    def __init__(self, *given: Any, before: Report | None, **named: Any) -> None:
        start = {"officer": before.officer, "ready": before.ready, **before.parts} if before else {}
        super().__init__(*given, initial=start, **named)
        for part in MUST:
            self.fields[part.name.lower()] = textbox(4, label=part.value, required=False, max_length=8_000, help_text=HELP[part])
        self.order_fields(["officer", *(part.name.lower() for part in MUST), "ready"])

    def parts(self) -> dict[str, str]:
        return {part.name.lower(): self.cleaned_data[part.name.lower()] for part in MUST}


class VoteForm(Plain):
    """How each of those voted who may."""

    motion = line(label="What was voted on", max_length=400)

    def __init__(self, *given: Any, members: list[Member], **named: Any) -> None:
        super().__init__(*given, **named)
        for one in members:
            self.fields[f"m{one.pk}"] = forms.ChoiceField(label=f"{one.name}, {one.post}", choices=Vote.choices, widget=forms.RadioSelect)

    def voices(self) -> dict[int, str]:
        return {int(name[1:]): how for name, how in self.cleaned_data.items() if name != "motion"}

"""The forms of boards. Every fault is told beside its field, all at once, and nothing typed is lost."""

from collections.abc import Mapping
from typing import Any

from django import forms

from headway.definitions.boards import BoardKind, Edition, ExemptGround
from headway.desk.accounts.addresses import number_in
from headway.desk.accounts.models import User
from headway.desk.boards import rules
from headway.desk.boards.models import Board, Item, Member
from headway.desk.boards.rules import Presence, Sort
from headway.desk.establishments.models import Establishment

TEXT = {"class": "govuk-input"}
SELECT = {"class": "govuk-select"}


def day_box() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input govuk-input--width-10"})


def line(**given: Any) -> forms.CharField:
    return forms.CharField(widget=forms.TextInput(attrs=TEXT), **given)


def textbox(rows: int = 4, **given: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows, "class": "govuk-textarea"}), **given)


def choices_of(grounds: Mapping[str, ExemptGround]) -> list[tuple[str, str]]:
    return [("", "It is not exempt"), *((name, f"Paragraph {one.paragraph}: {one.title}") for name, one in grounds.items())]


class Plain(forms.Form):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)


class TermsForm(Plain):
    """Terms of reference, and the agreement under which members read what is not public."""

    purpose = textbox(
        6, label="Terms of reference", max_length=8_000, help_text="What the board is for, what it decides, what it advises on."
    )
    quorum = forms.IntegerField(
        label="Quorum, in a hundred of the voting members", min_value=1, max_value=100,
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-3"}),
    )  # fmt: skip
    agreement = line(
        label="Sharing agreement",
        max_length=200,
        required=False,
        help_text="Its title or number. Without one, members read public papers only.",
    )
    agreement_until = forms.DateField(label="The agreement holds until", required=False, widget=day_box())
    reason = line(label="Why they change", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("agreement") and not given.get("agreement_until"):
            self.add_error("agreement_until", "Say until when the agreement holds.")
        return given


class BoardForm(TermsForm):
    kind = forms.ChoiceField(label="What kind", widget=forms.RadioSelect)
    title = line(label="Name", max_length=120)
    field_order = ("kind", "title", "purpose", "quorum", "agreement", "agreement_until")

    def __init__(self, *given: Any, kinds: Mapping[str, BoardKind], **named: Any) -> None:
        super().__init__(*given, **named)
        self.kinds = kinds
        del self.fields["reason"]
        self.fields["kind"].choices = [(name, kind.title) for name, kind in kinds.items()]
        self.fields["purpose"].required = self.fields["quorum"].required = False
        self.fields["purpose"].help_text = "Left empty, it begins with what is usual for its kind; so does the quorum."

    def clean_title(self) -> str:
        title = str(self.cleaned_data["title"])
        if Board.objects.filter(title=title).exists():
            raise forms.ValidationError("There is a board of that name.")
        return title


class SeatForm(Plain):
    name = line(label="Name", max_length=120)
    post = line(
        label="Whom they stand for", max_length=160, help_text="Such as “Independent chair” or “Regional director’s representative”."
    )
    user = forms.ModelChoiceField(
        User.objects.filter(is_active=True), label="Their account, if they have one", required=False, widget=forms.Select(attrs=SELECT)
    )
    chair = forms.BooleanField(label="Takes the chair", required=False)
    votes = forms.BooleanField(label="Votes", required=False)
    group = forms.ChoiceField(
        label="Which group they stand for", required=False, widget=forms.Select(attrs=SELECT), help_text="It decides what they vote on."
    )
    since = forms.DateField(label="From", widget=day_box())
    until = forms.DateField(label="Last day of the term", widget=day_box())

    def __init__(self, *given: Any, groups: Mapping[str, str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["group"].choices = [("", "None"), *groups.items()]
        if not groups:
            del self.fields["group"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("since") and given.get("until") and (fault := rules.faults_of_term(given["since"], given["until"])):
            self.add_error("until", fault)
        return given


class InterestForm(Plain):
    what = line(label="The interest", max_length=200, help_text="Such as “governor of”, “parent at”, “chief executive of its trust”.")
    urn = forms.IntegerField(
        label="School, by URN, if it is one", required=False, widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-5"})
    )

    def clean_urn(self) -> int | None:
        urn = self.cleaned_data["urn"]
        if urn is not None and not Establishment.objects.filter(pk=urn).exists():
            raise forms.ValidationError("No list that was loaded holds that URN.")
        return None if urn is None else int(urn)


class MeetingForm(Plain):
    day = forms.DateField(label="Day", widget=day_box())
    begins = forms.TimeField(
        label="Hour",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "govuk-input govuk-input--width-5"}),
    )
    place = line(label="Where", max_length=160, required=False)


class MoveForm(MeetingForm):
    because = line(label="Why it is moved", max_length=300)


class WhyForm(Plain):
    because = line(label="Why", max_length=300)


class CallForm(Plain):
    because = line(
        label="Why it is urgent", max_length=300, required=False, help_text="Needed only with fewer than five clear working days."
    )


class CallWithGapsForm(CallForm):
    """Where parts of a report are still to be written."""

    unwritten = line(label="Why the papers go out without what is still to be written", max_length=300)


class EditionForm(Plain):
    """Of what is read by edition: who reads it, and the ground of what the public does not."""

    edition = forms.ChoiceField(label="Who reads it", choices=[(one.value, one.words) for one in Edition], widget=forms.RadioSelect)
    grounds = forms.ChoiceField(label="Why it is exempt", required=False, widget=forms.Select(attrs=SELECT))

    def __init__(self, *given: Any, grounds: Mapping[str, ExemptGround], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["grounds"].choices = choices_of(grounds)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("edition") == Edition.EXEMPT and not given.get("grounds"):
            self.add_error("grounds", "Say on which ground the public is kept out.")
        if given.get("edition") != Edition.EXEMPT:
            given["grounds"] = ""
        return given


class ItemForm(EditionForm):
    field_order = ("title",)
    title = line(label="Title", max_length=160, help_text="Everybody reads it: name no school and nobody in it.")
    asks = line(label="What the board is asked to do", max_length=400)
    text = textbox(
        8, label="Report", required=False, max_length=8_000, help_text="What Headway writes under a standing item comes after it."
    )
    urns = line(
        label="Schools that it is about, by URN", max_length=400, required=False, help_text="Members with an interest in them are excluded."
    )

    reported = forms.BooleanField(
        label="It asks for a decision that needs a full report", required=False,
        help_text="Options, finance, legal, equality and risk must then be written before the papers go out, or it is said why not.",
    )  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["edition"].label = "Who reads its papers"  # its title is read by everybody

    def clean_urns(self) -> list[int]:
        parts = self.cleaned_data["urns"].replace(",", " ").split()
        urns = {one: number_in(one) for one in parts}
        known = set(Establishment.objects.filter(pk__in=[urn for urn in urns.values() if urn is not None]).values_list("pk", flat=True))
        faults = [f"No list that was loaded holds {one[:20]}." for one, urn in urns.items() if urn not in known]
        if faults:
            raise forms.ValidationError(faults)
        return sorted(known)

    def onto(self, item: Item) -> Item:
        for name in ("title", "edition", "grounds", "asks", "text", "urns", "reported"):
            setattr(item, name, self.cleaned_data[name])
        return item


class DeclareForm(Plain):
    member = forms.ModelChoiceField(Member.objects.none(), label="Who", widget=forms.Select(attrs=SELECT))
    what = line(label="The interest", max_length=200)

    def __init__(self, *given: Any, members: list[Member], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["member"].queryset = Member.objects.filter(pk__in=[one.pk for one in members])


class PresenceForm(Plain):
    def __init__(self, *given: Any, members: list[Member], **named: Any) -> None:
        super().__init__(*given, **named)
        for one in members:
            self.fields[f"m{one.pk}"] = forms.ChoiceField(
                label=f"{one.name}, {one.post}", choices=Presence.choices, widget=forms.RadioSelect
            )

    def presence(self) -> dict[int, str]:
        return {int(name[1:]): how for name, how in self.cleaned_data.items()}


class DecideForm(Plain):
    sort = forms.ChoiceField(label="What the board did", choices=Sort.choices, widget=forms.RadioSelect)
    words = textbox(3, label="The decision, in words", max_length=2_000)
    dissent = textbox(2, label="Dissent, if any", required=False, max_length=2_000, help_text="Who disagreed and why: it is minuted.")
    what = line(label="Action asked for, if any", max_length=300, required=False)
    owner = line(label="Of whom", max_length=120, required=False, help_text="A post or a body.")
    due = forms.DateField(label="By when", required=False, widget=day_box())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("what"):
            for name, fault in (("owner", "Say who does it."), ("due", "Say by when.")):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, fault)
        return given


class CorrectForm(Plain):
    edition = forms.ChoiceField(label="Who reads it", choices=[(one.value, one.words) for one in Edition], widget=forms.RadioSelect)
    words = textbox(3, label="What is put right", max_length=2_000)


class CloseForm(Plain):
    outcome = line(label="What came of it", max_length=300, help_text="Done, no longer needed, or what came instead.")


class MinutesForm(Plain):
    """The clerk’s words under each item of the draft."""

    def __init__(self, *given: Any, items: list[dict[str, Any]], **named: Any) -> None:
        super().__init__(*given, **named)
        for one in items:
            self.fields[f"i{one['item']}"] = textbox(3, label=one["title"], required=False, initial=one["said"], max_length=8_000)

    def said(self) -> dict[int, str]:
        return {int(name[1:]): text for name, text in self.cleaned_data.items()}

"""The forms of tiers. Every fault is told beside its field, all at once."""

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms

from headway.definitions.tiers import NOT_ENOUGH, Scheme, SoftSignal
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.establishments.models import Establishment
from headway.desk.establishments.queries import named
from headway.desk.framing.fields import DayPassed
from headway.desk.tiers.advisers import advisers
from headway.desk.tiers.evidence import title_of
from headway.desk.tiers.models import Colour, Service, Wish
from headway.desk.tiers.rules import needs_way_out
from headway.vocabulary import clock

TEXT = {"class": "govuk-input"}
SELECT = {"class": "govuk-select"}
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input govuk-input--width-10"})
BY_THE_SCHOOL = "self_referral"
BY_THE_HEAD_OF_SERVICE = "statutory_notice"
FOUND, NOTHING = "found", "nothing"
SOURCES = (
    ("data", "Figures"), ("books", "Pupils’ work"), ("lessons", "Lessons seen"), ("pupils", "Pupils’ views"),
    ("leaders", "Leaders’ own evaluation"), ("governors", "Governors"), ("parents", "Parents’ views"), ("external", "Somebody else"),
)  # fmt: skip
WHOM = (("head", "The head"), ("deputy", "The deputy, standing in for the head"), ("nobody", "Nobody answered"))


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "govuk-textarea"})


class Plain(forms.Form):
    """A form whose labels end without a colon, and that knows which one it is: sent twice, it is done once."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)

    def clean_once(self) -> str:
        return str(self.cleaned_data["once"]) or secrets.token_hex(8)


class ReturnForm(Plain):
    """One line of a service on a school."""

    school = forms.CharField(label="School, by URN or name", max_length=120, widget=forms.TextInput(attrs=TEXT))
    service = forms.ChoiceField(label="Your service", widget=forms.Select(attrs=SELECT))
    kind = forms.ChoiceField(
        label="What it is about", required=False, widget=forms.Select(attrs=SELECT),
        help_text="What stands in this list feeds the proposal. Anything else is read by the meeting.",
    )  # fmt: skip
    found = forms.ChoiceField(
        label="What you say of it", choices=((FOUND, "It is so"), (NOTHING, "Looked into: it is not so")), widget=forms.RadioSelect,
        help_text="That nothing was found helps as much: silence counts as unknown, and never as good.",
    )  # fmt: skip
    line = forms.CharField(
        label="In one line", max_length=300, widget=forms.TextInput(attrs=TEXT), help_text="Facts, as you would say them to the head."
    )
    on = forms.DateField(label="As known on", widget=DAY)
    expires = forms.DateField(label="Counts until", required=False, widget=DAY, help_text="Left empty, as long as its kind usually counts.")
    restricted = forms.BooleanField(label="Restricted: only for those who sort schools", required=False)
    field_order = ("school", "service", "kind", "found", "line", "on", "expires", "restricted", "once")

    def __init__(self, *given: Any, user: User, kinds: Mapping[str, SoftSignal], **named: Any) -> None:
        super().__init__(*given, **named)
        self.user, self.kinds = user, kinds
        left_out = {BY_THE_SCHOOL} | (set() if may(user, Permission.DECIDE_TIERS) else {BY_THE_HEAD_OF_SERVICE})
        offered = [(name, kind.title) for name, kind in kinds.items() if name not in left_out]
        self.fields["kind"].choices = [("", "Something else: one line for the meeting"), *offered]
        self.fields["service"].choices = [one for one in Service.choices if one[0] != Service.SCHOOL]

    def clean_school(self) -> Establishment:
        return one_school(self.user, self.cleaned_data["school"], Permission.GIVE_RETURNS)

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        on, expires, kind = kept.get("on"), kept.get("expires"), kept.get("kind", "")
        if on and on > clock.today():
            self.add_error("on", "This day has not come yet.")
        if on and expires and expires < on:
            self.add_error("expires", "It would have ended before it was known.")
        if not kind and kept.get("found") == NOTHING:
            self.add_error("kind", "Say what was looked into.")
        known = self.kinds.get(kind)
        kept["restricted"] = bool(kept.get("restricted")) or bool(known and known.sensitivity == "restricted")
        return kept


def one_school(user: User, text: str, permission: Permission) -> Establishment:
    """The one school that fits. Raises a fault of the form where none does, or several."""
    mine = named(user, text, permission)
    if len(mine) == 1:
        return mine[0]
    if not mine:
        raise forms.ValidationError("No school of yours has that name or URN.")
    raise forms.ValidationError("Several schools fit: " + "; ".join(map(str, mine[:6])) + ". Give the URN.")


class AsideForm(Plain):
    because = forms.CharField(label="Why it no longer counts", max_length=300, widget=forms.TextInput(attrs=TEXT))


def tier_choices(scheme: Scheme) -> list[tuple[str, str]]:
    """Every outcome that a scheme knows, in words."""
    return [("", "Choose a tier"), *((tier, title_of(scheme, tier)) for tier in (*scheme.tiers, NOT_ENOUGH))]


class MoveForm(Plain):
    """Another tier between meetings: in writing, with its reason."""

    tier = forms.ChoiceField(label="To which tier", widget=forms.Select(attrs=SELECT))
    since = forms.DateField(label="From which day", widget=DAY)
    reason = forms.CharField(label="Why", max_length=4_000, widget=lines(4), help_text="The headteacher will read this.")
    way_out = forms.CharField(
        label="What would end it", required=False, max_length=4_000, widget=lines(3), help_text="The school reads it."
    )
    despite = forms.CharField(
        label="If the school has not shown yet what its tier asks for: why it moves all the same", required=False, max_length=2_000,
        widget=lines(2),
    )  # fmt: skip
    adviser = forms.ModelChoiceField(
        User.objects.none(), label="Adviser who is named", required=False, widget=forms.Select(attrs=SELECT), empty_label="As before"
    )
    safeguarding = forms.BooleanField(
        label="A matter of safeguarding: the letter may go at the end of a term", required=False
    )  # fmt: skip
    field_order = ("tier", "since", "reason", "way_out", "despite", "adviser", "safeguarding", "once")

    def __init__(self, *given: Any, scheme: Scheme, urn: int, **named: Any) -> None:
        super().__init__(*given, **named)
        self.scheme = scheme
        self.fields["tier"].choices = tier_choices(scheme)
        self.fields["adviser"].queryset = User.objects.filter(pk__in=[one.pk for one in advisers(urn)])

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if needs_way_out(self.scheme, kept.get("tier", "")) and not kept.get("way_out", "").strip():
            self.add_error("way_out", "Write what would end the tier before the school enters it.")
        return kept


class ReviewForm(Plain):
    """The overall word of a review."""

    day = forms.DateField(label="Day of the review", widget=DAY)
    colour = forms.ChoiceField(label="How it is going", choices=Colour.choices, widget=forms.RadioSelect)
    sources = forms.MultipleChoiceField(label="What it rests on", choices=SOURCES, widget=forms.CheckboxSelectMultiple)
    line = forms.CharField(label="In one line", max_length=400, widget=forms.TextInput(attrs=TEXT), help_text="The school reads it.")
    field_order = ("day", "colour", "sources", "line", "once")

    def clean_day(self) -> Any:
        if self.cleaned_data["day"] > clock.today():
            raise forms.ValidationError("This day has not come yet.")
        return self.cleaned_data["day"]


class ReplyForm(Plain):
    """What a school says to its tier."""

    wish = forms.ChoiceField(label="Your reply", choices=Wish.choices, widget=forms.RadioSelect)
    text = forms.CharField(label="In your words", required=False, max_length=8_000, widget=lines(6))
    field_order = ("wish", "text", "once")

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("wish") in (Wish.FACTS, Wish.AGAIN) and not kept.get("text", "").strip():
            self.add_error("text", "Say what is not right, or what we should look at again.")
        return kept


class WordsForm(Plain):
    """One text, under a label of its own."""

    text = forms.CharField(max_length=8_000, widget=lines(6))
    field_order = ("text", "once")

    def __init__(self, *given: Any, label: str, hint: str = "", **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["text"].label, self.fields["text"].help_text = label, hint


class HearForm(Plain):
    """The independent answer to an appeal."""

    tier = forms.ChoiceField(label="The tier", widget=forms.Select(attrs=SELECT), help_text="The same tier: the decision stands.")
    text = forms.CharField(label="Your reasons", max_length=8_000, widget=lines(8), help_text="The school and the council read them.")
    field_order = ("tier", "text", "once")

    def __init__(self, *given: Any, scheme: Scheme, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["tier"].choices = tier_choices(scheme)


class CallForm(Plain):
    """The telephone call before the letter."""

    whom = forms.ChoiceField(label="Who did you speak to?", choices=WHOM, widget=forms.RadioSelect)
    said = forms.CharField(label="What was said", required=False, max_length=4_000, widget=lines(4), help_text="A line is enough.")
    day = DayPassed(label="Day of the call", help_text="The letter names it.")
    adviser = forms.ModelChoiceField(User.objects.none(), label="Adviser who is named to the school", widget=forms.Select(attrs=SELECT))
    phone = forms.CharField(label="Their telephone", max_length=40, widget=forms.TextInput(attrs={**TEXT, "type": "tel"}))
    because = forms.CharField(
        label="If it is not whom the ledger names: why", required=False, max_length=400, widget=forms.TextInput(attrs=TEXT),
        help_text="The ledger then names the same person, with this reason.",
    )  # fmt: skip
    restricted = forms.BooleanField(label="What was said is for the adviser team only", required=False)
    field_order = ("whom", "said", "day", "adviser", "because", "phone", "restricted", "once")

    def __init__(self, *given: Any, urn: int, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["adviser"].queryset = User.objects.filter(pk__in=[one.pk for one in advisers(urn)])

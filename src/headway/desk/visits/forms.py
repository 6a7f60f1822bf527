"""The forms of visits and calls. Every fault is told beside its field, all at once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms

from headway.definitions.visits import Asked, VisitKind
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.establishments.models import Establishment
from headway.desk.establishments.queries import named
from headway.desk.framing.fields import DayPassed
from headway.desk.visits.models import Owner, SpokenTo
from headway.desk.visits.rules import faults_of_follow_up
from headway.vocabulary import clock

YEAR = timedelta(366)
TEXT = {"class": "govuk-input"}
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input govuk-input--width-10"})
HOUR = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "govuk-input govuk-input--width-5"})


def area_of_text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "govuk-textarea"})


def advisers(urn: int | None = None) -> list[User]:
    """Those who may visit (the school, when one is named), by name."""
    return [one for one in User.objects.filter(is_active=True) if may(one, Permission.WRITE_SUPPORT, urn)]


class BookForm(forms.Form):
    """A visit, call or piece of desk work to come."""

    kind = forms.ChoiceField(label="What kind", widget=forms.Select(attrs={"class": "govuk-select"}))
    day = forms.DateField(label="Day", widget=DAY)
    begins = forms.TimeField(label="Hour", required=False, widget=HOUR, help_text="If it is agreed already.")
    adviser = forms.ModelChoiceField(User.objects.none(), label="Who goes", widget=forms.Select(attrs={"class": "govuk-select"}))
    purpose = forms.CharField(
        label="What it is for", max_length=400, required=False, widget=area_of_text(2), help_text="The school reads it.")  # fmt: skip

    def __init__(self, *given: Any, kinds: Mapping[str, VisitKind], urn: int, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)
        self.fields["kind"].choices = [(name, kind.title) for name, kind in kinds.items()]
        self.fields["adviser"].queryset = User.objects.filter(pk__in=[one.pk for one in advisers(urn)])

    def clean_day(self) -> Any:
        """A visit that was made may be written down later; a year that was mistyped may not pass for one."""
        day, today = self.cleaned_data["day"], clock.today()
        if not today - YEAR <= day <= today + 2 * YEAR:
            how = "a year ago" if day < today else "two years ahead"
            raise forms.ValidationError(f"This is more than {how}: is the year right? Visits of long ago come in with a spreadsheet.")
        return day


class ComingForm(forms.Form):
    """One's own visit for another service, in a line."""

    day = forms.DateField(label="Day", widget=DAY)
    begins = forms.TimeField(label="Hour", required=False, widget=HOUR, help_text="If it is agreed already.")
    purpose = forms.CharField(
        label="What it is for", max_length=400, widget=area_of_text(2),
        help_text="The school and colleagues read it. Nothing about a pupil or a member of staff.")  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)

    def clean_day(self) -> Any:
        if self.cleaned_data["day"] < clock.today():
            raise forms.ValidationError("This day is over.")
        return self.cleaned_data["day"]


class ChangeForm(BookForm):
    """Another day, hour or person, with the reason."""

    because = forms.CharField(label="Why it changes", max_length=400, widget=forms.TextInput(attrs=TEXT))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        del self.fields["kind"]


class WhyForm(forms.Form):
    because = forms.CharField(label="Why", max_length=400, widget=forms.TextInput(attrs=TEXT))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)


class FollowUpForm(forms.Form):
    """What is to be done, by whom, by when: all three or none."""

    what = forms.CharField(label="Action, if any", max_length=300, required=False, widget=forms.TextInput(attrs=TEXT))
    owner = forms.ChoiceField(
        label="Who does it", choices=Owner.choices, required=False, widget=forms.Select(attrs={"class": "govuk-select"})
    )
    due = forms.DateField(label="By when", required=False, widget=DAY)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if "due" in kept:
            for fault in faults_of_follow_up(kept.get("what", ""), kept.get("owner", ""), kept["due"]):
                self.add_error("due" if "day" in fault else "what", fault)
        return kept


class CallForm(FollowUpForm):
    """A call, written down in half a minute."""

    school = forms.CharField(label="School, by URN or name", max_length=120, widget=forms.TextInput(attrs=TEXT))
    spoke_to = forms.ChoiceField(label="Who did you speak to?", choices=SpokenTo.choices, widget=forms.RadioSelect)
    said = forms.CharField(label="What was said and agreed", required=False, widget=area_of_text(4), help_text="A line is enough.")
    day = DayPassed(label="Day of the call")
    counts_as = forms.ChoiceField(label="This call counts as", required=False, widget=forms.RadioSelect)
    restricted = forms.BooleanField(label="Restricted: for the adviser team only", required=False)
    once = forms.CharField(widget=forms.HiddenInput, max_length=32)
    field_order = ("school", "spoke_to", "said", "day", "counts_as", "what", "owner", "due", "restricted", "once")

    def __init__(self, *given: Any, user: User, waiting: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.user = user
        self.fields["counts_as"].choices = [*waiting, ("", "An extra call")]
        if not waiting:
            self.fields["counts_as"].widget = forms.HiddenInput()

    def clean_school(self) -> Establishment:
        """One school of the patch, by its URN or by enough of its name. Another's is as one that does not exist."""
        mine = named(self.user, self.cleaned_data["school"], Permission.WRITE_SUPPORT)
        if len(mine) == 1:
            return mine[0]
        if not mine:
            raise forms.ValidationError("No school of yours has that name or URN.")
        raise forms.ValidationError("Several schools fit: " + "; ".join(map(str, mine[:6])) + ". Give the URN.")


class CloseForm(forms.Form):
    outcome = forms.CharField(
        label="What came of it",
        max_length=300,
        widget=forms.TextInput(attrs=TEXT),
        help_text="Done, no longer needed, or what came instead.",
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)


class WritingForm(forms.Form):
    """A text under each heading; for a note, also a restricted one."""

    def __init__(self, *given: Any, headings: tuple[Asked, ...], restricted: bool, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)
        for heading in headings:
            self.fields[f"open-{heading.id}"] = forms.CharField(
                label=heading.title, help_text=heading.asks, required=False, strip=False, max_length=20_000, widget=area_of_text(6)
            )
        for heading in headings if restricted else ():
            self.fields[f"restricted-{heading.id}"] = forms.CharField(
                label=f"{heading.title}: restricted paragraph", help_text="For the adviser team only. The school never sees it.",
                required=False, strip=False, max_length=20_000, widget=area_of_text(3),
            )  # fmt: skip

    def texts(self) -> dict[tuple[str, bool], str]:
        """(heading, restricted) → what was typed."""
        return {(name.partition("-")[2], name.startswith("restricted-")): text for name, text in self.cleaned_data.items()}


class AnswerForm(forms.Form):
    accurate = forms.ChoiceField(
        label="Is the note accurate?", choices=(("yes", "It is accurate"), ("no", "Something is not accurate")), widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label="What is not accurate, or what you want to add", required=False, widget=area_of_text(4), max_length=5_000
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("accurate") == "no" and not kept.get("comment", "").strip():
            self.add_error("comment", "Say what is not accurate, so that it can be put right.")
        return kept

"""The forms of brokerage. Every fault is told beside its field, all at once."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from headway.definitions.loading import Library
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.brokerage.models import Going, Kind, Source, Urgency
from headway.desk.brokerage.rules import faults_of_dates
from headway.desk.establishments.models import Establishment
from headway.desk.plans.models import Objective
from headway.desk.plans.queries import plans_for
from headway.vocabulary import clock

TEXT = {"class": "govuk-input"}
SELECT = {"class": "govuk-select"}
PHASES = (
    ("nursery", "Nursery"), ("primary", "Primary"), ("middle", "Middle"), ("secondary", "Secondary"), ("all_through", "All-through"),
    ("special", "Special"), ("alternative", "Alternative provision"), ("post16", "Post-16"),
)  # fmt: skip
MOST_DAYS = 200


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input govuk-input--width-10"})


def number_input() -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-5", "inputmode": "decimal"})


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "govuk-textarea"})


class Written(forms.Form):
    """Labels without a colon, as everywhere here."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)


def one_school(text: str, user: User, permission: Permission) -> Establishment:
    """One school of a person's by its URN or by enough of its name. Another's is as one that does not exist."""
    text = text.strip()
    listed = Establishment.objects.filter(status="open")
    found = listed.filter(pk=int(text[:9])) if text.isdigit() else listed.filter(name__icontains=text)
    mine = [one for one in found[:200] if may(user, permission, one.pk)]
    if len(mine) == 1:
        return mine[0]
    if not mine:
        raise forms.ValidationError("No open school of yours has that name or URN.")
    raise forms.ValidationError("Several schools fit: " + "; ".join(map(str, mine[:6])) + ". Give the URN.")


class NeedForm(Written):
    """What a school wants help with."""

    school = forms.CharField(label="School, by URN or name", max_length=120, widget=forms.TextInput(attrs=TEXT))
    area = forms.ChoiceField(label="What with", widget=forms.Select(attrs=SELECT))
    urgency = forms.TypedChoiceField(label="How soon", coerce=int, choices=Urgency.choices, widget=forms.RadioSelect)
    days = forms.IntegerField(label="About how many days of help", min_value=1, max_value=60, widget=number_input())
    context = forms.CharField(
        label="What somebody who comes should know", required=False, max_length=4_000, widget=lines(4),
        help_text="What was tried, who will work with them, what a good outcome looks like. No names of pupils or staff.",
    )  # fmt: skip
    source = forms.ChoiceField(label="Where the need was seen", choices=Source.choices, widget=forms.Select(attrs=SELECT))
    serves = forms.ChoiceField(
        label="The objective of a plan that it serves", required=False, widget=forms.Select(attrs=SELECT),
        help_text="Its title and its figure are taken where you leave them empty below.",
    )  # fmt: skip
    objective = forms.CharField(
        label="The objective in words", required=False, max_length=300, widget=forms.TextInput(attrs=TEXT),
        help_text="Where no plan has it.",
    )  # fmt: skip
    measure = forms.ChoiceField(
        label="The figure that should move", required=False, widget=forms.Select(attrs=SELECT),
        help_text="What came of the help is looked for there, beside schools that had none.",
    )  # fmt: skip

    def __init__(self, *given: Any, library: Library, user: User, **named: Any) -> None:
        super().__init__(*given, **named)
        self.user, self.library = user, library
        self.permission = Permission.BROKER if may(user, Permission.BROKER) else Permission.ANSWER_FOR_SCHOOL
        self.fields["area"].choices = area_choices(library)
        told = {one.measure for area in library.support_areas.values() for one in area.measures}
        self.fields["measure"].choices = [
            ("", "None of those that are published"),
            *((one, library.measures[one].title) for one in sorted(told)),
        ]
        if self.permission is Permission.ANSWER_FOR_SCHOOL:
            self.fields["source"].choices = [(Source.SELF, Source.SELF.label), (Source.PLAN, Source.PLAN.label)]
        self.objectives = {str(one.pk): one for one in self._objectives()}
        if self.objectives:
            self.fields["serves"].choices = [("", "None"), *((key, one.title) for key, one in self.objectives.items())]
        else:
            del self.fields["serves"]

    def _objectives(self) -> "QuerySet[Objective]":
        """Those of the open plans of the school that is named, as far as the person may see them."""
        text = str(self.data.get("school") or self.initial.get("school") or "").strip()
        if not text.isdigit():
            return Objective.objects.none()
        plans = plans_for(self.user).filter(school_id=int(text[:9]), closed=None)
        return Objective.objects.filter(plan__in=plans.values("pk"), withdrawn=None)

    def clean_school(self) -> Establishment:
        return one_school(self.cleaned_data["school"], self.user, self.permission)

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        school, area = kept.get("school"), self.library.support_areas.get(kept.get("area", ""))
        if school is not None and area is not None and school.phase and school.phase not in area.phases:
            self.add_error("area", f"{area.title} is not for {school.phase.replace('_', '-')} schools.")
        return kept | self._served(kept)

    def _served(self, kept: dict[str, Any]) -> dict[str, Any]:
        """What an objective gives that was left empty."""
        found = self.objectives.get(kept.get("serves") or "")
        if found is None:
            return {"serves": None}
        measure = kept.get("measure") or (found.measure if found.measure in self.library.measures else "")
        return {"serves": found, "objective": kept.get("objective") or found.title, "measure": measure}


def area_choices(library: Library) -> list[tuple[str, str]]:
    return [(name, area.title) for name, area in library.support_areas.items()]


class OfferForm(Written):
    """What a provider has to give, until when, at what price."""

    areas = forms.MultipleChoiceField(label="Strong in", widget=forms.CheckboxSelectMultiple)
    phases = forms.MultipleChoiceField(label="For schools of which phases", choices=PHASES, widget=forms.CheckboxSelectMultiple)
    days = forms.IntegerField(
        label="Days to give", min_value=1, max_value=MOST_DAYS, widget=number_input(), help_text="In all; fewer as they are promised.",
    )  # fmt: skip
    starts = forms.DateField(label="From", widget=day_input())
    ends = forms.DateField(label="Until", required=False, widget=day_input(), help_text="Leave it empty for an offer without an end.")
    price = forms.DecimalField(
        label="Price of a day, in pounds", min_value=0, max_value=Decimal(99_999), decimal_places=2, initial=0, widget=number_input(),
        help_text="0 for no charge.",
    )  # fmt: skip
    conditions = forms.CharField(label="Conditions", required=False, max_length=400, widget=lines(2))
    release = forms.CharField(
        label="Who goes, and who stands in for them", required=False, max_length=400, widget=lines(2), help_text="Posts, not names.",
    )  # fmt: skip
    references = forms.CharField(
        label="References", required=False, max_length=2_000, widget=lines(3), help_text="Who can say how it was. Brokers read it.",
    )  # fmt: skip

    def __init__(self, *given: Any, library: Library, least: int = 0, **named: Any) -> None:
        super().__init__(*given, **named)
        self.least = least
        self.fields["areas"].choices = area_choices(library)

    def clean_days(self) -> int:
        days = int(self.cleaned_data["days"])
        if days < self.least:
            raise forms.ValidationError(f"{self.least} of its days are promised already; it cannot have fewer.")
        return days

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        for fault in faults_of_dates(kept.get("starts"), kept.get("ends")):
            self.add_error("ends", fault)
        return kept


class ProviderForm(Written):
    """A provider that is no school, or a school by a broker's hand."""

    kind = forms.ChoiceField(label="What it is", choices=Kind.choices, widget=forms.Select(attrs=SELECT))
    name = forms.CharField(
        label="Name", max_length=120, widget=forms.TextInput(attrs=TEXT), required=False, help_text="A school’s own is taken."
    )
    school = forms.CharField(
        label="The school, or where it is at home", required=False, max_length=120, widget=forms.TextInput(attrs=TEXT),
        help_text="By URN or name. Distances are reckoned from there.",
    )  # fmt: skip
    most = forms.IntegerField(
        label="Schools helped at a time, at most", min_value=1, max_value=50, initial=2, widget=number_input(),
        help_text="A giver must stay safe: the load limit.",
    )  # fmt: skip

    def __init__(self, *given: Any, user: User, **named: Any) -> None:
        super().__init__(*given, **named)
        self.user = user

    def clean_school(self) -> Establishment | None:
        text = self.cleaned_data["school"].strip()
        return one_school(text, self.user, Permission.SEE_SUPPORT) if text else None

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        school = kept.get("school")
        if kept.get("kind") == Kind.SCHOOL and "school" in kept and school is None:
            self.add_error("school", "Say which school it is.")
        if kept.get("kind") == Kind.SCHOOL and school is not None:
            kept["name"] = school.name
            if school.providers.filter(kind=Kind.SCHOOL).exists():
                self.add_error("school", "This school is a provider already.")
        if not kept.get("name", "").strip():
            self.add_error("name", "Give its name.") if kept.get("kind") != Kind.SCHOOL else None
        return kept


class WhyForm(Written):
    because = forms.CharField(label="Why", max_length=400, widget=forms.TextInput(attrs=TEXT))


class CloseForm(WhyForm):
    met = forms.ChoiceField(
        label="How it ends", choices=(("yes", "It is met"), ("no", "It is no longer wanted")), widget=forms.RadioSelect, initial="yes"
    )
    field_order = ("met", "because")


class ConflictForm(Written):
    school = forms.CharField(label="School, by URN or name", max_length=120, widget=forms.TextInput(attrs=TEXT))
    why = forms.CharField(
        label="Why it is not to help that school", max_length=300, widget=forms.TextInput(attrs=TEXT), help_text="In few words; no names.",
    )  # fmt: skip

    def __init__(self, *given: Any, user: User, **named: Any) -> None:
        super().__init__(*given, **named)
        self.user = user

    def clean_school(self) -> Establishment:
        return one_school(self.cleaned_data["school"], self.user, Permission.BROKER)


class AnswerForm(Written):
    """A head's yes or no to a match."""

    side = forms.ChoiceField(label="For whom you answer", widget=forms.RadioSelect)
    agrees = forms.ChoiceField(label="Your answer", choices=(("yes", "We agree"), ("no", "We decline")), widget=forms.RadioSelect)
    because = forms.CharField(
        label="If you decline: why", required=False, max_length=400, widget=lines(2), help_text="Only the broker reads it.",
    )  # fmt: skip

    def __init__(self, *given: Any, sides: tuple[tuple[str, str], ...], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["side"].choices = sides
        if len(sides) == 1:
            self.fields["side"].initial, self.fields["side"].widget = sides[0][0], forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("agrees") == "no" and not kept.get("because", "").strip():
            self.add_error("because", "Say why in a few words, so that the next match is a better one.")
        return kept


class AgreementForm(Written):
    """What both sides agreed."""

    aim = forms.CharField(label="What for", max_length=300, widget=forms.TextInput(attrs=TEXT))
    starts = forms.DateField(label="First day", widget=day_input())
    ends = forms.DateField(label="Last day", widget=day_input())
    shared = forms.CharField(
        label="What is shared, with whom, until when", required=False, max_length=2_000, widget=lines(3),
        help_text="Figures, plans, books, visits to lessons. Pupils’ data only under the area’s sharing agreement.",
    )  # fmt: skip
    leaves = forms.CharField(
        label="What stays when it ends", required=False, max_length=400, widget=lines(2), help_text="How the school goes on by itself.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        for fault in faults_of_dates(kept.get("starts"), kept.get("ends")):
            self.add_error("ends", fault)
        return kept


class DayForm(Written):
    day = forms.DateField(label="Day", widget=day_input())
    share = forms.TypedChoiceField(
        label="How much of it", coerce=Decimal, choices=(("1", "A whole day"), ("0.5", "Half a day")), widget=forms.RadioSelect, initial="1"
    )
    what = forms.CharField(label="What was done", max_length=300, widget=forms.TextInput(attrs=TEXT))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["day"].initial = clock.today()


class ReviewForm(Written):
    going = forms.ChoiceField(label="How does it go?", choices=Going.choices, widget=forms.RadioSelect)
    text = forms.CharField(label="In a line or two", required=False, max_length=1_000, widget=lines(3), help_text="Both sides read it.")


class ThanksForm(Written):
    thanks = forms.CharField(
        label="Thanks, and what was learned", max_length=1_000, widget=lines(4), help_text="The provider reads it, and so do brokers.",
    )  # fmt: skip

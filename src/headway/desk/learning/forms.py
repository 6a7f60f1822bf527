"""The forms of sessions, places and partners. Every fault is told beside its field, all at once."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from headway.definitions.loading import Library
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission, Role
from headway.desk.establishments.models import Establishment
from headway.desk.framing.fields import Plain, choice, line, lines
from headway.desk.framing.fields import day as day_input
from headway.desk.learning.models import Booking, ForWhom, Level, Partner, PartnerKind, Session, Useful

MOST_PLACES = 500
PHASES = (
    ("nursery", "Nursery"), ("primary", "Primary"), ("middle", "Middle"), ("secondary", "Secondary"), ("all_through", "All-through"),
    ("special", "Special"), ("alternative", "Alternative provision"), ("post16", "Post-16"),
)  # fmt: skip


def number() -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-5", "inputmode": "decimal"})


def hour() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "govuk-input govuk-input--width-5"})


def leads() -> Any:
    """Who may lead a session: people who keep sessions, or a head who shares what works."""
    roles = [role for role in Role if role.permissions & {Permission.ADD_LEARNING, Permission.ANSWER_FOR_SCHOOL}]
    return User.objects.filter(is_active=True, holdings__role__in=roles).distinct().order_by("name", "email")


class ProgrammeForm(Plain):
    title = forms.CharField(label="What it is called", max_length=150, widget=line())
    aim = forms.CharField(label="What somebody can do after it", max_length=600, widget=lines(3))
    levels = forms.MultipleChoiceField(label="For whom", choices=Level.choices, widget=forms.CheckboxSelectMultiple)
    area = forms.ChoiceField(
        label="Area of need", widget=choice(), help_text="Who would need it is found by it: from figures, plans and asked help."
    )
    given_by = forms.CharField(
        label="Who gives it", max_length=150, required=False, widget=line(), help_text="A hub, a university, a school."
    )
    price = forms.DecimalField(
        label="Price of a place, in pounds", min_value=0, max_value=Decimal(9_999), decimal_places=2, initial=0, widget=number(),
        help_text="0 for no charge.",
    )  # fmt: skip

    def __init__(self, *given: Any, library: Library, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["area"].choices = [(name, area.title) for name, area in library.support_areas.items()]


class SessionForm(Plain):
    title = forms.CharField(label="What this session is about", max_length=150, widget=line())
    day = forms.DateField(label="Day", widget=day_input())
    begins = forms.TimeField(label="From", required=False, widget=hour())
    ends = forms.TimeField(label="Until", required=False, widget=hour())
    place = forms.CharField(label="Where", max_length=150, required=False, widget=line(), help_text="A place, or that it is online.")
    places = forms.IntegerField(label="Places", min_value=1, max_value=MOST_PLACES, widget=number())
    lead = forms.ModelChoiceField(
        label="Who leads it", queryset=None, required=False, empty_label="Somebody without an account", widget=choice()
    )  # fmt: skip

    def __init__(self, *given: Any, held: int = 0, **named: Any) -> None:
        super().__init__(*given, **named)
        self.held = held
        self.fields["lead"].queryset = leads()

    def clean_places(self) -> int:
        places = int(self.cleaned_data["places"])
        if places < self.held:
            raise forms.ValidationError(f"{self.held} places are held already. Nobody’s place is taken away by a smaller number.")
        return places

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("begins") and kept.get("ends") and kept["ends"] <= kept["begins"]:
            self.add_error("ends", "It ends after it begins.")
        return kept


class BookForm(Plain):
    """A place for one person of a school."""

    school = forms.TypedChoiceField(label="School", coerce=int, widget=choice())
    level = forms.ChoiceField(label="For a", widget=choice())
    name = forms.CharField(
        label="Name", max_length=80, required=False, widget=line(autocomplete="off"),
        help_text="Only your school, the team and who leads the session read it; it is kept sealed and erased half a year after. "
        "Leave it empty if it is not settled who comes.",
    )  # fmt: skip
    post = forms.CharField(label="Post", max_length=80, required=False, widget=line(), help_text="Such as reading lead. No name.")
    once = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *given: Any, schools: Sequence[Establishment], levels: Sequence[str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.known = {one.pk: one for one in schools}
        self.fields["school"].choices = [(one.pk, one.name) for one in schools]
        self.fields["level"].choices = [(one, {"support": "member of support staff"}.get(one, one)) for one in levels]
        if len(schools) == 1:
            self.fields["school"].initial, self.fields["school"].widget = schools[0].pk, forms.HiddenInput()

    def clean_school(self) -> Establishment:
        return self.known[self.cleaned_data["school"]]


class WhyForm(Plain):
    because = forms.CharField(label="Why", max_length=300, widget=line())


class AttendForm(Plain):
    came = forms.TypedMultipleChoiceField(label="Who came", coerce=int, required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *given: Any, rows: Sequence[tuple[Booking, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["came"].choices = [(one.pk, f"{who}, {one.school.name}") for one, who in rows]


class EvaluationForm(Plain):
    useful = forms.TypedChoiceField(label="How useful was it?", coerce=int, choices=Useful.choices, widget=forms.RadioSelect)
    will = forms.CharField(label="What will be done differently?", max_length=400, required=False, widget=lines(2), help_text="No names.")
    better = forms.CharField(label="What would make it better?", max_length=400, required=False, widget=lines(2))


class PartnerForm(Plain):
    name = forms.CharField(label="Name", max_length=150, widget=line())
    kind = forms.ChoiceField(label="What it is", choices=PartnerKind.choices, widget=choice())
    about = forms.CharField(label="About it", max_length=600, required=False, widget=lines(3))
    href = forms.URLField(label="Its page", max_length=300, required=False, assume_scheme="https", widget=line())

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if Partner.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError("There is a partner of that name already.")
        return name


class OfferForm(Plain):
    title = forms.CharField(label="What is offered", max_length=150, widget=line())
    what = forms.CharField(label="What it is, and what a school does for it", max_length=1000, widget=lines(4))
    for_whom = forms.ChoiceField(label="For whom", choices=ForWhom.choices, widget=choice())
    phases = forms.MultipleChoiceField(label="For schools of which phases", choices=PHASES, widget=forms.CheckboxSelectMultiple)
    price = forms.DecimalField(
        label="Price, in pounds", min_value=0, max_value=Decimal(99_999), decimal_places=2, initial=0, widget=number(),
        help_text="0 for no charge.",
    )  # fmt: skip
    most = forms.IntegerField(
        label="Schools that can have it", min_value=1, max_value=999, required=False, widget=number(),
        help_text="Leave it empty for no limit.",
    )  # fmt: skip
    starts = forms.DateField(label="From", widget=day_input())
    ends = forms.DateField(label="Until", required=False, widget=day_input())

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("starts") and kept.get("ends") and kept["ends"] < kept["starts"]:
            self.add_error("ends", "It ends after it starts.")
        return kept


class TakeUpForm(Plain):
    school = forms.TypedChoiceField(label="School", coerce=int, widget=choice())
    said = forms.CharField(label="What you have in mind", max_length=400, required=False, widget=lines(2), help_text="No names of pupils.")

    def __init__(self, *given: Any, schools: Sequence[Establishment], **named: Any) -> None:
        super().__init__(*given, **named)
        self.known = {one.pk: one for one in schools}
        self.fields["school"].choices = [(one.pk, one.name) for one in schools]
        if len(schools) == 1:
            self.fields["school"].initial, self.fields["school"].widget = schools[0].pk, forms.HiddenInput()

    def clean_school(self) -> Establishment:
        return self.known[self.cleaned_data["school"]]


class MoveForm(Plain):
    to = forms.ChoiceField(label="Where it stands now", widget=forms.RadioSelect)
    day = forms.DateField(label="Day", required=False, widget=day_input())
    pupils = forms.IntegerField(label="Pupils who took part", required=False, min_value=0, max_value=5_000, widget=number())
    said = forms.CharField(label="How it was", max_length=400, required=False, widget=lines(2), help_text="No names.")

    def __init__(self, *given: Any, states: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["to"].choices = states


def starting(session: Session) -> dict[str, Any]:
    return {name: getattr(session, name) for name in ("title", "day", "begins", "ends", "place", "places", "lead")}


def of_day(day: date) -> dict[str, Any]:
    return {"starts": day}

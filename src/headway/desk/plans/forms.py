"""The forms of plans and project boards. Every fault is told beside its field, all at once."""

from datetime import date
from typing import Any

from django import forms

from headway.desk.framing.fields import Plain, choice, day, line, lines
from headway.desk.plans import rules
from headway.desk.plans.models import Area, Objective, Owner, Plan, Point, Post, Rag
from headway.desk.tiers.forms import SOURCES
from headway.vocabulary import clock

LONGEST = 20_000
NUMBER = forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-5", "step": "any"})


class PlanForm(Plain):
    title = forms.CharField(label="Name", max_length=150, widget=line())
    programme_tier = forms.TypedChoiceField(
        label="School improvement programme", choices=(("", "Not in the programme"), (1, "Tier 1"), (2, "Tier 2")), required=False,
        coerce=int, empty_value=None, widget=choice(),
    )  # fmt: skip
    begins = forms.DateField(label="From", widget=day())
    ends = forms.DateField(label="Until", widget=day())

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("begins") and kept.get("ends") and kept["ends"] <= kept["begins"]:
            self.add_error("ends", "It ends after it begins.")
        return kept


class ObjectiveForm(Plain):
    """What will be different; where a measure shows it, from where to where."""

    area = forms.ChoiceField(label="Area", choices=Area.choices, widget=choice())
    title = forms.CharField(label="What will be different for pupils", max_length=300, widget=lines(2))
    success = forms.CharField(
        label="How we shall see it", max_length=4_000, widget=lines(3), help_text="Success criteria, and the evidence."
    )
    measure = forms.ChoiceField(label="A measure that shows it", required=False, widget=choice())
    start = forms.FloatField(label="Where it stands now", required=False, widget=NUMBER)
    aim = forms.FloatField(
        label="Where it is to be at the end", required=False, widget=NUMBER,
        help_text="A path of even steps, one a term, is drawn between; you may change it afterwards.",
    )  # fmt: skip

    def __init__(self, *given: Any, measures: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["measure"].choices = [("", "None: it is seen in other ways"), *measures]

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        for name in ("start", "aim"):
            if kept.get("measure") and name in kept and kept[name] is None:
                self.add_error(name, "With a measure, give the figure.")
            if not kept.get("measure") and kept.get(name) is not None:
                self.add_error(name, "Choose the measure that this figure is of.")
        return kept


class PathForm(Plain):
    """The points of a path, one a term."""

    def __init__(self, *given: Any, points: list[Point], **named: Any) -> None:
        super().__init__(*given, **named)
        for one in points:
            self.fields[f"point-{one.pk}"] = forms.FloatField(
                label=f"{one.term}, by {rules.spoken(one.due)}", initial=round(one.value, 1), widget=NUMBER
            )

    @property
    def values(self) -> dict[int, float]:
        return {int(name.partition("-")[2]): value for name, value in self.cleaned_data.items()}


class ActionForm(Plain):
    what = forms.CharField(label="What is done", max_length=300, widget=line())
    owner = forms.ChoiceField(label="Who does it", choices=Owner.choices, widget=choice())
    due = forms.DateField(label="By when", widget=day())

    def __init__(self, *given: Any, begins: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.begins = begins

    def clean_due(self) -> date:
        given: date = self.cleaned_data["due"]
        if given < self.begins:
            raise forms.ValidationError(f"The plan begins on {rules.spoken(self.begins)}: this day lies before it.")
        return given


class FinishForm(Plain):
    done = forms.DateField(label="Done on", widget=day())
    evidence = forms.CharField(label="What shows it", max_length=4_000, widget=lines(4))

    def clean_done(self) -> date:
        given: date = self.cleaned_data["done"]
        if given > clock.today():
            raise forms.ValidationError("That day has not come.")
        return given


class BecauseForm(Plain):
    because = forms.CharField(label="Why", max_length=400, widget=line())


class ReviewForm(Plain):
    """A review: a colour and its reason for every objective, and when the next one is."""

    day = forms.DateField(label="Day of the review", widget=day())
    reviewer = forms.CharField(label="By whom", max_length=120, widget=line())

    def __init__(
        self, *given: Any, plan: Plan, objectives: list[Objective], before: date | None, weeks: tuple[int, int],
        school_days: rules.SchoolDays, **named: Any,
    ) -> None:  # fmt: skip
        super().__init__(*given, **named)
        self.plan, self.objectives, self.before, self.weeks, self.school_days = plan, objectives, before, weeks, school_days
        for one in objectives:
            self.fields[f"rag-{one.pk}"] = forms.ChoiceField(
                label=f"{one.title}: the colour", choices=Rag.choices, widget=forms.RadioSelect
            )
            self.fields[f"narrative-{one.pk}"] = forms.CharField(label="Why, on what evidence", max_length=LONGEST, widget=lines(3))
        self.fields["sources"] = forms.MultipleChoiceField(label="What it rests on", choices=SOURCES, widget=forms.CheckboxSelectMultiple)
        self.fields["overall"] = forms.CharField(label="All in all, and what happens next", required=False, max_length=LONGEST,
                                                 widget=lines(4))  # fmt: skip
        self.fields["next_day"] = forms.DateField(
            label="Next review", required=False, widget=day(),
            help_text=f"In {weeks[0]} to {weeks[1]} school weeks: {weeks[1]} when all is green, {weeks[0]} when anything is red.",
        )  # fmt: skip
        self.fields["outside_because"] = forms.CharField(
            label="Why sooner or later than that", required=False, max_length=400, widget=line()
        )

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if on := kept.get("day"):  # held apart: a field with a fault is no longer in what was kept
            for fault in rules.faults_of_review(on, self.before, self.plan.begins, clock.today()):
                self.add_error("day", fault)
            fault = rules.fault_of_next(on, kept.get("next_day"), self.weeks, kept.get("outside_because", ""), self.school_days)
            if fault:
                self.add_error("next_day", fault)
        return kept

    @property
    def found(self) -> dict[int, tuple[str, str]]:
        given = self.cleaned_data
        return {one.pk: (given[f"rag-{one.pk}"], given[f"narrative-{one.pk}"]) for one in self.objectives}

    @property
    def written(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("day", "reviewer", "sources", "overall", "next_day", "outside_because")}


class BoardForm(Plain):
    opened = forms.DateField(label="From", widget=day())


class MemberForm(Plain):
    post = forms.ChoiceField(label="Seat", choices=Post.choices, widget=choice())
    name = forms.CharField(label="Who", max_length=120, widget=line())


class SittingForm(Plain):
    day = forms.DateField(label="Day", widget=day())


class PapersForm(Plain):
    day = forms.DateField(label="Sent on", widget=day())


class MinutesForm(Plain):
    """What a meeting came to. The first sets the exit criteria."""

    exit_criteria = forms.CharField(
        label="Exit criteria", required=False, max_length=4_000, widget=lines(4),
        help_text="What must be true for the board to end. Set at the first meeting.",
    )  # fmt: skip
    present = forms.CharField(label="Who was there", required=False, max_length=2_000, widget=lines(2))
    minutes = forms.CharField(label="Minutes", required=False, max_length=LONGEST, widget=lines(10))
    held = forms.BooleanField(label="The meeting was held and these minutes stand", required=False)

    def __init__(self, *given: Any, earlier: list[date], on: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.earlier, self.on = earlier, on

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        told = {name: kept.get(name, "") for name in ("exit_criteria", "minutes")}
        faults = rules.faults_of_sitting(self.earlier, **told, held=kept.get("held", False), day=self.on, today=clock.today())
        for name, said in faults.items():
            self.add_error(name, said)
        return kept


class AskForm(Plain):
    what = forms.CharField(label="What is asked for", max_length=300, widget=line())
    owner = forms.CharField(label="Of whom", max_length=120, widget=line())
    due = forms.DateField(label="By when", widget=day())


class OutcomeForm(Plain):
    outcome = forms.CharField(label="What came of it", max_length=400, widget=lines(3))


class EndForm(Plain):
    report = forms.CharField(
        label="Exit report", max_length=LONGEST, widget=lines(8), help_text="Against each exit criterion: met, on what evidence."
    )

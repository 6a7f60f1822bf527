"""The forms of engagements. Every fault is told beside its field, all at once."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from headway.definitions.workflows import ConcernKind, Rung, Step, Workflow
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.engagements import rules
from headway.desk.engagements.models import Concern, Way
from headway.desk.framing.fields import Plain, choice, day, line, lines
from headway.vocabulary import clock

LONGEST = 20_000


def advisers(urn: int) -> list[User]:
    """Those who may lead work with a school, by name."""
    return [one for one in User.objects.filter(is_active=True) if may(one, Permission.WRITE_ENGAGEMENTS, urn)]


class NoticeReplyForm(Plain):
    """What is said to a notice, or to such a reply."""

    text = forms.CharField(label="Your reply", max_length=20_000, widget=lines(8), strip=False)
    once = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def __init__(self, *given: Any, label: str = "", hint: str = "", **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["text"].label = label or "What head and governors say to it"
        self.fields["text"].help_text = hint or "What is not right, what is done already, what you will do. You are answered in writing."

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if not text.strip():
            raise forms.ValidationError("Write something first.")
        return text


class BecauseForm(Plain):
    because = forms.CharField(label="Why", max_length=400, widget=line())


class AimForm(Plain):
    """Towards what, and until when: the point is written before anything else happens."""

    aim = forms.CharField(label="What the work is for", max_length=4_000, widget=lines(3), help_text="What will be better for pupils.")
    point = forms.CharField(
        label="The point at which support becomes lighter", max_length=4_000, widget=lines(4),
        help_text="What must be true, on what evidence. The school reads it from the first day.",
    )  # fmt: skip


class AimAnewForm(AimForm):
    because = forms.CharField(label="Why it changes", max_length=400, widget=line())


class EnterForm(AimForm):
    """Open an engagement."""

    workflow = forms.ChoiceField(label="What kind of support", widget=forms.RadioSelect)
    entered = forms.DateField(label="From", widget=day())
    concerns = forms.MultipleChoiceField(
        label="Concerns on the register that it takes up", required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("workflow", "entered", "concerns", "aim", "point")

    def __init__(self, *given: Any, workflows: Mapping[str, Workflow], concerns: list[Concern], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["workflow"].choices = [(name, one.title) for name, one in workflows.items()]
        self.fields["concerns"].choices = [(one.pk, f"{one.summary} ({rules.spoken(one.raised)})") for one in concerns]
        if not concerns:
            self.fields.pop("concerns")


class DirectionForm(Plain):
    way = forms.ChoiceField(label="Which way does it go?", choices=Way.choices, widget=forms.RadioSelect)
    rationale = forms.CharField(
        label="Why, on what evidence", max_length=4_000, widget=lines(4), help_text="The school reads it."
    )  # fmt: skip


class StepForm(Plain):
    """One step: being worked on, done on a day, or not needed."""

    state = forms.ChoiceField(
        label="Where does it stand?",
        choices=(("started", "Being worked on"), ("done", "Done"), ("not_needed", "Not needed here, for the reason below")),
        widget=forms.RadioSelect,
    )  # fmt: skip
    done = forms.DateField(label="Done on", required=False, widget=day())
    text = forms.CharField(label="What there is to say", required=False, max_length=LONGEST, widget=lines(5))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *given: Any, step: Step, entered_on: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.step, self.entered_on = step, entered_on
        self.fields["text"].help_text = step.asks
        if step.choices:
            self.fields["choice"] = forms.ChoiceField(
                label="How did it come out?",
                required=False,
                widget=forms.RadioSelect,
                choices=[(one.id, one.title) for one in step.choices],
            )
        if step.ticks:
            self.fields["ticks"] = forms.MultipleChoiceField(
                label="What is in place", required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(one.id, one.title) for one in step.ticks],
            )  # fmt: skip
        self.order_fields(["state", "done", "choice", "ticks", "text", "seen"])

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        kept.setdefault("choice", "")
        kept.setdefault("ticks", [])
        state = kept.get("state")
        if state == "done" and "done" in kept and kept["done"] is None:
            self.add_error("done", "Give the day on which it was done.")
        if state == "not_needed" and not kept.get("text", "").strip():
            self.add_error("text", "Say why it is not needed.")
        done = kept.get("done") if state == "done" else None
        for name, said in rules.faults_of_entry(self.step, done, kept["choice"], kept["ticks"], clock.today(), self.entered_on).items():
            self.add_error(name, said)
        return kept

    @property
    def entry(self) -> dict[str, Any]:
        """What write_step takes."""
        given = self.cleaned_data
        done = given["done"] if given["state"] == "done" else None
        return {"done": done, "not_needed": given["state"] == "not_needed",
                **{name: given[name] for name in ("choice", "ticks", "text", "seen")}}  # fmt: skip


class CheckForm(Plain):
    """Whether somebody may lead this work."""

    person = forms.ModelChoiceField(User.objects.none(), label="Who is looked at", widget=choice())
    clear = forms.ChoiceField(
        label="What was found", choices=(("yes", "No conflict of interest"), ("no", "A conflict of interest")), widget=forms.RadioSelect
    )
    what = forms.CharField(label="What it is", required=False, max_length=400, widget=line(), help_text="Where there is one.")

    def __init__(self, *given: Any, urn: int, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["person"].queryset = User.objects.filter(pk__in=[one.pk for one in advisers(urn)])

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("clear") == "no" and not kept.get("what", "").strip():
            self.add_error("what", "Say what the conflict is.")
        return kept


class AllocateForm(Plain):
    adviser = forms.ModelChoiceField(User.objects.none(), label="Adviser", widget=choice(), help_text="Those whose check came out clear.")
    since = forms.DateField(label="From", widget=day())
    because = forms.CharField(label="Why, where it is another than before", required=False, max_length=400, widget=line())

    def __init__(self, *given: Any, people: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["adviser"].queryset = people


class FollowForm(Plain):
    school = forms.ChoiceField(label="The school that follows", widget=forms.RadioSelect)
    day = forms.DateField(label="From", widget=day())
    because = forms.CharField(label="What happened", max_length=400, widget=line(), help_text="A conversion, a merger, a new number.")

    def __init__(self, *given: Any, after: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["school"].choices = after


class ConcernForm(Plain):
    """One entry on the register."""

    kind = forms.ChoiceField(label="What it is about", widget=choice())
    summary = forms.CharField(label="In one line", max_length=300, widget=line(), help_text="As one would say it to the head’s face.")
    source = forms.CharField(
        label="From where it is known", max_length=200, widget=line(), help_text="A service, a visit, a complaint. No person’s name."
    )
    raised = forms.DateField(label="Raised on", widget=day())
    details = forms.CharField(
        label="In confidence", required=False, max_length=LONGEST, widget=lines(4), help_text="Kept sealed; for the adviser team only."
    )

    def __init__(self, *given: Any, kinds: Mapping[str, ConcernKind], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["kind"].choices = [(name, one.title) for name, one in kinds.items()]

    def clean_raised(self) -> date:
        raised: date = self.cleaned_data["raised"]
        if raised > clock.today():
            raise forms.ValidationError("That day has not come.")
        return raised


class ResolveForm(Plain):
    upheld = forms.ChoiceField(
        label="Was it so?", choices=(("yes", "Yes"), ("no", "No: it was looked into and is not so")), widget=forms.RadioSelect
    )
    outcome = forms.CharField(label="What became of it", max_length=400, widget=lines(3))


class NoteForm(Plain):
    text = forms.CharField(label="Note", max_length=LONGEST, widget=lines(8))
    restricted = forms.BooleanField(label="Restricted: for those who may read restricted paragraphs only", required=False)


class RungForm(Plain):
    """What a ladder action is prepared with: its conditions ticked, its parts written."""

    def __init__(self, *given: Any, rung: Rung, over: list[str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.rung = rung
        if rung.conditions:
            self.fields["ticks"] = forms.MultipleChoiceField(
                label="What must hold", required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(one.id, one.title) for one in rung.conditions],
            )  # fmt: skip
        for part in rung.parts:
            self.fields[f"part-{part.id}"] = forms.CharField(label=part.title, required=False, max_length=LONGEST, widget=lines(4))
        if over:
            self.fields["passed_over"] = forms.CharField(
                label="Why what comes before it was passed over", required=False, max_length=400, widget=line(),
                help_text="Not taken: " + "; ".join(over) + ".",
            )  # fmt: skip
        self.fields["issued"] = forms.DateField(label="Goes out on", required=False, widget=day(), help_text="Only when it is issued.")
        if rung.clock:
            self.fields["due"] = forms.DateField(
                label=f"{rung.clock_ends}: another day", required=False, widget=day(),
                help_text=f"Else it is {rung.clock.count} {rung.clock.unit.replace('_', ' ')} after it goes out.",
            )  # fmt: skip

    @property
    def kept(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "ticks": given.get("ticks", []),
            "parts": {part.id: given[f"part-{part.id}"] for part in self.rung.parts},
            "passed_over": given.get("passed_over", ""),
        }

    def may_be_issued(self) -> bool:
        """Whether it is whole; each fault stands beside its field."""
        given = self.cleaned_data
        if given.get("issued") is None:
            self.add_error("issued", "Give the day on which it goes out.")
            return False
        faults = rules.faults_of_issue(self.rung, self.kept["ticks"], self.kept["parts"], given["issued"], clock.today())
        if "passed_over" in self.fields and not self.kept["passed_over"]:
            faults["passed_over"] = "Say why."
        for name, said in faults.items():
            self.add_error(name, said)
        return not faults


class EndForm(Plain):
    outcome = forms.ChoiceField(label="How it ended", widget=forms.RadioSelect)
    day = forms.DateField(label="On", widget=day())
    said = forms.CharField(label="What came of it", max_length=LONGEST, widget=lines(4))

    def __init__(self, *given: Any, rung: Rung, issued: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.issued = issued
        self.fields["outcome"].choices = [(one.id, one.title) for one in rung.outcomes]

    def clean_day(self) -> date:
        given: date = self.cleaned_data["day"]
        if given < self.issued:
            raise forms.ValidationError(f"It was issued on {rules.spoken(self.issued)}; it cannot end before.")
        if given > clock.today():
            raise forms.ValidationError("That day has not come.")
        return given


class MeetingForm(Plain):
    day = forms.DateField(label="Day", widget=day())


class MinutesForm(Plain):
    """Who was there, and what was said of each school."""

    present = forms.CharField(label="Who was there", required=False, max_length=2_000, widget=lines(2))

    def __init__(self, *given: Any, items: list[Any], **named: Any) -> None:
        super().__init__(*given, **named)
        for item in items:
            self.fields[f"item-{item.pk}"] = forms.CharField(
                label=item.school.name, required=False, max_length=LONGEST, widget=lines(4), help_text=item.why
            )

    @property
    def texts(self) -> dict[int, str]:
        return {int(name.partition("-")[2]): text for name, text in self.cleaned_data.items() if name.startswith("item-")}

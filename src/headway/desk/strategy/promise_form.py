"""The form of a promise: it writes the library's own grammar, and tells every fault of it beside its field."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml
from django import forms

from headway.definitions.ambition_writing import as_text
from headway.desk.strategy.forms import LINE, LONG, SHORT, day
from headway.readings.ambitions.adopted import faults_of
from headway.readings.door import Door
from headway.vocabulary import clock

NUMBER = {"widget": forms.NumberInput(attrs={**SHORT, "step": "any"}), "required": False}
SELECT = forms.Select(attrs={"class": "govuk-select"})
AREA = forms.Textarea(attrs={**LONG, "rows": 3})
CODE = forms.Textarea(attrs={**LONG, "rows": 6, "spellcheck": "false"})
RELATIONS = [
    ("reach", "reach it"), ("stay_above", "stay above it"), ("stay_below", "stay below it"), ("within", "come within so much of it"),
    ("rise_by", "rise by so much"), ("fall_by", "fall by so much"), ("every_school_at_least", "every school at least there"),
]  # fmt: skip
AGAINST = [
    ("", "nothing: measured from its own start"), ("fixed", "a fixed level"), ("england", "England"),
    ("england_same_group", "the same group in England"), ("area_average", "the area’s average"), ("neighbours", "statistical neighbours"),
    ("own_baseline", "its own baseline"),
]  # fmt: skip
WHO = [
    ("area", "the area, as published"), ("schools", "all its schools"), ("maintained", "its maintained schools"),
    ("phase", "its schools of a phase"),
    ("district", "each district, or one"), ("family", "the family of a school"),
]  # fmt: skip
PHASES = [("", "none"), *((one, one) for one in ("primary", "secondary", "special", "all-through", "nursery", "post-16"))]
BY = [(one, one) for one in ("constituency", "ward", "locality", "town")]
MOVES = [("", "does not move"), ("each_year", "moves with it each year"), ("held_at_baseline", "held at its level in the baseline year")]
LINES = {"bridges": ("at", "kind", "note"), "gaps": ("years", "series", "why")}
# where in the definition → the field of the form; what is in none of these is told above the form
FIELDS = {"who": "who_of", "against": "against_kind", "reference": "reference_title", "parts": "more", "choices": "more", "chosen": "more",
          "lacking": "more"}  # fmt: skip

GROUPS = (
    ("The promise", ("title", "words", "owner")),
    ("What is measured", ("measure", "cut", "who_of", "who_phase", "who_by", "who_name", "who_urn")),
    ("What is to happen", ("relation", "amount", "unit", "against_kind", "against_level", "against_cut", "against_moves")),
    ("From when, and by when", ("baseline", "due", "tolerance")),
    ("Breaks and gaps", ("bridges", "gaps")),
    ("Where it is written", ("reference_title", "reference_href", "review_by")),
    ("More than one part, or more than one reading", ("more",)),
    ("Why", ("reason",)),
)


class PromiseForm(forms.Form):
    """A new promise, or another version of one: then `before` is its definition as YAML, and a reason is asked for."""

    title = forms.CharField(max_length=120, label="Short name", widget=LINE)
    words = forms.CharField(max_length=400, label="The promise in full", widget=AREA, help_text="As it was, or will be, said in public.")
    owner = forms.CharField(max_length=120, label="Who answers for it", widget=LINE, help_text="A post or a body, never a person’s name.")
    measure = forms.ChoiceField(label="Measure", widget=SELECT, required=False)
    cut = forms.ChoiceField(label="Of which pupils", widget=SELECT)
    who_of = forms.ChoiceField(choices=WHO, label="Whose figure", widget=SELECT)
    who_phase = forms.ChoiceField(choices=PHASES, label="Phase, where it is of one", widget=SELECT, required=False)
    who_by = forms.ChoiceField(choices=BY, label="Kind of district, where it is of districts", widget=SELECT, required=False)
    who_name = forms.CharField(max_length=80, label="One district by name", widget=LINE, required=False, help_text="Empty for every one.")
    who_urn = forms.IntegerField(
        label="URN of the school whose family it is", required=False, widget=forms.NumberInput(attrs=SHORT)
    )  # fmt: skip
    relation = forms.ChoiceField(choices=RELATIONS, label="What is to happen", widget=SELECT, required=False)
    against_kind = forms.ChoiceField(choices=AGAINST, label="Beside what", widget=SELECT, required=False)
    against_level = forms.FloatField(label="The fixed level", **NUMBER)
    against_cut = forms.ChoiceField(label="Another group of England’s or the area’s", widget=SELECT, required=False)
    against_moves = forms.ChoiceField(choices=MOVES, label="Whether that moves", widget=SELECT, required=False)
    amount = forms.FloatField(label="By how much, or within how much", **NUMBER)
    unit = forms.ChoiceField(
        choices=[("", "no amount"), ("points", "points"), ("percent", "per cent")], label="Points or per cent", widget=SELECT,
        required=False,         help_text="Five points of 50 are 45 to 55; five per cent of 50 are 47.5 to 52.5.",
    )  # fmt: skip
    baseline = forms.CharField(label="Baseline year", widget=forms.TextInput(attrs=SHORT), help_text="Such as 2022/23.", required=False)
    due = forms.DateField(label="By which day", widget=day(), required=False, help_text="The last school year over by then decides.")
    tolerance = forms.FloatField(
        label="Tolerance", help_text="In the measure’s units: how far off its path it is at risk, and not off course.", **NUMBER
    )  # fmt: skip
    bridges = forms.CharField(
        required=False, label="Breaks of the series, and how each is bridged", widget=AREA,
        help_text="One on a line: 2016/17 | same_standard | why. Or begun_anew in place of same_standard.",
    )  # fmt: skip
    gaps = forms.CharField(
        required=False, label="Years without a figure that are known", widget=AREA,
        help_text="One on a line: 2019/20, 2020/21 | which series | why."
    )  # fmt: skip
    reference_title = forms.CharField(max_length=200, label="Where it is written", widget=LINE, help_text="A cabinet minute, a paper.")
    reference_href = forms.CharField(max_length=300, label="Its address", widget=LINE, help_text="On the web, or of the archive.")
    review_by = forms.DateField(label="To be looked at again by", widget=day())
    more = forms.CharField(
        required=False, label="Parts, and ways to read its words", widget=CODE,
        help_text="As YAML, with parts, choices, chosen and lacking. Leave it empty for a promise of one part whose words leave no choice.",
    )  # fmt: skip
    reason = forms.CharField(max_length=500, label="Why it is changed", widget=AREA)

    def __init__(
        self,
        *given: Any,
        door: Door,
        name: str,
        before: str = "",
        reasoned: bool = False,
        start: Mapping[str, Any] | None = None,
        **named: Any,
    ) -> None:
        initial = {"review_by": clock.today().replace(day=1, year=clock.today().year + 1), **fields_of(before), **(start or {})}
        super().__init__(*given, label_suffix="", initial=initial, **named)
        self.door, self.name, self.text = door, name, ""
        if not before and not reasoned:
            self.fields.pop("reason")
        known = door.library.measures.values()
        self.fields["measure"].choices = [("", "none: parts name theirs"), *sorted((one.id, f"{one.title} ({one.id})") for one in known)]
        self.fields["measure"].choices[1:] = sorted(self.fields["measure"].choices[1:], key=lambda one: one[1])
        cuts = [
            (f"{cut.id}={value}", f"{cut.title}: {group.title}")
            for cut in door.library.cuts.values()
            for value, group in cut.values.items()
        ]
        self.fields["cut"].choices = [("all", "all pupils"), *cuts]
        self.fields["against_cut"].choices = [("", "the same, or all"), *cuts]

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The fields under their headings, as the page shows them."""
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in GROUPS if set(names) & set(self.fields)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        content = self._content(given)
        if content is None or self.errors:
            return given
        self.text = as_text(content)
        _, faults = faults_of(self.name, self.text, self.door.library.checks_ambitions_by)
        for place, words in faults:
            if "does not say whose promises" not in words:  # the set is written with the promise
                self.add_error(self._field(place), words[:1].upper() + words[1:])
        return given

    def _field(self, place: tuple[str, ...]) -> str | None:
        """The field that a place of the definition came from; None for the whole."""
        at = place[1] if place[:1] == ("asks",) and len(place) > 1 else place[0] if place else ""
        if place[:2] == ("reference", "href"):
            return "reference_href"
        name = FIELDS.get(at, at)
        return name if name in self.fields else None

    def _content(self, given: Mapping[str, Any]) -> dict[str, Any] | None:
        more = self._more(given.get("more", ""))
        if more is None:
            return None
        asks = {
            "measure": given.get("measure"), "cut": given.get("cut"), "who": _who(given), "relation": given.get("relation"),
            "against": _against(given), "amount": given.get("amount"), "unit": given.get("unit"), "baseline": given.get("baseline"),
            "due": given.get("due"), "tolerance": given.get("tolerance"), **{name: self._rows(name, given) for name in LINES},
        }  # fmt: skip
        reference = {"title": given.get("reference_title"), "href": given.get("reference_href"), "seen": clock.today()}
        told = {name: given.get(name) for name in ("title", "words", "owner", "review_by")}
        asks |= {"lacking": more.pop("lacking")} if "lacking" in more else {}
        return {**told, "reference": reference, "asks": {**asks, "cut": None if asks["cut"] == "all" else asks["cut"]}, **more}

    def _more(self, text: str) -> dict[str, Any] | None:
        try:
            found = yaml.safe_load(text) or {} if text.count("*") < 1 and text.count("&") < 1 else None
        except yaml.YAMLError as error:
            self.add_error("more", f"This is not YAML: {getattr(error, 'problem', error)}.")
            return None
        if not isinstance(found, dict) or set(found) - {"parts", "choices", "chosen", "lacking", "number", "note"}:
            self.add_error("more", "Only parts, choices, chosen and lacking stand here, without anchors.")
            return None
        return found

    def _rows(self, name: str, given: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Lines of parts set off by a bar."""
        found = []
        for line in filter(None, map(str.strip, (given.get(name) or "").splitlines())):
            parts = [part.strip() for part in line.split("|")]
            if len(parts) != 3:
                self.add_error(name, f"“{line[:60]}” has not three parts with a bar between.")
                continue
            row: dict[str, Any] = dict(zip(LINES[name], parts, strict=True))
            found.append({**row, "years": [year.strip() for year in parts[0].split(",")]} if name == "gaps" else row)
        return found


def _who(given: Mapping[str, Any]) -> dict[str, Any] | None:
    who = {"of": given.get("who_of"), "phase": given.get("who_phase"), "name": given.get("who_name"), "urn": given.get("who_urn")}
    who |= {"by": given.get("who_by")} if who["of"] == "district" else {}
    return None if who["of"] == "area" and not any((who["phase"], who["name"], who["urn"])) else who


def _against(given: Mapping[str, Any]) -> dict[str, Any] | None:
    against = {name: given.get(f"against_{name}") for name in ("kind", "level", "cut", "moves")}
    return against if against["kind"] else None


def fields_of(text: str) -> dict[str, Any]:
    """What the form shows of a definition, so that it can be changed."""
    if not text:
        return {}
    content = yaml.safe_load(text)
    asks = content.get("asks") or {}
    found = {name: content.get(name) for name in ("title", "words", "owner", "review_by")}
    found |= {name: asks.get(name) for name in ("measure", "cut", "relation", "amount", "unit", "baseline", "due", "tolerance")}
    for group in ("who", "against"):
        found |= {f"{group}_{name}": value for name, value in (asks.get(group) or {}).items()}
    found |= {f"reference_{name}": (content.get("reference") or {}).get(name) for name in ("title", "href")}
    found["bridges"] = "\n".join(f"{one['at']} | {one['kind']} | {' '.join(one['note'].split())}" for one in asks.get("bridges") or ())
    found["gaps"] = "\n".join(
        f"{', '.join(one['years'])} | {one['series']} | {' '.join(one['why'].split())}" for one in asks.get("gaps") or ()
    )
    more = {name: content[name] for name in ("number", "note", "parts", "choices", "chosen") if name in content}
    more |= {"lacking": asks["lacking"]} if "lacking" in asks else {}
    found["more"] = as_text(more) if more else ""
    return {name: value for name, value in found.items() if value is not None}


def due_of(text: str) -> date | None:
    found = (yaml.safe_load(text).get("asks") or {}).get("due")
    return found if isinstance(found, date) else None

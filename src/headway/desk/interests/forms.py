"""The form of a declaration. Every fault is told beside its field."""

from typing import Any

from django import forms

from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.establishments.queries import named
from headway.desk.framing.fields import Plain, line, lines

NOTHING, SOMETHING = "nothing", "something"


class DeclareForm(Plain):
    found = forms.ChoiceField(
        label="What there is to declare", widget=forms.RadioSelect,
        choices=((SOMETHING, "Something"), (NOTHING, "Nothing, or nothing else")),
    )  # fmt: skip
    school = forms.CharField(label="With which school, by URN or name", required=False, max_length=120, widget=line(),
                             help_text="Left empty: with schools in general.")  # fmt: skip
    what = forms.CharField(
        label="What it is", required=False, max_length=400, widget=lines(3),
        help_text="A child or a partner there, an office held, work paid for. It may be left empty: that there is something is enough.",
    )  # fmt: skip

    def __init__(self, *given: Any, user: User, **named: Any) -> None:
        super().__init__(*given, **named)
        self.user = user

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        text, nothing = kept.get("school", "").strip(), kept.get("found") == NOTHING
        kept["school"], kept["nothing"] = None, nothing
        if nothing and (text or kept.get("what", "").strip()):
            self.add_error("found", "You name a school or an interest, and say that there is none. Take one of the two away.")
        elif not nothing and "found" in kept:
            self._school(kept, text)
        return kept

    def _school(self, kept: dict[str, Any], text: str) -> None:
        mine = named(self.user, text, Permission.WRITE_SUPPORT) if text else []
        if len(mine) == 1:
            kept["school"] = mine[0]
        elif text and not mine:
            self.add_error("school", "No school of yours has that name or URN.")
        elif not text and not kept.get("what", "").strip():
            self.add_error("school", "Say with which school, or what it is.")
        elif mine:
            self.add_error("school", f"Several schools fit: {'; '.join(map(str, mine[:6]))}. Give the URN.")

"""How strong the evidence of a practice is, and who may move it where. No database here."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

USUAL = timedelta(days=365)  # after which what was published is looked at again

MOVES: Mapping[str, tuple[str, ...]] = {
    "proposed": ("reviewed", "returned", "withdrawn"),
    "returned": ("proposed", "withdrawn"),
    "reviewed": ("published", "returned", "withdrawn"),
    "published": ("published", "withdrawn"),  # published again: looked at, and good for another while
    "withdrawn": ("proposed",),
}
BY_TEAM, BY_LEAD = ("reviewed", "returned"), ("published", "withdrawn")
LEVELS = ("tried", "seen", "outside", "both")
WORDS = {
    "tried": "Tried; whether it works is not known",
    "seen": "Seen here: beside matched schools, beyond chance, at some school",
    "outside": "Shown elsewhere, by a named source; not seen here yet",
    "both": "Shown elsewhere and seen here",
}


def may_move(state: str, to: str, *, team: bool, leads: bool, own: bool) -> bool:
    """Whether somebody may move a practice. `own`: they proposed it: nobody reviews what they proposed."""
    if to not in MOVES.get(state, ()):
        return False
    if to == "reviewed":
        return team and not own
    if to == "returned":
        return team
    if to == "proposed":
        return own or team
    if to == "withdrawn":
        return leads or own
    return leads


def strength(sources: Iterable[str], results: Iterable[str]) -> str:
    """One of LEVELS, from how sure each source outside is and what each school's own result comes to.

    A worse result beside a better one takes it back: then it is not seen here, only tried.
    """
    outside = any(one in ("high", "moderate") for one in sources)
    found = list(results)
    here = "better" in found and "worse" not in found
    return {(True, True): "both", (True, False): "outside", (False, True): "seen", (False, False): "tried"}[outside, here]


def results_words(results: Collection[str]) -> str:
    """“2 schools: 1 better beyond chance, 1 no more than chance gives.”: those that did not improve are counted as well."""
    many = len(results)
    if not many:
        return "No school here has written down that it took it up."
    words = {
        "better": "better beyond chance",
        "level": "no more than chance gives",
        "worse": "worse beyond chance",
        "unknown": "cannot be told yet",
    }
    told = [f"{count} {text}" for one, text in words.items() if (count := sum(each == one for each in results))]
    return f"{many} {'school' if many == 1 else 'schools'}: {', '.join(told)}."


def standing_words(state: str, review_by: date | None, today: date) -> str:
    if state == "published" and review_by is not None and review_by < today:
        return f"published; it was to be looked at again by {review_by.day} {review_by:%B %Y}"
    return ""


def faults_of_review_by(day: date | None, today: date) -> list[str]:
    if day is None:
        return ["Say by when it is looked at again."]
    if not today < day <= today + 3 * USUAL:
        return ["Give a day after today, within three years."]
    return []

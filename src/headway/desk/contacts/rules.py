"""What is wrong with a contact, and whom a school lacks. No database here."""

from collections.abc import Collection

ASKED = {"school": "its head", "governors": "the chair of governors"}  # of a maintained school
OF_A_CHURCH_SCHOOL = {"diocese": "the diocese"}
NO_CHARACTER = ("", "none", "does not apply", "not applicable")


def faults(email: str, phone: str) -> list[str]:
    return [] if email.strip() or phone.strip() else ["Give an address or a number: a name alone reaches nobody."]


def lacking(places: Collection[str], route: str, religious_character: str) -> list[str]:
    """Whom one should be able to reach and cannot: the head; chair or trust; of a church school the diocese."""
    wanted = {"school": "its head", "trust": "the trust"} if route == "academy" else dict(ASKED)
    if religious_character.strip().lower() not in NO_CHARACTER:
        wanted |= OF_A_CHURCH_SCHOOL
    return [words for place, words in wanted.items() if place not in places]

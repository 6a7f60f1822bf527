"""What a value is, when it is not simply a number, and how firm the release is that it came in."""

from enum import StrEnum


class Status(StrEnum):
    """The state of one reading. Only `published` and `low_count` may carry a value."""

    PUBLISHED = "published"
    SUPPRESSED = "suppressed"  # withheld to protect people
    LOW_COUNT = "low_count"  # rounds to zero, or rests on too few to be judged
    NOT_APPLICABLE = "not_applicable"  # the question does not arise here
    NOT_PUBLISHED = "not_published"  # it exists, the source does not give it
    MISSING = "missing"  # the source leaves the cell empty

    @property
    def words(self) -> str:
        return STATUS_WORDS[self]


STATUS_WORDS = {
    Status.PUBLISHED: "published",
    Status.SUPPRESSED: "withheld to protect people",
    Status.LOW_COUNT: "too few to show",
    Status.NOT_APPLICABLE: "does not apply",
    Status.NOT_PUBLISHED: "not published",
    Status.MISSING: "no figure given",
}


class Release(StrEnum):
    """How firm a release is, from the least to the most."""

    EARLY = "early"  # unvalidated, not for publication
    PROVISIONAL = "provisional"
    REVISED = "revised"
    FINAL = "final"

    @property
    def rank(self) -> int:
        return list(Release).index(self)

    @property
    def words(self) -> str:
        return "early, unvalidated, not for publication" if self is Release.EARLY else self.value

"""What a question about a school comes out as: met, not met, or unknown with the reason. Unknown never counts as met."""

from collections.abc import Iterable
from enum import StrEnum

from headway.vocabulary.status import STATUS_WORDS


class Answer(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        return "not met" if self is Answer.NOT_MET else self.value


class Unknown(StrEnum):
    """Why a question cannot be answered. The first six are the states of a reading (headway.vocabulary.status)."""

    SUPPRESSED = "suppressed"
    LOW_COUNT = "low_count"
    NOT_APPLICABLE = "not_applicable"
    NOT_PUBLISHED = "not_published"
    MISSING = "missing"
    NO_FIGURE = "no_figure"  # no file that was loaded has one for the school
    OUT_OF_DATE = "out_of_date"  # the newest figure is older than the rule takes
    TOO_FEW_YEARS = "too_few_years"  # the rule asks for more years than have a figure
    TOO_FEW = "too_few"  # the cohort is under the rule's floor
    NO_SIZE = "no_size"  # the floor cannot be checked: the cohort is not known
    NO_COMPARATOR = "no_comparator"
    NO_MARGIN = "no_margin"  # whether it is beyond chance cannot be said
    NOT_INSPECTED = "not_inspected"
    NOT_TOLD = "not_told"  # nobody has said either way
    EXPIRED = "expired"  # somebody said, and it is past its date
    RESTRICTED = "restricted"  # somebody said, and the viewer may not see it

    @property
    def words(self) -> str:
        return UNKNOWN_WORDS[self]


UNKNOWN_WORDS = {Unknown(state.value): words for state, words in STATUS_WORDS.items() if state.value != "published"} | {
    Unknown.NO_FIGURE: "no figure is loaded",
    Unknown.OUT_OF_DATE: "the newest figure is too old",
    Unknown.TOO_FEW_YEARS: "fewer years have a figure than the rule asks for",
    Unknown.TOO_FEW: "too few pupils to judge by",
    Unknown.NO_SIZE: "the number of pupils is not known",
    Unknown.NO_COMPARATOR: "nothing to set it beside",
    Unknown.NO_MARGIN: "whether it is beyond chance cannot be said",
    Unknown.NOT_INSPECTED: "not inspected",
    Unknown.NOT_TOLD: "nobody has said",
    Unknown.EXPIRED: "what was said is past its date",
    Unknown.RESTRICTED: "restricted",
}


def all_of(answers: Iterable[Answer]) -> Answer:
    """Met when all are; not met as soon as one is not; else unknown (Kleene's strong conjunction). Of none: met."""
    found = set(answers)
    return Answer.NOT_MET if Answer.NOT_MET in found else Answer.UNKNOWN if Answer.UNKNOWN in found else Answer.MET


def any_of(answers: Iterable[Answer]) -> Answer:
    """Met as soon as one is; not met when none is; else unknown (Kleene's strong disjunction). Of none: not met."""
    found = set(answers)
    return Answer.MET if Answer.MET in found else Answer.UNKNOWN if Answer.UNKNOWN in found else Answer.NOT_MET

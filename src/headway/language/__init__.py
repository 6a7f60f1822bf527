"""What figures say, in words: pure functions over answers. Sentences of one line, and the answer of a page."""

from headway.language.answer import area_answer, basis, flags, profile_answer, standing
from headway.language.gaps import gaps_sentence, group_gaps
from headway.language.sentences import distribution_sentence, gap_sentence, line_sentence, moved_scope_sentence, moved_sentence
from headway.language.values import reading_words, status_words, value_words

__all__ = [
    "area_answer",
    "basis",
    "distribution_sentence",
    "flags",
    "gap_sentence",
    "gaps_sentence",
    "group_gaps",
    "line_sentence",
    "moved_scope_sentence",
    "moved_sentence",
    "profile_answer",
    "reading_words",
    "standing",
    "status_words",
    "value_words",
]

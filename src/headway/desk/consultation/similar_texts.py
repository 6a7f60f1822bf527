"""Which answers and themes use the same words: TF-IDF and the cosine between them, in plain Python. A person decides what it means."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WORD = re.compile(r"[^\W\d_]{3,}")
CLOSE = 0.12  # below this nothing is suggested
MOST = 3
COMMON = frozenset(
    """
    the and for are but not you all any can had her was one our out has him his how its may new now old see two who did get let
    put say she too use that this with have from they will your what when them then than been were said each which their there
    would could should about into more some other only also very just because where while these those over such being does most
    much many must need needs like make think want really every even lot well good
    """.split()  # noqa: SIM905 - words in rows
)
Vector = Mapping[str, float]


@dataclass(frozen=True)
class Suggestion:
    """A theme that an answer may belong to: how close (0 to 1), and the words they share."""

    theme: int
    closeness: float
    shared: tuple[str, ...]


def words_of(text: str) -> list[str]:
    """The words that carry meaning, each cut to its stem: buses and bus are one."""
    return [_stem(word) for word in WORD.findall(text.casefold()) if word not in COMMON]


def _stem(word: str) -> str:
    for ending, instead in (("sses", "ss"), ("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= 3:
            return word[: len(word) - len(ending)] + instead
    return word


def vectors(texts: Sequence[str]) -> list[Vector]:
    """Each text as its words' weights, of length 1: a word that many texts have weighs little. An empty text is nothing."""
    counted = [Counter(words_of(text)) for text in texts]
    of = Counter(word for one in counted for word in one)
    rarity = {word: math.log((1 + len(texts)) / (1 + count)) + 1 for word, count in of.items()}
    made = []
    for one in counted:
        weights = {word: (1 + math.log(count)) * rarity[word] for word, count in one.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        made.append({word: weight / length for word, weight in weights.items()} if length else {})
    return made


def closeness(one: Vector, other: Vector) -> float:
    """The cosine of two texts: 0 with no word in common, 1 for the same words."""
    small, large = sorted((one, other), key=len)
    return sum(weight * large.get(word, 0.0) for word, weight in small.items())


def suggestions(text: str, themes: Mapping[int, Sequence[str]]) -> tuple[Suggestion, ...]:
    """The themes closest to a text, the closest first. A theme is its title and the answers that stand under it already."""
    numbers = list(themes)
    texts = [text, *(" ".join(themes[number]) for number in numbers)]
    own, *others = vectors(texts)
    found = [
        Suggestion(number, round(near, 3), _shared(own, other))
        for number, other in zip(numbers, others, strict=True)
        if (near := closeness(own, other)) >= CLOSE
    ]
    return tuple(sorted(found, key=lambda one: (-one.closeness, one.theme))[:MOST])


def _shared(one: Vector, other: Vector) -> tuple[str, ...]:
    weights = {word: one[word] * other[word] for word in one.keys() & other.keys()}
    return tuple(sorted(weights, key=lambda word: (-weights[word], word))[:4])

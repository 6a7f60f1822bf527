"""Invented names. Syllables were chosen so that no town, authority or school of England comes out of them (a test looks)."""

from collections.abc import Iterator

from numpy.random import Generator

_STARTS = [
    "Pell",
    "Oxl",
    "Undr",
    "Tarn",
    "Quen",
    "Vorn",
    "Thrask",
    "Yarl",
    "Mirv",
    "Jorr",
    "Kelv",
    "Zeld",
    "Quill",
    "Brask",
    "Corv",
    "Dask",
    "Fenv",
    "Grev",
    "Hask",
    "Ilv",
    "Jask",
    "Krenn",
    "Lorv",
    "Morv",
    "Nask",
    "Orv",
    "Prask",
    "Quorr",
    "Rask",
    "Skell",
    "Trask",
    "Ulv",
    "Velk",
    "Wrask",
    "Yelv",
    "Zorr",
    "Braith",
    "Clarv",
    "Drenn",
    "Eskell",
    "Frask",
    "Glenv",
    "Harv",
    "Irk",
    "Jelv",
    "Klor",
    "Lask",
    "Marv",
    "Norv",
    "Osk",
    "Pravv",
    "Querr",
    "Rolv",
    "Stelv",
    "Tolv",
    "Urr",
    "Vask",
    "Welv",
    "Yorv",
    "Zask",
]
_ENDS = [
    "wych",
    "moor",
    "enbury",
    "amere",
    "holt",
    "astow",
    "edale",
    "ivale",
    "enfold",
    "ashaw",
    "ethorpe",
    "adene",
    "owell",
    "enwick",
    "ancote",
    "eborough",
    "amarsh",
    "enfield",
    "astoke",
    "eport",
]
_BEFORE = ("", "Upper ", "Lower ", "North ", "South ", "Great ", "Little ", "Old ", "East ", "West ")
_LANES = ["Lane", "Road", "Street", "Way", "Close", "Rise", "Drove", "Avenue"]
_FIXED = ("Wrenford", "Pellwick", "Oxlane", "Underwych", "Tarnmoor", "Quenbury")


def place_names(random: Generator) -> Iterator[str]:
    """Place names without end and without repeat: plain ones first, then with a word before them."""
    for before in _BEFORE:
        stems = [start + end for start in _STARTS for end in _ENDS]
        yield from (before + str(name) for name in random.permutation(stems))
    raise RuntimeError("More places were asked for than names can be made; add syllables.")


def fixed_places() -> tuple[str, ...]:
    """The authority and its towns, which the documentation speaks of by name."""
    return _FIXED


def street(random: Generator, place: str) -> str:
    return f"{int(random.integers(1, 90))} {place} {_LANES[int(random.integers(len(_LANES)))]}"

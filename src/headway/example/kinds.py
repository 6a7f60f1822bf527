"""The kinds of school in the made-up country and what each teaches."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of school. `share` is of all schools; `least` is how many Wrenford has at least; `roll` is the median."""

    name: str
    share: float
    least: int
    low: int
    high: int
    roll: float
    spread: float
    smallest: int
    estab_from: int
    suffix: tuple[str, ...]
    academies: float  # share already academies before the first year
    converting: float  # share of the rest that convert in the ten years
    phase: str


KINDS = (
    Kind("nursery", 0.015, 3, 2, 5, 90, 0.3, 40, 1000, ("Nursery School",), 0.0, 0.0, "Nursery"),
    Kind("infant", 0.045, 8, 4, 7, 200, 0.35, 60, 2000, ("Infant School", "Infant and Nursery School"), 0.13, 0.25, "Primary"),
    Kind("junior", 0.045, 8, 7, 11, 260, 0.35, 90, 2000, ("Junior School",), 0.16, 0.28, "Primary"),
    Kind(
        "primary",
        0.575,
        40,
        3,
        11,
        250,
        0.52,
        35,
        2000,
        ("Primary School", "Primary School", "Community Primary School", "Primary Academy"),
        0.15,
        0.32,
        "Primary",
    ),
    Kind(
        "secondary",
        0.14,
        14,
        11,
        16,
        870,
        0.35,
        300,
        4000,
        ("School", "High School", "Academy", "Community School"),
        0.55,
        0.45,
        "Secondary",
    ),
    Kind("all_through", 0.008, 2, 4, 18, 1150, 0.25, 600, 4000, ("School", "All-through Academy"), 0.6, 0.4, "All-through"),
    Kind("special", 0.045, 6, 4, 19, 110, 0.45, 25, 7000, ("Special School", "Centre School"), 0.18, 0.3, "Not applicable"),
    Kind("pru", 0.015, 3, 5, 16, 45, 0.5, 12, 1100, ("Pupil Referral Unit", "Short Stay School"), 0.12, 0.35, "Not applicable"),
    Kind(
        "independent",
        0.09,
        8,
        3,
        18,
        220,
        0.8,
        25,
        6000,
        ("Independent School", "Preparatory School", "House School"),
        0.0,
        0.0,
        "Not applicable",
    ),
    Kind("sixth_form", 0.004, 1, 16, 18, 1900, 0.35, 700, 8600, ("Sixth Form College",), 0.1, 0.2, "16 plus"),
)
NAMES = tuple(kind.name for kind in KINDS)
CODE = {kind.name: position for position, kind in enumerate(KINDS)}
PRIMARY = ("infant", "junior", "primary")
RECEPTION = ("infant", "primary", "all_through", "special")
YEAR_6 = ("junior", "primary", "all_through", "special")
YEAR_11 = ("secondary", "all_through", "special", "pru", "independent")
STATE = tuple(name for name in NAMES if name != "independent")

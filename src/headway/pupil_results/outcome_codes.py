"""What may stand for an outcome at key stage 2: scaled scores from lowest to highest, codes in their place, and words for writing."""

LOWEST, HIGHEST = 80.0, 120.0
# no score, and in the cohort as not meeting the standard
NOT_MET = {
    "A": "absent",
    "B": "below the standard of the test",
    "H": "cheated",
    "J": "just arrived",
    "N": "sat, and no scaled score awarded",
    "Q": "maladministration",
    "T": "could not be given access to the test",
    "U": "could not be given access to the test",
}
# not of this year's cohort
OUTSIDE = {"F": "takes the test in a later year", "L": "left", "M": "missing", "P": "took the test in an earlier year"}
WRITING_MET = {"EXS": "the expected standard", "GDS": "greater depth"}
WRITING_HIGHER = frozenset({"GDS"})
WRITING_NOT_MET = {
    "WTS": "towards the expected standard",
    **{f"PK{number}": f"pre-key stage standard {number}" for number in range(1, 7)},
    "EM": "the engagement model",
    "A": "absent",
    "D": "disapplied",
}

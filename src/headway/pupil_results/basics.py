"""English and maths at grade 4 or 5 and above: the better of language and literature counts, and both need not be sat."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
STANDARD, STRONG = 4.0, 5.0


def met(language: Floats, literature: Floats, maths: Floats, grade: float) -> NDArray[np.bool_]:
    """Which of n pupils have the grade in both; NaN is not taken, and not met. All pupils at the end of key stage 4 are in the cohort."""
    english = np.fmax(language, literature)
    return (english >= grade) & (maths >= grade)

"""How likely so many of a kind are among those drawn, when every draw is as likely as another: Fisher's exact test, one side of it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

HALF, LEAST = 0.5, 1e-18


def upper_tail(found: "Ints", total: "Ints", kind: "Ints", drawn: "Ints") -> "Floats":
    """P(at least `found` of the kind among `drawn` of `total`, of which `kind` are of it); arrays of one shape (n,).

    Raises ValueError where there are more of a kind, or drawn, than there are.
    """
    import numpy as np

    if (kind > total).any() or (drawn > total).any() or (found < 0).any():
        raise ValueError("more are of a kind, or drawn, than there are")
    if not len(found):
        return np.empty(0)
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, int(total.max()) + 1)))])

    def ways(of: "Ints", taken: "Ints") -> "Floats":
        picked: Floats = logs[of] - logs[taken] - logs[of - taken]
        return picked

    most, fewest = np.minimum(kind, drawn), np.maximum(0, drawn - (total - kind))
    at = np.maximum(found, fewest)
    term = np.exp(ways(kind, at) + ways(total - kind, drawn - at) - ways(total, drawn))  # of the first; each next follows from it
    answer, going = term.copy(), np.nonzero(at < most)[0]
    at, term, of, out, rest = at[going], term[going], kind[going], drawn[going], (total - kind - drawn)[going]
    while len(going):
        ratio = (of - at) * (out - at) / ((at + 1) * (rest + at + 1))
        term, at = term * ratio, at + 1
        answer[going] += term
        more = (at < most[going]) & ((ratio > HALF) | (term > LEAST * answer[going]))  # else all that follows would not be seen
        going, at, term, of, out, rest = (one[more] for one in (going, at, term, of, out, rest))
    # at or below the fewest that there can be, it is certain, whatever the rounding of logarithms
    return np.where(found <= fewest, 1.0, np.minimum(answer, 1.0))

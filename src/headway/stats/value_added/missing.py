"""Covariates that some pupils lack: refused, or declared by an indicator; never left out in silence."""

from collections.abc import Mapping

import numpy as np

from headway.stats.value_added.sufficient import Floats


def means(columns: Mapping[str, Floats]) -> list[float]:
    """The mean of each column. Raises ValueError that names each with values missing or infinite, and for how many pupils.

    The message quotes no value: it may be shown where the pupils may not.
    """
    # a sum is finite only when all it adds up is: the slow look is for the others alone
    found = [float(column.mean()) for column in columns.values()]
    suspects = [name for name, mean in zip(columns, found, strict=True) if not np.isfinite(mean)]
    lacking = {name: int((~np.isfinite(columns[name])).sum()) for name in suspects}
    told = [f"{name}: {count} of {len(columns[name])} pupils have no value" for name, count in lacking.items() if count]
    if told:
        raise ValueError("; ".join(told))
    return found


def indicated(columns: Mapping[str, Floats], but: str) -> dict[str, Floats]:
    """The columns with the mean where a value is missing, and one indicator for each pattern of missing pupils.

    Covariates that are missing for the same pupils share one indicator, named for them all: two would be collinear. The last
    column, `but`, stays as it is. Raises ValueError for a covariate that no pupil has.
    """
    filled: dict[str, Floats] = {}
    patterns: dict[bytes, list[str]] = {}
    for name in [name for name in columns if name != but]:
        column, lacking = columns[name], np.isnan(columns[name])
        if lacking.all():
            raise ValueError(f"{name}: no pupil has a value")
        if lacking.any():
            column = np.where(lacking, column[~lacking].mean(), column)
            patterns.setdefault(np.packbits(lacking).tobytes(), []).append(name)
        filled[name] = column
    indicators = {f"{', '.join(names)} missing": np.isnan(columns[names[0]]).astype(np.float64) for names in patterns.values()}
    return {**filled, **indicators, but: columns[but]}

"""Headway: a city's education strategy as a working system.

import headway
area = headway.open("workspace")
area.readings("ks2.rwm_expected", authority="330", level="school").to_pandas()
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headway.readings.notebook import open_notebook as open

__all__ = ["__version__", "open"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "open":  # imported when asked for: the commands need not wait for it
        from headway.readings.notebook import open_notebook

        return open_notebook
    raise AttributeError(f"module 'headway' has no attribute {name!r}")

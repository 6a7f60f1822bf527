"""Headway: a city's education strategy as a working system.

    import headway
    headway.readings("ks2.rwm_expected", urn=100000, home="workspace").to_pandas()
"""

__version__ = "0.1.0"

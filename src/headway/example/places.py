"""A made-up country at sea: regions, authorities with codes England does not use, their towns and outlines."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from headway.example.names import fixed_places, place_names
from headway.example.seeds import stream

# England's authorities have 201 and up; 101 to 199 and 430 to 499 are free (a test compares with the published list).
CODES = (*range(101, 200), *range(430, 500))
WRENFORD = "150"
REGIONS = ("Corvale", "Thraskmark", "Velkshire", "Yarl and Zorr")
_ORIGIN, _SPAN = (560_000.0, 480_000.0), 150_000.0  # metres, British grid, in the North Sea


@dataclass(frozen=True)
class Authority:
    """An invented local authority. `corners` are grid metres, anticlockwise."""

    code: str
    gss: str
    name: str
    region: int
    towns: tuple[str, ...]
    corners: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Country:
    authorities: tuple[Authority, ...]
    wrenford: int  # its position among the authorities
    names: Iterator[str]  # unused place names, for schools

    def region_of(self) -> np.ndarray:
        """int[authority]: the position of each authority's region."""
        return np.array([authority.region for authority in self.authorities])


def make_country(seed: int, schools: int) -> Country:
    """About 125 schools an authority, twelve authorities at least: statistical neighbours need ten others."""
    random = stream(seed, "places")
    count = min(max(round(schools / 125), 12), len(CODES))
    names = place_names(random)
    codes = [str(code) for code in (WRENFORD, *(code for code in CODES if str(code) != WRENFORD))][:count]
    outlines = _outlines(random, count)
    authorities = []
    for position, code in enumerate(codes):
        fixed = fixed_places() if code == WRENFORD else ()
        name = fixed[0] if fixed else next(names)
        towns = fixed[1:] if fixed else tuple(next(names) for _ in range(5))
        region = position * len(REGIONS) // count
        authorities.append(Authority(code, f"E069{position + 1:05d}", name, region, towns, outlines[position]))
    return Country(tuple(authorities), 0, names)


def _outlines(random: Generator, count: int) -> list[tuple[tuple[float, float], ...]]:
    """Four-sided neighbours without gaps: a grid whose inner corners are moved."""
    side = math.ceil(math.sqrt(count))
    step = _SPAN / side
    moved = random.uniform(-0.28, 0.28, (side + 1, side + 1, 2)) * step
    corner = [
        [(_ORIGIN[0] + i * step + moved[i, j, 0], _ORIGIN[1] + j * step + moved[i, j, 1]) for j in range(side + 1)] for i in range(side + 1)
    ]
    cells = [(i, j) for i in range(side) for j in range(side)][:count]
    return [(corner[i][j], corner[i + 1][j], corner[i + 1][j + 1], corner[i][j + 1]) for i, j in cells]


def inside(corners: tuple[tuple[float, float], ...], across: np.ndarray, up: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Points inside an outline from two shares of 0 to 1; grid metres."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    weights = ((1 - across) * (1 - up), across * (1 - up), across * up, (1 - across) * up)
    east = weights[0] * ax + weights[1] * bx + weights[2] * cx + weights[3] * dx
    north = weights[0] * ay + weights[1] * by + weights[2] * cy + weights[3] * dy
    return east, north


def longitude_latitude(east: float, north: float) -> tuple[float, float]:
    """Degrees of a British grid point, by the Ordnance Survey's inverse projection on the Airy ellipsoid.

    The shift to WGS 84 (about 100 metres) is left out: no real place lies there to compare with.
    """
    a, b, f0, lat0, lon0, n0, e0 = 6_377_563.396, 6_356_256.909, 0.9996012717, math.radians(49), math.radians(-2), -100_000.0, 400_000.0
    e2, n = 1 - (b * b) / (a * a), (a - b) / (a + b)
    lat, arc = lat0, 0.0
    while abs(north - n0 - arc) > 0.001:
        lat += (north - n0 - arc) / (a * f0)
        d, s = lat - lat0, lat + lat0
        arc = (
            b
            * f0
            * (
                (1 + n + 1.25 * n**2 + 1.25 * n**3) * d
                - (3 * n + 3 * n**2 + 2.625 * n**3) * math.sin(d) * math.cos(s)
                + 1.875 * (n**2 + n**3) * math.sin(2 * d) * math.cos(2 * s)
                - 35 / 24 * n**3 * math.sin(3 * d) * math.cos(3 * s)
            )
        )
    sin2 = 1 - e2 * math.sin(lat) ** 2
    nu, rho = a * f0 / math.sqrt(sin2), a * f0 * (1 - e2) / sin2**1.5
    t, de, eta2 = math.tan(lat), east - e0, nu / rho - 1
    latitude = lat - t / (2 * rho * nu) * de**2 + t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2) * de**4
    secant = 1 / math.cos(lat)
    longitude = (
        lon0
        + secant / nu * de
        - secant / (6 * nu**3) * (nu / rho + 2 * t**2) * de**3
        + secant / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4) * de**5
    )
    return round(math.degrees(longitude), 6), round(math.degrees(latitude), 6)

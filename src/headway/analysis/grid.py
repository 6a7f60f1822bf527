"""National Grid eastings and northings as longitude and latitude (WGS84), to within a few metres.

The inverse transverse Mercator projection on the Airy 1830 ellipsoid, then a seven-parameter Helmert transformation:
Ordnance Survey, A guide to coordinate systems in Great Britain, annexes B and C, and section 6.6.
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

AIRY = (6377563.396, 6356256.909)
WGS84 = (6378137.000, 6356752.3142)
SCALE, NORTH_0, EAST_0 = 0.9996012717, -100000.0, 400000.0
LATITUDE_0, LONGITUDE_0 = np.radians(49.0), np.radians(-2.0)
SHIFT = (446.448, -125.157, 542.060)  # metres
TURN = tuple(np.radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
STRETCH = -20.4894e-6


def longitude_latitude(east: "ArrayLike", north: "ArrayLike") -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    """Metres on the National Grid → degrees of longitude and latitude; not-a-number stays so."""
    latitude, longitude = _on_airy(np.asarray(east, dtype=np.float64), np.asarray(north, dtype=np.float64))
    x, y, z = _shifted(*_cartesian(latitude, longitude))
    latitude, longitude = _from_cartesian(x, y, z)
    return np.degrees(longitude), np.degrees(latitude)


def _arc(latitude: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """The developed arc of the meridian from the true origin."""
    a, b = AIRY
    n = (a - b) / (a + b)
    less, more = latitude - LATITUDE_0, latitude + LATITUDE_0
    return np.asarray(
        b * SCALE * (
            (1 + n + 1.25 * n**2 + 1.25 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(less) * np.cos(more)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * np.sin(2 * less) * np.cos(2 * more)
            - 35 / 24 * n**3 * np.sin(3 * less) * np.cos(3 * more)
        )
    )  # fmt: skip


def _on_airy(east: "NDArray[np.float64]", north: "NDArray[np.float64]") -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    a, b = AIRY
    foot = np.full_like(north, LATITUDE_0)
    for _ in range(8):  # converges to a hundredth of a millimetre in five over Great Britain
        foot = foot + (north - NORTH_0 - _arc(foot)) / (a * SCALE)
    square = 1 - (b / a) ** 2
    sine = 1 - square * np.sin(foot) ** 2
    nu, rho = a * SCALE / np.sqrt(sine), a * SCALE * (1 - square) / sine**1.5
    eta, tan, sec, d = nu / rho - 1, np.tan(foot), 1 / np.cos(foot), east - EAST_0
    latitude = (
        foot - tan / (2 * rho * nu) * d**2
        + tan / (24 * rho * nu**3) * (5 + 3 * tan**2 + eta - 9 * tan**2 * eta) * d**4
        - tan / (720 * rho * nu**5) * (61 + 90 * tan**2 + 45 * tan**4) * d**6
    )  # fmt: skip
    longitude = (
        LONGITUDE_0 + sec / nu * d - sec / (6 * nu**3) * (nu / rho + 2 * tan**2) * d**3
        + sec / (120 * nu**5) * (5 + 28 * tan**2 + 24 * tan**4) * d**5
        - sec / (5040 * nu**7) * (61 + 662 * tan**2 + 1320 * tan**4 + 720 * tan**6) * d**7
    )  # fmt: skip
    return latitude, longitude


def _cartesian(latitude: "NDArray[np.float64]", longitude: "NDArray[np.float64]") -> "tuple[NDArray[np.float64], ...]":
    a, b = AIRY
    square = 1 - (b / a) ** 2
    nu = a / np.sqrt(1 - square * np.sin(latitude) ** 2)
    return nu * np.cos(latitude) * np.cos(longitude), nu * np.cos(latitude) * np.sin(longitude), (1 - square) * nu * np.sin(latitude)


def _shifted(x: "NDArray[np.float64]", y: "NDArray[np.float64]", z: "NDArray[np.float64]") -> "tuple[NDArray[np.float64], ...]":
    one, (rx, ry, rz) = 1 + STRETCH, TURN
    return SHIFT[0] + one * x - rz * y + ry * z, SHIFT[1] + rz * x + one * y - rx * z, SHIFT[2] - ry * x + rx * y + one * z


def _from_cartesian(
    x: "NDArray[np.float64]", y: "NDArray[np.float64]", z: "NDArray[np.float64]"
) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    a, b = WGS84
    square, across = 1 - (b / a) ** 2, np.hypot(x, y)
    latitude = np.arctan2(z, across * (1 - square))
    for _ in range(6):
        nu = a / np.sqrt(1 - square * np.sin(latitude) ** 2)
        latitude = np.arctan2(z + square * nu * np.sin(latitude), across)
    return latitude, np.arctan2(y, x)

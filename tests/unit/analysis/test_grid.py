"""Grid references as longitude and latitude: Ordnance Survey's own points, and the way back worked out separately."""

from math import cos, hypot, isnan, radians, sin, sqrt, tan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.analysis.grid import longitude_latitude

# Ordnance Survey, OSTN15 developer pack, OSTN15_OSGM15_TestInput and TestOutput: latitude, longitude, easting, northing
PUBLISHED = {
    "St Mary's": (49.92226393730, -6.29977752014, 91492.146, 11318.804),
    "Lizard Point": (49.96006137820, -5.20304609998, 170370.718, 11572.405),
    "Plymouth": (50.43885825610, -4.10864563561, 250359.811, 62016.569),
    "St Catherine's Point": (50.57563665000, -1.29782277240, 449816.371, 75335.861),
    "Southampton": (50.93127937910, -1.45051433700, 438710.920, 114792.250),
    "North Foreland": (51.37447025550, 1.44454730409, 639821.835, 169565.858),
    "Bristol": (51.42754743020, -2.54407618349, 362269.991, 169978.690),
    "Lambeth": (51.48936564950, -0.11992557180, 530624.974, 178388.464),
    "Colchester": (51.89436637350, 0.89724327012, 599445.590, 225722.826),
    "Droitwich": (52.25529381630, -2.15458614387, 389544.190, 261912.153),
    "Northampton": (52.25160951230, -0.91248956970, 474335.969, 262047.755),
    "King's Lynn": (52.75136687170, 0.40153547065, 562180.547, 319784.995),
    "Nottingham": (52.96219109410, -1.19747655922, 454002.834, 340834.943),
    "Daresbury": (53.34480280190, -2.64049320810, 357455.843, 383290.436),
    "Blackpool": (53.77911025760, -3.04045490691, 331534.564, 431920.794),
    "Leeds": (53.80021519630, -1.66379168242, 422242.186, 433818.701),
    "Flamborough": (54.11685144290, -0.07773133187, 525745.670, 470703.214),
    "Carlisle": (54.89542340420, -2.93827741149, 339921.145, 556034.761),
    "Newcastle": (54.97912273660, -1.61657685184, 424639.355, 565012.703),
}
METRES = 111_320  # in a degree of latitude, about


def apart(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Metres between two near points."""
    return hypot((latitude - other_latitude) * METRES, (longitude - other_longitude) * METRES * cos(radians(latitude)))


@pytest.mark.parametrize("name", PUBLISHED)
def test_ordnance_surveys_points_are_met_within_five_metres(name: str) -> None:
    latitude, longitude, east, north = PUBLISHED[name]
    (found_longitude,), (found_latitude,) = longitude_latitude([east], [north])
    assert apart(latitude, longitude, found_latitude, found_longitude) < 5


def _forward(latitude: float, longitude: float, axes: tuple[float, float] = (6377563.396, 6356256.909)) -> tuple[float, float]:
    """Airy latitude and longitude, in radians, → easting and northing: the guide's annex C.1, written out."""
    a, b = axes
    f0, e2, n = 0.9996012717, (a * a - b * b) / (a * a), (a - b) / (a + b)
    nu = a * f0 / sqrt(1 - e2 * sin(latitude) ** 2)
    rho = a * f0 * (1 - e2) * (1 - e2 * sin(latitude) ** 2) ** -1.5
    eta2 = nu / rho - 1
    minus, plus = latitude - radians(49), latitude + radians(49)
    arc = b * f0 * (
        (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * minus - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(minus) * cos(plus)
        + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * minus) * cos(2 * plus) - 35 / 24 * n**3 * sin(3 * minus) * cos(3 * plus)
    )  # fmt: skip
    s, c, t = sin(latitude), cos(latitude), tan(latitude)
    d = longitude - radians(-2)
    one, two, three = arc - 100_000, nu / 2 * s * c, nu / 24 * s * c**3 * (5 - t**2 + 9 * eta2)
    four = nu / 720 * s * c**5 * (61 - 58 * t**2 + t**4)
    five, six = nu / 6 * c**3 * (nu / rho - t**2), nu / 120 * c**5 * (5 - 18 * t**2 + t**4 + 14 * eta2 - 58 * t**2 * eta2)
    return 400_000 + nu * c * d + five * d**3 + six * d**5, one + two * d**2 + three * d**4 + four * d**6


def test_the_way_back_meets_the_guides_worked_example() -> None:
    """Caister water tower: 52° 39' 27.2531" N, 1° 43' 4.5177" E on the Airy ellipsoid is 651409.903, 313177.270."""
    east, north = _forward(radians(52 + 39 / 60 + 27.2531 / 3600), radians(1 + 43 / 60 + 4.5177 / 3600))
    assert (round(east, 2), round(north, 2)) == (651409.90, 313177.27)


def _back(longitude: float, latitude: float) -> tuple[float, float]:
    """WGS84 degrees → easting and northing: the shift undone as a matrix, the height left free as on the way there."""
    phi, lam = radians(latitude), radians(longitude)
    a, b = 6378137.0, 6356752.3142
    e2 = (a * a - b * b) / (a * a)
    turn = [radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421)]
    matrix = np.array([[1, -turn[2], turn[1]], [turn[2], 1, -turn[0]], [-turn[1], turn[0], 1]]) - np.diag([20.4894e-6] * 3)
    height = 0.0
    for _ in range(5):  # the height over the one ellipsoid at which that over the other is nothing
        nu = a / sqrt(1 - e2 * sin(phi) ** 2)
        point = [(nu + height) * cos(phi) * cos(lam), (nu + height) * cos(phi) * sin(lam), ((1 - e2) * nu + height) * sin(phi)]
        x, y, z = np.linalg.solve(matrix, np.array(point) - [446.448, -125.157, 542.060])
        airy, flat = 6377563.396, 1 - (6356256.909 / 6377563.396) ** 2
        across, at = hypot(x, y), np.arctan2(z, hypot(x, y))
        for _ in range(8):
            at = np.arctan2(z + flat * airy / sqrt(1 - flat * sin(at) ** 2) * sin(at), across)
        height -= across / cos(at) - airy / sqrt(1 - flat * sin(at) ** 2)
    return _forward(at, np.arctan2(y, x))


@given(st.floats(90_000, 655_000), st.floats(10_000, 657_000))
def test_there_and_back_is_the_same_place(east: float, north: float) -> None:
    (longitude,), (latitude,) = longitude_latitude([east], [north])
    assert _back(longitude, latitude) == pytest.approx((east, north), abs=0.02)


def test_many_at_once_are_as_one_by_one_and_an_unknown_stays_unknown() -> None:
    east, north = [400_000.0, float("nan"), 530_000.0], [300_000.0, 300_000.0, 180_000.0]
    longitudes, latitudes = longitude_latitude(east, north)
    assert isnan(longitudes[1])
    assert isnan(latitudes[1])
    for at in (0, 2):
        (longitude,), (latitude,) = longitude_latitude([east[at]], [north[at]])
        assert (longitude, latitude) == (longitudes[at], latitudes[at])

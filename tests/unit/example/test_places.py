"""The made-up country: its codes, outlines and coordinates."""

import numpy as np
import pytest

from headway.example.places import CODES, WRENFORD, inside, longitude_latitude, make_country


def test_wrenford_is_first_and_codes_names_and_places_are_used_once() -> None:
    country = make_country(1, 2500)
    assert len(country.authorities) == 20
    assert (country.authorities[country.wrenford].name, country.authorities[country.wrenford].code) == ("Wrenford", WRENFORD)
    for values in (
        [one.code for one in country.authorities],
        [one.gss for one in country.authorities],
        [one.name for one in country.authorities],
    ):
        assert len(set(values)) == 20
    towns = [town for one in country.authorities for town in one.towns]
    assert len(set(towns)) == len(towns)
    assert {int(one.code) for one in country.authorities} <= set(CODES)


@pytest.mark.parametrize(("schools", "authorities"), [(60, 12), (2500, 20), (24000, len(CODES))])
def test_there_are_always_ten_others_to_be_neighbours(schools: int, authorities: int) -> None:
    found = len(make_country(1, schools).authorities)
    assert found == min(max(round(schools / 125), 12), len(CODES)) == authorities


def test_points_lie_inside_their_outline() -> None:
    corners = ((0.0, 0.0), (10.0, 1.0), (11.0, 9.0), (1.0, 10.0))
    east, north = inside(corners, np.array([0.0, 1.0, 0.5]), np.array([0.0, 1.0, 0.5]))
    assert (east[0], north[0], east[1], north[1]) == (0.0, 0.0, 11.0, 9.0)
    assert (east[2], north[2]) == pytest.approx((5.5, 5.0))


def test_grid_to_degrees_agrees_with_the_ordnance_surveys_worked_example() -> None:
    # A guide to coordinate systems in Great Britain, annexe C: E 651409.903, N 313177.270 is 52 39 27.2531 N, 1 43 4.5177 E.
    longitude, latitude = longitude_latitude(651_409.903, 313_177.270)
    assert latitude == pytest.approx(52 + 39 / 60 + 27.2531 / 3600, abs=2e-6)
    assert longitude == pytest.approx(1 + 43 / 60 + 4.5177 / 3600, abs=2e-6)

"""Drawing a map: projection, views, outlines, and files that are no map."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.directory.logic.atlas import RIVER, NoMap, View, fitting, line, outline, radius, read_land

SQUARE = {"type": "Polygon", "coordinates": [[[100, 10], [101, 10], [101, 11], [100, 11], [100, 10]]]}
VIEW = View(99, 9, 102, 12, 300)


def test_corners_lie_at_the_corners():
    assert (VIEW.at(99, 12), VIEW.at(102, 9)) == ((0.0, 0.0), (300.0, round(VIEW.height, 1)))


def test_the_middle_latitude_is_true():
    across = VIEW.at(101.5, 10.5)[0] - VIEW.at(100.5, 10.5)[0]
    down = VIEW.at(100, 10)[1] - VIEW.at(100, 11)[1]
    assert across / down == pytest.approx(0.983, abs=0.002)  # the cosine of 10.5 degrees


@given(st.lists(st.tuples(st.floats(90, 130), st.floats(0, 55)), max_size=8))
def test_a_view_holds_every_place_and_the_river(places):
    view = fitting(places)
    for x, y in [*places, *RIVER]:
        across, down = view.at(x, y)
        assert 0 <= across <= view.width
        assert 0 <= down <= view.height + 0.1


def test_one_town_alone_gets_a_view_with_its_surroundings():
    view = fitting([(102.6, 18.0)], always=())
    assert (view.east - view.west, view.north - view.south) == pytest.approx((6.0, 6.0))


def test_lines_and_land_are_paths_and_what_is_out_of_view_is_left_out():
    assert line([(99, 12), (102, 12)], VIEW) == "M0 0L300 0"
    assert outline(SQUARE, VIEW).count("L") == 4
    assert outline(SQUARE, View(0, 0, 5, 5)) == ""


def test_circles_grow_with_their_area_and_stay_touchable():
    assert (radius(100, 100), radius(25, 100), radius(1, 100)) == (26.0, 13.0, 5.0)


@pytest.mark.parametrize(
    "found",
    [
        SQUARE,
        {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]},
        {"type": "Feature", "geometry": SQUARE},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": SQUARE}]},
    ],
)
def test_an_operators_own_outline_is_read(tmp_path, found):
    (tmp_path / "own.geojson").write_text(json.dumps(found))
    assert outline(read_land(tmp_path / "own.geojson"), VIEW).startswith("M100")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"type": "Point", "coordinates": [1, 2]}', '{"type": "Polygon", "coordinates": [[["a"]]]}'],
)
def test_what_is_no_outline_is_refused(tmp_path, text):
    (tmp_path / "bad.geojson").write_text(text)
    with pytest.raises(NoMap):
        read_land(tmp_path / "bad.geojson")
    with pytest.raises(NoMap):
        read_land(tmp_path / "absent.geojson")

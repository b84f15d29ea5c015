from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methods.reading import count, masses, messages
from vatra.methods.induced_activity.formulas import induced_km, kind

ROW = {"year": 2021, "origin": "a", "destination": "b", "vehicle": "car", "carrier": "diesel"}
ROW |= {"origin_side": "inside", "destination_side": "outside", "trips": 1000, "length": 10}
ROW |= {"inside": 4}

# A pair of zones: trips a year, length [km], part of it in the zone of origin.
Pair = tuple[int, float, float]
PAIRS = st.tuples(st.integers(0, 10_000), st.floats(0.5, 80), st.floats(0, 1))


@st.composite
def matrices(draw: st.DrawFn) -> list[list[Pair]]:
    """Every zone a city of its own, two to four of them."""
    size = draw(st.integers(2, 4))
    return [[draw(PAIRS) for _ in range(size)] for _ in range(size)]


def seen_from(city: int, matrix: list[list[Pair]], times: int = 1) -> list[dict[str, object]]:
    """The rows that one city hands in of a matrix in which every pair has its own trips."""
    side = ("outside", "inside")
    return [
        ROW
        | {
            "origin": f"z{origin}",
            "destination": f"z{destination}",
            "origin_side": side[origin == city],
            "destination_side": side[destination == city],
            "trips": trips * times,
            "length": length_km,
            "inside": inside_km(city, origin, destination, length_km, share),
        }
        for origin, line in enumerate(matrix)
        for destination, (trips, length_km, share) in enumerate(line)
    ]


def inside_km(city: int, origin: int, destination: int, length_km: float, share: float) -> float:
    """Part of a trip in a city: between two zones it lies in both and nowhere else."""
    if origin == destination:
        return length_km if origin == city else 0.0
    if city == origin:
        return length_km * share
    return length_km * (1 - share) if city == destination else 0.0


def activity_km(rows: list[dict[str, object]]) -> dict[str, float]:
    """Kilometres that the method counts, by category."""
    found = count("induced_activity", *rows)
    assert found.findings == ()
    of_co2 = found.rows.filter(found.rows["gas"] == "CO2")
    return {
        category: of_co2.filter(of_co2["category"] == category)["activity"].sum()
        for category in ("II.1.1", "II.1.3")
    }


def test_kinds_of_trips():
    assert kind("inside", "inside") == "internal"
    assert kind("outside", "inside") == kind("inside", "outside") == "crossing"
    assert kind("outside", "outside") == "through"


def test_half_of_a_crossing_trip_where_it_is_driven():
    # 1,000 trips x 0.5: 4 km inside = 2,000 km, 6 km outside = 3,000 km
    assert induced_km(1000, 10, 4, 0.5) == (2000, 3000)


def test_a_crossing_trip_in_both_categories():
    # 2,000 km x 0.060 kg x 43 MJ x 74.1 g = 382.356 kg; 3,000 km = 573.534 kg
    found = masses(count("induced_activity", ROW))
    assert found["II.1.1", "CO2"] == pytest.approx(0.382356)
    assert found["II.1.3", "CO2"] == pytest.approx(0.573534)


def test_an_electric_trip_in_the_city_is_scope_2():
    # 1,000 x 10 km x 0.2 kWh/km = 2 MWh; x 0.27746 t/MWh = 0.55492 t
    row = ROW | {"carrier": "electricity", "destination_side": "inside", "inside": None}
    assert masses(count("induced_activity", row)) == pytest.approx({("II.1.2", "CO2"): 0.55492})


def test_a_trip_between_two_places_of_the_city_may_leave_it():
    row = ROW | {"destination_side": "inside"}
    assert activity_km([row]) == pytest.approx({"II.1.1": 4000, "II.1.3": 6000})


def test_through_traffic_is_not_counted():
    row = ROW | {"origin_side": "outside", "inside": None, "carrier": "hydrogen"}
    found = count("induced_activity", row)
    assert len(found.rows) == 0
    assert found.findings == ()


@settings(deadline=None, max_examples=25)
@given(matrices())
def test_what_all_cities_answer_for_is_the_whole_matrix(matrix: list[list[Pair]]):
    whole_km = sum(trips * length_km for line in matrix for trips, length_km, _ in line)
    cities = [activity_km(seen_from(city, matrix)) for city in range(len(matrix))]
    assert sum(sum(each.values()) for each in cities) == pytest.approx(whole_km)


@settings(deadline=None, max_examples=25)
@given(matrices())
def test_doubling_a_symmetric_matrix_doubles_both_parts(matrix: list[list[Pair]]):
    size = range(len(matrix))
    there_and_back = [
        [matrix[min(a, b)][max(a, b)] if a <= b else _turned(matrix[b][a]) for b in size]
        for a in size
    ]
    once = activity_km(seen_from(0, there_and_back))
    twice = activity_km(seen_from(0, there_and_back, times=2))
    assert twice == pytest.approx({category: 2 * km for category, km in once.items()})


def _turned(pair: Pair) -> Pair:
    """The way back of a pair: as many trips, the other end in the zone of origin."""
    trips, length_km, share = pair
    return trips, length_km, 1 - share


@settings(deadline=None, max_examples=25)
@given(matrices())
def test_tonnes_follow_the_kilometres(matrix: list[list[Pair]]):
    rows = seen_from(0, matrix)
    km = sum(activity_km(rows).values())
    tonnes = masses(count("induced_activity", *rows), "gas").get("CO2", 0.0)
    # 60 g/km x 43 MJ/kg x 74.1 g/MJ = 191.178 g/km; a milligram of rounding a row
    assert tonnes == pytest.approx(km * 191.178e-6, rel=1e-9, abs=1e-7)


def test_what_cannot_be_split_is_said_and_left_out():
    found = count(
        "induced_activity",
        ROW,
        ROW | {"origin": "c", "inside": None},
        ROW | {"origin": "d", "inside": 11},
        ROW | {"origin": "e", "vehicle": "truck", "carrier": "hydrogen"},
    )
    assert set(found.rows["line"]) == {2}
    said = messages(found)
    assert said[0] == (
        "Row 3: the trip crosses the limits of the city, and 'inside' is blank. Give the "
        "kilometres of one trip that lie in the city."
    )
    assert said[1] == (
        "Row 4: more kilometres lie in the city than the trip has. Correct 'inside' or 'length'."
    )
    assert said[2] == (
        "Row 5: there is no emission factor for 'hydrogen' in 2021. Add a row to factors.csv, or "
        "choose other factor_sets in city.yaml."
    )
    assert said[3].startswith(
        "Row 5: the parameter 'road.consumption' is not known for 'truck/hydrogen'."
    )

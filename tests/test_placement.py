"""Where the nodes of a page are drawn: as the layout has them, in the window, and side by side."""

import math
import random
from itertools import combinations

import pytest

from actorgraph.export.explorer.placement import GAP, RADIUS, ROOMY, grain, place

MIDDLE = (0.0, 0.0)


def circle(count, radius=RADIUS, around=(0.0, 0.0)):
    """Points on a circle, as many to the left as to the right."""
    turns = (2 * math.pi * (n + 0.5) / count for n in range(count))
    return [(around[0] + radius * math.cos(t), around[1] + radius * math.sin(t)) for t in turns]


def near(one, other):
    return one == pytest.approx(other, abs=0.01)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_nodes_are_all_placed(count):
    places = place([(n * 1.0, 0.0) for n in range(count)], [6.0] * count, count)

    assert len(places) == count
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places)


@pytest.mark.parametrize(
    ("scale", "around"), [(1, (0, 0)), (0.001, (0, 0)), (70, (0, 0)), (5, (900, -300))]
)
def test_what_counts_of_a_layout_is_its_shape(scale, around):
    points = circle(20)
    other = [(around[0] + scale * x, around[1] + scale * y) for x, y in points]
    sizes = [6.0] * 20

    assert all(map(near, place(points, sizes, 20), place(other, sizes, 20)))


@pytest.mark.parametrize(
    ("nodes", "radius"), [(20, RADIUS), (ROOMY, RADIUS), (4 * ROOMY, 2 * RADIUS)]
)
def test_the_sheet_grows_with_what_is_drawn(nodes, radius):
    places = place([MIDDLE, *circle(nodes, 1.0)], [1.0] * (nodes + 1), nodes + 1)
    reach = [math.hypot(x, y) for x, y in places[1:]]

    assert reach == pytest.approx([radius] * nodes, rel=0.05)


@pytest.mark.parametrize(("shown", "factor"), [(1, 1.0), (ROOMY, 1.0), (16 * ROOMY, 2.0)])
def test_signs_grow_more_slowly_than_the_sheet(shown, factor):
    assert grain(shown) == factor


def test_strays_come_near_in_their_direction_and_in_their_order():
    strays = [(0.0, 1.8 * RADIUS), (9e5, 0.0), (0.0, -9e7)]
    *bulk, first, second, third = place(circle(40) + strays, [6.0] * 43, 43)

    assert max(math.hypot(x, y) for x, y in bulk) < 1.05 * RADIUS
    assert near(first[0], 0) or abs(first[0]) < 0.05 * first[1]
    assert abs(second[1]) < 0.05 * second[0]
    assert abs(third[0]) < 0.05 * -third[1]
    distances = [math.hypot(*each) for each in (first, second, third)]
    assert distances == sorted(distances)
    assert RADIUS < distances[0] < 1.3 * RADIUS
    assert distances[-1] < 4 * RADIUS


def test_where_most_nodes_share_a_point_the_others_keep_their_shape():
    places = place([(0.0, 0.0)] * 3 + circle(1, 1e-3), [1.0] * 4, 4)

    assert math.hypot(*places[-1]) == pytest.approx(RADIUS, rel=0.1)


@pytest.mark.parametrize("spread", [0.0, 1e-320, 1e-12])
@pytest.mark.parametrize("count", [2, 5, 30])
def test_nodes_on_one_point_are_laid_beside_each_other_with_room_between(count, spread):
    places = place([(spread * n, 0.0) for n in range(count)], [10.0] * count, count)

    for one, other in combinations(places, 2):
        assert math.dist(one, other) > 20 + 0.95 * GAP


@pytest.mark.parametrize("count", [11, 21, 31, 61])
def test_the_page_is_scaled_to_nine_in_ten_nodes(count):
    ways = [(1, 0), (0, 1), (-1, 0), (0, -1)]
    points = [(50.0 * n * ways[n % 4][0], 50.0 * n * ways[n % 4][1]) for n in range(count)]
    places = place(points, [1.0] * count, count)
    inside = sum(math.hypot(*each) <= RADIUS + 0.01 for each in places)

    assert 0.9 * count <= inside < count


def test_as_many_nodes_lie_left_of_the_middle_as_right_and_above_as_below():
    points = [(10.0, 200.0), (200.0, 950.0), (300.0, 300.0), (400.0, 10.0), (950.0, 400.0)]
    places = place(points, [1.0] * 5, 5)

    assert near(places[2], MIDDLE)
    assert places[0][0] < places[1][0] < 0 < places[3][0] < places[4][0]
    assert places[3][1] < places[0][1] < 0 < places[4][1] < places[1][1]


def test_what_waits_is_near_the_page_even_if_all_that_is_shown_shares_a_point():
    *shown, left, right = place([MIDDLE] * 3 + [(-5.0, 0.0), (5e3, 0.0)], [6.0] * 5, 3)

    assert max(math.hypot(*each) for each in shown) < RADIUS / 5
    assert -10 * RADIUS < left[0] < -RADIUS
    assert -left[0] < right[0] < 10 * RADIUS


@pytest.mark.parametrize("angle", [0.1, 0.9, 1.7, 2.5, 3.3, 4.1, 4.9, 5.7])
def test_a_crowd_is_pushed_apart_wherever_on_the_page_it_is(angle):
    x, y = 300 * math.cos(angle), 300 * math.sin(angle)
    crowd = [(x + 5 * column, y + 5 * row) for column in range(3) for row in range(3)]
    sizes = [6.0] * 60 + [14.0, 5.0, 8.0, 6.0, 20.0, 6.0, 9.0, 11.0, 7.0]
    places = place(circle(60) + crowd, sizes, 69)

    for (one, size), (other, more) in combinations(list(zip(places, sizes, strict=True))[60:], 2):
        assert math.dist(one, other) > size + more + 0.9 * GAP


@pytest.mark.parametrize("turn", [0, 0.25, 0.5, 0.75])
@pytest.mark.parametrize("size", [2.0, 30.0])
def test_two_nodes_with_too_little_room_between_get_it_whichever_way_they_lie(turn, size):
    ahead = (math.cos(2 * math.pi * turn), math.sin(2 * math.pi * turn))
    near_by = [MIDDLE, tuple((2 * size + 0.7 * GAP) * each for each in ahead)]
    *_, one, other = place(circle(60) + near_by, [2.0] * 60 + [size] * 2, 62)

    assert math.dist(one, other) == pytest.approx(2 * size + GAP, abs=0.1)


@pytest.mark.parametrize("seed", range(8))
def test_pairs_that_overlap_are_pushed_apart_wherever_and_in_whatever_direction(seed):
    chance = random.Random(seed)
    sizes, points = [], []
    for column in range(-2, 3):
        for row in range(-2, 3):
            x, y = 110 * column + chance.uniform(0, 40), 110 * row + chance.uniform(0, 40)
            turn = chance.uniform(0, 2 * math.pi)
            points += [(x, y), (x + 22 * math.cos(turn), y + 22 * math.sin(turn))]
            sizes += [9.0, 14.0]
    shown = len(points) + 200
    frame = circle(200, RADIUS * grain(shown) ** 2)  # or the layout would be drawn larger
    places = place(points + frame, sizes + [1.0] * 200, shown)[:50]

    assert min(math.dist(a, b) for a, b in zip(places[::2], places[1::2], strict=True)) > 22.9


def test_a_node_that_has_room_stays_where_the_layout_has_it():
    points = [MIDDLE, *circle(30), (90.0, 120.0), (-90.0, -120.0)]
    beside = [(91.0, 120.0), (-91.0, -120.0)]
    alone = place(points, [6.0] * 33, 33)
    *others, one, _, two, _ = place(points + beside, [6.0] * 35, 35)

    assert all(map(near, alone, points))
    assert all(map(near, others, points))
    assert math.dist(one, two) == pytest.approx(12 + GAP, abs=0.1)
    assert near(((one[0] + two[0]) / 2, (one[1] + two[1]) / 2), (90.5, 120.0))  # by half each


def test_what_is_not_shown_at_first_moves_nothing():
    points = [MIDDLE, *circle(30)]
    hidden = [(1.0, 1.0), (1.0, 1.0), (800.0, -700.0)]
    sizes = [6.0] * 34
    places = place(points + hidden, sizes, 31)

    assert places[:31] == place(points, sizes[:31], 31)
    assert near(places[31], (1.0, 1.0))
    assert near(places[32], (1.0, 1.0))

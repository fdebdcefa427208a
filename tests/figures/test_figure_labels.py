"""Labels find places of their own, as near as may be to what they name; compressed axes have sensible ticks."""

from itertools import pairwise

import numpy as np
from figure_reading import overlapping
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.figures.compressed_axis import compress
from commonweal.figures.label_places import Label, beside, spread_out
from commonweal.figures.panels import panels
from commonweal.figures.style import styled


def test_places_that_are_far_apart_are_kept():
    assert spread_out(np.array([50.0, 10.0, 90.0]), 10, 0, 100).tolist() == [50, 10, 90]


def test_places_too_close_move_as_little_as_they_can():
    assert spread_out(np.array([50.0, 50.0, 50.0]), 10, 0, 100).tolist() == [40, 50, 60]
    assert spread_out(np.array([2.0, 0.0]), 10, 0, 100).tolist() == [10, 0]
    assert spread_out(np.array([100.0, 99.0]), 10, 0, 100).tolist() == [100, 90]


@given(st.lists(st.floats(0, 300), min_size=1, max_size=20))
def test_places_keep_their_order_their_distance_and_the_limits(wanted):
    places = spread_out(np.array(wanted), 15, 0, 300)
    order = np.argsort(wanted, kind="stable")
    assert (np.diff(places[order]) >= 15 - 1e-9).all()
    assert places.min() >= -1e-9
    assert places.max() <= 300 + 1e-9


def test_labels_of_one_crowded_point_do_not_overlap_and_have_lines_to_it():
    figure, (axes,) = panels(1, 1, 4, 4, "crowd", left=0.5)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    beside(axes, [Label(0.5, 0.5, f"strategy number {n}", "#000000") for n in range(14)])
    assert overlapping(figure) == []
    assert len([each for each in axes.get_lines() if str(each.get_label()).startswith("_leader")]) > 4
    assert axes.get_xlim() == (0, 1)


def test_labels_leave_the_marks_and_other_texts_free():
    figure, (axes,) = panels(1, 1, 4, 4, "marks", left=0.5)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.text(0.55, 0.5, "in the way", va="center")
    beside(axes, [Label(0.5, 0.5, "name", "#000000"), Label(0.5, 0.56, "other", "#000000")])
    assert overlapping(figure) == []


def test_no_labels_are_no_trouble():
    _, (axes,) = panels(1, 1, 1, 1, "none", left=0.5)
    assert beside(axes, []) == []


@styled()
def drawn_compressed(x, y):
    figure, axes = panels(2, 2, 2.65, 2.65, "compressed", left=0.5, shared=True)
    compress(axes, x, y)
    figure.draw_without_rendering()
    return axes


@settings(max_examples=20)
@given(st.floats(1e-9, 1e9), st.floats(0, 1), st.floats(0, 1))
def test_compressed_axes_have_zero_in_them_and_ticks_with_room_for_their_labels(size, below, up):
    axes = drawn_compressed(np.array([-below * size, size, np.nan]), np.array([up * size]))
    for axis, limits in ((axes[0].xaxis, axes[0].get_xlim()), (axes[1].yaxis, axes[1].get_ylim())):
        assert limits[0] < 0 < limits[1]
        assert 0 in axis.get_ticklocs()
        assert len(axis.get_ticklocs()) == len({each.get_text() for each in axis.get_ticklabels()} | {"0"})
    labels = [each.get_window_extent() for each in axes[0].xaxis.get_ticklabels()]
    edges = sorted((box.x0, box.x1) for box in labels)
    assert all(first[1] <= second[0] + 2 for first, second in pairwise(edges))


def test_labels_keep_off_the_frame_where_there_is_room():
    for x in (0.15, 0.18):  # a crowd near the frame, with marks on its other side
        _, (axes,) = panels(1, 1, 4, 4, "frame", left=0.5)
        axes.set(xlim=(0, 1), ylim=(0, 1))
        marks = [(x, y) for x in np.arange(0.25, 0.9, 0.03) for y in np.arange(0, 1, 0.03)]
        many = [Label(x, 0.3 + 0.02 * n, "a long name", "#0072B2") for n in range(8)]
        frame = axes.get_window_extent()
        assert all(each.get_window_extent().x0 > frame.x0 + 3 for each in beside(axes, many, avoid=marks))


def test_lines_to_labels_lie_behind_the_texts():
    _, (axes,) = panels(1, 1, 4, 4, "crowd", left=0.5)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    texts = beside(axes, [Label(0.5, 0.5, f"strategy number {n}", "#0072B2") for n in range(9)])
    leaders = [each for each in axes.get_lines() if str(each.get_label()).startswith("_leader")]
    assert leaders and all(each.get_zorder() < min(text.get_zorder() for text in texts) for each in leaders)

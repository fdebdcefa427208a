"""Places in the order of values, equals as they were: what numpy's stable sort says."""

import numpy as np
import pytest
from line import both

from commonweal.model import order


@pytest.mark.parametrize("n", [0, 1, 2, 7, 8, 9, 16, 17, 100])
def test_places_come_in_the_order_of_values_and_equals_as_they_were(n):
    values = np.round(np.random.default_rng(n).random(n), 1)  # many are equal
    assert both(order.ordered, values).tolist() == np.argsort(values, kind="stable").tolist()


def test_a_second_order_keeps_the_first_among_equals():
    places = np.array([2, 3, 0, 1])
    both(order.sort_by, places, np.array([1.0, 0.0, 1.0, 0.0]))
    assert places.tolist() == [3, 1, 2, 0]

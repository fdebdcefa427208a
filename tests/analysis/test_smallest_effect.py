"""The smallest effect of interest, at each of its boundaries."""

import numpy as np
import pandas as pd
import pytest

from commonweal.analysis.smallest_effect import declared, in_words, matters, of_no_matter, threshold


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [
        (0.51, 0.9, "yes"), (-0.9, -0.51, "yes"), (0.5, 0.9, "unsure"), (-0.9, -0.5, "unsure"), (0.5, 0.5, "no"),
        (-0.5, 0.5, "no"), (-0.5, 0.51, "unsure"), (-0.51, 0.5, "unsure"), (0.1, 0.2, "no"), (-9.0, 9.0, "unsure"),
        (np.nan, np.nan, ""),
    ],
)  # fmt: skip
def test_an_interval_beyond_within_or_astride(low, high, word):
    assert matters(low, high, 0.5).tolist() == [word]


def test_without_a_smallest_effect_all_that_is_not_nothing_matters():
    assert matters([0.001, -1.0, 0.0, -0.1], [0.002, -0.1, 0.0, 0.1], 0.0).tolist() == ["yes", "yes", "no", "unsure"]


def test_studies_of_before_declared_none():
    assert declared({}) == declared({"smallest_effect": None}) == 0.0 and declared({"smallest_effect": 0.02}) == 0.02
    assert in_words(0.01) == "1 % of what doing nothing has" and threshold(0.01, -2.0) == 0.02


def test_what_matters_nowhere_is_named():
    table = pd.DataFrame({"row": ["a", "b", "a", "b"], "matters": ["no", "no", "no", "unsure"]})
    assert of_no_matter(table, "row") == ["a"] and of_no_matter(table[["row"]], "row") == []

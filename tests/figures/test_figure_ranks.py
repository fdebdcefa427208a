"""Ranks: shares of resamples and of communities, counted by hand where that is easy."""

import numpy as np
import pandas as pd
import pytest
from figure_reading import cut_off, overlapping, written

from commonweal.analysis.ranks import chances_of_ranks
from commonweal.errors import InputError
from commonweal.figures.ranks import ranks


def made(values: dict[str, list[float]], scenario="calm") -> pd.DataFrame:
    """Runs: welfare_net of each strategy, community by community; doing nothing is 0."""
    count = len(next(iter(values.values())))
    rows = [("laissez_faire", "baseline", [0.0] * count), *((name, "equal spend", of) for name, of in values.items())]
    return pd.DataFrame([
        {"scenario": scenario, "strategy": name, "basis": basis, "replicate": at, "welfare_net": value, "gini": value}
        for name, basis, of in rows for at, value in enumerate(of)
    ])  # fmt: skip


def test_ranks_in_communities_are_counted_and_the_best_mean_comes_first():
    names, of_means, of_communities = chances_of_ranks(
        made({"worse": [-1.0, -1.0, 3.0, -1.0], "better": [2.0, 2.0, 2.0, 2.0]}), "equal spend", "welfare_net"
    )
    assert names[0] == "better" and np.allclose(of_means.sum(axis=1), 1)
    assert of_communities[0].tolist() == [0.75, 0.25, 0.0]
    assert of_communities[names.index("worse")].tolist() == [0.25, 0.0, 0.75]
    assert of_means[0, 0] > 0.95


def test_less_is_better_of_what_is_bad_and_ties_share_the_better_rank():
    names, _, share = chances_of_ranks(made({"a": [1.0, 1.0], "b": [1.0, 1.0]}), "equal spend", "gini")
    assert names[0] == "laissez_faire"
    assert share[1:].tolist() == [[0.0, 1.0, 0.0], [0.0, 1.0, 0.0]]


def test_scenarios_count_the_same_and_unknown_communities_are_left_out():
    one = made({"a": [1.0, np.nan, 1.0]})
    other = made({"a": [-1.0]}, "crisis")
    _, _, share = chances_of_ranks(pd.concat([one, other]), "equal spend", "welfare_net")
    assert share.tolist() == [[0.5, 0.5], [0.5, 0.5]]


@pytest.mark.parametrize(("basis", "measure"), [("full strength", "welfare_net"), ("equal spend", "money_spent")])
def test_what_cannot_be_ranked_is_said(basis, measure):
    with pytest.raises(InputError, match=f"nothing can be ranked by '{measure}' at '{basis}'"):
        chances_of_ranks(made({"a": [1.0]}), basis, measure)


def test_the_figure_has_both_shares_in_percent():
    figure = ranks(made({"communication": [1.0, 2.0, -1.0, 1.0]}), "equal spend")
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["on the mean", "in one community"]
    assert {"75", "25", "communication", "doing nothing"} <= set(written(figure))
    assert cut_off(figure) == [] and overlapping(figure) == []

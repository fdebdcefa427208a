"""Parting: months by hand, and parts that sum to the difference."""

import numpy as np
import pandas as pd
import pytest
from worlds import world

from commonweal.analysis.parting import carried_apart, differences_by_set, parting
from commonweal.analysis.shapley import ALL, NONE
from commonweal.commands.branch import differences
from commonweal.model.measures import MEASURES
from commonweal.report.parting import part
from commonweal.study.branch import Branches, Fork, branch, branched
from commonweal.study.orders import orders_of

AT = list(MEASURES).index("cooperation")


def paths(*apart):
    """Both branches, of which one replicate each is this far apart in cooperation, month by month."""
    kept = np.zeros((len(apart[0]), len(apart), len(MEASURES)))
    changed = kept.copy()
    changed[:, :, AT] = np.transpose(apart)
    return Branches(kept, changed)


def parted(*apart):
    found = paths(*apart)
    return parting(found, differences(found, ["cooperation"])).iloc[0].to_dict()


def test_months_of_one_run_by_hand():
    """It parts in month 2, is back, turns, and keeps its sign from month 5 on."""
    found = parted([0.0, 0.1, 0.0, -0.1, 0.2, 0.1])
    assert found == {"measure": "cooperation", "first": 2, "last": 2, "parted": 1.0, "lasting": 5.0}


def test_of_several_the_earliest_the_latest_and_what_is_sure():
    found = parted([0, 0.1, 0.1, 0.3], [0, 0, 0.1, 0.31], [0, 0, 0, 0.32], [0, 0, 0, 0.3])
    assert (found["first"], found["last"], found["parted"], found["lasting"]) == (2, 4, 1.0, 4.0)


def test_a_difference_that_is_nowhere_or_ends_is_not_lasting():
    found = parted([0.0, 0.0], [0.0, 0.0])
    assert np.isnan([found["first"], found["last"], found["lasting"]]).all() and found["parted"] == 0.0
    found = parted([0.0, 0.1, 0.0], [0.0, 0.0, 0.0])
    assert (found["first"], found["parted"]) == (2, 0.5) and np.isnan(found["lasting"])


def test_parts_sum_to_the_difference_and_a_mechanism_that_is_no_channel_carries_nothing():
    of, other = (world(f"strategy={name}", "community.leaders=10") for name in ("inclusion", "incentives"))
    off = {"follow": {"follow": 0.0}, "responsiveness": {"responsiveness": 0.0, "group_weight": 0.0}}

    def only(on):
        values = {key: value for name, each in off.items() if name not in on for key, value in each.items()}
        return of.model_copy(update={"choose": of.choose.model_copy(update=values)})

    told, orders, fork = [], orders_of(list(off), 1, 1), Fork(of, 4, 1, range(5), 9)
    found = differences_by_set(
        orders, only, lambda each: branched(each, other.strategy, 4), fork.go_on, lambda *done: told.append(done)
    )
    table = carried_apart(found, orders, ["cooperation", "welfare_net"]).set_index(["measure", "mechanism"])["carries"]
    whole = branch(of, other.strategy, 4, 1, range(5), 9).difference("cooperation")[3:].mean()
    assert table["cooperation", ALL] == pytest.approx(whole) and told[-1] == (4, 4)
    assert table["cooperation", "follow"] == 0.0 != table["cooperation", "responsiveness"]
    assert table["cooperation", "responsiveness"] + table["cooperation", NONE] == pytest.approx(whole)


def test_sentences_say_when_and_through_what():
    months = pd.DataFrame([("cooperation", 3, 5, 0.5, 7.0), ("trust", np.nan, np.nan, 0.0, np.nan)],
                          columns=["measure", "first", "last", "parted", "lasting"])  # fmt: skip
    rows = [("commitment", 0.2, 0.1, 0.3), ("noise", 0.05, -0.1, 0.2), (NONE, 0.0, 0.0, 0.0), (ALL, 0.25, 0.2, 0.3)]
    carried = pd.DataFrame(rows, columns=["mechanism", "carries", "low", "high"]).assign(measure="cooperation")
    said = part(months, carried, 3)
    assert said["cooperation"] == (
        "Cooperation: the paths part between the months 3 and 5 in 50 % of the runs, for good from month 7 on. "
        "From month 3 on it makes +0.250 (+0.200 to +0.300) on the mean. Carried by a public word that binds, "
        "+0.200 (+0.100 to +0.300)."
    )
    assert said["trust"] == "Mean trust: the paths never part."
    alone = part(months, carried.assign(low=np.nan, high=np.nan), 3)["cooperation"]  # one run: no interval
    assert alone.endswith("Carried by a public word that binds, +0.200 and errors, +0.050.")

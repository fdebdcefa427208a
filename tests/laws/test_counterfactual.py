"""Branches: the same run to the bit before the branch, the same luck after it."""

import numpy as np
import pytest
from worlds import condition, same_bits

from commonweal.model.measures import MEASURES
from commonweal.model.run import simulate
from commonweal.study.branch import Fork, branch, branched

ROUNDS, AT = 14, 6


@pytest.mark.parametrize("scenario", ["calm", "turnover"])
def test_until_the_branch_nothing_differs_and_from_it_on_something_does(scenario):
    of, other = condition("inclusion", scenario), condition("communication", scenario).strategy
    found = branch(of, other, AT, 1, range(5), ROUNDS)
    assert same_bits(found.kept[: AT - 1], found.changed[: AT - 1])
    spend = list(MEASURES).index("spend")
    assert (found.kept[AT - 1, :, spend] != found.changed[AT - 1, :, spend]).all()
    np.testing.assert_array_equal(found.kept, simulate(of, 1, range(5), ROUNDS).rounds)


def test_a_branch_at_the_first_round_is_a_run_under_the_other_strategy():
    of, other = condition("inclusion", "calm"), condition("shared_vision", "calm")
    found = branch(of, other.strategy, 1, 1, range(4), ROUNDS)
    assert same_bits(found.changed, simulate(other, 1, range(4), ROUNDS).rounds)


def test_a_branch_to_the_same_strategy_that_knows_no_rounds_changes_nothing():
    of = condition("incentives", "crisis")
    found = branch(of, of.strategy, AT, 1, range(4), ROUNDS)
    assert same_bits(found.kept, found.changed)
    assert not np.nansum(np.abs(found.difference("welfare")))


@pytest.mark.parametrize("at", [1, AT])
def test_a_fork_goes_on_as_both_branches_do_and_is_left_as_it_is(at):
    of, other = condition("inclusion", "turnover"), condition("communication", "turnover").strategy
    found, fork = branch(of, other, at, 1, range(5), ROUNDS), Fork(of, at, 1, range(5), ROUNDS)
    for _ in range(2):
        assert same_bits(fork.go_on(of), found.kept[at - 1 :])
        assert same_bits(fork.go_on(branched(of, other, at)), found.changed[at - 1 :])

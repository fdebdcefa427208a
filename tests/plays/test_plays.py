"""Recorded plays are played again, line by line: a number that moves unmeant shows where it first does."""

import pytest
from playthrough import HERE, playthrough
from worlds import STRATEGIES


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_strategy_plays_as_it_was_recorded(strategy):
    recorded = HERE / f"{strategy}.txt"
    assert recorded.exists(), f"write it with `python tests/plays/playthrough.py`, and read {recorded.name}"
    for number, (was, now) in enumerate(
        zip(recorded.read_text().splitlines(), playthrough(strategy).splitlines(), strict=True), 1
    ):
        assert now == was, f"line {number} of {recorded.name}; if numbers were meant to move, write the plays anew"


def test_no_play_is_recorded_of_a_strategy_that_is_gone():
    assert sorted(path.stem for path in HERE.glob("*.txt")) == STRATEGIES

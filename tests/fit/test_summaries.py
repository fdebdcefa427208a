"""Summaries, worked by hand: two communities of three leaders, of whom not all was seen."""

import numpy as np
import pytest

from commonweal.fitting.observed import Observed
from commonweal.fitting.summaries import SUMMARIES, summarise
from commonweal.fitting.watch import Record, given, watch

NAN = np.nan
WHO = np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]], bool)
"""the first attends to the second, the second to the third"""


def pairs(*there: tuple[int, int], seen=(0, 1, 2)) -> np.ndarray:
    """(3, 3) 1 for some pairs, nan for whom was not seen and the diagonal."""
    found = np.full((3, 3), NAN)
    found[list(seen)] = 0.0
    for i, j in there:
        found[i, j] = 1.0
    np.fill_diagonal(found, NAN)
    return found


SEEN = Observed(
    3,
    gave={1: np.array([0.2, NAN, 0.4]), 2: np.array([0.4, 0.1, 0.6]), 3: np.array([NAN, 0.3, 0.5])},
    expected={3: np.array([0.2, 0.4, 0.9])},
    agreed={1: 1.0, 2: 0.0, 3: 1.0, 4: 1.0},
    accepted={1: np.array([1.0, 0.0, NAN])},
    attended={1: np.array([1.0, 1.0, 0.0])},
    met={1: np.maximum(pairs((0, 1)), pairs((1, 0))), 2: pairs((0, 1), (1, 0), (1, 2), (2, 1))},
    faith={2: np.array([0.5, NAN, 0.7]), 4: np.array([0.1, 0.2, 0.9])},
    trust={4: np.array([[NAN, 0.8, 0.3], [NAN, NAN, 0.4], [NAN, 0.6, NAN]])},
    tie={4: pairs((0, 1), (0, 2), (1, 0))},
)
TRUSTED = np.array([[NAN, 0.9, NAN], [NAN, NAN, 0.5], [NAN, 0.7, NAN]])
BY_HAND = {
    "gave_first": (0.3 + (0.4 + 0.1 + 0.6) / 3) / 2,
    "gave_last": 0.4,
    "gave_apart": np.std([0.3, 0.2, 0.5]),
    "gave_changes": np.mean([0.2, 0.2, 0.2, 0.1]),
    "expected": 0.5,
    "expected_apart": np.std([0.2, 0.4, 0.9]),
    "agreed": 0.75,
    "accepted": 0.5,
    "attended": 2 / 3,
    "trust": (0.8 + 0.3 + 0.4 + 0.6) / 4,
    "trust_apart": np.std([0.8, 0.3, 0.4, 0.6]),
    "trust_kept": (0.2 * 0.2 + -0.2 * -0.2 + 0.0) / 0.08,
    "faith": np.mean([0.5, 0.7, 0.1, 0.2, 0.9]),
    "faith_apart": np.std([0.1, 0.2, 0.9]),
    "faith_change": 0.4 - 0.6,
    "tie_new": 2 / 4,
    "tie_popular": (1 + 0) / 2,
    "tie_returned": (0 + 1) / 2,
    "met_each": (2 + 4) / 2 / 3,
    "met_again": 1.0,
    "met_known": 1.0,
    "met_sector": 4 / 6,
}
NOT_SEEN = {"trust_change", "tie_kept"}
"""trust in single others was seen once; of fewer than three ties no share is taken"""


def record(of: Observed) -> Record:
    seen = {name: {month: np.asarray(each, float)[None] for month, each in getattr(of, name).items()}
            for name in given.__globals__["KINDS"]}  # fmt: skip
    return Record(seen, WHO, TRUSTED, np.array([0, 0, 1]))


def test_every_summary_is_the_one_worked_by_hand():
    found = summarise(record(SEEN), SEEN)
    assert set(found) == set(BY_HAND) and set(BY_HAND) | NOT_SEEN == set(SUMMARIES)
    for name, value in BY_HAND.items():
        assert found[name][0] == pytest.approx(value), name


def test_what_was_not_seen_does_not_count_whatever_it_is():
    """In a world all cells are there; those that were not seen of the community are left out of both."""
    whole = record(SEEN)
    lot = np.random.default_rng(1)
    filled = {
        name: {month: np.where(np.isnan(each), lot.random(each.shape), each) for month, each in months.items()}
        for name, months in whole.seen.items()
    }
    told = summarise(whole._replace(seen=filled), SEEN)
    for name, value in BY_HAND.items():
        assert told[name][0] == pytest.approx(value), name


def test_ties_and_trust_at_two_dates():
    two = Observed(3, trust={2: np.full((3, 3), 0.2), 6: SEEN.trust[4]}, tie={1: pairs((0, 1))})
    found = summarise(record(two), two)
    assert found["trust_change"][0] == pytest.approx(BY_HAND["trust"] - 0.2)
    assert "gave_first" not in found


def test_nothing_seen_is_nothing_to_compare():
    empty = Observed(3)
    assert summarise(record(empty), empty) == {}


def test_worlds_are_watched_in_the_very_months_and_alone_as_in_company(place, seen):
    world = place.past.world({})
    both, alone = watch(world, 5, range(2), seen), watch(world, 5, range(1, 2), seen)
    for name, months in both.seen.items():
        assert set(months) == set(getattr(seen, name)), name
        for month, each in months.items():
            np.testing.assert_array_equal(each[1:], alone.seen[name][month])
    together, apart = summarise(both, seen), summarise(alone, seen)
    for name, each in together.items():
        assert each[1] == apart[name][0] and np.isfinite(each).all(), name


def test_a_town_that_lived_in_the_model_is_read_back_as_it_was(place, seen):
    """What the log says is what its world did, to the digits that were written."""
    from towns import lived

    from commonweal.fitting.proof import everything

    was = summarise(lived(place, everything(8, 4)), everything(8, 4))
    told = summarise(given(seen, place.world()), seen)
    assert set(told) == set(was)
    for name, each in told.items():
        assert each[0] == pytest.approx(was[name][0], abs=2e-4), name

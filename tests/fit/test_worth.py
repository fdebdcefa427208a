"""What it would be worth to know something, where it is known: two choices, one of which gains or loses by a number."""

import numpy as np
import pytest

from commonweal.fitting.future import Future
from commonweal.fitting.prior import Prior, Unknown
from commonweal.fitting.rivals import rivals
from commonweal.fitting.worth import partial, worth

STRATEGIES = ("nothing", "one", "other")
PRIOR = Prior(
    tuple(Unknown(f"a.p{at}", 0.0, 1.0, 0.0, 1.0, 0.5, f"number {at}", False) for at in range(6)), np.eye(6), ()
)
NORMAL = np.random.default_rng(2).normal(size=(400, 6))
AT_ZERO = 1 / np.sqrt(2 * np.pi)
"""mean of the positive part of a standard normal number"""


def ahead(noise: float = 0.0, answers: dict | None = None) -> Future:
    """`one` brings 1, `other` brings 1 + half the first number; luck of each community besides."""
    lot = np.random.default_rng(3)
    one, other = np.ones(400), 1 - 0.02 + 0.5 * NORMAL[:, 0]
    net = np.stack([np.zeros(400), one, other], axis=1)[:, None, :] + noise * lot.normal(size=(400, 8, 3))
    return Future(NORMAL, net, answers or {})


def test_the_worth_of_a_number_that_decides_is_the_one_that_is_known():
    found = worth(ahead(0.3), STRATEGIES, PRIOR)
    assert found.best == "one"
    first = found.table.iloc[0]
    assert (first["name"], first["told"]) == ("a.p0", True)
    assert first["worth"] == pytest.approx(0.5 * AT_ZERO, abs=0.03)
    assert not found.table["told"][1:].any() and found.table["worth"][1:].max() < 0.02
    assert found.all_known == pytest.approx(0.5 * AT_ZERO, abs=0.04)


def test_a_number_that_changes_no_choice_is_worth_nothing():
    gain = np.stack([np.zeros(400), -5 + NORMAL[:, 0]], axis=1)
    assert partial(NORMAL[:, :1], gain) == pytest.approx(0, abs=1e-12)


def test_an_answer_tells_of_its_own_community_and_not_of_the_mean_alone():
    """What differs between communities of one world is told by their answers only."""
    lot = np.random.default_rng(5)
    answers = lot.normal(size=(400, 8, 2))
    future = ahead(0.1)
    future.net[:, :, 2] = 0.95 + 0.4 * answers[:, :, 0]
    found = worth(future._replace(answers={"belief": answers}), STRATEGIES, PRIOR).table.set_index("name")
    assert found.loc["belief", "told"] and found.loc["belief", "kind"] == "question"
    assert found.loc["belief", "worth"] == pytest.approx(0.4 * AT_ZERO, abs=0.04)
    assert not found.loc["a.p0", "told"]


def test_rivals_are_told_by_the_number_that_makes_them_win():
    (rival, *rest) = rivals(ahead(0.05), STRATEGIES, PRIOR)
    assert rival.strategy == "other" and not [each for each in rest if each.share > 0.5]
    assert rival.share == pytest.approx((0.5 * NORMAL[:, 0] > 0.02).mean(), abs=0.05)
    assert rival.differences[0].name == "a.p0" and rival.differences[0].there > 0.5 and rival.by > 0

"""Sequential Monte Carlo and regression adjustment, against a posterior that is known: all linear, all normal."""

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import qmc

from commonweal.fitting.adjust import accept, drawn, effective, quantiles
from commonweal.fitting.waves import Aim, aim_of, metric_of, weights_of

PARAMETERS, SUMMARIES, REPLICATES = 20, 5, 2
LOT = np.random.default_rng(4)
SLOPES = LOT.normal(size=(SUMMARIES, PARAMETERS)) * (np.arange(PARAMETERS) < 4)
"""what is observed hangs on the first four parameters"""
LUCK = np.array([0.5, 1.0, 0.3, 2.0, 1.0])
TRUTH = np.array([1.2, -0.8, 0.5, 1.0, *np.zeros(PARAMETERS - 4)])
TARGET = SLOPES @ TRUTH


def posterior() -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation of each parameter, exactly."""
    precision = np.eye(PARAMETERS) + (SLOPES.T / LUCK**2) @ SLOPES
    covariance = np.linalg.inv(precision)
    return covariance @ (SLOPES.T / LUCK**2) @ TARGET, np.sqrt(np.diag(covariance))


def sample(count: int, seed: int) -> np.ndarray:
    return ndtri(qmc.LatinHypercube(PARAMETERS, rng=np.random.default_rng(seed)).random(count))


def play(normal: np.ndarray, seed: int) -> np.ndarray:
    luck = np.random.default_rng(seed).normal(size=(len(normal), REPLICATES, SUMMARIES))
    return (normal @ SLOPES.T)[:, None] + LUCK * luck


def waves(first: int, later: int, count: int):
    normal, sizes, aims = sample(first, 0), [first], []
    summaries, weights = play(normal, 0), np.full(first, 1 / first)
    metric = metric_of(normal, summaries, weights)
    for wave in range(1, count + 1):
        aims.append(aim_of(metric, TARGET))
        new = aims[-1].draw(sample(later, wave))
        normal, summaries = np.concatenate([normal, new]), np.concatenate([summaries, play(new, wave)])
        sizes.append(later)
        weights = weights_of(normal, aims, sizes)
        metric = metric_of(normal, summaries, weights)
    return normal, summaries, weights, metric


def test_the_posterior_is_the_one_that_is_known():
    mean, spread = posterior()
    found = accept(*waves(2000, 1500, 2), TARGET, 400)
    middle = found.weight @ found.normal
    sd = np.sqrt(found.weight @ (found.normal - middle) ** 2)
    assert found.effective == pytest.approx(400, rel=0.01)
    assert abs(middle - mean).max() < 0.25
    assert abs((middle - mean)[:4]).max() < 0.12
    np.testing.assert_allclose(sd[:4], spread[:4], rtol=0.25)
    np.testing.assert_allclose(sd[4:], 1.0, rtol=0.12)
    assert spread[:4].max() < 0.8  # or there would be nothing to find


def test_later_waves_look_nearer_and_weigh_as_the_prior():
    normal, summaries, weights, metric = waves(2000, 1500, 2)
    distance = metric.distance(summaries, TARGET)
    assert np.median(distance[2000:]) < 0.6 * np.median(distance[:2000])
    assert weights.sum() == pytest.approx(1)
    assert weights.max() < 1.01 / 2000 * (len(normal) / 2000)  # no weight is large: a part of every wave is the prior's
    np.testing.assert_allclose(weights @ normal, 0, atol=0.08)
    np.testing.assert_allclose(weights @ normal**2, 1, atol=0.12)


def test_a_wave_leaves_what_says_nothing_to_the_prior():
    basis = np.eye(PARAMETERS)[:, :2]
    aim = Aim(basis, np.array([2.0, -1.0]), np.array([0.1, 0.2]))
    normal = sample(2000, 5)
    moved = aim.draw(normal)
    np.testing.assert_array_equal(moved[:, 2:], normal[:, 2:])
    np.testing.assert_array_equal(moved[:500], normal[:500])
    np.testing.assert_allclose(moved[500:, :2].mean(axis=0), [2.0, -1.0], atol=0.02)
    np.testing.assert_allclose(moved[500:, :2].var(axis=0), [0.1, 0.2], rtol=0.15)


def test_the_first_wave_alone_has_even_weights():
    np.testing.assert_allclose(weights_of(sample(10, 0), [], [10]), 0.1)


def test_quantiles_and_draws_go_by_weight():
    values = np.arange(5.0)[:, None]
    weights = np.array([0.0, 0.5, 0.5, 0.0, 0.0])
    assert quantiles(values, weights, (0.5,))[0, 0] == pytest.approx(1.5)
    assert effective(weights) == pytest.approx(2)
    found = accept(*waves(300, 0, 0), TARGET, 50)
    counts = np.bincount(drawn(found, 1000), minlength=len(found.weight))
    assert abs(counts - 1000 * found.weight).max() <= 1


def test_a_summary_that_is_the_same_in_all_near_worlds_has_a_distance_all_the_same():
    normal = sample(300, 0)
    summaries = play(normal, 0)
    summaries[:, :, 1] = np.where(normal[:, :1] > 1.5, summaries[:, :, 1], 1.0)
    near = (normal[:, 0] <= 1.5) / (normal[:, 0] <= 1.5).sum()
    metric = metric_of(normal, summaries, near)
    assert np.isfinite(metric.distance(summaries, summaries[0, 0])).all()
    assert metric.distance(summaries, summaries[0, 0])[0, 0] == 0

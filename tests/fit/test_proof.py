"""Simulation-based calibration, small: intervals of fits hold the numbers by which towns were made."""

import numpy as np

from commonweal.fitting.fit import Size
from commonweal.fitting.proof import Proof, everything, prove
from commonweal.study.parts import Parts

TOWNS = 20


def test_intervals_hold_what_they_should(place, tmp_path):
    size = Size(first=300, later=0, waves=0, worlds=100)
    found = prove(place, everything(8, 3), size, TOWNS, Parts(tmp_path, "x", ".npy"), lambda *_: None)
    table = found.frame()
    assert found.ranks.shape == (TOWNS, len(place.prior.names))
    assert 0.92 < table["covered"].mean() < 0.975
    assert table["within"].all(), table[~table["within"]]
    spread = np.histogram(found.ranks, bins=4, range=(0, 1))[0] / found.ranks.size
    assert abs(spread - 0.25).max() < 0.03
    assert table["narrowed"].min() < 0.85 and 0.95 < table["narrowed"].median() < 1.05


def test_a_proof_notices_intervals_that_are_too_narrow():
    lot = np.random.default_rng(1)
    truth = lot.normal(size=(200, 30))
    from scipy.stats import norm

    fair, narrow = (
        Proof([str(at) for at in range(30)], norm.cdf(truth / scale), np.ones_like(truth)) for scale in (1, 0.7)
    )
    assert 0.93 < fair.covered().mean() < 0.97 and fair.frame()["within"].all()
    assert narrow.covered().mean() < 0.88 and not narrow.frame()["within"].all()

"""Luck is Philox4x32-10 to the letter, each decision has its own, and it looks like luck."""

import math

import numpy as np
import pytest
from scipy import stats
from worlds import keys

from commonweal.model import luck
from commonweal.model.kernel import kernel

KNOWN_ANSWERS = [  # Random123, examples/kat_vectors, philox4x32 10: counter, key, answer
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def hexadecimal(text):
    return [np.uint64(int(word, 16)) for word in text.split()]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_known_answers(counter, key, answer):
    for philox in (luck.philox, getattr(luck.philox, "py_func", luck.philox)):
        assert list(philox(*hexadecimal(counter), *hexadecimal(key))) == hexadecimal(answer)


STREAMS = {name: value for name, value in vars(luck).items() if name.isupper() and isinstance(value, int)}


def test_each_decision_has_a_stream_of_its_own():
    assert len(STREAMS) > 20
    assert len(set(STREAMS.values())) == len(STREAMS)
    assert min(STREAMS.values()) > 0 and max(STREAMS.values()) < 2**16


def test_every_part_of_the_use_matters():
    """Run, stream, round, leader and index each change the number; the same use gives the same number again."""
    use = (np.uint64(3), 5, 7, np.uint64(11), 13)
    bumped = [tuple(type(part)(part + 1) if at == place else part for at, part in enumerate(use)) for place in range(5)]
    wide = [(np.uint64(3 + 2**32), *use[1:]), (*use[:3], np.uint64(11 + 2**32), 13)]
    drawn = [luck.uniform(*each) for each in (use, *bumped, *wide)]
    assert len(set(drawn)) == len(drawn)
    assert drawn == [luck.uniform(*each) for each in (use, *bumped, *wide)]
    for draw in (luck.uniform, luck.uniforms, luck.normal):
        assert draw(*use) == getattr(draw, "py_func", draw)(*use)


def test_a_number_is_made_of_its_words():
    """53 bits of the first two words for uniform; 32 bits each, never 0 or 1, for uniforms and normal."""
    use = (np.uint64(1), 2, 3, np.uint64(4), 5)
    a, b, c, d = (int(word) for word in luck.words(*use))
    assert luck.uniform(*use) == ((a >> 5) * 2**26 + (b >> 6)) / 2**53
    fine = tuple((word + 0.5) / 2**32 for word in (a, b, c, d))
    assert luck.uniforms(*use) == fine
    assert luck.normal(*use) == math.sqrt(-2 * math.log(fine[0])) * math.cos(2 * math.pi * fine[1])


def test_run_keys_come_from_seed_and_replicate_alone():
    assert len(set(luck.run_keys(0, range(2000)))) == 2000
    np.testing.assert_array_equal(luck.run_keys(7, range(5, 9)), luck.run_keys(7, range(10))[5:9])
    seeds = [0, 1, 2, 2**32, 2**63 - 1]
    assert len({key for seed in seeds for key in luck.run_keys(seed, range(100))}) == 500


def test_luck_never_changes_its_mind():
    """Literals: a change here changes every result that was ever published."""
    assert luck.identity("ann") == 0xA5F323BF6ADF3A8D  # blake2b of b"ann", 8 bytes, read little-endian
    assert luck.run_keys(1, range(2)).tolist() == [0x98FE481F93EF27A5, 0xEE3C88EF79E28B48]
    assert luck.uniform(np.uint64(1), 26, 3, np.uint64(4), 0) == 0.6717390328218232


@kernel
def _lattice(run, streams, rounds, leaders, out):
    for s in range(streams):
        for r in range(rounds):
            for i in range(leaders):
                out[0, s, r, i] = luck.uniform(run, s + 1, r, np.uint64(i), 0)
                out[1, s, r, i] = luck.normal(run, s + 1, r, np.uint64(i), 0)
                out[2, s, r, i] = luck.uniforms(run, s + 1, r, np.uint64(i), 1)[3]


@pytest.fixture(scope="module")
def lattice():
    """Numbers as the model uses them: (kind, stream, round, leader), counters side by side."""
    out = np.empty((3, 8, 60, 300))
    _lattice(keys(1)[0], *out.shape[1:], out)
    return out


@pytest.mark.parametrize(("kind", "law"), [(0, "uniform"), (1, "norm"), (2, "uniform")])
def test_distribution(lattice, kind, law):
    drawn = lattice[kind].ravel()
    assert stats.kstest(drawn, law).pvalue > 1e-3
    per_stream = [stats.kstest(part.ravel(), law).pvalue for part in lattice[kind]]
    assert stats.kstest(per_stream, "uniform").pvalue > 1e-3
    even = stats.norm.cdf(drawn) if law == "norm" else drawn
    count, _ = np.histogram(even, 1000, (0, 1))
    assert 1e-3 < stats.chisquare(count).pvalue < 1 - 1e-3


@pytest.mark.parametrize("kind", range(3))
@pytest.mark.parametrize("axis", [0, 1, 2], ids=["streams", "rounds", "leaders"])
def test_neighbours_are_uncorrelated(lattice, kind, axis):
    along = np.moveaxis(lattice[kind], axis, 0)
    for lag in (1, 2):
        one, other = along[:-lag].ravel(), along[lag:].ravel()
        assert abs(stats.pearsonr(one, other).statistic) * math.sqrt(one.size) < 4
        assert abs(np.corrcoef((one - one.mean()) ** 2, (other - other.mean()) ** 2)[0, 1]) * math.sqrt(one.size) < 4


def test_neighbouring_runs_indices_and_bits_are_uncorrelated():
    n = 50_000
    who = np.uint64(0)
    by_run = np.array([luck.uniform(key, luck.NOISE, 1, who, 0) for key in keys(n, seed=5)])
    by_index = np.array([luck.uniform(keys(1)[0], luck.NOISE, 1, who, index) for index in range(n)])
    for drawn in (by_run, by_index):
        assert stats.kstest(drawn, "uniform").pvalue > 1e-3
        assert abs(np.corrcoef(drawn[:-1], drawn[1:])[0, 1]) * math.sqrt(n) < 4
    words = np.array([luck.words(keys(1)[0], luck.NOISE, round_, who, 0) for round_ in range(n // 5)], np.uint64)
    bits = (words[:, :, None] >> np.arange(32, dtype=np.uint64)) & np.uint64(1)
    z = (bits.mean(axis=0) - 0.5) * 2 * math.sqrt(len(bits))
    assert np.abs(z).max() < 4.5 and abs((z**2).mean() - 1) < 4 * math.sqrt(2 / z.size)

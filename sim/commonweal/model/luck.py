"""Luck is a pure function of where it is used: `uniform(run, stream, round, who, index)`.

Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror & Shaw (2011), "Parallel random numbers: as
easy as 1, 2, 3", SC'11. The key is the run (from the root seed and the replicate, never from parameters); the
counter says who needs luck, for what (the stream), in which round. No generator is carried around, so results
do not depend on threads, on the order of runs, on batches, or on which strategy is on: two strategies meet the
same luck, and a difference between them is a paired difference.
"""

import hashlib
import math
from typing import Final

import numpy as np

from commonweal.model.kernel import inlined_kernel, kernel

# One stream for each decision. A number is never used for two of them (tests/laws/test_luck.py).
RUN: Final = 1  # the key of a run
SECTOR: Final = 2
GROUP: Final = 3
WIRING: Final = 4
NEED: Final = 5
SIZE: Final = 6
PRIORITIES: Final = 7
STANDING: Final = 8
TYPE: Final = 9
SLOPE: Final = 10
INTERCEPT: Final = 11
PROMISE: Final = 12
BELIEF: Final = 13
RESERVATION: Final = 14
SEAT: Final = 15
TIE: Final = 16
HABIT: Final = 17
FORUM: Final = 18
TEAM: Final = 19
GARBLE: Final = 21
HEARD: Final = 22
PLEDGE: Final = 23
DRAFT: Final = 24
EXEMPLAR: Final = 25
NOISE: Final = 26
WILLING: Final = 27
TURNOVER: Final = 28
HUB: Final = 29
ENDOWMENT: Final = 30
TEMPER: Final = 31
PAIR: Final = 32
TRUSTING: Final = 33

_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
_SIXTEEN, _FIVE, _SIX = np.uint64(16), np.uint64(5), np.uint64(6)


@inlined_kernel
def philox(c0, c1, c2, c3, k0, k1):
    """Philox4x32-10: four 32-bit words (held in uint64) from a 128-bit counter and a 64-bit key."""
    for _ in range(10):
        p0, p1 = _M0 * c0, _M1 * c2
        c0, c1, c2, c3 = (p1 >> _HALF) ^ c1 ^ k0, p1 & _LOW, (p0 >> _HALF) ^ c3 ^ k1, p0 & _LOW
        k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    return c0, c1, c2, c3


@inlined_kernel
def words(run, stream, round_, who, index):
    """Four 32-bit words for one use: `run` and `who` are uint64 keys, the rest small non-negative integers."""
    use = (np.uint64(stream) << _SIXTEEN) | np.uint64(index)
    return philox(who & _LOW, who >> _HALF, np.uint64(round_), use, run & _LOW, run >> _HALF)


@inlined_kernel
def uniform(run, stream, round_, who, index):
    """One number in [0, 1) with 53 random bits."""
    a, b, _, _ = words(run, stream, round_, who, index)
    return (np.float64(a >> _FIVE) * 67108864.0 + np.float64(b >> _SIX)) / 9007199254740992.0


@inlined_kernel
def uniforms(run, stream, round_, who, index):
    """Four numbers in (0, 1) with 32 random bits each: for choices, not for tails."""
    a, b, c, d = words(run, stream, round_, who, index)
    scale = 1.0 / 4294967296.0
    return (
        (np.float64(a) + 0.5) * scale,
        (np.float64(b) + 0.5) * scale,
        (np.float64(c) + 0.5) * scale,
        (np.float64(d) + 0.5) * scale,
    )


@kernel
def normal(run, stream, round_, who, index):
    """One standard normal number."""
    a, b, _, _ = uniforms(run, stream, round_, who, index)
    return bell(a, b)


@kernel
def bell(a, b):
    """A standard normal number from two numbers in (0, 1) (Box & Muller 1958)."""
    return math.sqrt(-2.0 * math.log(a)) * math.cos(2.0 * math.pi * b)


@kernel
def uniform_each(out, run, stream, round_, who, index):
    """out[i] = uniform(run[i], stream, round_, who[i], index), several at once in vectors."""
    for i in range(who.shape[0]):
        out[i] = uniform(run[i], stream, round_, who[i], index)


@kernel
def normal_each(out, run, stream, round_, who, index):
    for i in range(who.shape[0]):
        out[i] = normal(run[i], stream, round_, who[i], index)


@kernel
def uniforms_each(out, run, stream, round_, who, index):
    """out[:4, i] = uniforms(run[i], stream, round_, who[i], index) likewise; a row for each of the four, (4, L)."""
    for i in range(who.shape[0]):
        out[0, i], out[1, i], out[2, i], out[3, i] = uniforms(run[i], stream, round_, who[i], index)


@kernel
def first_each(out, run, stream, round_, who, index):
    """out[i] = uniforms(run[i], stream, round_, who[i], index)[0] likewise."""
    for i in range(who.shape[0]):
        out[i], _, _, _ = uniforms(run[i], stream, round_, who[i], index)


def run_keys(seed: int, replicates: range) -> np.ndarray:
    """(len(replicates),) uint64: the key of each replicate, from the root seed and the replicate's number alone.

    The seed is a whole number from 0 to 2**63 - 1. Distinct replicates of a seed have distinct keys.
    """
    root = np.uint64(seed)
    keys = np.empty(len(replicates), np.uint64)
    for row, replicate in enumerate(replicates):
        high, low, _, _ = words(root, RUN, 0, np.uint64(replicate), 0)
        keys[row] = (np.uint64(high) << _HALF) | np.uint64(low)
    return keys


def identity(name: str) -> np.uint64:
    """The key of a leader or group: a hash of its id, so that luck follows it through any order of rows."""
    return np.uint64(int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little"))

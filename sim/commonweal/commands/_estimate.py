"""How large a study is: its runs, and the time and room it will take, told before it begins."""

import sys
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from commonweal.analysis.best_mix import how_many
from commonweal.model.measures import MEASURES
from commonweal.model.run import RUN_MEASURES
from commonweal.study.blocks import BLOCK_LEADER_ROUNDS, BLOCK_REPLICATES, Block, Work, play_block
from commonweal.study.equal_spend import worth
from commonweal.study.pool import usable_cores
from commonweal.study.study import Study
from commonweal.study.workers import workers_of

if TYPE_CHECKING:
    from commonweal.fitting.carry_out import Asked
    from commonweal.fitting.observed import Observed
    from commonweal.fitting.town import Town

BYTES = 7.5
"""of a number on disk, compressed"""
SPREAD = 6
"""numbers of a measure and round that take room: of the eight that are kept, counts take little"""
COPIES = 3
"""of an array while it is made into a table or summed up"""
PROCESS = 3e8
TRIED = 3
"""conditions played to see how long a run takes"""
TRIED_LEADER_ROUNDS = 200_000
"""of each at most: a tenth of a second or so"""
LEAST_ROUNDS = 4
"""of a run that is tried"""
TRIED_SECONDS = 0.05
"""what is enough of each, where leaders or the model are played as plain Python"""
LONG = 8
"""times that, at which no more are tried"""


class Estimate(NamedTuple):
    """What a study will take."""

    runs: int
    seconds: float
    """on the cores of this machine"""
    megabytes: float
    """on disk"""
    memory: float
    """megabytes, of all processes"""
    beside: int = 0
    """runs in other worlds, at the doses of a cost curve, and of pairs at its sums"""


def estimate(study: Study, workers: int) -> Estimate:
    """By playing some replicates of the first, the middle and the last condition."""
    last = len(study.names) - 1
    tried = sorted({0, last // 2, last})[:TRIED]
    size, second = study.size, len(study.second_wave)
    rounds = min(size.rounds, max(LEAST_ROUNDS, TRIED_LEADER_ROUNDS // study.leaders))
    work = Work(study.variation, size.seed, rounds, "runs", study.own)
    most = max(1, min(size.replicates, TRIED_LEADER_ROUNDS // (study.leaders * rounds)))

    def seconds(condition: int, replicates: int) -> float:
        began = time.perf_counter()
        play_block(work, [study.changes(condition)], Block(condition, condition + 1, 0, replicates))
        return time.perf_counter() - began

    def per_replicate(condition: int) -> float:
        seconds(condition, 1)  # what the first run of a condition costs besides: kernels that it alone needs
        alone = took = seconds(condition, 1)
        replicates = 1
        while took - alone < TRIED_SECONDS and took < LONG * TRIED_SECONDS and replicates < most:
            replicates = min(8 * replicates, most)
            took = seconds(condition, replicates)
        # Beyond what a block costs however many are in it: for one replicate that is nearly all.
        return max(took - alone, 0.0) / (replicates - 1) if replicates > 1 else took

    per_run = sum(map(per_replicate, tried)) / len(tried) * size.rounds / rounds
    runs = (len(study.names) + second) * size.replicates
    each = [len(other.names) * other.size.replicates for other in study.beside.values()]
    mixed = how_many(study)
    beside = sum(each) + mixed
    played = runs + second * worth(study) + beside
    room = disk(study, runs) + sum(map(disk, study.beside.values(), each))
    room += disk(study.curve, mixed) if study.curve is not None else 0.0
    workers = workers_of(study, workers)
    held = memory(study, runs, workers) + beside * len(RUN_MEASURES) * 8 * COPIES
    return Estimate(runs, played * per_run / workers, room / 1e6, held / 1e6, beside)


def estimate_fit(asked: "Asked") -> Estimate:
    """By playing two worlds of a fit through the months observed, and one through some of those to come."""
    from commonweal.fitting.batches import REPLICATES, watched
    from commonweal.fitting.fit import rows_of
    from commonweal.fitting.future import COMMUNITIES, ITEMS, ahead
    from commonweal.fitting.summaries import SUMMARIES

    town, observed, size = asked.town, asked.observed, asked.size
    first, second = rows_of(town, town.prior.sample(2, town.seed))
    strategies = town.strategies
    past = size.first + size.waves * size.later + size.future if observed.dates else 0
    leaders, cores = len(town.roster().ids), town.options.workers or usable_cores()
    at_once = leaders * COMMUNITIES * len(strategies)
    months = min(town.rounds, max(LEAST_ROUNDS, TRIED_LEADER_ROUNDS // at_once))

    def seconds(row: dict, ahead_of: bool) -> float:
        began = time.perf_counter()
        if ahead_of:
            ahead(town.future, [row], strategies, (), town.seed, 0, months)
        else:
            watched(town.past, [row], town.seed, 0, observed, _named(town, observed))
        return time.perf_counter() - began

    whole = 0.0
    for count, ahead_of, times in ((past, False, 1.0), (size.future, True, town.rounds / months)):
        if count:
            seconds(first, ahead_of)  # kernels, and what is read once
            whole += count * seconds(second, ahead_of) * times
    numbers = past * REPLICATES * len(SUMMARIES) + size.future * COMMUNITIES * (len(strategies) + 2 * len(ITEMS))
    tables = max(size.worlds, size.future) * len(town.prior.unknown)
    held = _measured() * (1 if cores == 1 else cores + 1) + 8 * COPIES * (numbers + past * len(town.prior.unknown))
    return Estimate(past + size.future, whole / cores, 8 * (numbers + tables) / 1e6, held / 1e6)


def _named(town: "Town", observed: "Observed") -> tuple[str, ...]:
    """The summaries of what was seen."""
    from commonweal.fitting.summaries import summarise
    from commonweal.fitting.watch import given

    return tuple(summarise(given(observed, town.world()), observed))


def disk(study: Study, runs: int) -> float:
    """Bytes in the study's folder: its parts and, of what is made a table, that too."""
    size, per_round = study.size, study.size.rounds * len(MEASURES) * BYTES
    blocks = -(-runs // min(_replicates(study), BLOCK_REPLICATES)) if size.replicates > 1 else runs
    numbers = runs * len(RUN_MEASURES) * BYTES * (1 if study.baseline is None else 2)
    if study.keep != "runs":
        numbers += 2 * blocks * per_round * SPREAD
    return numbers + (2 * runs * per_round if study.keep == "trajectories" else 0)


def memory(study: Study, runs: int, workers: int) -> float:
    """Bytes, of which this process's are measured once it has played a little: a block in each, tables in this one."""
    per_round = study.size.rounds * len(MEASURES) * 8
    process = _measured() + COPIES * _replicates(study) * per_round
    tables = runs * len(RUN_MEASURES) * 8 * COPIES if study.baseline is not None else 0
    tables += runs * per_round * COPIES if study.keep == "trajectories" else 0
    return process * (1 if workers == 1 else workers + 1) + tables


def _replicates(study: Study) -> int:
    """Replicates in a block."""
    return max(1, min(study.size.replicates, BLOCK_LEADER_ROUNDS // (study.leaders * study.size.rounds)))


def _measured() -> float:
    """The most bytes that this process has had so far; what one is known to take where that is not told (Windows)."""
    if find_spec("resource") is None:
        return PROCESS
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def in_bytes(megabytes: float) -> str:
    """An amount of memory or disk in words."""
    return f"{max(1, megabytes):,.0f} MB" if megabytes < 10_000 else f"{megabytes / 1000:,.0f} GB"


def in_time(seconds: float) -> str:
    """A span of time in words."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = seconds / 60
    if minutes < 100:
        return f"{minutes:.0f} min"
    return f"{minutes / 60:.1f} h" if minutes < 48 * 60 else f"{minutes / 60 / 24:,.0f} days"

"""Dear kernels against the same loops in C, compiled here (kernels.c): equal results, and how many times the time."""

import ctypes
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.batch import Batch
from benchmarks.timing import side_by_side
from commonweal.model import luck
from commonweal.model.levers import Levers
from commonweal.model.mechanisms.meet import encounter, seek
from commonweal.model.mechanisms.talk.talk import listen, state_priorities
from commonweal.model.mechanisms.trust.deeds import judge
from commonweal.model.state import ENCOUNTERS, issues_of

CC = ("-O3", "-march=native", "-ffp-contract=off", "-shared", "-fPIC")
"""no fused multiply-add: it rounds once where the engine rounds twice"""


def against_c(leaders: int = 1_000) -> dict[str, Any]:
    """Per kernel how many times as long as C it takes; why not, where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return {"skipped": "there is no C compiler (cc) on this machine"}
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "kernels.so"
        source = Path(__file__).with_name("kernels.c")
        subprocess.run([compiler, *CC, "-o", str(library), str(source), "-lm"], check=True)
        return _compare(ctypes.CDLL(str(library)), Batch(leaders, "laissez_faire"))


def _compare(c: ctypes.CDLL, batch: Batch) -> dict[str, float]:
    of, (leaders, ties, teams, _, islands) = batch.world, batch.state
    levers = Levers().rows(len(batch.run))
    n, issues = leaders.priorities.shape
    known = issues_of(batch.state)
    talk, meet, round_ = of.talk, of.meet, batch.round
    limit, garble = float(talk.bound), float(talk.noise)  # pyright: ignore[reportAttributeAccessIssue]
    deeds = tuple(float(getattr(of.trust, name)) for name in type(of.trust).model_fields)
    by = (float(meet.by_tie), float(meet.by_tie + meet.by_sector), 1.0 - float(meet.by_reputation))
    met = (float(meet.gain), float(meet.mutual), float(meet.premium))
    widening, alone, forum = talk.widening, talk.self_weight, talk.forum_weight  # pyright: ignore
    pairs = {
        "talk.state_priorities": (
            (leaders.stated, leaders.revised, leaders.talking),
            lambda: state_priorities(batch.state, levers, round_, 0, garble, known),
            lambda: call(c.state_priorities, n, issues, islands.run, leaders.island, leaders.key, leaders.present,
                         leaders.talking, leaders.priorities, leaders.stated, leaders.revised, luck.GARBLE, round_,
                         garble),
        ),
        "talk.listen": (
            (leaders.revised,),
            lambda: listen(batch.state, levers, round_, 0, limit, widening, alone, forum, known),
            lambda: call(c.listen, n, issues, ties.start, ties.to, ties.strength, ties.trust, leaders.present,
                         leaders.talking, leaders.standing, leaders.stated, leaders.priorities, leaders.revised, limit,
                         float(alone)),
        ),
        "trust.judge": (
            (ties.trust, leaders.trusting),
            lambda: judge(batch.state, *deeds),
            lambda: call(c.judge, n, ties.start, ties.to, ties.strength, ties.trust, leaders.present, leaders.accepts,
                         leaders.team, teams.shares, teams.size, leaders.pledged, leaders.pledge,
                         leaders.record, leaders.contribution, leaders.trusting, *deeds),
        ),
    }  # fmt: skip
    pairs["meet.seek"] = (
        (leaders.encounters,),
        lambda: seek(batch.state, round_, 0, *by),
        lambda: call(c.seek, n, islands.sector_start.shape[1] - 1, ENCOUNTERS, ties.start, ties.to, ties.strength,
                     leaders.run, leaders.key, leaders.habitual, leaders.island, leaders.sector, leaders.present,
                     islands.leader_start, islands.sector_start, islands.members, leaders.encounters, luck.HABIT,
                     round_, 0, *by),
    )  # fmt: skip
    pairs["meet.encounter"] = (
        (ties.to, ties.strength, ties.trust),
        lambda: encounter(batch.state, *met),
        lambda: call(c.encounter, n, ENCOUNTERS, ties.start, ties.to, ties.strength, ties.trust, leaders.habitual,
                     leaders.convened, leaders.encounters, leaders.trusting, *met),
    )  # fmt: skip
    ratios = {}
    for name, (written, ours, theirs) in pairs.items():
        before = [array.copy() for array in written]
        ours()
        ours_wrote = [array.copy() for array in written]
        for array, old in zip(written, before, strict=True):
            array[:] = old
        theirs()
        if not all(np.array_equal(one, other, equal_nan=True) for one, other in zip(ours_wrote, written, strict=True)):
            raise RuntimeError(f"{name}: the kernel and C differ")
        kernel, in_c = side_by_side(*(_often(call) for call in (ours, theirs)), repeats=15)
        ratios[name] = kernel / in_c
    return ratios


def _often(call: Any) -> Any:
    return lambda: [call() for _ in range(20)]


def call(function: Any, *arguments: Any) -> None:
    """Call a C function: arrays as pointers, whole numbers as int64, others as double."""
    kinds = {int: ctypes.c_int64, float: ctypes.c_double}
    function(*(ctypes.c_void_p(each.ctypes.data) if isinstance(each, np.ndarray) else kinds[type(each)](each)
               for each in arguments))  # fmt: skip

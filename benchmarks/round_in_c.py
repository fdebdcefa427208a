"""The whole baseline round against C that was written to be fast (round.c): equal in every bit, and how many times."""

import ctypes
import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.against_c import CC
from benchmarks.batch import Batch
from benchmarks.timing import side_by_side
from commonweal.model import luck
from commonweal.model.measures import Measures

KINDS = {"float64": "double", "bool": "uint8_t"}
"""C's types by numpy's, where they are not numpy's name and _t"""
SCRATCH = ("chances",)
"""columns in which nothing is kept from one kernel to the next"""


def round_in_c(sizes: tuple[int, ...] = (30, 100, 1_000), repeats: int = 31) -> dict[str, Any]:
    """By number of leaders how many times as long as C a round takes; why not, where there is no compiler.

    The environment's CC is the compiler, with its words: `CC="clang"`.
    """
    compiler = shlex.split(os.environ.get("CC", "cc"))
    if shutil.which(compiler[0]) is None:
        return {"skipped": f"there is no C compiler ({compiler[0]}) on this machine"}
    return {str(leaders): _compare(leaders, compiler, repeats) for leaders in sizes}


def _compare(leaders: int, compiler: list[str], repeats: int) -> float:
    ours, theirs = Batch(leaders, "laissez_faire"), Batch(leaders, "laissez_faire")
    with tempfile.TemporaryDirectory() as folder:
        in_c = InC(theirs, compiler, Path(folder))
        for _ in range(12):  # until ties have fallen to what they are in most rounds
            ours.play()
            in_c.play()
            refuse_other(ours, theirs)
        engine, c = side_by_side(lambda: ours.play(4), lambda: [in_c.play() for _ in range(4)], repeats=repeats)
        return engine / c


def refuse_other(ours: Batch, theirs: Batch) -> None:
    """Raise RuntimeError where two batches are not the same."""
    other = _columns(theirs)
    for name, column in _columns(ours).items():
        if name.partition("_")[2] not in SCRATCH and not np.array_equal(column, other[name], equal_nan=True):
            raise RuntimeError(f"round {ours.round}: {name} of the engine and of C differ")
    if not np.array_equal(ours.out, theirs.out, equal_nan=True):
        raise RuntimeError(f"round {ours.round}: measures of the engine and of C differ")


def _columns(batch: Batch) -> dict[str, np.ndarray]:
    """The arrays of a state by their table and name."""
    return {
        f"{table}_{name}": array
        for table, columns in zip(batch.state._fields, batch.state, strict=True)
        for name, array in zip(columns._fields, columns, strict=True)
    }


def _numbers(batch: Batch) -> dict[str, float]:
    """What the mechanisms of a world are set to, by what round.c calls it."""
    of = batch.world
    played = of.meet, of.pledge, of.agree, of.decision_rule, of.choose, of.game, of.incentives, of.trust, of.learn
    found = {
        name: float(value)
        for part in (*played, of.talk) for name, value in part.model_dump().items() if isinstance(value, int | float)
    }  # fmt: skip
    return found | {
        "chance": float(of.choose.noise), "in_public": float(of.learn.public),
        "substitution": float(of.people.issue_substitution), "to_sector": float(of.meet.by_tie + of.meet.by_sector),
        "to_friend": 1.0 - float(of.meet.by_reputation),
    }  # fmt: skip


class InC:
    """A batch that is played by round.c."""

    def __init__(self, batch: Batch, compiler: list[str], folder: Path) -> None:
        """Raises RuntimeError where the batch is none that round.c can play."""
        columns, numbers = _columns(batch), _numbers(batch)
        streams = {name: getattr(luck, name) for name in ("HABIT", "GARBLE", "NOISE", "WILLING")}
        starts, groups = columns["ties_start"], np.diff(columns["islands_group_start"])
        if len(columns["teams_size"]) != len(batch.run) or (columns["islands_hub"] >= 0).any():
            raise RuntimeError("round.c plays communities of one team without a hub")
        self._batch, self._found = batch, np.empty((len(Measures._fields), len(batch.run)))
        self._width = columns["islands_ranked"].shape[2]
        sizes = {
            "W": int(np.median(np.diff(starts))), "K": columns["leaders_priorities"].shape[1],
            "GROUPS": int(groups.max()), "SECTORS": columns["islands_sector_start"].shape[1],
        }  # fmt: skip
        kinds = {name: KINDS.get(str(array.dtype), f"{array.dtype}_t") for name, array in columns.items()}
        header = [
            "#include <stdint.h>",
            *(f"#define {name} {size}" for name, size in sizes.items()),
            _struct("State", [f"{kind} *restrict {name}" for name, kind in kinds.items()]),
            _struct("Of", [*(f"double {name}" for name in numbers), *(f"int64_t {name}" for name in streams)]),
            _struct("Out", [f"double *restrict {name}" for name in Measures._fields]),
        ]
        (folder / "state.h").write_text("\n".join(header), encoding="utf-8")
        source, library = Path(__file__).with_name("round.c"), folder / "round.so"
        given = ["-include", str(folder / "state.h"), "-o", str(library), str(source), "-lm"]
        subprocess.run([*compiler, *CC, *given], check=True)
        self._c = ctypes.CDLL(str(library))
        self._state = np.array([array.ctypes.data for array in columns.values()], np.uint64)
        self._of = np.array([*numbers.values(), *np.array([*streams.values()], np.int64).view(float)])
        self._out = np.array([row.ctypes.data for row in self._found], np.uint64)
        self._room = np.empty(2 * self._width)

    def play(self) -> None:
        """One round more."""
        batch, pointer, whole = self._batch, ctypes.c_void_p, ctypes.c_int64
        batch.round += 1
        state, of, out, room = (pointer(each.ctypes.data) for each in (self._state, self._of, self._out, self._room))
        islands, width = whole(len(batch.run)), whole(self._width)
        self._c.play(state, of, out, islands, whole(batch.round), width, room)
        batch.state.islands.ranked.sort(2)
        self._c.finish(state, out, islands, width)
        batch.out[:] = self._found.T


def _struct(name: str, fields: list[str]) -> str:
    return "typedef struct {" + " ".join(f"{each};" for each in fields) + f"}} {name};"

"""The compilation of the kernels that something will need: done before anything else, announced, counted, and kept."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final

from commonweal.commands._terminal import progress, say
from commonweal.errors import InputError
from commonweal.model import kernel
from commonweal.model.cache import CACHE
from commonweal.model.needed import needed
from commonweal.model.world import World
from commonweal.study.pool import Task, perform, usable_cores
from commonweal.study.study import Study

SHARED: Final = 2
"""processes that compile side by side; more of them gain little, since each has to import the compiler"""


def compile_model(worlds: Iterable[World], quiet: bool, workers: int = 0) -> None:
    """Compile the kernels that these worlds call, as far as that was not done before.

    workers: processes; 0 for one per core. Where no folder for the compiled kernels is writable, each process compiles
    what it needs; and so what could not be compiled here, which then says why.
    """
    if os.environ.get("NUMBA_DISABLE_JIT", "0") != "0":
        return
    if CACHE is None:
        if not quiet:
            say(
                "No folder for the compiled model is writable, so every process compiles it anew, about a quarter of a "
                "minute each time; set COMMONWEAL_CACHE to a folder that is."
            )
        return
    missing = [need for need in needed(worlds) if need.kernel.has_a_place() and not need.is_there()]
    if not missing:
        return
    if not quiet:
        say("Compiling what this needs of the model, once for this version of it: about a quarter of a minute.")
    with progress(sys.stderr, quiet, "parts") as notify:
        notify("compiling", 0, len(missing))
        done = 0
        for task, _ in perform(_tasks(missing), min(workers or usable_cores(), SHARED)):
            done += task.cost
            notify("compiling", done, len(missing))


def _tasks(missing: list[kernel.Need]) -> list[Task]:
    """One for each kernel: two processes would keep two versions of one under the same name."""
    by_kernel: dict[kernel.Kernel, list[kernel.Need]] = {}
    for need in missing:
        by_kernel.setdefault(need.kernel, []).append(need)
    return [
        Task(f"{each.__module__}.{each.__name__}", len(needs), _compile, (needs,)) for each, needs in by_kernel.items()
    ]


def _compile(needs: list[kernel.Need]) -> None:
    for need in needs:
        need.compile()


def worlds_of(study: Study) -> Iterator[World]:
    """Worlds in which all that a study varies is varied once: to each alternative, of numbers to the least and most."""
    first, seen = study.changes(0), set[str]()
    for path, values in {"": [None], **study.columns}.items():
        if path.partition(".")[0] == "strategy":
            continue
        there = {repr(value): value for value in values if value is not None} or {"": None}
        if all(isinstance(value, int | float) for value in there.values()):
            there = {repr(value): value for value in (min(there.values()), max(there.values()))}
        for value in there.values():
            changes = first if value is None else first | {path: value}
            if repr(changes) not in seen:
                seen.add(repr(changes))
                with suppress(InputError):  # what cannot be alone in a condition
                    yield study.variation.world(changes)

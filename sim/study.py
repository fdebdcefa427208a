"""Study: conditions are played, strategies are brought to equal spend, and the whole is kept and compared."""

import hashlib
import json
import platform
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from pydantic import Field

from sim import NUMBERS
from sim.analysis.effects import effects
from sim.design import BASELINE, Chunk, Condition, chunks
from sim.errors import InputError
from sim.folder import locked
from sim.params import Factor, Params
from sim.store import Results, Store, load
from sim.work import Failure, Task, Workplace, find_intensity, perform, play_chunk

PILOT = 40
"""replicates by which an intensity is found"""

Notify = Callable[[str, int, int], None]
"""called with what is being done, the runs done and the runs to do"""


class Size(Params):
    """How much is simulated (conf/run)."""

    replicates: int = Field(ge=1, le=10_000_000)
    """replicates of each condition; the same number has the same luck in every condition"""
    rounds: int = Field(ge=1, le=100_000)
    """rounds of each run; a round is a month"""
    seed: int = Field(ge=0, lt=2**63)
    """root of all luck"""
    trajectories: Literal["summary", "all"]
    """whether every replicate's rounds are kept, or their mean and quantiles only"""


@dataclass(frozen=True)
class Study:
    """What is to be compared, and how much of it."""

    experiment: str
    conditions: tuple[Condition, ...]
    """per scenario the baseline and each strategy at full strength"""
    size: Size
    equal_spend: Factor | None
    """MU per leader and round; None for the least that any strategy of the scenario spends in full"""
    config: dict[str, Any]
    """the resolved configuration, for the manifest"""
    command: tuple[str, ...] = field(default=())
    """what was typed, for the manifest"""

    @property
    def identity(self) -> str:
        """A hash of everything that decides the numbers."""
        content = {
            "numbers": NUMBERS,
            "experiment": self.experiment,
            "size": self.size.model_dump(),
            "equal_spend": self.equal_spend,
            "conditions": [[each.name, each.world.fingerprint(), repr(each.own)] for each in self.conditions],
        }
        return hashlib.blake2b(json.dumps(content, sort_keys=True).encode(), digest_size=16).hexdigest()


def run_study(
    study: Study, folder: Path, *, workers: int = 0, place: Workplace | None = None, fresh: bool = False,
    notify: Notify | None = None,
) -> Results:  # fmt: skip
    """Play a study and keep its results in `folder`; what is there already is not played again.

    Raises InputError where the folder cannot be used, or fills up: what was finished is kept.
    """
    store = Store(folder)
    if store.open(study.identity, study.size.model_dump(), fresh):
        return load(folder)
    with locked(folder):
        return _run(study, folder, store, workers, place, notify)


def _run(
    study: Study, folder: Path, store: Store, workers: int, place: Workplace | None, notify: Notify | None
) -> Results:
    player = _Player(study, store, workers, place, notify or (lambda *_: None))
    manifest = _manifest(study) | {"runs": player.total}
    began = time.monotonic()
    try:
        store.write_manifest(manifest | {"status": "unfinished"})
        player.play(study.conditions)
        player.play(player.at_equal_spend())
        if len(player.failures) == len(player.chunks):
            raise InputError(f"every run failed; the first said: {next(iter(player.failures.values())).error}")
        runs = store.runs_table(player.chunks, player.failures).to_pandas()
        store.finish(player.chunks, player.failures, effects(runs[runs.status == "succeeded"]))
        failed = {name: failure.error for name, failure in player.failures.items()}
        manifest |= {"status": "finished", "seconds": time.monotonic() - began, "failed": failed, "runs": len(runs)}
        manifest["intensities"] = player.intensities
        store.write_manifest(manifest)
        if not failed:
            store.clear_parts()
    except OSError as error:
        raise InputError(
            f"{folder} cannot be written: {error.strerror or error}; what was finished is kept: "
            f"make room and run the same command with out={folder} again"
        ) from None
    return load(folder)


class _Player:
    """Plays conditions through the store, and remembers what failed."""

    def __init__(self, study: Study, store: Store, workers: int, place: Workplace | None, notify: Notify) -> None:
        self.study, self.store, self.workers, self.place, self.notify = study, store, workers, place, notify
        self.chunks: list[Chunk] = []
        self.failures: dict[str, Failure] = {}
        self.intensities: dict[str, float] = {}
        equal = [each for each in study.conditions if each.basis != "baseline"]
        self.matched = len({each.strategy for each in equal}) > 1 or study.equal_spend is not None
        self.total = (len(study.conditions) + len(equal) * self.matched) * study.size.replicates
        self.done = 0

    def play(self, conditions: tuple[Condition, ...]) -> None:
        """Every chunk of the conditions that is not done yet."""
        size = self.study.size
        mine = {chunk.name: chunk for each in conditions for chunk in chunks(each, size.replicates, size.rounds)}
        self.chunks += mine.values()
        todo = [chunk for chunk in mine.values() if not self.store.has(chunk)]
        runs = [chunk.last - chunk.first for chunk in mine.values()], [chunk.last - chunk.first for chunk in todo]
        self._advance("resuming", sum(runs[0]) - sum(runs[1]))
        keep = size.trajectories == "all"
        tasks = [
            Task(each.name, each.last - each.first, play_chunk, (each, size.seed, size.rounds, keep)) for each in todo
        ]
        for task, result in perform(tasks, self.workers, self.place):
            if isinstance(result, Failure):
                self.failures[task.name] = result
            else:
                self.store.add(mine[task.name], result)
            self._advance("simulating", task.cost)

    def at_equal_spend(self) -> tuple[Condition, ...]:
        """Each strategy once more, at the intensity at which all spend the same."""
        if not self.matched:
            return ()
        spends = self._spends()
        size = self.study.size
        tasks: dict[str, Condition] = {}
        targets: dict[str, float] = {}
        for each in self.study.conditions:
            if each.basis == "baseline" or (each.scenario, each.strategy) not in spends:
                continue
            costly = [spend for (scenario, _), spend in spends.items() if scenario == each.scenario and spend > 0]
            if not costly:
                continue
            name = f"intensity.{each.name}"
            tasks[name] = each
            targets[name] = min(costly) if self.study.equal_spend is None else self.study.equal_spend
            found = self.store.recall(name)
            if found is not None:
                self.intensities[name] = found
        todo = [
            Task(name, 0, find_intensity, (each, targets[name], size.seed, min(PILOT, size.replicates), size.rounds))
            for name, each in tasks.items()
            if name not in self.intensities
        ]
        if todo:
            self.notify(f"finding equal spend (0 of {len(todo)})", self.done, self.total)
        for number, (task, found) in enumerate(perform(todo, self.workers, self.place), 1):
            if isinstance(found, Failure):
                raise InputError(f"the equal spend of {tasks[task.name].name} could not be found: {found.error}")
            self.intensities[task.name] = found
            self.store.remember(task.name, found)
            self.notify(f"finding equal spend ({number} of {len(todo)})", self.done, self.total)
        return tuple(each.at(self.intensities[name]) for name, each in tasks.items())

    def _spends(self) -> dict[tuple[str, str], float]:
        """Mean spend per scenario and strategy at full strength."""
        table = self.store.runs_table([each for each in self.chunks if each.name not in self.failures], {})
        runs = table.select(["scenario", "strategy", "basis", "spend"]).to_pandas()
        full = runs[runs.basis == "full strength"]
        means: pd.Series = full.groupby(["scenario", "strategy"])["spend"].mean()
        return {key: float(value) for key, value in means.items()}  # pyright: ignore

    def _advance(self, what: str, runs: int) -> None:
        self.done += runs
        if runs:
            self.notify(what, self.done, self.total)


def _manifest(study: Study) -> dict[str, Any]:
    """What is needed to know where results came from, and to make them again."""
    return provenance(study.size, study.config, study.command) | {
        "identity": study.identity,
        "experiment": study.experiment,
        "scenarios": list(dict.fromkeys(each.scenario for each in study.conditions)),
        "strategies": list(dict.fromkeys(each.strategy for each in study.conditions)),
        "baseline": BASELINE,
        "leaders": study.conditions[0].world.community.size,
    }


def provenance(size: Size, config: dict[str, Any], command: Sequence[str]) -> dict[str, Any]:
    """What any study's manifest tells: how much was asked for, how, of what version, on what machine, when."""
    return {**size.model_dump(), "config": config, **origin(command)}


def origin(command: Sequence[str]) -> dict[str, Any]:
    """What made a result: the version of the numbers, the command, the software, the machine, and when."""
    return {
        "numbers": NUMBERS,
        "command": list(command),
        "versions": _versions(),
        "git": _git(),
        "machine": {"system": platform.system(), "architecture": platform.machine()},
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
    }


@cache
def _versions() -> dict[str, str]:
    packages = (
        "commonweal", "mesa", "numpy", "numba", "pandas", "scipy", "pyarrow", "hydra-core", "networkx", "pydantic",
    )  # fmt: skip
    return {"python": platform.python_version()} | {name: version(name) for name in packages}


def _git() -> dict[str, Any] | None:
    """The commit of the source tree, and whether it was changed since; None outside a clone."""
    here = Path(__file__).parent

    def ask(*question: str) -> str:
        return subprocess.run(
            ["git", "-C", here, *question], capture_output=True, text=True, check=True, timeout=10
        ).stdout

    try:
        if Path(ask("rev-parse", "--show-toplevel").strip()).resolve() != here.parent.resolve():
            return None
        return {"commit": ask("rev-parse", "HEAD").strip(), "dirty": bool(ask("status", "--porcelain").strip())}
    except (OSError, subprocess.SubprocessError):
        return None

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
from typing import Any, Final, Literal

import numpy as np
from pydantic import Field

from commonweal.analysis.effects import effects
from commonweal.errors import InputError
from commonweal.model.numbers import NUMBERS
from commonweal.model.params import Factor, Params
from commonweal.model.run import RUN_MEASURES
from commonweal.study.conditions import BASELINE, Chunk, Condition, chunks
from commonweal.study.folder import locked, read_manifest
from commonweal.study.pool import Failure, Task, Workplace, find_intensity, perform, play_chunk
from commonweal.study.schema import ROUNDS
from commonweal.study.store import Results, Store, load

PILOT = 40
"""replicates by which an intensity is found"""
SEARCH: Final = "intensity."
"""how the names of parts begin that hold one"""

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
        """A hash of everything that decides the numbers but which conditions and how many replicates there are."""
        content = {
            "numbers": NUMBERS,
            "experiment": self.experiment,
            "size": self.size.model_dump(exclude={"replicates"}),
            "equal_spend": self.equal_spend,
            "rounds": list(ROUNDS),
        }
        return hashlib.blake2b(json.dumps(content, sort_keys=True).encode(), digest_size=16).hexdigest()

    @property
    def fingerprints(self) -> dict[str, str]:
        """What decides the numbers of each condition, by its name."""
        return {each.name: each.fingerprint for each in self.conditions}


def run_study(
    study: Study, folder: Path, *, workers: int = 0, place: Workplace | None = None, fresh: bool = False,
    notify: Notify | None = None,
) -> Results:  # fmt: skip
    """Play a study and keep its results in `folder`; what is there already is not played again.

    A folder with some of its conditions, or fewer replicates of them, is extended: the same bits come of it.
    Raises InputError where the folder cannot be used, or fills up: what was finished is kept.
    """
    store = Store(folder, study.identity)
    if store.open(study.fingerprints, study.size.model_dump(), fresh):
        return load(folder)
    with locked(folder):
        return _run(study, folder, store, workers, place, notify)


def _run(
    study: Study, folder: Path, store: Store, workers: int, place: Workplace | None, notify: Notify | None
) -> Results:
    player = _Player(study, store, workers, place, notify or (lambda *_: None))
    manifest = _manifest(study) | {"status": "unfinished", "runs": player.total}
    earlier = read_manifest(folder) or {}
    manifest["started"] = earlier.get("started", manifest["started"])
    began = time.monotonic() - earlier.get("seconds", 0.0)
    try:
        store.sweep_up()
        store.write_manifest(manifest)
        player.play(study.conditions)
        matched = player.at_equal_spend()
        manifest |= {"matched": {each.name: each.fingerprint for each in matched}, "intensities": player.intensities}
        store.write_manifest(manifest)
        player.play(matched)
        if len(player.failures) == len(player.chunks):
            raise InputError(f"every run failed; the first said: {next(iter(player.failures.values())).error}")
        tables = store.tables(player.chunks, player.failures)
        runs = tables["runs"].to_pandas()
        manifest["tables"] = store.write_tables(tables, effects(runs[runs.status == "succeeded"]))
        failed = {name: failure.error for name, failure in player.failures.items()}
        manifest |= {"status": "finished", "seconds": time.monotonic() - began, "failed": failed, "runs": len(runs)}
        store.write_manifest(manifest)
        store.drop_but({chunk.name for chunk in player.chunks} | player.searches)
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
        self.searches: set[str] = set()
        """the parts that hold them"""
        equal = [each for each in study.conditions if each.basis != "baseline"]
        self.matched = len({each.strategy for each in equal}) > 1 or study.equal_spend is not None
        self.total = (len(study.conditions) + len(equal) * self.matched) * study.size.replicates
        self.pilot = min(PILOT, study.size.replicates)
        self.done = 0

    def play(self, conditions: tuple[Condition, ...]) -> None:
        """Every chunk of the conditions that is not done yet."""
        size = self.study.size
        mine = {chunk.name: chunk for each in conditions for chunk in chunks(each, size.replicates, size.rounds)}
        self.chunks += mine.values()
        whole = self.store.whole()
        todo = [chunk for chunk in mine.values() if chunk.name not in whole]
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
        searches: dict[str, tuple[Condition, float]] = {}
        for each in self.study.conditions:
            beside = [spends.get(other.name, 0.0) for other in self.study.conditions if other.scenario == each.scenario]
            costly = [spend for spend in beside if spend > 0]
            if each.name in spends and costly:
                target = min(costly) if self.study.equal_spend is None else self.study.equal_spend
                searches[_search(each, target, self.pilot)] = each, target
        self.searches = set(searches)
        whole = self.store.whole()
        todo = [
            Task(name, 0, find_intensity, (each, target, size.seed, self.pilot, size.rounds))
            for name, (each, target) in searches.items()
            if name not in whole
        ]
        if todo:
            self.notify(f"finding equal spend (0 of {len(todo)})", self.done, self.total)
        for number, (task, found) in enumerate(perform(todo, self.workers, self.place), 1):
            if isinstance(found, Failure):
                name = searches[task.name][0].name
                raise InputError(f"the equal spend of {name} could not be found: {found.error}")
            self.store.keep(task.name, intensity=np.array(found))
            self.notify(f"finding equal spend ({number} of {len(todo)})", self.done, self.total)
        return tuple(self._matched(name, each) for name, (each, _) in searches.items())

    def _matched(self, search: str, condition: Condition) -> Condition:
        """A condition at the intensity that was found for it."""
        arrays = self.store.kept(search)
        assert arrays is not None
        self.intensities[condition.name] = float(arrays["intensity"])
        return condition.at(self.intensities[condition.name])

    def _spends(self) -> dict[str, float]:
        """Mean spend of each condition at full strength, over the replicates by which intensities are found.

        Those are the same however many replicates there are beyond them.
        """
        spend = list(RUN_MEASURES).index("spend")
        found: dict[str, list[np.ndarray]] = {}
        for chunk in self.chunks:
            if chunk.first < self.pilot and chunk.condition.basis != "baseline" and chunk.name not in self.failures:
                runs = self.store.result(chunk).runs[: self.pilot - chunk.first, spend]
                found.setdefault(chunk.condition.name, []).append(runs)
        return {name: float(np.concatenate(runs).mean()) for name, runs in found.items()}

    def _advance(self, what: str, runs: int) -> None:
        self.done += runs
        if runs:
            self.notify(what, self.done, self.total)


def is_search(name: str) -> bool:
    """Whether a part of that name holds an intensity."""
    return name.startswith(SEARCH)


def _search(condition: Condition, target: float, replicates: int) -> str:
    """The name of the part that holds the intensity at which a condition spends so much."""
    digest = hashlib.blake2b(f"{target!r} {replicates}".encode(), digest_size=4).hexdigest()
    return f"{SEARCH}{condition.name}.{condition.fingerprint}.{digest}"


def _manifest(study: Study) -> dict[str, Any]:
    """What is needed to know where results came from, and to make them again."""
    return provenance(study.size, study.config, study.command) | {
        "identity": study.identity,
        "experiment": study.experiment,
        "scenarios": list(dict.fromkeys(each.scenario for each in study.conditions)),
        "strategies": list(dict.fromkeys(each.strategy for each in study.conditions)),
        "baseline": BASELINE,
        "leaders": study.conditions[0].world.community.size,
        "conditions": study.fingerprints,
        "matched": {},
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
        if Path(ask("rev-parse", "--show-toplevel").strip()).resolve() != here.parents[2].resolve():
            return None
        return {"commit": ask("rev-parse", "HEAD").strip(), "dirty": bool(ask("status", "--porcelain").strip())}
    except (OSError, subprocess.SubprocessError):
        return None

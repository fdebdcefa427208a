"""Gallery: every figure of a study, drawn into its folder."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from commonweal.figures.bands import bands
from commonweal.figures.community import community
from commonweal.figures.cost_benefit import cost_benefit
from commonweal.figures.equity import equity
from commonweal.figures.labels import words
from commonweal.figures.save import save
from commonweal.figures.strategy_effects import strategy_effects
from commonweal.figures.trajectories import trajectories
from commonweal.study.conditions import BASELINE, Condition
from commonweal.study.pool import Failure, Task, perform
from commonweal.study.store import Results

MEASURES = ("welfare_net", "cooperation", "worst_off", "trust")
"""measures whose effects are drawn"""
ALONE = 10
"""figures up to which this process has drawn them before others have started"""


def draw_all(
    results: Results, folder: Path, conditions: Sequence[Condition], workers: int = 1, few: bool = False
) -> list[Path]:
    """Draw a study's figures as PNG and SVG and return where they are.

    conditions: those of the study, for the pictures of a community. workers: processes, as in
    commonweal.study.pool.perform. few: effects and trajectories only, as for a job of a sweep.
    Raises OSError where the folder cannot be written, RuntimeError where a figure cannot be drawn.
    """
    folder.mkdir(parents=True, exist_ok=True)
    figures = list(_effects(results, few)) + list(_rounds(results, few))
    if not few:
        figures += _communities(results, conditions)
    tasks = [Task(name, 1, _draw, (folder / name, draw, *arguments)) for name, draw, *arguments in figures]
    written: dict[str, list[Path]] = {}
    for task, done in perform(tasks, workers if len(tasks) > ALONE else 1):
        if isinstance(done, OSError):
            raise done
        if isinstance(done, Failure):
            raise RuntimeError(f"{task.name}: {done.error}")
        written[task.name] = done
    return [path for task in tasks for path in written[task.name]]


def _effects(results: Results, few: bool) -> Iterator[tuple[Any, ...]]:
    """Names of figures of effects, the functions that draw them, and their arguments."""
    effects = results.effects
    if effects.empty:
        return
    for measure in MEASURES:
        yield f"effects_{measure}", strategy_effects, effects[effects["measure"] == measure], measure
    for basis in () if few else effects["basis"].unique():
        suffix = basis.replace(" ", "_")
        yield f"equity_{suffix}", equity, effects, basis
        yield f"cost_benefit_{suffix}", cost_benefit, effects, basis


def _rounds(results: Results, few: bool) -> Iterator[tuple[Any, ...]]:
    """The same of figures of rounds."""
    there = results.rounds["scenario"]
    for scenario in results.manifest["scenarios"]:
        rounds = results.rounds[there == scenario]
        yield f"trajectories_{scenario}", trajectories, rounds, scenario
        if not few:
            yield f"bands_{scenario}", bands, rounds, scenario


def _communities(results: Results, conditions: Sequence[Condition]) -> Iterator[tuple[Any, ...]]:
    """The same of pictures of a community."""
    seed, rounds = results.manifest["seed"], results.manifest["rounds"]
    for condition in _nothing_and_best(results, conditions):
        yield f"community_{condition.scenario}_{condition.strategy}", _before_and_after, condition, seed, rounds


def _draw(path: Path, draw: Callable[..., Figure], *arguments: Any) -> list[Path] | OSError:
    """Draw one figure, perhaps in another process, and save it. What the disk refuses is returned, not raised."""
    figure = draw(*arguments)
    try:
        return save(figure, path)
    except OSError as error:
        return error


def _nothing_and_best(results: Results, conditions: Sequence[Condition]) -> list[Condition]:
    """In the first scenario: laissez-faire, and the strategy that does most for welfare net of spend."""
    first = results.manifest["scenarios"][0]
    there = {each.strategy: each for each in conditions if each.scenario == first}
    effects = results.effects
    net = effects.query("scenario == @first and measure == 'welfare_net' and basis == 'full strength'")
    best = [net.loc[net["effect"].idxmax(), "strategy"]] if len(net) else []
    return [there[name] for name in (BASELINE, *best) if name in there]


def _before_and_after(condition: Condition, seed: int, rounds: int) -> Figure:
    """The community of replicate 0, before the first round and after the last."""
    from commonweal.agents.cooperation import Cooperation, Leader

    own = condition.own
    model = Cooperation(
        condition.world, seed, 0, rounds,
        leader_class=own.leader_class if own else Leader, only=own.only if own else None,
    )  # fmt: skip
    before = model.graph()
    for leader in before.nodes.values():
        leader["contribution"] = None  # nobody has been asked yet
    for _ in range(rounds):
        model.step()
    after = f"after {rounds} rounds of {words(condition.strategy)}"
    return community(before, model.graph(), ("before the first round", after))

"""Gallery: every figure of a study, drawn into its folder."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from commonweal.agents.graph import tie_graph
from commonweal.analysis.in_units import in_units
from commonweal.analysis.results import Results
from commonweal.analysis.singles import singles
from commonweal.analysis.worlds import of_worlds
from commonweal.figures.agenda import agenda
from commonweal.figures.bands import bands
from commonweal.figures.community import community
from commonweal.figures.cost_benefit import cost_benefit
from commonweal.figures.cost_curves import cost_curves
from commonweal.figures.equity import equity
from commonweal.figures.fan import fan
from commonweal.figures.group_gains import group_gains
from commonweal.figures.labels import words
from commonweal.figures.over_scenarios import over_scenarios
from commonweal.figures.ranks import ranks
from commonweal.figures.save import save
from commonweal.figures.strategy_effects import strategy_effects
from commonweal.figures.trajectories import trajectories
from commonweal.figures.worlds import worlds
from commonweal.model import luck
from commonweal.model.community.labels import labels
from commonweal.model.community.populate import populate
from commonweal.model.measures import HEADLINES, MEASURES
from commonweal.model.round import begin, play
from commonweal.model.world import World
from commonweal.study.conditions import BASELINE, EQUAL
from commonweal.study.play import Notify
from commonweal.study.pool import Failure, Task, perform
from commonweal.study.study import Study
from commonweal.units import Units, told_in, units_of

Condition = tuple[World, str, Any, int, int]
"""a world, what its strategy is called, leaders of one's own, the seed, rounds"""

PRIMARY = "welfare_net"
"""the outcome that decides"""
DRAWING = "drawing the figures"
ALONE = 20
"""figures up to which this process has drawn them before others have started"""


def draw_all(
    results: Results, folder: Path, study: Study, workers: int = 1, few: bool = False, notify: Notify | None = None
) -> list[Path]:  # fmt: skip
    """Draw a study's figures as PNG and SVG and return where they are.

    study: what was played, for the pictures of a community. workers: processes, as in
    commonweal.study.pool.perform. few: effects and trajectories only, as for a job of a sweep. notify: told of each
    that is done.
    Raises OSError where the folder cannot be written, RuntimeError where a figure cannot be drawn.
    """
    folder.mkdir(parents=True, exist_ok=True)
    units, results = units_of(results.manifest), in_units(results)
    figures = list(_effects(results, few)) + list(_rounds(results, few))
    if not few:
        figures += [*_worlds(results), *_curves(results), *_communities(results, study)]
    tasks = [Task(name, 1, _draw, (folder / name, units, draw, *arguments)) for name, draw, *arguments in figures]
    written: dict[str, list[Path]] = {}
    tell = notify or (lambda *_: None)
    tell(DRAWING, 0, len(tasks))
    for task, done in perform(tasks, workers if len(tasks) > ALONE else 1):
        if isinstance(done, OSError):
            raise done
        if isinstance(done, Failure):
            raise RuntimeError(f"{task.name}: {done.error}")
        written[task.name] = done
        tell(DRAWING, len(written), len(tasks))
    return [path for task in tasks for path in written[task.name]]


def _effects(results: Results, few: bool) -> Iterator[tuple[Any, ...]]:
    """Names of figures of effects, the functions that draw them, and their arguments."""
    effects, worlds = results.effects, results.worlds if len(results.worlds) else None
    if effects.empty:
        return
    several = len(set(effects["scenario"])) > 1
    for measure in HEADLINES:
        of, ours = effects[effects["measure"] == measure], (measure, None, worlds)
        if several:
            yield f"over_scenarios_{measure}", over_scenarios, of, *ours
        if not several or measure == PRIMARY:  # of the others, panels by scenario would say the same
            yield f"effects_{measure}", strategy_effects, of, *ours
    if few:
        return
    bases = list(effects["basis"].unique())
    yield f"equity_{_named(bases[0])}", equity, effects, bases[0]
    yield f"cost_benefit_{_named(bases[0])}", cost_benefit, effects, bases[0]
    runs, basis = results.runs, EQUAL if EQUAL in bases else bases[0]
    yield f"ranks_{_named(basis)}", ranks, runs[runs["status"] == "succeeded"], basis


def _worlds(results: Results) -> Iterator[tuple[Any, ...]]:
    """The same of figures of the worlds of an ensemble."""
    if results.worlds.empty:
        return
    said = of_worlds(results.manifest)
    for basis in results.worlds["basis"].unique():
        yield f"worlds_{_named(basis)}", worlds, results.worlds, basis, "welfare_net", said


def _curves(results: Results) -> Iterator[tuple[Any, ...]]:
    """The same of cost curves."""
    if not results.curves.empty:
        yield "cost_curves", cost_curves, results.curves


def _rounds(results: Results, few: bool) -> Iterator[tuple[Any, ...]]:
    """The same of figures of rounds; bands of the first scenario alone."""
    there = results.rounds["scenario"]
    for at, scenario in enumerate(results.manifest["scenarios"]):
        rounds = results.rounds[there == scenario]
        yield f"trajectories_{scenario}", trajectories, rounds, scenario
        if not few and at == 0:
            yield f"bands_{scenario}", bands, rounds, scenario


def _communities(results: Results, study: Study) -> Iterator[tuple[Any, ...]]:
    """The same of pictures of a community, and of twenty with nothing done and with the best strategy."""
    scenario, found = study.scenarios[0], []
    for strategy in _nothing_and_best(results, scenario):
        at = next(
            (at for at, each in enumerate(study.columns["strategy"])
             if (study.columns["scenario"][at], each) == (scenario, strategy)), None,
        )  # fmt: skip
        if at is not None:
            found.append((study.world(at), strategy, study.own, study.size.seed, study.size.rounds))
            yield f"community_{scenario}_{strategy}", before_and_after, *found[-1]
    if len(found) == 2:
        yield f"fan_{scenario}", _beside_nothing, fan, *found, scenario
        yield f"group_gains_{scenario}", _beside_nothing, group_gains, *found, scenario
        yield f"agenda_{scenario}", _beside_nothing, agenda, *found, scenario


def _draw(path: Path, units: Units, draw: Callable[..., Figure], *arguments: Any) -> list[Path] | OSError:
    """Draw one figure, perhaps in another process, and save it. What the disk refuses is returned, not raised."""
    with told_in(units):
        figure = draw(*arguments)
    try:
        return save(figure, path)
    except OSError as error:
        return error


def _nothing_and_best(results: Results, scenario: str) -> list[str]:
    """Laissez-faire, and the strategy that does most for welfare net of spend."""
    net = results.effects.query("scenario == @scenario and measure == 'welfare_net' and basis == 'full strength'")
    return [BASELINE, *([str(net.loc[net["effect"].idxmax(), "strategy"])] if len(net) else [])]


def _named(basis: str) -> str:
    return basis.replace(" ", "_")


def _beside_nothing(draw: Callable[..., Figure], nothing: Condition, with_it: Condition, *more: Any) -> Figure:
    """A figure of single communities under two conditions, which are played for it."""
    return draw(singles(*nothing), singles(*with_it), *more)


def before_and_after(world: World, strategy: str, own: Any, seed: int, rounds: int) -> Figure:
    """The community of replicate 0, before the first round and after the last."""
    state = populate(
        world.community, world.people, world.scenario.conditions, luck.run_keys(seed, range(1)), world.game.team
    )
    begin(world, state)
    choosing = (lambda _: ()) if own is None else own.choosing(world, state)
    names, out = labels(world.community, world.people), np.empty((1, len(MEASURES)))
    before = tie_graph(state, names)
    for leader in before.nodes.values():
        leader["contribution"] = None  # nobody has been asked yet
    for round_ in range(1, rounds + 1):
        play(world, state, round_, rounds, out, choosing(round_))
    after = f"after {rounds} months of {words(strategy)}"
    return community(before, tie_graph(state, names), ("before the first month", after))

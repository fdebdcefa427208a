"""Gallery: every figure of a study, drawn into its folder."""

from collections.abc import Sequence
from pathlib import Path

from sim.design import BASELINE, Condition
from sim.figures.bands import bands
from sim.figures.community import community
from sim.figures.cost_benefit import cost_benefit
from sim.figures.equity import equity
from sim.figures.save import save
from sim.figures.strategy_effects import strategy_effects
from sim.figures.trajectories import trajectories
from sim.figures.words import words
from sim.store import Results

MEASURES = ("welfare_net", "cooperation", "worst_off", "trust")
"""measures whose effects are drawn"""


def draw_all(results: Results, folder: Path, conditions: Sequence[Condition]) -> list[Path]:
    """Draw a study's figures as PNG and SVG and return where they are.

    conditions: those of the study, for the pictures of a community. Raises OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    effects, rounds = results.effects, results.rounds
    if not effects.empty:
        for measure in MEASURES:
            written += save(strategy_effects(effects, measure), folder / f"effects_{measure}")
        for basis in effects["basis"].unique():
            suffix = basis.replace(" ", "_")
            written += save(equity(effects, basis), folder / f"equity_{suffix}")
            written += save(cost_benefit(effects, basis), folder / f"cost_benefit_{suffix}")
    for scenario in results.manifest["scenarios"]:
        written += save(trajectories(rounds, scenario), folder / f"trajectories_{scenario}")
        written += save(bands(rounds, scenario), folder / f"bands_{scenario}")
    for condition in _nothing_and_best(results, conditions):
        name = f"community_{condition.scenario}_{condition.strategy}"
        written += save(_before_and_after(condition, results), folder / name)
    return written


def _nothing_and_best(results: Results, conditions: Sequence[Condition]) -> list[Condition]:
    """In the first scenario: laissez-faire, and the strategy that does most for welfare net of spend."""
    first = results.manifest["scenarios"][0]
    there = {each.strategy: each for each in conditions if each.scenario == first}
    effects = results.effects
    net = effects.query("scenario == @first and measure == 'welfare_net' and basis == 'full strength'")
    best = [net.loc[net["effect"].idxmax(), "strategy"]] if len(net) else []
    return [there[name] for name in (BASELINE, *best) if name in there]


def _before_and_after(condition: Condition, results: Results):
    """The community of replicate 0, before the first round and after the last."""
    from sim.model import Cooperation, Leader

    own = condition.own
    model = Cooperation(
        condition.world, results.manifest["seed"], 0, results.manifest["rounds"],
        leader_class=own.leader_class if own else Leader, only=own.only if own else None,
    )  # fmt: skip
    before = model.graph()
    for _ in range(results.manifest["rounds"]):
        model.step()
    after = f"after {results.manifest['rounds']} rounds of {words(condition.strategy)}"
    return community(before, model.graph(), ("before", after))

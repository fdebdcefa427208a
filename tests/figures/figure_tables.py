"""Tables as the laboratory writes them, made up: known numbers, real columns."""

import networkx as nx
import numpy as np
import pandas as pd

from commonweal.analysis.effects import COLUMNS
from commonweal.study.blocks import QUANTILES

SCENARIOS = ("calm", "polarised", "crisis")
STRATEGIES = (
    "build_relationships", "common_goals", "incentives", "communication", "shared_vision", "inclusion",
    "lead_by_example", "all",
)  # fmt: skip
BASES = ("full strength", "equal spend")
PEOPLE_PER_LEADER = 1000.0
OF_EFFECTS = ("welfare", "welfare_net", "worst_off", "gini", "trust", "cross_sector_ties", "money")
OF_ROUNDS = ("cooperation", "trust", "welfare_net", "worst_off")
"""a few of the measures, to be quick"""


def make_effects(scenarios=SCENARIOS, strategies=STRATEGIES, bases=BASES, replicates=40) -> pd.DataFrame:
    """Effects of any strategies: later ones larger; welfare_net is welfare less money per person, as in the model."""
    luck = np.random.default_rng(7)
    rows = []
    for scenario in scenarios:
        for basis in bases:
            for rank, strategy in enumerate(strategies):
                size = (rank - 2) * (0.04 if basis == "full strength" else 0.008) + luck.normal(0, 0.002)
                money = 3.0 + 2.0 * rank
                values = {measure: luck.normal(size, 0.01) for measure in OF_EFFECTS}
                values |= {"welfare": size, "welfare_net": size - money / PEOPLE_PER_LEADER, "money": money}
                for measure, effect in values.items():
                    half = np.nan if replicates < 2 else 0.1 * abs(effect)
                    rows.append({
                        "scenario": scenario, "strategy": strategy, "basis": basis, "measure": measure,
                        "effect": effect, "low": effect - half, "high": effect + half, "p": 0.01, "p_holm": 0.04,
                        "mean": 0.5 + effect, "baseline": 0.5, "n": replicates, "intensity": 1.0,
                        "spend": 1.5 * money, "prob_best": 0.1, "rank": float(rank + 1),
                    })  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def make_rounds(scenarios=SCENARIOS, strategies=STRATEGIES, bases=BASES, rounds=36) -> pd.DataFrame:
    """Rounds: decay under laissez-faire, less of it under later strategies."""
    at = np.arange(1, rounds + 1)
    conditions = [("laissez_faire", "baseline"), *((name, basis) for basis in bases for name in strategies)]
    tables = []
    for scenario in scenarios:
        for strategy, basis in conditions:
            rank = strategies.index(strategy) + 1 if strategy in strategies else 0
            for measure in OF_ROUNDS:
                mean = 0.4 * np.exp(-at / 10) + 0.05 * rank
                quantiles = {f"q{round(100 * q):02d}": mean + 0.2 * (q - 0.5) for q in QUANTILES}
                tables.append(pd.DataFrame({
                    "scenario": scenario, "strategy": strategy, "basis": basis, "intensity": 1.0, "round": at,
                    "measure": measure, "n": 40, "mean": mean, "sd": 0.1, **quantiles,
                }))  # fmt: skip
    return pd.concat(tables, ignore_index=True)


def make_graph(leaders=12, seed=1, contribution=0.4, name="Leader {}") -> nx.DiGraph:
    """A ring with chords; each tie goes both ways but the last chord."""
    luck = np.random.default_rng(seed)
    graph = nx.DiGraph()
    for i in range(leaders):
        graph.add_node(
            i, name=name.format(i), sector=("faith", "business", "agency")[i % 3], group=f"group {i % 2}",
            contribution=contribution * (i + 1) / leaders, belief=0.4, standing=1.0, seated=i % 4 != 0,
        )  # fmt: skip
    pairs = [(i, (i + step) % leaders) for step in (1, 3) for i in range(leaders) if leaders > step]
    for i, j in pairs:
        for ends in ((i, j), (j, i)):
            graph.add_edge(*ends, strength=float(luck.uniform(0.1, 1)), trust=float(luck.uniform(0.2, 0.8)))
    if pairs:
        graph.remove_edge(*reversed(pairs[-1]))
    return graph

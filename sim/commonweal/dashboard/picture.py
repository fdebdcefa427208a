"""What the page draws: the community of a model as plain values, one leader, and lines with bands."""

from typing import Any

import networkx as nx
import numpy as np

from commonweal.agents.cooperation import Cooperation, Leader
from commonweal.dashboard.ensemble import EnsembleResult
from commonweal.figures.animation import sector_hues
from commonweal.figures.labels import label
from commonweal.model.measures import MEASURES
from commonweal.report.answer import number
from commonweal.units import told

COLOURS = {"nothing": "var(--cw-nothing)", "A": "var(--cw-a)", "B": "var(--cw-b)"}
"""of lines, as the page's style sets them by day and by night"""

TIES = 3000
"""ties that are drawn, the strongest: more are a blot, and slow"""
TRUSTED = 12
"""leaders whom a leader trusts most that are named"""


def places(model: Cooperation) -> dict[int, tuple[float, float]]:
    """Where each leader is drawn, 0..1 both ways; the same for the same ties."""
    graph = nx.Graph(model.graph())
    found = nx.spring_layout(graph, seed=1, k=1.6 / max(1, len(graph)) ** 0.5)
    at = np.array([found[node] for node in graph])
    at = (at - at.min(axis=0)) / np.maximum(np.ptp(at, axis=0), 1e-9)
    return {node: (float(x), float(y)) for node, (x, y) in zip(graph, at, strict=True)}


def community(model: Cooperation, at: dict[int, tuple[float, float]]) -> dict[str, list[dict[str, Any]]]:
    """Leaders with their giving and the colour of their sector, ties with their trust: the `TIES` strongest.

    And the sectors with their colours.
    """
    graph = model.graph()
    hues = sector_hues(data["sector"] for _, data in graph.nodes(data=True))
    nodes = [
        {"row": row, "x": at[row][0], "y": at[row][1], "name": data["name"], "giving": float(data["contribution"]),
         "seated": bool(data["seated"]), "colour": hues[data["sector"]]}
        for row, data in graph.nodes(data=True) if data["present"]
    ]  # fmt: skip
    there = {node["row"] for node in nodes}
    ties = [
        {"from": i, "to": j, "trust": data["trust"], "strength": data["strength"]}
        for i, j, data in graph.edges(data=True) if i in there and j in there
    ]  # fmt: skip
    if len(ties) > TIES:
        ties = sorted(ties, key=_strongest)[:TIES]
    return {"nodes": nodes, "ties": ties, "sectors": [{"name": name, "colour": hues[name]} for name in hues]}


def _strongest(tie: dict[str, Any]) -> tuple[float, int]:
    """Sorts ties, both directions together; those of one strength in no leader's favour."""
    low, high = sorted((tie["from"], tie["to"]))
    return -tie["strength"], (low * 7919 + high * 104729) % 1000003


def leader(who: Leader) -> dict[str, list[list[str]]]:
    """Who a leader is, what they want, and whom they trust."""
    about = [["sector", who.sector], ["group served", who.group],
             ["gave last", f"{who.contribution:.2f} of the endowment"],
             ["believes others give", f"{who.belief:.2f}"],
             ["keeps promises", f"{who.promise_keeping:.2f}"]]  # fmt: skip
    wants = [[issue, f"{share:.2f}"] for issue, share in zip(who.model.labels.issues, who.priorities, strict=False)]
    ties = sorted(who.ties, key=lambda tie: -tie.trust)
    trusts = [[tie.other.name, f"{tie.trust:.2f}"] for tie in ties[:TRUSTED]]
    rest = [["others less", str(len(ties) - TRUSTED)]] if len(ties) > TRUSTED else []
    return {"about": about, "wants": wants, "trusts": trusts + rest}


def history(model: Cooperation, who: Leader) -> list[dict[str, Any]]:
    """A leader's giving and belief, round by round."""
    if model.round == 0 or model.datacollector is None:
        return []
    table = model.datacollector.get_agent_vars_dataframe().xs(who.unique_id, level="AgentID")
    return [
        {"name": name, "colour": colour, "band": [],
         "points": [[at, float(value)] for at, value in enumerate(table[column], 1)]}
        for name, column, colour in (("gave", "contribution", COLOURS["A"]), ("believed", "belief", COLOURS["nothing"]))
    ]  # fmt: skip


def estimate(effect: float, low: float, high: float) -> str:
    """An effect in writing and, on a line of its own, its interval where that is known."""
    return number(effect) + (f"\n({number(low)}\u00a0to {number(high)})" if low == low and high == high else "")


def lines(measure: str, played: dict[str, EnsembleResult]) -> dict[str, Any]:
    """One measure of several ensembles, as lines with bands, as amounts are told here."""
    series, times = [], told().times(MEASURES[measure].unit)
    for name, each in played.items():
        spread = each.spreads[measure]
        rounds = range(1, len(spread.mean) + 1)
        band = [
            [at, times * float(low), times * float(high)]
            for at, low, high in zip(rounds, spread.low, spread.high, strict=True)
        ]
        series.append({
            "name": name, "colour": COLOURS[name], "band": [each for each in band if each[1] == each[1]],
            "points": [[at, times * float(mean)] for at, mean in zip(rounds, spread.mean, strict=True) if mean == mean],
        })  # fmt: skip
    return {"title": label(measure), "series": series}

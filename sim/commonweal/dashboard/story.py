"""A story: one community under one strategy, month by month, as plain values that a browser moves by itself."""

import json
from functools import lru_cache
from typing import Any

from commonweal.dashboard.setting import Setting
from commonweal.figures.animation import bonds, played, sector_hues
from commonweal.figures.layout import places


def alone(strategy: str) -> Setting:
    """The first community there is, with one strategy at full strength."""
    return Setting(portfolios=({strategy: 1.0}, {}))


@lru_cache(maxsize=32)
def story(strategy: str) -> str:
    """What is shown of a strategy, as JSON: nodes (x, y, name, colour), sectors, and a frame for each month.

    A frame has each leader's giving in hundredths, the ties that have not faded with how strong they are in hundredths,
    and what happened. It is the same for all visitors, and is played once.
    """
    setting = alone(strategy)
    graphs, told = played(setting.world(setting.portfolios[0]), None, setting.seed, setting.rounds)
    at, hues = places(graphs[0], graphs[-1]), sector_hues(data["sector"] for data in graphs[0].nodes.values())
    nodes = [
        {
            "x": round(at[node][0], 3),
            "y": round(1 - at[node][1], 3),
            "name": data["name"],
            "colour": hues[data["sector"]],
        }
        for node, data in graphs[0].nodes.items()
    ]
    frames = [
        {"giving": [round(100 * (data["contribution"] or 0.0)) for data in graph.nodes.values()],
         "ties": [[i, j, round(100 * bond)] for (i, j), bond in bonds(graph).items()], "told": said}
        for graph, said in zip(graphs, told, strict=True)
    ]  # fmt: skip
    drawn: dict[str, Any] = {"nodes": nodes, "frames": frames}
    drawn["sectors"] = [{"name": name, "colour": hue} for name, hue in hues.items()]
    return json.dumps(drawn)

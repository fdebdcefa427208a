"""The animation of a community: who gives and who trusts, month by month, as a GIF that moves anywhere."""

import textwrap
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import networkx as nx
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from PIL import Image

from commonweal.agents.diary import month, remember
from commonweal.agents.graph import tie_graph
from commonweal.figures.fonts import use_for
from commonweal.figures.labels import shortened, words
from commonweal.figures.layout import Places, places
from commonweal.figures.panels import Page
from commonweal.figures.style import CYCLE, FAINT, ink, styled
from commonweal.files import write_whole
from commonweal.model import luck
from commonweal.model.community.labels import labels
from commonweal.model.community.populate import populate
from commonweal.model.measures import MEASURES
from commonweal.model.round import begin, play
from commonweal.model.run import Own
from commonweal.model.world import World

DPI: Final = 90
MONTH: Final = 450
"""milliseconds that a month is shown"""
END: Final = 3000
"""and the last one"""
GREY: Final = "#6A6A6A"
FAINTEST: Final = 0.015
"""attention times trust below which a tie has faded altogether"""


class Animation:
    """A moving picture, shown by a notebook as it is."""

    def __init__(self, gif: bytes, alt: str) -> None:
        self.gif, self.alt = gif, alt

    def save(self, path: str | Path) -> Path:
        """Write it, whole or not at all. Raises OSError."""
        place = Path(path)
        write_whole(place, lambda temporary: temporary.write_bytes(self.gif))
        return place

    def _repr_html_(self) -> str:
        return f'<img src="data:image/gif;base64,{b64encode(self.gif).decode()}" alt="{escape(self.alt)}">'


@styled()
def animation(world: World, strategy: str, own: Own | None, seed: int, rounds: int) -> Animation:
    """Replicate 0 of a condition, a frame for each month and one before the first.

    Colours are sectors, the size of a mark is what the leader gives; a tie is the darker the more both attend to and
    trust each other, so that thin ties fade. Below stands what happened in the month.
    """
    graphs, told = played(world, own, seed, rounds)
    at = places(graphs[0], graphs[-1])
    hues = sector_hues(data["sector"] for data in graphs[0].nodes.values())
    use_for([*hues, *told])
    figure, axes = _frame(words(strategy), hues)
    marks = axes.scatter(*np.array([at[node] for node in graphs[0]]).T, linewidths=0.8, edgecolors="white", zorder=3,
                         c=[hues[data["sector"]] for data in graphs[0].nodes.values()])  # fmt: skip
    ties = LineCollection([], colors=GREY, zorder=1)
    axes.add_collection(ties)
    when = figure.text(0.97, 0.945, "", size=9, ha="right", va="center", weight="bold")
    what = figure.text(0.03, 0.075, "", size=8.5, va="center")
    frames = []
    for number, (graph, said) in enumerate(zip(graphs, told, strict=True)):
        _set(marks, ties, graph, at)
        when.set_text(f"month {number} of {rounds}" if number else "before the first month")
        what.set_text("\n".join(textwrap.wrap(said, 74)[:2]))
        figure.canvas.draw()
        frames.append(Image.fromarray(np.asarray(figure.canvas.buffer_rgba())).convert("RGB"))  # pyright: ignore
    alt = f"A community under {words(strategy)}, month by month: leaders in the colours of their sectors, larger the "
    alt += "more they give."
    return Animation(_gif(frames), alt)


def played(world: World, own: Own | None, seed: int, rounds: int) -> tuple[list[nx.DiGraph], list[str]]:
    """The ties before the first month and after each, and what happened in it."""
    keys = luck.run_keys(seed, range(1))
    state = populate(world.community, world.people, world.scenario.conditions, keys, world.game.team)
    begin(world, state)
    names, out = labels(world.community, world.people), np.empty((1, len(MEASURES)))
    choosing = (lambda _: ()) if own is None else own.choosing(world, state)
    graphs, told, before = [tie_graph(state, names)], [""], None
    for leader in graphs[0].nodes.values():
        leader["contribution"] = 0.0  # nobody has been asked yet
    for at in range(1, rounds + 1):
        play(world, state, at, rounds, out, choosing(at))
        graphs.append(tie_graph(state, names))
        told.append("; ".join(month(state, names, before)[:2]))
        before = remember(state)
    return graphs, told


def _frame(strategy: str, hues: dict[str, str]) -> tuple[Figure, Axes]:
    figure = Page(figsize=(5.6, 5.9), dpi=DPI)
    axes = figure.add_axes((0.03, 0.14, 0.94, 0.77))
    axes.set(xlim=(-0.05, 1.05), ylim=(-0.05, 1.05))
    axes.set_axis_off()
    figure.text(0.03, 0.945, strategy, size=11, weight="bold", va="center")
    left = 0.03
    for name, hue in hues.items():
        label = figure.text(left, 0.028, shortened(name, 18), size=8, color=ink(hue), weight="bold", va="center")
        left = label.get_window_extent().x1 / figure.bbox.width + 0.025
    figure.text(0.97, 0.028, "size: share given", size=7.5, color=FAINT, ha="right", va="center")
    return figure, axes


def _set(marks: Any, ties: Any, graph: nx.DiGraph, at: Places) -> None:
    """Bring the drawing up to date."""
    few = min(1.0, 40 / max(1, len(graph))) ** 0.7
    there = [data["contribution"] if data["present"] else np.nan for data in graph.nodes.values()]
    marks.set_sizes(few * np.array([0.0 if given != given else 22 + 330 * given for given in there]))
    shown = bonds(graph)
    bond = np.array(list(shown.values()))
    ties.set_segments([[at[i], at[j]] for i, j in shown])
    ties.set_alpha(np.clip(1.6 * bond - 0.15, 0.0, 1.0) if len(bond) else None)
    ties.set_linewidths(0.3 + 3.0 * bond)


def bonds(graph: nx.DiGraph) -> dict[tuple[int, int], float]:
    """How much two leaders are to each other, 0..1: the root of attention times trust, meant over both directions.

    Those that have faded are left out.
    """
    pairs: dict[tuple[int, int], float] = {}
    for i, j, data in graph.edges(data=True):
        if i != j and graph.nodes[i]["present"] and graph.nodes[j]["present"]:
            key = (min(i, j), max(i, j))
            pairs[key] = pairs.get(key, 0.0) + 0.5 * data["strength"] * data["trust"]
    return {pair: bond**0.5 for pair, bond in pairs.items() if bond >= FAINTEST}


def sector_hues(sectors: Iterable[str]) -> dict[str, str]:
    """A colour for each sector, the most common first."""
    return {name: CYCLE[rank % len(CYCLE)] for rank, (name, _) in enumerate(Counter(sectors).most_common())}


def _gif(frames: list[Image.Image]) -> bytes:
    """One palette for all frames, so that colours do not flicker."""
    both = Image.new("RGB", (frames[0].width, 2 * frames[0].height))
    for at, each in enumerate((frames[0], frames[-1])):
        both.paste(each, (0, at * each.height))
    palette = both.quantize(96, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few = [each.quantize(palette=palette, dither=Image.Dither.NONE) for each in frames]
    buffer = BytesIO()
    durations = [MONTH] * (len(few) - 1) + [END]
    few[0].save(buffer, "GIF", save_all=True, append_images=few[1:], duration=durations, loop=0, optimize=False)
    return buffer.getvalue()

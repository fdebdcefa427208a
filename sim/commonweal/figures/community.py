"""The figure of a community: leaders and their ties, before and after."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import networkx as nx
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection
from matplotlib.colors import Colormap, Normalize
from matplotlib.figure import Figure

from commonweal.errors import InputError
from commonweal.figures.fonts import drawable, use_for
from commonweal.figures.label_places import Label, beside
from commonweal.figures.labels import shortened
from commonweal.figures.layout import Places, places
from commonweal.figures.panels import panels
from commonweal.figures.style import FAINT, PALETTES, styled

NAMED = 40
"""leaders up to which names are written"""
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "p", "h")
NO_LETTERS = "No font installed here has the letters of some names; ids or numbers stand for them."
OTHERS = "*"
"""sectors beyond the most common"""


@styled()
def community(before: nx.DiGraph, after: nx.DiGraph, titles: Sequence[str] = ("before", "after")) -> Figure:
    """Two drawings of a community, each leader at the same place: giving on the leaders, trust on the ties.

    before, after: node attributes name, sector, contribution (0..1), seated, present; edge attributes strength and
    trust (0..1). What is missing is drawn grey and thin; who is not present is not drawn. The half of a line next to
    a leader is their tie to the other; where the other has none back, the rest is dotted. Names are written up to
    NAMED leaders, the sector beside one leader of each; ids stand where no font that is installed has the letters.
    Raises InputError where there is no leader.
    """
    graphs = _present(before), _present(after)
    at = places(*graphs)
    if not at:
        raise InputError("the community has no leaders to draw")
    markers = _markers(graphs)
    use_for(text for graph in graphs for data in graph.nodes.values() for text in _words(data))
    giving = _scale("flare", _values(graphs, "contribution", nodes=True))
    trust = _scale("crest", _values(graphs, "trust", nodes=False))
    figure, axes = panels(
        2, 2, 4.5, 4.2, "The community: who trusts whom, and who gives",
        "The half of a tie next to a leader shows the trust that leader has in the other (colour) and the attention "
        "given (width). The darker and larger a leader, the more is given; grey: nothing has been chosen yet. Dark "
        "outline: has a seat at the table. Shapes are sectors, named at one leader each." + _without_letters(graphs),
        left=0.15, bottom=0.6, across=0.15,
    )  # fmt: skip
    shown = set(markers.values()) if list(markers) == [""] else set()  # where no sector is known, there is none to name
    for panel, graph, title in zip(axes, graphs, titles, strict=True):
        panel.set(xlim=(-0.06, 1.08), ylim=(-0.05, 1.05))
        panel.set_axis_off()
        panel.set_title(shortened(title, 48))
        panel.set_title(_means(graph), loc="right", size=7.5, weight="normal", color=FAINT)
        _draw_ties(panel, graph, at, trust)
        _draw_leaders(panel, graph, at, giving, markers)
        examples = _examples(graph, at, {sector: mark for sector, mark in markers.items() if mark not in shown})
        shown |= {markers[sector] for sector in examples}
        texts = _texts(graph, {node: _sector(sector, markers) for sector, node in examples.items()}, len(at) <= NAMED)
        labels = [Label(*at[node], text, "#202020") for node, text in texts.items()]
        beside(panel, labels, avoid=list(at.values()), clear=_radius(graph), size=6.5, halo=True)
    _explain(figure, giving, trust)
    return figure


def _present(graph: nx.DiGraph) -> nx.DiGraph:
    """The graph without leaders who have not come yet, and with both directions of undirected ties."""
    some = graph.subgraph([node for node, data in graph.nodes.items() if data.get("present", True)])
    return nx.DiGraph(some)


def _values(graphs: Sequence[nx.DiGraph], attribute: str, nodes: bool) -> np.ndarray:
    """An attribute of all nodes, or all edges, of the graphs; nan where it is missing."""
    found = [data.get(attribute) for graph in graphs for data in (graph.nodes if nodes else graph.edges).values()]
    return np.array([np.nan if each is None else each for each in found], float)


def _scale(colours: str, values: np.ndarray) -> ScalarMappable:
    """Colours from the tenth below the least value to the tenth above the greatest."""
    known = values[np.isfinite(values)]
    low, high = (np.floor(10 * known.min()) / 10, np.ceil(10 * known.max()) / 10) if len(known) else (0.0, 1.0)
    if high - low < 0.1:
        low, high = (low, low + 0.1) if low < 0.95 else (high - 0.1, high)
    cmap: Colormap = getattr(PALETTES, colours)
    return ScalarMappable(Normalize(float(low), float(high)), cmap.with_extremes(bad="#A8A8A8"))


def _markers(graphs: Sequence[nx.DiGraph]) -> dict[str, str]:
    """A shape for each sector, the most common first, the rarest sharing one where there are too many."""
    sectors = Counter(str(data.get("sector", "")) for graph in graphs for data in graph.nodes.values())
    ordered = sorted(sectors, key=lambda sector: (-sectors[sector], sector))
    return {sector: MARKERS[rank] if rank < len(MARKERS) else OTHERS for rank, sector in enumerate(ordered)}


def _examples(graph: nx.DiGraph, at: Places, markers: dict[str, str]) -> dict[str, object]:
    """For every shape one sector that has it, and the leader of it who has most room around."""
    places = np.array([at[node] for node in graph])
    distances = np.hypot(*(places[:, None] - places).T) + 9.0 * np.eye(len(places))
    room = dict(zip(graph, distances.min(axis=0, initial=9.0), strict=True))
    found = {}
    for sector, marker in markers.items():
        there = [node for node, data in graph.nodes.items() if str(data.get("sector", "")) == sector]
        if there and marker not in {markers[other] for other in found}:
            found[sector] = max(there, key=lambda node: room[node])
    return found


def _sector(sector: str, markers: dict[str, str]) -> str:
    """What to call a sector, or those that share the last shape."""
    alike = sum(marker == markers[sector] for marker in markers.values())
    name = sector if drawable(sector) else f"sector {[*markers].index(sector) + 1}"
    return f"{alike} other sectors" if alike > 1 else shortened(name, 20) or "no sector"


def _texts(graph: nx.DiGraph, examples: dict[object, str], named: bool) -> dict[object, str]:
    """What is written beside leaders: their names, and the sector of those who are examples of it."""
    texts = {node: shortened(_name(node, data), 18) for node, data in graph.nodes.items()} if named else {}
    return texts | {node: f"{texts[node]}, {sector}" if named else sector for node, sector in examples.items()}


def _name(node: object, data: dict[str, Any]) -> str:
    """The name of a leader, or their id, or the number of their node, whichever can be drawn."""
    return next(filter(drawable, [str(data.get("name", node)), str(data.get("id", node))]), str(node))


def _words(data: dict[str, Any]) -> list[str]:
    return [str(data[key]) for key in ("name", "id", "sector") if key in data]


def _without_letters(graphs: Sequence[nx.DiGraph]) -> str:
    """A sentence where no font has the letters of some names, else ''."""
    texts = {text for graph in graphs for data in graph.nodes.values() for text in _words(data)}
    return "" if all(map(drawable, texts)) else f" {NO_LETTERS}"


def _means(graph: nx.DiGraph) -> str:
    """Mean giving and trust of one graph, in words."""
    parts = []
    for words, values in (
        ("mean share given", _values([graph], "contribution", nodes=True)),
        ("mean trust", _values([graph], "trust", nodes=False)),
    ):
        if np.isfinite(values).any():
            parts.append(f"{words} {np.nanmean(values):.2f}")
    return ", ".join(parts)


def _draw_ties(axes: Axes, graph: nx.DiGraph, at: Places, trust: ScalarMappable) -> None:
    """Half a line for every tie, the least trusting below; dotted to the other end where no tie comes back."""
    ties = [(i, j, data) for i, j, data in graph.edges(data=True) if i != j]
    if not ties:
        return
    values = np.array([np.nan if (found := data.get("trust")) is None else found for *_, data in ties], float)
    order = np.argsort(np.where(np.isnan(values), -1.0, values), kind="stable")
    starts, ends = (np.array([at[tie[end]] for tie in ties])[order] for end in (0, 1))
    middles = (starts + ends) / 2
    strengths = np.nan_to_num(np.array([data.get("strength", np.nan) for *_, data in ties], float))[order]
    colours = trust.to_rgba(np.ma.masked_invalid(values[order]))
    thin = min(1.0, 300 / len(ties)) ** 0.5
    axes.add_collection(
        LineCollection(
            np.stack([starts, middles], axis=1).tolist(), colors=colours, linewidths=thin * (0.3 + 2.2 * strengths),
            alpha=max(0.5, thin), capstyle="butt", zorder=1, label="ties",
        )
    )  # fmt: skip
    lone = np.array([not graph.has_edge(j, i) for i, j, _ in ties])[order]
    if lone.any():
        axes.add_collection(
            LineCollection(
                np.stack([middles, ends], axis=1)[lone].tolist(), colors=colours[lone], linewidths=0.5,
                alpha=max(0.5, thin), linestyles="dotted", zorder=1, label="not returned",
            )
        )  # fmt: skip


def _draw_leaders(
    axes: Axes, graph: nx.DiGraph, at: Places, giving: ScalarMappable, markers: dict[str, str]
) -> None:  # fmt: skip
    """A mark for every leader, one collection per sector."""
    crowd = _crowd(graph)
    for sector, marker in markers.items():
        some = [(node, data) for node, data in graph.nodes.items() if str(data.get("sector", "")) == sector]
        if not some:
            continue
        share = np.array([np.nan if (found := data.get("contribution")) is None else found for _, data in some], float)
        seated = [bool(data.get("seated", True)) for _, data in some]
        axes.scatter(
            *np.array([at[node] for node, _ in some]).T, s=_areas(graph, share), marker=marker,
            c=giving.to_rgba(np.ma.masked_invalid(share)), edgecolors=["#101010" if one else "white" for one in seated],
            linewidths=[crowd**0.5 * (1.2 if one else 0.4) for one in seated], zorder=3, label=sector or "no sector",
        )  # fmt: skip


def _radius(graph: nx.DiGraph) -> float:
    """The radius of the largest mark in points, with a hair of room."""
    given = _values([graph], "contribution", nodes=True)
    return 1.0 + 0.5 * _areas(graph, given).max(initial=0.0) ** 0.5


def _areas(graph: nx.DiGraph, share: np.ndarray) -> np.ndarray:
    """Square points of the marks of leaders who give a share."""
    return _crowd(graph) * (40 + 170 * np.nan_to_num(share))


def _crowd(graph: nx.DiGraph) -> float:
    """How much smaller marks are where there are many."""
    return min(1.0, 40 / max(1, len(graph))) ** 0.7


def _explain(figure: Figure, giving: ScalarMappable, trust: ScalarMappable) -> None:
    """Below the drawings: both colour scales."""
    wide, high = figure.get_size_inches()
    for place, scale, text in (
        (0.3, giving, "share given (0 to 1; also size)"), (4.95, trust, "trust (share, 0 to 1)"),
    ):  # fmt: skip
        bar = figure.add_axes((place / wide, 0.46 / high, 1.9 / wide, 0.11 / high))
        colours = figure.colorbar(scale, cax=bar, orientation="horizontal")
        colours.set_label(text, size=7.5)
        colours.outline.set_visible(False)  # pyright: ignore
        bar.locator_params(nbins=5)

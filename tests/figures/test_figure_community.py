"""The figure of a community: every leader and every tie, at the same place before and after."""

import networkx as nx
import numpy as np
import pytest
from figure_reading import cut_off, overlapping, text, written
from matplotlib.collections import LineCollection, PathCollection

from commonweal.errors import InputError
from commonweal.figures.community import community
from commonweal.figures.layout import places


def leaders(axes):
    """Sector: places, sizes and colours of its marks."""
    return {each.get_label(): each for each in axes.collections if isinstance(each, PathCollection)}


def ties(axes, label="ties"):
    found = [each for each in axes.collections if isinstance(each, LineCollection) and each.get_label() == label]
    return found[0] if found else None


def panels(figure):
    return figure.axes[:2]


def test_every_leader_is_drawn_at_the_same_place_in_both(graph):
    before, after = graph(seed=1), graph(seed=2)
    at = places(before, after)
    for axes in panels(community(before, after)):
        found = leaders(axes)
        assert set(found) == {"faith", "business", "agency"}
        for rank, sector in enumerate(("faith", "business", "agency")):
            assert np.allclose(found[sector].get_offsets(), [at[node] for node in range(rank, 12, 3)])


def test_places_are_the_same_every_time_and_fill_the_unit_square(graph):
    once, again = places(graph(), graph(seed=2)), places(graph(), graph(seed=2))
    assert once == again
    xy = np.array(list(once.values()))
    assert np.allclose([xy.min(axis=0), xy.max(axis=0)], [[0, 0], [1, 1]])
    assert len(np.unique(xy.round(3), axis=0)) == 12


def test_leaders_without_ties_and_parts_without_paths_have_places_of_their_own(graph):
    parts = nx.disjoint_union(graph(5), graph(4))
    parts.add_node("alone", name="Alone")
    at = places(parts, parts)
    assert np.isfinite(list(at.values())).all()
    distances = np.linalg.norm(np.array(list(at.values()))[:, None] - np.array(list(at.values())), axis=2)
    assert distances[np.triu_indices(10, 1)].min() > 0.02


def test_close_leaders_are_those_who_give_each_other_attention():
    pair = nx.DiGraph()
    pair.add_edge("a", "b", strength=1.0)
    pair.add_edge("b", "c", strength=0.05)
    pair.add_edge("c", "d", strength=0.5)
    pair.add_edge("d", "a", strength=0.5)
    at = {node: np.array(place) for node, place in places(pair).items()}
    assert np.linalg.norm(at["a"] - at["b"]) < np.linalg.norm(at["b"] - at["c"])


def test_giving_is_colour_and_size_on_one_scale(graph):
    figure = community(graph(contribution=0.2), graph(contribution=0.8))
    before, after = (leaders(axes)["faith"] for axes in panels(figure))
    assert (after.get_sizes() > before.get_sizes()).all()
    assert (np.diff(before.get_sizes()) > 0).all()
    luminance = [each.get_facecolors()[:, :3] @ (0.2126, 0.7152, 0.0722) for each in (before, after)]
    assert (luminance[1] < luminance[0]).all()


def test_seats_are_outlines(graph):
    edges = leaders(panels(community(graph(), graph()))[0])["faith"].get_edgecolors()
    assert [edge[0] < 0.5 for edge in edges] == [i % 4 != 0 for i in range(0, 12, 3)]


def test_half_a_line_for_every_tie_coloured_by_trust_and_wide_by_strength():
    pair = nx.DiGraph()
    for name in "ab":
        pair.add_node(name, name=name, sector="s", contribution=0.5, seated=True)
    pair.add_edge("a", "b", strength=0.2, trust=0.9)
    pair.add_edge("b", "a", strength=0.9, trust=0.1)
    at = places(pair)
    axes = panels(community(pair, pair))[0]
    drawn = ties(axes)
    assert drawn is not None
    middle = np.mean([at["a"], at["b"]], axis=0)
    assert np.allclose(drawn.get_segments(), [[at["b"], middle], [at["a"], middle]])
    assert drawn.get_linewidths()[0] > drawn.get_linewidths()[1]
    light = drawn.get_colors()[:, :3] @ (0.2126, 0.7152, 0.0722)
    assert light[0] > light[1]
    assert ties(axes, "not returned") is None


def test_a_tie_that_is_not_returned_is_dotted_to_its_end(graph):
    axes = panels(community(graph(), graph()))[0]
    assert len(ties(axes).get_segments()) == graph().number_of_edges()
    assert len(ties(axes, "not returned").get_segments()) == 1


def test_colour_bars_shapes_and_titles_are_labelled(graph):
    figure = community(graph(contribution=0.35), graph(contribution=0.35), ("month 1", "month 60"))
    giving, trust = figure.axes[2:]
    assert giving.get_xlabel() == "share given (0 to 1; also size)"
    assert trust.get_xlabel() == "trust (share, 0 to 1)"
    assert giving.get_xlim() == trust.get_xlim() == (0.0, 1.0)  # the same in any two pictures
    assert [axes.get_title(loc="left") for axes in panels(figure)] == ["month 1", "month 60"]
    assert panels(figure)[0].get_title(loc="right").startswith("mean share given 0.19, mean trust 0.")
    assert figure.legends == []


def test_one_leader_of_each_sector_is_named_with_it(graph):
    """A shape is explained where it stands, and nowhere twice."""
    figure = community(graph(), graph(seed=2))
    before, after = ([each.get_text() for each in axes.texts] for axes in panels(figure))
    told = {name.partition(", ")[2]: int(name.partition(", ")[0].split()[1]) for name in before if ", " in name}
    assert {sector: ("faith", "business", "agency")[leader % 3] for sector, leader in told.items()} == {
        each: each for each in ("agency", "business", "faith")
    }
    assert not any(", " in name for name in after)
    assert "Shapes are sectors" in figure.get_label()
    large = [each.get_text() for each in panels(community(graph(41), graph(41)))[0].texts]
    assert sorted(large) == ["agency", "business", "faith"]


def test_a_sector_that_comes_later_is_named_where_it_is(graph):
    after = graph(13)
    after.nodes[12]["sector"] = "newcomers"
    first, second = panels(community(graph(), after))
    assert not any("newcomers" in each.get_text() for each in first.texts)
    assert [each.get_text() for each in second.texts if ", " in each.get_text()] == ["Leader 12, newcomers"]


def test_many_sectors_share_the_last_shape(graph):
    many = graph(24)
    for node in many:
        many.nodes[node]["sector"] = f"sector {node:02d}"
    figure = community(many, many)
    named = sorted(each.get_text().partition(", ")[2] for each in figure.axes[0].texts if ", " in each.get_text())
    assert named == ["15 other sectors", *(f"sector {n:02d}" for n in range(9))]
    assert len(leaders(panels(figure)[0])) == 24
    assert cut_off(figure) == []


def test_names_are_written_up_to_forty_leaders_and_kept_apart(graph):
    figure = community(graph(40), graph(40, seed=2))
    assert {f"Leader {n}" for n in range(40)} == {each.get_text().partition(", ")[0] for each in figure.axes[1].texts}
    assert overlapping(figure) == []
    assert cut_off(figure) == []
    assert not any(each.startswith("Leader ") for each in written(community(graph(41), graph(41))))


def test_names_leave_the_marks_free_however_large(graph):
    """A name begins outside the mark of its leader."""
    figure = community(graph(12, contribution=1.0), graph(12, contribution=0.0))
    figure.draw_without_rendering()
    for axes in panels(figure):
        radius = max(each.get_sizes().max() for each in leaders(axes).values()) ** 0.5 / 2 * figure.dpi / 72
        for name in (each for each in axes.texts if each.get_text().startswith("Leader ")):
            x, y = axes.transData.transform(name.xy)  # pyright: ignore[reportAttributeAccessIssue]
            box = name.get_window_extent()
            away = np.hypot(x - np.clip(x, box.x0, box.x1), y - np.clip(y, box.y0, box.y1))
            assert away >= radius, name.get_text()


def test_names_of_any_kind_are_written_as_they_are(graph):
    odd = graph(6)
    names = ["$x^2$", "a_b_{c}", "<script>", "\\frac{1}{2}", "N" * 60, "line\nbreak"]
    for node, name in enumerate(names):
        odd.nodes[node].update(name=name, sector="$s$_&")
    figure = community(odd, odd, ("$1 to $2", "after"))
    told = {each.partition(", $s$")[0] for each in written(figure)}
    assert {"$x^2$", "a_b_{c}", "<script>", "\\frac{1}{2}", "N" * 17 + "…", "line break"} <= told
    (sector,) = (each for each in written(figure) if each.endswith(", $s$_&"))
    for name in ("$x^2$", sector, "$1 to $2"):
        assert not text(figure, name).get_parse_math()
    assert cut_off(figure) == []


def test_who_came_later_or_left_is_drawn_where_he_was_there(graph):
    before, after = graph(6), graph(8)
    after.remove_node(0)
    before.add_node("not yet", name="Not Yet", sector="faith", present=False)
    first, second = panels(community(before, after))
    assert sum(len(each.get_offsets()) for each in leaders(first).values()) == 6
    assert sum(len(each.get_offsets()) for each in leaders(second).values()) == 7
    assert np.allclose(leaders(first)["agency"].get_offsets()[0], leaders(second)["agency"].get_offsets()[0])


def test_what_is_missing_is_grey(graph):
    bare = nx.DiGraph([("a", "b"), ("b", "a")])
    figure = community(bare, bare)
    grey = np.array([168, 168, 168]) / 255
    assert np.allclose(leaders(panels(figure)[0])["no sector"].get_facecolors()[:, :3], grey)
    assert np.allclose(ties(panels(figure)[0]).get_colors()[:, :3], grey)
    assert {"a", "b"} <= set(written(figure)) and not any("sector" in each.get_text() for each in figure.axes[0].texts)


@pytest.mark.parametrize("leaders_there", [1, 2, 3, 200])
def test_communities_of_any_size(graph, leaders_there):
    assert cut_off(community(graph(leaders_there), graph(leaders_there))) == []


def test_undirected_ties_count_both_ways():
    axes = panels(community(nx.path_graph(3), nx.path_graph(3)))[0]
    assert len(ties(axes).get_segments()) == 4
    assert ties(axes, "not returned") is None


def test_no_leaders_are_refused():
    with pytest.raises(InputError, match="no leaders"):
        community(nx.DiGraph(), nx.DiGraph())


def test_ids_stand_for_names_that_no_font_can_draw(graph, recwarn):
    drawn = graph()
    nx.set_node_attributes(drawn, {0: {"name": "\ue7f0\ue7f1", "id": "mayor"}, 1: {"name": "\ue7f2", "id": "\ue7f3"}})
    figure = community(drawn, drawn)
    figure.canvas.draw()
    said = "\n".join(written(figure))
    assert "mayor" in said and "stand for them" in said and "\ue7f0" not in said
    assert not [each for each in recwarn if "Glyph" in str(each.message)]


def test_names_that_can_be_drawn_stay(graph):
    drawn = graph()
    nx.set_node_attributes(drawn, {0: {"name": "Δήμαρχος Ж", "id": "mayor"}})
    said = "\n".join(written(community(drawn, drawn)))
    assert "Δήμαρχος Ж" in said and "stand for them" not in said

"""Colours are fixed and readable; names, measures and units are in words."""

import os
import subprocess
import sys

import pytest
from matplotlib import colors

from commonweal.figures.labels import effect_label, label, shortened, title, words
from commonweal.figures.style import COLOURS, CYCLE, OTHER_COLOURS, colour, ink
from commonweal.model.run import RUN_MEASURES
from commonweal.model.strategies import STRATEGIES


def test_every_strategy_has_the_colour_it_always_had():
    assert COLOURS == {
        "laissez_faire": "#767676", "build_relationships": "#0072B2", "common_goals": "#E69F00",
        "incentives": "#56B4E9", "communication": "#D55E00", "shared_vision": "#CC79A7", "inclusion": "#009E73",
        "lead_by_example": "#882255", "all": "#000000",
    }  # fmt: skip
    assert [colour(name) for name in COLOURS] == list(COLOURS.values())


def test_a_strategy_more_would_have_the_next_colour():
    assert list(CYCLE[: len(STRATEGIES)]) == [COLOURS[name] for name in STRATEGIES]
    assert (
        len({*CYCLE, *OTHER_COLOURS, COLOURS["laissez_faire"], COLOURS["all"]}) == len(CYCLE) + len(OTHER_COLOURS) + 2
    )


def test_unknown_strategies_have_colours_of_their_own_that_no_company_changes():
    assert colour("my_strategy") == colour("my_strategy") == "#AA4499"
    assert {colour(f"strategy_{n}") for n in range(100)} == set(OTHER_COLOURS)
    assert not set(OTHER_COLOURS) & set(COLOURS.values())
    assert colour("") in OTHER_COLOURS
    assert colour("\ud800") in OTHER_COLOURS


def _lab(rgb):
    """CIE L*a*b* of linear RGB."""
    weights = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
    white = (0.95047, 1.0, 1.08883)
    xyz = [sum(w * c for w, c in zip(row, rgb, strict=True)) / of for row, of in zip(weights, white, strict=True)]
    x, y, z = (each ** (1 / 3) if each > 216 / 24389 else (24389 / 27 * each + 16) / 116 for each in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _linear(name):
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colors.to_rgb(name)]


@pytest.mark.parametrize(
    "seen",
    [
        ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
        ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
        ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
        ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    ],
    ids=["usual", "protanopia", "deuteranopia", "tritanopia"],
)
def test_colours_are_told_apart_by_everyone(seen):
    """At least 10 apart in CIE 1976 Lab, by the simulation of Machado, Oliveira & Fernandes (2009)."""
    found = {
        name: _lab([min(max(sum(w * c for w, c in zip(row, _linear(each), strict=True)), 0), 1) for row in seen])
        for name, each in {**COLOURS, **dict(enumerate(CYCLE[len(STRATEGIES) :]))}.items()
    }
    for a in found:
        for b in found:
            if str(a) < str(b):
                assert sum((x - y) ** 2 for x, y in zip(found[a], found[b], strict=True)) ** 0.5 > 10, (a, b)


@pytest.mark.parametrize("name", [*COLOURS.values(), *OTHER_COLOURS, "#FFFFFF", "yellow"])
def test_text_in_any_colour_is_readable_on_white(name):
    red, green, blue = _linear(ink(name))
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.45


def test_ink_leaves_dark_colours_alone():
    assert ink("#0072B2") == "#0072b2"


def test_names_are_put_in_words():
    assert words("build_relationships") == "build relationships"
    assert words("laissez_faire") == "doing nothing"
    assert (words("all"), words("everywhere")) == ("all seven", "all scenarios")
    assert words("a" * 40) == "a" * 31 + "…"


def test_names_of_people_are_only_shortened():
    assert shortened("Ann_Lee $5$ <b>") == "Ann_Lee $5$ <b>"
    assert shortened("one\ntwo\tthree\x00four\u2028five") == "one two three four five"
    assert shortened("Maximiliane Featherstonehaugh", 12) == "Maximiliane…"
    assert len(shortened("x" * 100)) == 24


def test_measures_have_words_and_units():
    assert label("welfare_net") == "welfare per person, net of spend (MU per person and round)"
    assert label("trust") == "mean trust (share, 0 to 1)"
    assert label("gini_last_year") == "Gini of welfare across groups, last 12 months (0 to 1)"
    assert label("leaders_curse") == "payoff of exemplars less that of others (share of endowment)"
    assert title("welfare_net") == "Welfare per person, net of spend"
    assert title("gini", small=True) == "Gini of welfare across groups"
    assert effect_label("cooperation") == "effect on cooperation (mean share given)"
    assert effect_label("gini") == "effect on Gini of welfare across groups (difference)"
    assert label("my_own_measure") == "my own measure"


@pytest.mark.parametrize("measure", RUN_MEASURES)
def test_every_measure_of_the_laboratory_has_a_unit_and_no_underscore(measure):
    assert label(measure).endswith(")")
    assert "_" not in label(measure)
    assert "0 to 1" not in effect_label(measure)


def test_importing_the_figures_package_imports_nothing_heavy():
    code = """import sys, commonweal.figures
print([m for m in ('matplotlib', 'pandas', 'seaborn', 'numba') if m in sys.modules])"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_seaborns_style_is_ours_and_its_palettes_are_used_and_whoever_imports_it_has_all_of_it():
    code = """import sys, commonweal.figures.community
from commonweal.figures.style import PALETTES, STYLE
heavy = [m for m in ('seaborn', 'scipy.stats', 'ipywidgets') if m in sys.modules]
import matplotlib, seaborn, seaborn.relational
theirs = seaborn.axes_style('ticks')
usual, apart = matplotlib.rcParamsDefault, ('font.', 'axes.', 'image.')
same = matplotlib.colors.same_color
print(heavy, [name for name in theirs if not name.startswith(apart) and not (
          STYLE.get(name, usual[name]) == theirs[name]
          or 'color' in name and same(STYLE.get(name, usual[name]), theirs[name]))],
      theirs['image.cmap'] in matplotlib.colormaps, seaborn.color_palette('flare', as_cmap=True) == PALETTES.flare)"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] ['lines.solid_capstyle'] True True"


def test_importing_every_figure_chooses_no_backend():
    code = """import commonweal.figures.community, commonweal.figures.save, matplotlib
print(matplotlib.rcParams._get_backend_or_none())"""
    quiet = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=quiet)
    assert done.stdout.strip() == "None"

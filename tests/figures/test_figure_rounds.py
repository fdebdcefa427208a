"""The figures of trajectories and bands show means and quantiles of their table."""

import numpy as np
import pytest
from figure_reading import cut_off, line, lines, overlapping, text, written
from figure_tables import STRATEGIES, make_rounds

from commonweal.errors import InputError
from commonweal.figures.bands import bands
from commonweal.figures.labels import label, words
from commonweal.figures.style import COLOURS, colour, ink
from commonweal.figures.trajectories import trajectories

MEASURES = ("cooperation", "trust", "welfare_net", "worst_off")


def of(rounds, strategy, measure, scenario="calm", basis="full strength"):
    basis = "baseline" if strategy == "laissez_faire" else basis
    here = (rounds.scenario == scenario) & (rounds.strategy == strategy)
    return rounds[here & (rounds.basis == basis) & (rounds.measure == measure)].sort_values("round")


def band(axes, label):
    """Lower and upper edge of the one band with this label, over rounds."""
    found = [each for each in axes.collections if each.get_label() == label]
    assert len(found) == 1
    points = found[0].get_paths()[0].vertices
    rounds = np.unique(points[:, 0])
    return [points[points[:, 0] == at, 1].min() for at in rounds], [
        points[points[:, 0] == at, 1].max() for at in rounds
    ]


@pytest.mark.parametrize("basis", ["full strength", "equal spend"])
def test_trajectories_are_the_means_of_every_strategy(rounds, basis):
    rounds.loc[rounds.basis == "equal spend", "mean"] += 1.0
    figure = trajectories(rounds.sample(frac=1, random_state=1), "polarised", MEASURES, basis)
    assert len(figure.axes) == 4
    for axes, measure in zip(figure.axes, MEASURES, strict=True):
        for strategy in ("laissez_faire", *STRATEGIES):
            path = of(rounds, strategy, measure, "polarised", basis)
            drawn = line(axes, strategy)
            assert list(drawn.get_xdata()) == list(range(1, 37))
            assert list(drawn.get_ydata()) == path["mean"].tolist()
            assert drawn.get_color() == colour(strategy)
        assert line(axes, "laissez_faire").get_linestyle() == "--"
        assert line(axes, "inclusion").get_linestyle() == "-"


def test_trajectories_say_measures_with_units_and_name_lines_at_their_ends(rounds):
    figure = trajectories(rounds, "calm")
    assert [axes.get_ylabel().replace("\n", " ") for axes in figure.axes] == [label(measure) for measure in MEASURES]
    assert {axes.get_xlabel() for axes in figure.axes} == {"month"}
    assert "Month by month: calm, at full strength" in written(figure)
    assert figure.legends == []
    for axes in figure.axes:
        assert axes.get_legend() is None
        names = {each.get_text(): each for each in axes.texts}
        assert set(names) == {"doing nothing", *(words(name) for name in STRATEGIES)}
        assert names["shared vision"].get_color() == ink(colour("shared_vision"))
        order = sorted(names, key=lambda name: names[name].get_position()[1])
        assert order == ["doing nothing", *(words(name) for name in STRATEGIES)]


def test_many_strategies_leave_only_laissez_faire_its_bands(rounds):
    figure = trajectories(rounds, "calm", ["trust"])
    bands = [each.get_label() for each in figure.axes[0].collections if "%" in str(each.get_label())]
    assert bands == ["laissez_faire, 90 %", "laissez_faire, 50 %"]
    path = of(rounds, "laissez_faire", "trust")
    assert band(figure.axes[0], "laissez_faire, 90 %") == (path.q05.tolist(), path.q95.tolist()) or np.allclose(
        band(figure.axes[0], "laissez_faire, 90 %"), [path.q05, path.q95]
    )
    assert any("with nothing done" in " ".join(each.split()) for each in written(figure))


def test_every_mean_has_its_interval_about_it(rounds):
    """Half of it is t(39, .975) * .1 / sqrt(40) = 2.0227 * .0158114 = .0319816."""
    for figure in (trajectories(rounds, "calm", ["trust"]), bands(rounds, "calm", "trust")):
        for axes in figure.axes:
            for name in [each.get_label() for each in axes.lines if each.get_label() in COLOURS]:
                mean = np.asarray(line(axes, name).get_ydata())
                assert np.allclose(band(axes, f"{name}, interval"), [mean - 0.0319816, mean + 0.0319816], atol=1e-6)


def test_tables_without_standard_deviations_and_single_replicates_have_no_intervals(rounds):
    for table in (rounds.drop(columns="sd"), rounds.assign(n=1, sd=np.nan)):
        labels = [each.get_label() for each in trajectories(table, "calm", ["trust"]).axes[0].collections]
        assert labels == ["laissez_faire, 90 %", "laissez_faire, 50 %"]


def test_few_strategies_all_have_bands():
    rounds = make_rounds(("calm",), ("inclusion", "mine"))
    figure = trajectories(rounds, "calm", ["trust"])
    assert {each.get_label() for each in figure.axes[0].collections} == {
        f"{name}, {part}" for name in ("laissez_faire", "inclusion", "mine") for part in ("50 %", "90 %", "interval")
    }


def test_bands_hold_half_and_nine_tenths_beside_those_of_laissez_faire(rounds):
    figure = bands(rounds, "crisis", "trust", "equal spend")
    assert len(figure.axes) == len(STRATEGIES)
    for axes, strategy in zip(figure.axes, STRATEGIES, strict=True):
        assert axes.get_title(loc="left") == words(strategy)
        for name in ("laissez_faire", strategy):
            path = of(rounds, name, "trust", "crisis", "equal spend")
            assert np.allclose(band(axes, f"{name}, 50 %"), [path.q25, path.q75])
            assert np.allclose(band(axes, f"{name}, 90 %"), [path.q05, path.q95])
            assert line(axes, name).get_ydata().tolist() == path["mean"].tolist()
        assert axes.get_xlim() == (1, 36)
        assert axes.get_ylim() == figure.axes[0].get_ylim()
    assert figure.get_supylabel().replace("\n", " ") == "mean trust (share, 0 to 1)"
    assert "Mean trust: crisis, at equal spend" in written(figure)


def test_bands_of_laissez_faire_alone():
    figure = bands(make_rounds(("calm",), ()), "calm", "trust")
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["doing nothing"]
    assert len(line(figure.axes[0], "laissez_faire").get_xdata()) == 36


def test_rounds_in_which_a_measure_is_not_defined_are_left_out(rounds):
    rounds.loc[(rounds["round"] <= 3) & (rounds.measure == "trust"), ["mean", "q05", "q25", "q50", "q75", "q95"]] = (
        np.nan
    )
    rounds.loc[(rounds.strategy == "inclusion") & (rounds.measure == "trust"), "mean"] = np.nan
    figure = trajectories(rounds, "calm", ["trust"])
    assert list(line(figure.axes[0], "communication").get_xdata()) == list(range(4, 37))
    assert lines(figure.axes[0], "inclusion") == []
    assert "inclusion" not in written(figure)


@pytest.mark.parametrize("length", [1, 2, 11, 24, 60, 400])
def test_runs_of_any_length(length):
    rounds = make_rounds(("calm",), rounds=length)
    for figure in (trajectories(rounds, "calm"), bands(rounds, "calm")):
        assert cut_off(figure) == []
        ticks = [tick for tick in figure.axes[0].get_xticks() if 1 <= tick <= length]
        assert 1 <= len(ticks) <= 6
        if length >= 24:
            assert all(tick % 12 == 0 for tick in ticks)


@pytest.mark.parametrize("count", [1, 3, 8, 30])
def test_nothing_is_cut_off_and_names_do_not_overlap(count):
    names = tuple(f"my_rather_long_strategy_{n}" for n in range(count))
    figure = trajectories(make_rounds(("calm",), names, ("full strength",)), "calm")
    assert cut_off(figure) == []
    assert overlapping(figure) == []
    assert cut_off(bands(make_rounds(("calm",), names, ("full strength",)), "calm")) == []


def test_names_of_any_kind_are_written_as_they_are():
    rounds = make_rounds(("$x$",), ("a$b$c", "50%_<z>"), ("full strength",))
    for figure in (trajectories(rounds, "$x$"), bands(rounds, "$x$")):
        assert not text(figure, "a$b$c").get_parse_math()
        assert "50% <z>" in written(figure)


def test_what_is_not_there_is_said(rounds):
    with pytest.raises(InputError, match="nothing on 'trust' in the scenario 'calmer' at 'full strength'"):
        trajectories(rounds, "calmer", ["trust"])
    with pytest.raises(InputError, match="nothing on 'trusty'"):
        bands(rounds, "calm", "trusty")

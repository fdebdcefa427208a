"""Studies from Python: what the documentation does in five lines, and what is refused."""

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import commonweal as cw
from commonweal.__main__ import main
from commonweal.analysis.effects import COLUMNS
from commonweal.analysis.results import load
from commonweal.commands import _before
from commonweal.commands._estimate import Estimate

SMALL = {"replicates": 3, "rounds": 4, "leaders": 10, "workers": 1}
TYPED = ("run.replicates=3", "run.rounds=4", "community.leaders=10", "workers=1", "figures=false")


class Barbecue(cw.Strategy):
    """Meet over food every few rounds."""

    every: int = 2
    guests: float = 3.0

    def act(self, seen) -> cw.Levers:
        return cw.Levers(meetings=self.guests if seen.round % self.every == 0 else 0.0)


class Careful(cw.Leader):
    """Gives half of what they expect of others."""

    def choose(self) -> float:
        return 0.5 * self.belief


def test_strategies_are_compared_as_the_command_line_compares_them(tmp_path):
    results = cw.compare(["communication", "inclusion"], scenario=["calm", "crisis"], **SMALL)
    assert list(results.effects.columns) == list(COLUMNS)
    assert results.effects.attrs["units"]["spend"] == "MU per leader and round"
    assert results.runs.attrs["units"]["welfare_net"] == "MU per person and round"
    assert set(results.rounds["round"]) == {1, 2, 3, 4}
    listed = ("experiment.strategies=[communication,inclusion]", "experiment.scenarios=[calm,crisis]")
    assert main(["run", *listed, *TYPED, "quiet=true", f"out={tmp_path / 'typed'}"]) == 0
    typed = load(tmp_path / "typed")
    assert results.effects.equals(typed.effects) and results.runs.equals(typed.runs)
    assert results.manifest["conditions"] == typed.manifest["conditions"]


def test_results_litter_nothing_and_can_be_kept(tmp_path):
    results = cw.compare("communication", **SMALL)
    assert list(tmp_path.iterdir()) == []
    again = cw.compare("communication", **SMALL)
    assert again.folder == results.folder and again.manifest["started"] == results.manifest["started"]
    assert cw.compare("communication", **SMALL | {"replicates": 2}).folder != results.folder
    kept = results.save("kept")
    assert kept.effects.equals(results.effects) and cw.load("kept").runs.equals(results.runs)
    with pytest.raises(cw.InputError, match=r"^kept is there already; give a new folder$"):
        results.save("kept")
    given = cw.compare("communication", out="mine", **SMALL)
    assert given.folder == Path("mine") and "mine" in repr(given)


def test_a_strategy_written_inline_is_held_against_the_seven():
    results = cw.compare(["communication", Barbecue], **SMALL)
    assert set(results.effects["strategy"]) == {"communication", "barbecue"}
    assert set(results.effects["basis"]) == {"full strength", "equal spend"}
    two = cw.compare({"rare": Barbecue(every=4), "often": Barbecue(every=1)}, **SMALL)
    assert set(two.runs["strategy"]) == {"laissez_faire", "rare", "often"}
    spent = two.effects.query("basis == 'full strength' and measure == 'spend'").set_index("strategy")["effect"]
    assert 0 < spent["rare"] < spent["often"]
    assert "barbecue" in results._repr_html_()


def _eating(guests: str) -> type[cw.Strategy]:
    names: dict = {"cw": cw, "__name__": "__main__"}
    exec(f"class Feast(cw.Strategy):\n    def act(self, seen):\n        return cw.Levers(meetings={guests})", names)
    return names["Feast"]


def test_a_changed_act_is_another_strategy(tmp_path):
    """Of a class that no module holds and whose source cannot be read, as those of an interactive session."""
    few, many = (cw.compare(_eating(guests), **SMALL) for guests in ("1.0", "3.0"))
    assert few.folder != many.folder
    assert cw.compare(_eating("1.0"), **SMALL).folder == few.folder
    spend = [each.effects.query("measure == 'spend'")["effect"].iloc[0] for each in (few, many)]
    assert spend[0] < spend[1]
    cw.compare(_eating("1.0"), out="feast", **SMALL)
    with pytest.raises(cw.InputError, match=r"^feast was played with other values in calm \+ feast"):
        cw.compare(_eating("3.0"), out="feast", **SMALL)


def test_leaders_of_ones_own_class_play_a_study():
    plain, careful = cw.compare("communication", **SMALL), cw.compare("communication", leader_class=Careful, **SMALL)
    assert not np.allclose(plain.runs["cooperation"], careful.runs["cooperation"])
    some = cw.compare("communication", leader_class=Careful, only=["Leader 1"], **SMALL)
    assert len({each.folder for each in (plain, careful, some)}) == 3
    model = cw.Cooperation(leaders=10, rounds=4, leader_class=Careful)
    while model.running:
        model.step()
    nothing = careful.runs.query("strategy == 'laissez_faire' and replicate == 0")
    collected = model.datacollector.get_model_vars_dataframe()
    assert nothing["cooperation"].item() == pytest.approx(collected["cooperation"].mean(), rel=1e-12)


def test_ones_own_roster_is_read_checked_and_played():
    town = cw.roster("my_town", template=True)
    assert "12 leaders" in str(town) and "<pre>" in town._repr_html_() and "my_town" in repr(town)
    small = {name: value for name, value in SMALL.items() if name != "leaders"}
    results = cw.compare("inclusion", community=town, **small)
    assert results.manifest["leaders"] == 12
    files = {f"{name}_file": f"my_town/{name}.csv" for name in ("leaders", "ties", "groups")}
    assert cw.compare("inclusion", **files, **small).effects.equals(results.effects)
    assert len(cw.Cooperation(community=town).leaders) == 12
    Path("my_town/leaders.csv").write_text("id,standing\na,-1\nb,2\n")
    with pytest.raises(cw.InputError, match=r"^leaders\.csv, line 2, column standing"):
        cw.roster("my_town")


def test_a_design_varies_any_parameter():
    small = {name: value for name, value in SMALL.items() if name != "leaders"}
    over = {"learn.public": [0.1, 0.3], "community__leaders": [8, 10]}
    results = cw.design("grid", over, across={"scenario": ["calm", "crisis"]}, strategy="communication", **small)
    assert len(results.runs) == 3 * 8 and set(results.runs["community_leaders"]) == {8, 10}
    assert list(results.effects.columns) == list(COLUMNS)
    several = small | {"workers": 2, "out": "several"}
    same = cw.design("grid", over, across={"scenario": ["calm", "crisis"]}, strategy="communication", **several)
    assert same.runs.equals(results.runs)
    assert {"differences", "regret", "front"} <= set(cw.analyse(results, "trust", budgets=[1e6]))
    assert "conditions of the design grid" in repr(results) and "learn_public=0.1" in results._repr_html_()
    with pytest.raises(cw.InputError, match="holds runs and no rounds"):
        _ = results.rounds
    with pytest.raises(cw.InputError, match="conf cannot hold"):
        cw.design("grid", {"strategy": [Barbecue()]}, **small)


def test_what_is_typed_can_be_given_too_and_gone_on_with():
    results = cw.run("strategy=communication", scenario="crisis", out="first", **SMALL)
    more = cw.resume(results, replicates=5)
    assert results.folder == more.folder and len(more.runs) == 5 * 2
    assert cw.status("first")["done"] == 10
    assert cw.query(more, "SELECT count(*) AS n FROM runs")["n"].item() == 10
    assert cw.table(more)["strategy"].tolist()[:2].count("communication") == 1


def test_a_run_is_branched():
    found = cw.branch(
        strategy="inclusion", at=3, to="communication", to__channel="text", replicates=2, measures=["trust"], rounds=4,
        leaders=10, orders=1,
    )  # fmt: skip
    table, carried = found.differences, found.mechanisms
    assert carried is not None and found.parted["first"].tolist() == [3] and list(found.told) == ["trust"]
    parts = carried.set_index("mechanism")["carries"]
    assert parts["all"] == pytest.approx(table["difference"].iloc[2:].mean()) == parts.drop("all").sum()
    assert table["difference"].tolist()[:2] == [0.0, 0.0] and table["difference"].iloc[3] != 0.0


@pytest.mark.parametrize(
    ("python", "typed"),
    [
        ({"replicates": 0}, ["run.replicates=0"]),
        ({"replicats": 3}, ["replicats=3"]),
        ({"scenario": "clam"}, ["scenario=clam"]),
        ({"learn__public": 7.0}, ["learn.public=7.0"]),
        ({"learn__pubic": 0.7}, ["learn.pubic=0.7"]),
        ({"community": "smal_world"}, ["community=smal_world"]),
        ({"leaders": 1}, ["community.leaders=1"]),
        ({"leaders_file": "nowhere.csv"}, ["community=roster", "community.leaders_file=nowhere.csv"]),
    ],
)
def test_errors_are_the_sentences_of_the_command_line(python, typed, capsys):
    with pytest.raises(cw.InputError) as refused:
        cw.run(strategy="communication", **python)
    assert main(["run", "strategy=communication", *typed]) == 2
    assert capsys.readouterr().err.strip() == str(refused.value)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"strategies": "comunication"}, "experiment.strategies names 'comunication', which is not a strategy"),
        ({"strategies": [Barbecue, Barbecue()]}, "two strategies are called barbecue; name them"),
        ({"strategies": {"inclusion": Barbecue}}, "inclusion is a strategy of commonweal; call your own"),
        ({"strategies": {"a b": Barbecue}}, "'a b' cannot name a strategy"),
        ({"strategies": cw.Strategy}, "strategy: Strategy has no act; write it"),
        ({"strategies": [int]}, "int is <class 'int'>, which is no strategy"),
        ({"strategies": "communication", "public": 0.1}, "public may be pledge.public or learn.public; say which"),
        ({"strategies": "communication", "replicats": 3}, "did you mean run.replicates?"),
        ({"strategies": "communication", "learn__public": object()}, "which conf cannot hold"),
    ],
)
def test_what_is_refused_says_what_would_be_right(wrong, sentence):
    with pytest.raises(cw.InputError) as refused:
        cw.compare(**wrong)
    assert sentence in str(refused.value)


def test_what_takes_more_than_a_day_is_agreed_to_beforehand_and_nobody_is_asked(monkeypatch, tmp_path):
    monkeypatch.setattr(_before, "estimate", lambda *_: Estimate(6, 90_000, 1, 1))
    monkeypatch.setattr(_before, "SMALL", 0)
    terminal = SimpleNamespace(isatty=lambda: True, readline=lambda: "yes\n")
    monkeypatch.setattr(_before, "sys", SimpleNamespace(stdin=terminal, stderr=terminal))
    with pytest.raises(cw.InputError, match=r"takes about 25\.0 h, .*; add yes=True to play it all the same"):
        cw.compare("communication", out="here", **SMALL)
    assert not list(tmp_path.iterdir())
    assert cw.compare("communication", out="here", yes=True, **SMALL).folder == Path("here")


def test_values_reach_conf_as_they_are():
    results = cw.compare("communication", out="in 1'st", talk="degroot", convener__budget=None, **SMALL)
    config = json.loads(Path("in 1'st/manifest.json").read_text())["config"]
    assert results.folder == Path("in 1'st") and config["convener"]["budget"] is None
    assert (
        cw.compare("communication", learn__public=np.float64(0.25), **SMALL).manifest["config"]["learn"]["public"]
        == 0.25
    )


def test_a_folder_of_leaders_and_amounts_in_its_money(tmp_path):
    cw.roster(tmp_path / "town", template=True)
    (tmp_path / "town" / "mapping.yaml").write_text("units: {money: EUR, hour: 40}\n")
    found = cw.compare(
        ["incentives"], community=f"{tmp_path / 'town'}/", convener__budget="€640", equal_spend="64 EUR a month",
        replicates=2, rounds=2, workers=1,
    )  # fmt: skip
    assert found.manifest["units"] == {"money": "EUR", "mu": 6.4, "hour": 40.0}
    assert found.manifest["config"]["convener"]["budget"] == 100 and found.manifest["config"]["equal_spend"] == 10
    with pytest.raises(cw.InputError, match="amounts are in EUR here"):
        cw.compare(["incentives"], community=f"{tmp_path / 'town'}/", equal_spend="5 CHF", replicates=2, rounds=2)


def test_budgets_of_a_design_are_amounts():
    found = cw.design("grid", {"convener.budget": ["64 EUR", 20]}, units={"money": "EUR", "hour": 40},
                      strategy="incentives", replicates=2, rounds=2, workers=1)  # fmt: skip
    table = cw.analyse(found, budgets=["640 EUR", 100, ("100 MU", 3)])["budget"]
    assert table["budget_money"].tolist() == [100, 100 / 6.4, 100]  # a number is in the money that is told
    assert table["budget_hours"].tolist() == [float("inf"), float("inf"), 3]

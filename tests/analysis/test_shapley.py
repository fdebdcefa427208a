"""Shapley values: by hand, by the laws that define them, and of a comparison that was played."""

import io
import itertools
import re

import numpy as np
import pandas as pd
import pytest

import commonweal as cw
from commonweal.__main__ import main
from commonweal.analysis.shapley import ALL, MEANINGS, NONE, shapley, when
from commonweal.commands._estimate import Estimate
from commonweal.configuration.conf import session
from commonweal.configuration.why import mechanisms
from commonweal.report.why import tell
from commonweal.study.orders import orders_of


def game(worth, names, replicates=3):
    """Effects of every set: worth(set), a little more with each replicate."""
    sets = [frozenset(some) for size in range(len(names) + 1) for some in itertools.combinations(names, size)]
    return {each: np.array([worth(each) * (1 + 0.1 * lot) for lot in range(replicates)]) for each in sets}


def test_a_game_of_two_is_shared_as_by_hand():
    """a alone brings 1, b alone 3, both 8, none -1: a carries (2 + 5) / 2, b (4 + 7) / 2, and -1 is left."""
    worth = {frozenset(): -1.0, frozenset("a"): 1.0, frozenset("b"): 3.0, frozenset("ab"): 8.0}
    found = shapley(game(worth.get, "ab", 1), [("a", "b"), ("b", "a")]).set_index("mechanism")["carries"]
    assert found.to_dict() == {"a": 3.5, "b": 5.5, NONE: -1.0, ALL: 8.0}


def test_values_sum_to_the_whole_dummies_carry_nothing_and_twins_the_same():
    names = "abcdef"
    effects = game(lambda on: 2.0 * ("a" in on) + 2.0 * ("b" in on) + 3.0 * ("c" in on and "d" in on), names)
    found = shapley(effects, orders_of(names, 30, 1).orders).set_index("mechanism")
    carries = found["carries"].drop(ALL)
    assert carries.sum() == pytest.approx(found.loc[ALL, "carries"])
    assert carries[["e", "f", NONE]].tolist() == [0.0, 0.0, 0.0]
    assert carries["a"] == pytest.approx(carries["b"]) and found.loc["a", "share"] == pytest.approx(2 / 7)
    assert carries["c"] == pytest.approx(carries["d"])  # each order has its reverse


def test_an_interval_holds_the_value_of_all_orders():
    names = tuple("abcd")
    effects = game(lambda on: len(on) ** 2 * (1.0 if "a" in on else 0.5), names, 40)
    exact = shapley(effects, [*itertools.permutations(names)]).set_index("mechanism")["carries"]
    held = []
    for seed in range(60):
        found = shapley(effects, orders_of(names, 6, seed).orders).set_index("mechanism")
        held += [found.loc[name, "low"] <= exact[name] <= found.loc[name, "high"] for name in names]
    assert 0.9 <= np.mean(held) <= 1.0


def test_more_orders_begin_with_the_same():
    few, more = orders_of(tuple("abcde"), 2, 7), orders_of(tuple("abcde"), 5, 7)
    assert more.orders[:4] == few.orders and set(few.sets) <= set(more.sets)
    assert few.sets[0] == frozenset() and few.sets[1] == frozenset("abcde") and len(set(more.sets)) == len(more.sets)


def test_when_the_effect_comes():
    rows = [("calm", round_, strategy, basis, value)
            for round_ in range(1, 7)
            for strategy, basis, value in (("laissez_faire", "baseline", 1.0),
                                           ("x", "full strength", 1.0 + (round_ > 4)))]  # fmt: skip
    columns = ["scenario", "round", "strategy", "basis", "mean"]
    rounds = pd.DataFrame(rows, columns=columns).assign(measure="welfare_net")
    assert when(rounds, "laissez_faire", "welfare_net").iloc[0].to_dict() == {
        "scenario": "calm", "strategy": "x", "first": 0.0, "middle": 0.0, "last": 1.0,
    }  # fmt: skip


def test_each_mechanism_has_words_for_a_council():
    with session():
        assert set(mechanisms()) == set(MEANINGS)


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    folder = tmp_path_factory.mktemp("why") / "study"
    assert main(["run", "experiment.strategies=[communication]", "scenario=calm", "run.rounds=6", "run.replicates=4",
                 "community.leaders=8", "community.degree=2", "figures=false", "quiet=true", "workers=1",
                 f"out={folder}"]) == 0  # fmt: skip
    return folder


def test_the_values_of_a_strategy_sum_to_its_effect(played, capsys):
    """The same replicates as the comparison's: with everything on, it is the comparison's own effect."""
    assert main(["why", str(played), "--orders", "2", "--replicates", "4", "workers=1"]) == 0
    said = capsys.readouterr().out
    table = pd.read_csv(played / "why" / "calm" / "shapley.csv").set_index("mechanism")
    effects = pd.read_csv(played / "effects.csv")
    net = effects[(effects["measure"] == "welfare_net") & (effects["basis"] == "full strength")]["effect"].item()
    assert table.loc[ALL, "carries"] == pytest.approx(net, abs=1e-8)
    assert table["carries"].drop(ALL).sum() == pytest.approx(net, abs=1e-8)
    assert table.loc["deterrence", "carries"] == 0.0  # nobody fines
    assert said.startswith("Communication: ") and "best connected" in said
    whom = pd.read_csv(played / "why" / "calm" / "through.csv").set_index("whom")
    assert whom.loc[ALL, "carries"] == pytest.approx(net, abs=1e-8)


def test_more_orders_go_on_with_what_is_there_and_a_measure_costs_no_run(played, capsys):
    runs = played / "why" / "calm" / "runs"
    main(["why", str(played), "--orders", "2", "--replicates", "4", "workers=1"])
    before = {path.name for path in runs.iterdir()}
    assert main(["why", str(played), "--orders", "2", "--replicates", "4", "--measure", "trust", "workers=1"]) == 0
    assert {path.name for path in runs.iterdir()} == before
    assert main(["why", str(played), "--orders", "3", "--replicates", "4", "workers=1"]) == 0
    assert before < {path.name for path in runs.iterdir()}
    capsys.readouterr()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--scenario", "crisis"], "crisis is no scenario of these results"),
        (["--measure", "happiness"], "--measure happiness is no measure of a run"),
        (["--orders", "1"], "orders is 1, which is out of range; it must be from 2"),
    ],
)
def test_what_cannot_be_explained_is_refused(played, words, said, capsys):
    assert main(["why", str(played), *words]) == 2
    assert said in capsys.readouterr().err


def test_of_doing_nothing_alone_there_is_nothing_to_explain(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    size = ("run.replicates=2", "run.rounds=3", "community.leaders=8", "workers=1", "figures=false", "quiet=true")
    assert main(["run", *size, "out=here"]) == 0
    capsys.readouterr()
    assert main(["why", "here"]) == 2
    assert capsys.readouterr().err == (
        "here played doing nothing only; give results that compare a strategy with it, as of: commonweal run "
        "strategy=inclusion\n"
    )


def test_sentences_name_what_is_sure_and_no_more():
    rows = [("commitment", 0.2, 0.1, 0.3), ("noise", 0.05, -0.1, 0.2), ("trust", -0.1, -0.2, -0.05),
            (NONE, -0.05, -0.06, -0.04), (ALL, 0.1, 0.05, 0.15)]  # fmt: skip
    table = pd.DataFrame(rows, columns=["mechanism", "carries", "low", "high"]).assign(strategy="communication")
    ((name, said),) = tell(table, None, None, "welfare_net")
    assert name == "Communication" and said.startswith("+0.100 (+0.050 to +0.150) on welfare per person, net of spend.")
    assert "Carried by a public word that binds, +0.200" in said and "errors" not in said
    assert "Held back by trust that follows deeds, −0.100" in said and "With all of them off −0.050" in said


def test_what_it_takes_is_told_and_too_much_is_asked_about(played, capsys, monkeypatch):
    assert main(["why", str(played), "--orders", "2", "--replicates", "3", "--dry-run", "workers=1"]) == 0
    said = capsys.readouterr().err
    assert re.search(r"\d+ sets of mechanisms, doing nothing and 1 strategy: [\d,]+ runs, about .* on disk", said)
    monkeypatch.setattr("commonweal.commands._estimate.estimate", lambda *_: Estimate(10**9, 90_000, 1, 1))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert main(["why", str(played), "--orders", "2", "--replicates", "3", "workers=1"]) == 2
    assert "add yes=true" in capsys.readouterr().err
    assert main(["why", str(played), "--orders", "2", "--replicates", "4", "workers=1", "fresh=true", "yes=true"]) == 0


def test_python_has_all_of_it(played):
    found = cw.why(played, orders=2, replicates=4, workers=1)
    assert found.through is not None and set(found.told) == {"Communication"}
    assert found.mechanisms["carries"].iloc[-1] == pytest.approx(found.through.set_index("whom").loc[ALL, "carries"])


@pytest.mark.parametrize("fewer", [("--orders", "2"), ("--replicates", "3")])
def test_fewer_than_are_there_are_refused_with_a_remedy_that_works(played, capsys, fewer):
    more = {"--orders": "3", "--replicates": "4"}
    words = [word for pair in more.items() for word in pair]
    assert main(["why", str(played), *words, "workers=1", "fresh=true"]) == 0
    asked = [word for pair in (more | dict([fewer])).items() for word in pair]
    assert main(["why", str(played), *asked, "workers=1"]) == 2
    assert f"give {fewer[0]} as many" in capsys.readouterr().err
    assert main(["why", str(played), *words, "workers=1"]) == 0
    assert main(["why", str(played), *asked, "workers=1", "fresh=true"]) == 0

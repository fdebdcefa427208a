"""The calibration finds what it is given, goes on where it was stopped, and its values stand in conf."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import yaml
from worlds import CONF

from commonweal.configuration.conf import session
from commonweal.errors import InputError
from commonweal.validation import calibration, identification
from commonweal.validation.calibration import Block, Parameter, blocks
from commonweal.validation.laboratory import TOKENS, behaviour, changed, experiment, nothing
from commonweal.validation.search import Search, loss, rounded

TABLES = CONF.parent / "experiments" / "validation"
COUNTS = {"lab": 15, "field": 26}
TIES = 7
"""of them of the ties, which are fitted where the networks are"""


def known(trials=20):
    """A block whose best values are .3 and .6, of which the second is twice as well known."""
    parameters = (Parameter("a", 0.0, 1.0, 0.5, ""), Parameter("b", 0.0, 1.0, 0.5, ""))

    def residuals(values):
        return {"first": np.array([(values["a"] - 0.3) / 0.1]), "second": np.array([(values["b"] - 0.6) / 0.05])}

    return Block("known", parameters, residuals, trials)


def test_the_best_is_found(tmp_path):
    found = Search("lab", tmp_path).best(known(30), {})
    assert found == {"a": pytest.approx(0.3, abs=0.05), "b": pytest.approx(0.6, abs=0.03)}


def test_a_stopped_search_goes_on_as_if_it_had_not_been(tmp_path):
    whole = Search("lab", tmp_path / "whole").best(known(), {})

    def stop(block, done, total):
        if "0.15" in block and done == 7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Search("lab", tmp_path / "stopped", notify=stop).best(known(), {})
    told = []
    assert Search("lab", tmp_path / "stopped", notify=lambda *said: told.append(said)).best(known(), {}) == whole
    assert told[0][1] == 8 and len(told) < 60


def test_other_settings_are_refused(tmp_path):
    Search("lab", tmp_path).best(known(4), {})
    with pytest.raises(InputError, match="another folder"):
        Search("lab", tmp_path).best(known(4), {"choose.noise": 0.1})


def test_a_target_left_out_does_not_count(tmp_path):
    block = known()
    moved = replace(block, parameters=(block.parameters[0], replace(block.parameters[1], low=0.7, start=0.9)))
    found = Search("lab", tmp_path).best(moved, {}, leave="second")
    assert abs(found["a"] - 0.3) < 0.05
    aimed = Search("lab", tmp_path / "aimed").best(moved, {})
    assert aimed["b"] < 0.71 < found["b"]  # the target draws b to its lower bound; left out, it does not
    assert loss({"first": np.array([2.0]), "second": np.array([0.0, 0.0])}) == 2.0


def test_a_search_from_the_middle_knows_nothing_of_the_start():
    middle = replace(known(), parameters=(Parameter("a", 0.2, 1.0, 0.3, ""),)).from_the_middle()
    assert middle.parameters[0].start == 0.6 and middle.name != known().name


def test_known_values_of_the_model_are_recovered(tmp_path):
    """Ten periods played with known values, as if they had been published, and searched for under another luck."""
    truth = {"choose.temper_spread": 1.2, "choose.noise": 0.45}
    with session():
        of = experiment("experiment=lab_strangers")
        told = behaviour(changed(of, truth), 60, 1)

        def residuals(values):
            play = behaviour(changed(of, values), 20, 2)
            gifts = TOKENS * (play.gift.mean(axis=1) - told.gift.mean(axis=1)) / 0.5
            return {"gifts": gifts, "nothing": (nothing(play.gift) - nothing(told.gift)) / 0.04}

        parameters = tuple(Parameter(name, 0.1, high, 0.2, "") for name, high in zip(truth, (2.5, 0.9), strict=True))
        block = Block("known", parameters, residuals, 25)
        found = Search("lab", tmp_path).best(block, {})
        start = loss(residuals({each.name: each.start for each in parameters}))
        assert loss(residuals(found)) < 0.2 < 1 < start
    assert found == {name: pytest.approx(value, rel=0.1) for name, value in truth.items()}


def test_what_is_left_out_is_predicted_from_the_others(monkeypatch, tmp_path):
    """Two targets that agree about one value predict each other; one that alone says anything is not predicted."""

    def agreeing(values):
        return {"first": np.array([(values["a"] - 0.3) / 0.1]), "second": np.array([(values["a"] - 0.32) / 0.1])}

    def odd(values):
        return {"first": np.array([(values["a"] - 0.3) / 0.01]), "second": np.array([(values["a"] - 0.7) / 0.01])}

    one = (Parameter("a", 0.0, 1.0, 0.3, ""),)
    alone = Block("alone", (Parameter("b", 0.0, 1.0, 0.6, ""),), lambda values: {"third": np.array([1.0])}, 4)
    tried = (Block("agreeing", one, agreeing, 12), Block("odd", one, odd, 12), alone)
    monkeypatch.setattr(identification, "blocks", lambda which, data=None: tried)
    table = identification.left_out("lab", {"a": 0.3, "b": 0.6}, tmp_path, lambda *said: None)
    assert table.verdict.tolist() == ["", "good", "good", "", "bad", "bad", "no prediction"]
    assert table.target.tolist() == [*(["nothing left out", "first", "second"] * 2), "third"]


def test_how_far_off_is_still_good():
    assert identification.limit("gifts") == identification.limit("group_goal") == 1.96
    assert identification.limit("reward") == pytest.approx(3.0)  # .15, where a standard error of .05 stands in


def test_widths_are_those_of_least_squares(monkeypatch):
    monkeypatch.setattr(identification, "blocks", lambda which, data=None: (known(),))
    table = identification.fitted("lab", {"a": 0.3, "b": 0.6}).set_index("parameter")
    assert table.error.to_dict() == {"a": pytest.approx(0.1), "b": pytest.approx(0.05)}
    assert table.identified.all()


@pytest.mark.parametrize("which", ["lab", "field"])
def test_conf_holds_what_was_found(which):
    """Each value of the table of the calibration stands in its file, to the last digit."""
    table = pd.read_csv(TABLES / f"calibrated_{which}.csv")
    with session():
        names = [each.name for block in blocks(which) for each in block.parameters]
    assert list(table.parameter)[: len(names)] == names
    assert list(table.block)[len(names) :] == ["ties"] * (TIES if which == "field" else 0)
    assert len(table) == COUNTS[which]
    for row in table.itertuples():
        node = yaml.safe_load((CONF / row.file).read_text())
        for name in row.parameter.split(".")[not row.file.startswith("experiment/") :]:
            node = node[name]
        assert node == row.value == rounded(row.value), row.parameter


def test_one_evaluation_is_a_function_of_its_values():
    with session():
        block = blocks("field")[-1]
        values = {each.name: each.start for each in block.parameters}
        groups = calibration.GROUPS
        calibration.GROUPS = 50
        try:
            one, other = block.residuals(values), block.residuals(values)
        finally:
            calibration.GROUPS = groups
    assert loss(one) == loss(other) > 0

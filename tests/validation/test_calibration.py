"""The calibration finds what it is given, goes on where it was stopped, and its values stand in conf."""

import numpy as np
import pandas as pd
import pytest
import yaml
from worlds import CONF

from sim.composition import session
from sim.errors import InputError
from sim.validation import calibration, identification
from sim.validation.calibration import Block, Parameter, Search, blocks, loss, rounded

TABLES = CONF.parent / "experiments" / "validation"
COUNTS = {"lab": 15, "field": 8}


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
    found = Search("lab", tmp_path).best(block, {}, leave="second", start={"a": 0.4, "b": 0.9})
    assert abs(found["a"] - 0.3) < 0.05 and found["b"] > 0.7  # b stays about where it began
    assert loss({"first": np.array([2.0]), "second": np.array([0.0, 0.0])}) == 2.0


def test_widths_are_those_of_least_squares(monkeypatch):
    monkeypatch.setattr(identification, "blocks", lambda which: (known(),))
    table = identification.fitted("lab", {"a": 0.3, "b": 0.6}).set_index("parameter")
    assert table.error.to_dict() == {"a": pytest.approx(0.1), "b": pytest.approx(0.05)}
    assert table.identified.all()


@pytest.mark.parametrize("which", ["lab", "field"])
def test_conf_holds_what_was_found(which):
    """Each value of the table of the calibration stands in its file, to the last digit."""
    table = pd.read_csv(TABLES / f"calibrated_{which}.csv")
    with session():
        assert list(table.parameter) == [each.name for block in blocks(which) for each in block.parameters]
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

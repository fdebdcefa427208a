"""The reference tables are whole and possible, and the parameters transcribed from them are theirs."""

import re

import numpy as np
import pytest
from reference import FOLDER, effect, periods, schedules, table
from worlds import world

TYPES = {"conditional_cooperator": "conditional_cooperators", "free_rider": "free_riders",
         "hump_shaped": "hump_shaped", "other": "other"}  # fmt: skip


def test_every_table_is_described_and_whole():
    described = (FOLDER / "README.md").read_text("utf-8")
    files = sorted(file.name for file in FOLDER.glob("*.csv"))
    assert len(files) == 11
    assert [name for name in files if f"`{name}`" not in described] == []
    for frame in (periods(), schedules(), table("andreozzi_2020_periods", "period")):
        assert not np.isnan(frame.to_numpy()).any()
        assert frame.to_numpy().min() >= 0


def test_gifts_and_shares_are_possible():
    assert list(periods().index) == list(range(1, 11))
    assert list(schedules().index) == list(range(21))
    for frame in (periods(), schedules()):
        tokens = frame[[name for name in frame if not name.startswith("share")]]
        assert tokens.to_numpy().max() <= 20
    assert (periods()[["share_zero", "share_full"]].sum(axis=1) <= 1).all()
    shares = table("andreozzi_2020_periods", "period")[["cond-coop", "humped", "other", "selfish"]]
    np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=0, atol=2e-4)


def test_types_add_up_to_all():
    """Means of types, weighted by their shares, are the mean of all, to the rounding of the tables."""
    weights = [effect(f"share_{name}") for name in TYPES.values()]
    assert sum(weights) == pytest.approx(1, abs=1e-4)
    short = ("cc", "fr", "tri", "other")
    for prefix, column in (("cont", "mean_contribution"), ("belief", "mean_belief")):
        means = periods()[[f"{prefix}_{name}" for name in short]].to_numpy() @ weights
        np.testing.assert_allclose(means, periods()[column], rtol=0, atol=2e-3)
    np.testing.assert_allclose(schedules()[list(short)].to_numpy() @ weights, schedules()["all"], rtol=0, atol=2e-3)


def test_every_effect_has_a_key_of_the_references():
    known = set(re.findall(r"^@\w+\{(\w+),", (FOLDER.parents[1] / "references.bib").read_text("utf-8"), re.MULTILINE))
    assert set(table("effects", "name")["key"]) <= known | {"assumed"}


def test_learning_is_the_published_regression():
    learn = world("calibration=lab").learn
    assert learn.constant == pytest.approx(effect("belief_constant") / 20, abs=1e-9)
    assert learn.seen == pytest.approx(effect("belief_on_others_gift_before"), abs=1e-9)
    assert learn.own == pytest.approx(effect("belief_on_belief_before"), abs=1e-9)


def test_types_have_the_published_shares():
    kinds = world("calibration=lab").people.kinds
    assert {name: kind.share for name, kind in kinds.items()} == pytest.approx(
        {name: effect(f"share_{published}") for name, published in TYPES.items()}, abs=5e-5
    )

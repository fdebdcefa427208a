"""Through whom: who is held gives as before, parts sum to the effect, and what a set does alone is all its own."""

import numpy as np
import pytest
from worlds import world

from commonweal.analysis.shapley import ALL, NONE
from commonweal.analysis.through import COLUMNS, FIRST, MARGINALISED, OTHERS, Held, _kinds, _orders, _path, through
from commonweal.model import luck
from commonweal.model.community.populate import populate
from commonweal.model.measures import MEASURES
from commonweal.model.run import simulate
from commonweal.report.through import through_sentences, through_table

SIZE = 3, 4, 8
"""seed, replicates, rounds"""


def worlds(*strategies, more=("community.leaders=12",)):
    return {name: world(f"strategy={name}", "scenario=calm", *more) for name in ("laissez_faire", *strategies)}


@pytest.fixture(scope="module")
def found():
    told = []
    table = through(worlds("lead_by_example", "communication"), *SIZE, "welfare_net", lambda *done: told.append(done))
    assert told == [(4, 8), (8, 8)]
    return table.assign(scenario="calm").loc[:, list(COLUMNS)]


def test_the_whole_is_the_comparisons_own_effect_and_every_kind_sums_to_it(found):
    nothing, talk = (simulate(of, SIZE[0], range(SIZE[1]), SIZE[2]).rounds for of in worlds("communication").values())
    at = [list(MEASURES).index(name) for name in ("welfare_net", "cooperation")]
    net, giving = (talk - nothing).mean(axis=(0, 1))[at]
    mine = found[found["strategy"] == "communication"].set_index(["by", "whom"]).sort_index()
    assert mine.loc[("whole", ALL), "carries"] == pytest.approx(net, abs=1e-12)
    assert mine.loc[("whole", ALL), "gains"] == pytest.approx(net, abs=1e-12)  # welfare is what people have
    assert mine.loc[("whole", ALL), "gives"] == pytest.approx(giving, abs=1e-12)
    left = mine.loc[("whole", NONE), "carries"]
    for kind in ("groups", "hubs", "sectors"):
        assert left + mine.loc[kind, "carries"].sum() == pytest.approx(net, abs=1e-12)
        assert mine.loc[kind, "leaders"].sum() == pytest.approx(12)
    assert left < 0 < net - left  # what it costs, and what it brings
    assert set(mine.index.get_level_values("by")) == {"whole", "groups", "hubs", "sectors"}


def test_exemplars_are_those_who_are_asked(found):
    by = found.set_index(["strategy", "by", "whom"]).sort_index()
    assert by.loc[("lead_by_example", FIRST, FIRST), "leaders"] == pytest.approx(2, abs=0.5)  # a fifth of 12
    assert by.loc[("lead_by_example", FIRST, OTHERS), "leaders"] == pytest.approx(10, abs=0.5)
    assert FIRST not in by.loc["communication"].index.get_level_values("by")


def test_who_is_held_gives_what_they_gave_and_the_others_answer():
    played, keys = worlds("communication"), luck.run_keys(1, range(2))
    without, whole = (_path(of, keys, 6, "cooperation") for of in played.values())
    of = played["communication"]
    held = np.arange(24) % 2 == 0
    some = _path(of.model_copy(update={"choose": Held(of.choose, without.giving, held)}), keys, 6, "cooperation")
    assert (some.giving[:, held] == without.giving[:, held]).all()
    assert (some.giving[:, ~held] != without.giving[:, ~held]).any()
    assert (some.giving[-1, ~held] < whole.giving[-1, ~held]).any()  # they see less given


def test_the_part_of_a_set_is_what_its_giving_adds_first_and_last_by_hand(found):
    nothing, of = worlds("communication").values()
    keys = luck.run_keys(SIZE[0], range(SIZE[1]))
    without, whole = (_path(each, keys, SIZE[2], "welfare_net") for each in (nothing, of))
    weak = _kinds(nothing, keys)["groups"].of == 0

    def outcome(held):
        return _path(of.model_copy(update={"choose": Held(of.choose, without.giving, held)}), keys, SIZE[2],
                     "welfare_net").outcome  # fmt: skip

    first, last = outcome(~weak) - outcome(weak | ~weak), whole.outcome - outcome(weak)
    row = found.set_index(["strategy", "whom"]).sort_index().loc[("communication", MARGINALISED)]
    assert row["carries"].item() == pytest.approx((first + last).mean() / 2, abs=1e-12)


def test_the_best_connected_are_those_to_whom_most_attend():
    of, keys = worlds()["laissez_faire"], luck.run_keys(1, range(2))
    ties = populate(of.community, of.people, of.scenario.conditions, keys, of.game.team).ties
    attend = np.bincount(ties.to[ties.to >= 0], minlength=24).reshape(2, 12)
    best = (_kinds(of, keys)["hubs"].of == 0).reshape(2, 12)
    assert best.sum(axis=1).tolist() == [1, 1] and (attend[best] == attend.max(axis=1)).all()


def test_with_everybody_held_what_is_left_is_what_it_costs():
    table = through(worlds("build_relationships"), *SIZE, "cooperation", lambda *_: None).set_index("whom")
    assert table.loc[NONE, "carries"] == 0.0 and table.loc[ALL, "carries"] != 0.0
    assert through(worlds("build_relationships"), *SIZE, "welfare_net", lambda *_: None).set_index("whom").loc[
        NONE, "carries"
    ] < 0.0  # fmt: skip


def test_a_community_without_kinds_has_none():
    plain = ("community.leaders=8", "people.marginalised=0", "people.sectors=[all]")
    table = through(worlds("communication", more=plain), *SIZE, "welfare_net", lambda *_: None)
    assert list(dict.fromkeys(table["by"])) == ["hubs", "whole"]


def test_orders_of_few_are_all_and_each_has_its_reverse():
    orders = _orders(("a", "b", "c"))
    assert sorted(map("".join, orders)) == ["abc", "acb", "bac", "bca", "cab", "cba"]
    assert all(one == other[::-1] for one, other in zip(orders[::2], orders[1::2], strict=True))
    assert len(_orders(tuple("abcdefg"))) == 16


def test_sentences_and_table_say_who(found):
    said = through_sentences(found, "lead_by_example")
    assert "exemplars (2 of 12)" in said and f"{MARGINALISED} (" in said and "By sector most comes through " in said
    table = through_table(found)
    assert table.splitlines()[0].split() == ["effect", "giving", "as", "before", "marginalised", "best", "connected",
                                             "exemplars"]  # fmt: skip
    assert "communication" in table and through_sentences(found, "inclusion") == ""

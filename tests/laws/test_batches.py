"""A run comes out the same alone and in any company, to the last bit; and so does it whatever order a file is in."""

import csv

import numpy as np
import pytest
from worlds import (
    EVERY,
    arrays,
    condition,
    keys,
    names,
    played,
    same_bits,
    start,
    thrown_together,
    with_strategy,
    world,
)

from commonweal.model import luck
from commonweal.model.convener import Convener
from commonweal.model.levers import Levers, PublicRecord
from commonweal.model.measures import MEASURES
from commonweal.model.round import play
from commonweal.model.strategies.strategy import Strategy

ROUNDS = 9
SCRATCH = {"leaders.stated", "leaders.talking", "leaders.chances"}
"""of the last talk, and how many there are depends on the company"""
REPLICATES = 6


def island(state, b):
    """Every array of community b, by name, row numbers counted within the community."""
    bounds = {part: getattr(state.islands, f"{part}_start") for part in ("leader", "group", "team")}
    at = {part: slice(*bounds[part][b : b + 2]) for part in bounds}
    first = {part: int(bounds[part][b]) for part in bounds}
    slots = slice(*state.ties.start[[at["leader"].start, at["leader"].stop]])
    rows = {
        "leaders": at["leader"],
        "groups": at["group"],
        "teams": at["team"],
        "ties": slots,
        "islands": slice(b, b + 1),
    }
    shift = {
        "leaders.group": "group", "leaders.team": "team", "leaders.encounters": "leader", "ties.to": "leader",
        "islands.members": "leader", "islands.sector_start": "leader", "islands.hub": "leader",
    }  # fmt: skip
    found = {}
    for name, array in arrays(state).items():
        if name in SCRATCH or (name.endswith(("_start", ".start")) and name != "islands.sector_start"):
            continue
        part = "leaders" if name == "islands.members" else name.split(".")[0]
        mine = array[rows[part]].copy()
        if name.endswith(".island"):
            mine[:] = 0
        if name in shift:
            mine[mine >= 0] -= first[shift[name]]
        found[name] = mine
    return found


def check_batches(of, replicates=REPLICATES):
    """Each replicate alone, against random subsets in random orders."""
    alone = {b: played(of, luck.run_keys(1, range(b, b + 1)), ROUNDS) for b in range(replicates)}
    rng = np.random.default_rng(0)
    for size in (replicates, 2, 3):
        some = rng.permutation(replicates)[:size]
        out, state = played(of, keys(replicates)[some], ROUNDS)
        for b, replicate in enumerate(some):
            out_alone, state_alone = alone[replicate]
            assert same_bits(out[:, b].copy(), out_alone[:, 0].copy()), (some, b)
            mine = island(state, b)
            for name, array in island(state_alone, 0).items():
                assert same_bits(mine[name], array), (name, some, b)


@pytest.mark.parametrize(("strategy", "scenario"), EVERY)
def test_alone_or_in_company(strategy, scenario):
    check_batches(condition(strategy, scenario), replicates=3)


@pytest.mark.parametrize("lot", range(20))
def test_worlds_thrown_together_alone_or_in_company(lot):
    check_batches(thrown_together(lot))


class Attentive(Strategy):
    """Levers that hang on how a community does, so that those of a batch differ."""

    def act(self, seen: PublicRecord) -> Levers:
        some, little = seen.cooperation * 7 % 1, seen.cooperation * 13 % 1
        return Levers(
            talks=4 * some**2, reach=6 * little, mediation=1 - seen.agreed, meetings=2 * some, match=little,
            exemplars=some, example=0.7, visibility=little, seats=some, plan=little, participation=some,
        )  # fmt: skip


@pytest.mark.parametrize("talk", names("talk"))
@pytest.mark.parametrize("budget", [None, 100.0])
def test_communities_whose_levers_differ_do_not_disturb_each_other(talk, budget):
    of = condition("laissez_faire", "polarised", f"talk={talk}")
    convener = Convener(budget=budget, hour=of.convener.hour, prices=of.convener.prices)
    check_batches(with_strategy(of.model_copy(update={"convener": convener}), Attentive()))


TOWN = {
    "ann": ("government", "north", "2.0"), "bob": ("faith", "south", ""), "cleo": ("business", "", "1.5"),
    "dan": ("", "north", ""), "eve": ("faith", "east", "0.5"), "fay": ("residents", "east", ""),
    "gus": ("business", "south", "3"), "hal": ("government", "north", ""), "ida": ("residents", "south", "1"),
    "jon": ("faith", "north", ""),
}  # fmt: skip
TIES = [("ann", "bob", "0.9"), ("bob", "cleo", ""), ("cleo", "dan", "0.4"), ("dan", "eve", ""), ("eve", "fay", "0.7"),
        ("fay", "gus", ""), ("gus", "ann", "0.3"), ("ann", "dan", ""), ("hal", "ida", "0.8"), ("ida", "ann", ""),
        ("jon", "bob", "0.2"), ("jon", "gus", "")]  # fmt: skip


def write(folder, order, tie_order):
    folder.mkdir()
    with open(folder / "leaders.csv", "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "sector", "group", "standing"])
        rows.writerows([(list(TOWN)[i], *list(TOWN.values())[i]) for i in order])
    with open(folder / "ties.csv", "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["source", "target", "strength"])
        rows.writerows([TIES[t] for t in tie_order])
    files = [f"community.leaders_file={folder}/leaders.csv", f"community.ties_file={folder}/ties.csv"]
    return ["community=roster", *files]


@pytest.mark.parametrize("strategy", ["laissez_faire", "all"])
@pytest.mark.parametrize("talk", ["bounded_confidence", "degroot"])
def test_the_order_of_rows_changes_nothing(tmp_path, strategy, talk):
    """Leaders and ties of a roster in any order: every leader fares the same, to the last bit."""
    rng = np.random.default_rng(3)
    found = []
    for copy in range(3):
        order, ties = (rng.permutation(len(what)) if copy else range(len(what)) for what in (TOWN, TIES))
        files = write(tmp_path / str(copy), order, ties)
        of = world(*files, f"strategy={strategy}", f"talk={talk}", "scenario=turnover", "game.team=4")
        found.append(by_name(of))
    for other in found[1:]:
        for name, value in found[0].items():
            assert same_bits(value, other[name]), name


def by_name(of):
    """Measures, and what became of each leader and each tie of two communities, by the leader's id."""
    out, state = played(of, keys(2), ROUNDS)
    ids = np.array(of.community.roster().ids)
    found = {"measures": out}
    leaders, ties = state.leaders, state.ties
    for row in range(len(leaders.key)):
        who = f"{ids[row % len(ids)]} {row // len(ids)}"
        assert leaders.key[row] == luck.identity(ids[row % len(ids)])
        for name in ("contribution", "belief", "priorities", "payoff", "standing", "motivation", "commitment",
                     "record", "trusting", "faith", "willing"):  # fmt: skip
            found[f"{who} {name}"] = getattr(leaders, name)[row : row + 1]
        for t in range(ties.start[row], ties.start[row + 1]):
            if ties.to[t] >= 0:
                found[f"{who} to {ids[ties.to[t] % len(ids)]}"] = np.array([ties.strength[t], ties.trust[t]])
    return found


def test_a_round_depends_on_the_state_alone():
    """Stopping and going on with a copy of the state gives the same rounds."""
    of = condition("all", "turnover")
    out, _ = played(of, keys(2), 6)
    state = start(of, keys(2))
    again = np.empty((2, len(MEASURES)))
    for round_ in range(1, 7):
        state = type(state)(*(type(part)(*(array.copy() for array in part)) for part in state))
        play(of, state, round_, 6, again)
        assert same_bits(out[round_ - 1], again)

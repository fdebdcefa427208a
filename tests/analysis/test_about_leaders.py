"""What is said of single leaders: means of the very runs, and removals as if their rows were not in the files."""

import json

import numpy as np
import pytest
from worlds import world

from commonweal.__main__ import main
from commonweal.agents.cooperation import Cooperation
from commonweal.analysis import about_leaders as of
from commonweal.analysis.effects import interval
from commonweal.model.measures import MEASURES
from commonweal.model.run import simulate

LEADERS = """id,name,sector,group,endowment,standing,seated,priority_housing,priority_jobs
a,Ada <b>Quist</b>,council,Town,1500,3,1,0.5,0.5
b,Bo,business,Town,2000,2.5,1,0.1,0.9
c,Cleo,health,Shore,900,1,1,0.2,0.8
d,Dan,school,Shore,1000,1.5,0,0.3,0.7
e,Eve,business,Shore,700,1,0,0.3,0.7
"""
TIES = "source,target\na,b\nb,c\nc,d\nd,e\ne,a\nd,a\n"
SIZE = ("run.replicates=3", "run.rounds=5", "workers=1", "figures=false", "quiet=true")


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "leaders.csv").write_text(LEADERS)
    (tmp_path / "ties.csv").write_text(TIES)
    return "community=roster", "community.leaders_file=leaders.csv", "community.ties_file=ties.csv"


def about(folder) -> dict | None:
    return json.loads((folder / "manifest.json").read_text())["about_leaders"]


def test_leaders_and_groups_are_means_of_the_studys_runs(files, tmp_path):
    chosen = ("experiment=which_strategy", "experiment.strategies=[communication]", "experiment.scenarios=[calm]")
    assert main(["run", *chosen, *files, *SIZE, "out=here"]) == 0
    found = about(tmp_path / "here")
    assert found and (found["strategy"], found["scenario"], found["replicates"]) == ("communication", "calm", 3)
    each_gave = {}
    for strategy, giving, has in (("laissez_faire", "gives", "has"), ("communication", "gives_then", "has_then")):
        shares, welfare = {}, []
        for replicate in range(3):
            model = Cooperation(world(f"strategy={strategy}", *files), 1, replicate, 5)
            for _ in range(5):
                model.step()
                for leader in model.leaders:
                    shares.setdefault(leader.name, []).append(leader.contribution)
                cost = model.state.islands.money[0] / model.state.islands.people[0]
                welfare.append(model.state.groups.welfare - cost)
        assert {each["name"]: each[giving] for each in found["leaders"]} == {
            name: pytest.approx(np.mean(values)) for name, values in shares.items()
        }
        assert [each[has] for each in found["groups"]] == pytest.approx(np.mean(welfare, axis=0))
        each_gave[giving] = {name: np.reshape(values, (3, 5)).mean(axis=1) for name, values in shares.items()}
    for each in found["leaders"]:  # paired over replicates, for five leaders at once
        low, high, _ = interval(each_gave["gives_then"][each["name"]] - each_gave["gives"][each["name"]], 0.99)
        assert (each["gives_low"], each["gives_high"]) == pytest.approx((low, high))
    assert all(each["gain_low"] < each["has_then"] - each["has"] < each["gain_high"] for each in found["groups"])
    assert [each["name"] for each in found["groups"]] == ["Shore", "Town"]
    assert {each["sector"] for each in found["leaders"] if each["group"] == "Town"} == {"council", "business"}
    assert found["own_money"] and found["at_once"] and not found["own_people"]


def test_who_is_left_out_is_left_out_of_the_files(files, tmp_path):
    whole = world(*files, "strategy=inclusion")
    before = simulate(whole, 1, range(3), 5).runs[:, list(MEASURES).index("welfare_net")]
    found = of._removed(whole, before, 1, range(3), 5)
    ids = whole.community.roster().ids
    for gone in ids:
        (tmp_path / f"no_{gone}.csv").write_text("".join(f"{x}\n" for x in LEADERS.splitlines() if x[:2] != f"{gone},"))
        (tmp_path / f"ties_{gone}.csv").write_text(
            "".join(f"{x}\n" for x in TIES.splitlines() if gone not in x.split(","))
        )
        fewer = world("community=roster", f"community.leaders_file=no_{gone}.csv",
                      f"community.ties_file=ties_{gone}.csv", "strategy=inclusion")  # fmt: skip
        after = simulate(fewer, 1, range(3), 5).runs[:, list(MEASURES).index("welfare_net")]
        low, high, _ = interval(after - before, 0.99)  # of which five hold at once with .95
        assert found[ids.index(gone)] == pytest.approx(
            ((after - before).mean() / before.mean(), low / before.mean(), high / before.mean())
        )
    assert whole.community.size == 5


def test_nothing_is_said_of_leaders_who_are_drawn(files, tmp_path):
    assert main(["run", "strategy=inclusion", "community.leaders=8", *SIZE, "out=here"]) == 0
    assert about(tmp_path / "here") is None
    assert main(["run", "strategy=laissez_faire", *files, *SIZE, "out=nothing"]) == 0
    assert about(tmp_path / "nothing") is None


def test_many_are_not_removed_one_by_one(files, tmp_path, monkeypatch):
    monkeypatch.setattr(of, "MOST", 4)
    assert main(["run", "strategy=inclusion", *files, *SIZE, "out=here"]) == 0
    found = about(tmp_path / "here")
    assert found and {each["without"] for each in found["leaders"]} == {None}

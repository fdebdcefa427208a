"""A world has the roster that its files held when it was built, whatever becomes of them."""

import pickle
from pathlib import Path

import pytest
from worlds import keys, played, same_bits

import commonweal.roster.importer
from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.errors import InputError
from commonweal.model.community.roster import OwnRoster
from commonweal.model.world import World
from commonweal.roster import read_roster

CHOSEN = ["community=roster", "community.leaders_file=leaders.csv", "community.ties_file=ties.csv"]


@pytest.fixture(autouse=True)
def town(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "ann", "bob")
    return tmp_path


def write(folder: Path, *ids: str) -> None:
    (folder / "leaders.csv").write_text("id\n" + "".join(f"{each}\n" for each in ids))
    (folder / "ties.csv").write_text(f"source,target\n{ids[0]},{ids[1]}\n")


def build(*overrides: str) -> World:
    with session():
        return read([*CHOSEN, *overrides]).study.world(0)


def ids(world: World) -> set[str]:
    roster = world.community.roster()
    assert roster is not None
    return set(roster.ids)


def test_an_edited_file_is_read_anew(town):
    first = build()
    write(town, "dan", "eve")  # as long as before, and as good as at the same time
    second = build()
    assert ids(first) == {"ann", "bob"} and ids(second) == {"dan", "eve"}
    assert first.fingerprint() != second.fingerprint()


def test_the_same_path_in_another_folder_is_another_file(town, monkeypatch):
    first = build()
    other = town / "other"
    other.mkdir()
    write(other, "dan", "eve", "flo")
    monkeypatch.chdir(other)
    assert build().community.size == 3
    assert first.community.size == 2


def test_a_world_keeps_its_roster_wherever_it_goes(town):
    world = build()
    fingerprint = world.fingerprint()
    (town / "leaders.csv").unlink()
    there = pickle.loads(pickle.dumps(world))
    assert there.fingerprint() == fingerprint == world.fingerprint()
    assert there.community.size == 2


def test_a_file_that_cannot_be_used_is_refused_when_the_world_is_built():
    values = {"leaders_file": "nowhere.csv", "ties_file": None, "groups_file": None, "directed": False}
    with session(), pytest.raises(InputError, match=r"^nowhere\.csv: there is no such file"):
        read(["community=roster", "community.leaders_file=nowhere.csv"])
    with pytest.raises(ValueError, match=r"nowhere\.csv: there is no such file"):
        OwnRoster(**values)


@pytest.mark.parametrize(
    ("times", "overrides"),
    [(1, ["experiment=which_strategy"]),
     (1, ["design=grid", "design.over.learn.public=[0.2,0.4,0.6]"]),
     (2, ["design=grid", "design.over.community.directed=[true,false]", "design.across.learn.public=[0.2,0.4,0.6]"])],
)  # fmt: skip
def test_the_tables_are_read_once_for_each_way_to_read_them(town, monkeypatch, times, overrides):
    """However many conditions are compared."""
    write(town, *("ann", "bob", "cleo", "dan", "eve", "flo", "gus", "hal")[: 4 + len(overrides) + times])
    ways = []

    def counted(*files, **options):
        ways.append(options)
        return read_roster(*files, **options)

    monkeypatch.setattr(commonweal.roster.importer, "read_roster", counted)
    with session():
        asked = read([*CHOSEN, *overrides])
    worlds = [asked.study.world(each) for each in range(len(asked.study.names))]
    assert all(each.community.size > 2 for each in worlds)
    assert len(ways) == times


@pytest.mark.parametrize("scenario", ["calm", "arrival"])
def test_a_group_that_nobody_serves_takes_nothing_from_the_others(town, scenario):
    """Its people are not among those who share what the joint effort yields."""
    (town / "leaders.csv").write_text("id,group\nann,north\nbob,north\ncleo,south\ndan,south\n")
    (town / "ties.csv").write_text("source,target\nann,bob\nbob,cleo\ncleo,dan\n")
    served = "group,size,marginalised\nnorth,500,no\nsouth,900,yes\n"
    events = ["scenario.events.turnover=0.1"] if scenario == "calm" else ["scenario.events.arrival=2"]
    found = []
    for groups in (served, served.replace("south", "empty,4000,no\nsouth")):
        (town / "groups.csv").write_text(groups)
        with session():
            asked = read([*CHOSEN, "community.groups_file=groups.csv", "strategy=inclusion", *events])
        found.append(played(asked.study.world(1), keys(3), 4)[0])
    assert same_bits(*found)

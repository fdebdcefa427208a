"""A leader is a view of their row, and may be told otherwise, within bounds."""

import numpy as np
import pytest
from people import Stubborn
from worlds import world

from commonweal.agents.cooperation import Cooperation, Leader
from commonweal.agents.views import Number
from commonweal.errors import InputError

# Without the compiler numpy says so where the key of a tie wraps around.
pytestmark = pytest.mark.filterwarnings("error", "ignore:overflow encountered in scalar:RuntimeWarning")


@pytest.fixture
def model():
    model = Cooperation(world("community=florentine_families"))
    model.run_for(2)
    return model


NUMBERS = [name for name, kind in vars(Leader).items() if isinstance(kind, Number)]
FREE = [name for name in NUMBERS if getattr(Leader, name).low is not None]


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_are_read_from_the_row(model, name):
    column = getattr(model.state.leaders, name)
    assert model.agents.get(name) == column.tolist()
    assert all(type(value) is float for value in model.agents.get(name))


@pytest.mark.parametrize("name", FREE)
def test_numbers_are_written_to_the_row(model, name):
    leader, low, high = model.leaders[4], getattr(Leader, name).low, getattr(Leader, name).high
    before = getattr(model.state.leaders, name).copy()
    for value in (low, high, (low + high) / 4, np.float32(low)):
        setattr(leader, name, value)
        assert getattr(model.state.leaders, name)[4] == value == getattr(leader, name)
    after = getattr(model.state.leaders, name)
    assert np.array_equal(np.delete(before, 4), np.delete(after, 4))


@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf, -21.0, 1e10, "0.5", None])
def test_numbers_out_of_range_are_refused(model, name, wrong):
    before = getattr(model.leaders[4], name)
    with pytest.raises(ValueError, match=rf"^{name} of {model.leaders[4].name} was set to .* from .* to "):
        setattr(model.leaders[4], name, wrong)
    assert getattr(model.leaders[4], name) == before


def test_the_refusal_says_what_the_number_means(model):
    with pytest.raises(ValueError) as refused:
        model.leader("Medici").belief = 3
    assert str(refused.value) == (
        "belief of Medici was set to 3: it must be a number from 0 to 1 (mean share they expect the others to give)"
    )


@pytest.mark.parametrize("name", ["payoff", "overlap", "faith", "voice", "seated", "present", "exemplar"])
def test_what_the_round_works_out_cannot_be_set(model, name):
    with pytest.raises(AttributeError, match=f"^{name} of Medici cannot be set"):
        setattr(model.leader("Medici"), name, 0)


def test_flags_are_read_from_the_row(model):
    assert model.agents.get("seated") == model.state.leaders.seated.tolist()
    assert all(leader.present is True for leader in model.leaders)


def test_priorities_are_a_live_view(model):
    leader = model.leader("Medici")
    view = leader.priorities
    assert np.shares_memory(view, model.state.leaders.priorities) and view.sum() == pytest.approx(1)
    leader.priorities = [1.0, *[0.0] * (len(view) - 1)]
    assert view[0] == 1.0 and model.state.leaders.priorities[leader.row, 0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        leader.priorities[0] = 5.0
    with pytest.raises(ValueError, match="read-only"):
        leader.agenda[0] = 5.0
    assert leader.agenda.sum() == pytest.approx(1)


@pytest.mark.parametrize("wrong", [[1.0], [0.9, 0, 0, 0, 0], [2.0, -1.0, 0, 0, 0], [np.nan] * 5, "abcde", None])
def test_priorities_off_the_simplex_are_refused(model, wrong):
    with pytest.raises(
        ValueError, match=r"^priorities of .* must be 5 numbers from 0 to 1 that sum to 1, one for each"
    ):
        model.leaders[0].priorities = wrong


def test_ties_and_trust(model):
    leader, ties = model.leader("Medici"), model.state.ties
    slots = range(ties.start[leader.row], ties.start[leader.row + 1])
    rows = [(ties.to[t], ties.strength[t], ties.trust[t]) for t in slots if ties.to[t] >= 0]
    assert [(tie.other.row, tie.strength, tie.trust) for tie in leader.ties] == rows and len(rows) > 3
    other, _, trust = leader.ties[0]
    assert leader.trust_in(other) == trust
    stranger = next(each for each in model.leaders if each is not leader and each not in [t.other for t in leader.ties])
    assert leader.trust_in(stranger) == leader.trusting
    for nobody in (leader, Cooperation(model.world).leader("Strozzi")):
        with pytest.raises(ValueError, match="another leader of the same community as Medici"):
            leader.trust_in(nobody)


def test_agentset_select_agg_get_set_do_groupby(model):
    agents = model.agents
    assert [leader.row for leader in agents.to_list()] == list(range(15))
    assert [leader.unique_id for leader in agents] == list(range(1, 16))
    believers = agents.select(lambda leader: leader.belief > 0.4)
    assert len(believers) == (model.state.leaders.belief > 0.4).sum()
    agents.set("belief", 0.25)
    assert (model.state.leaders.belief == 0.25).all()
    with pytest.raises(ValueError, match="belief"):
        agents.set("belief", 3)
    low, high = agents.agg("payoff", [min, max])
    assert (low, high) == (model.state.leaders.payoff.min(), model.state.leaders.payoff.max())
    agents.do(lambda leader: setattr(leader, "slope", 0.5))
    agents.shuffle_do("choose")
    assert (model.state.leaders.slope == 0.5).all()
    assert agents.map("choose") == model.state.leaders.contribution.tolist()
    sectors = agents.groupby("sector").agg("endowment", np.mean)
    for number, name in enumerate(model.labels.sectors):
        members = model.state.leaders.sector == number
        assert not members.any() or sectors[name] == pytest.approx(model.state.leaders.endowment[members].mean())
    assert agents.sort("standing").to_list()[0].standing == model.state.leaders.standing.max()


def test_what_is_written_moves_the_next_round(model):
    other = Cooperation(model.world)
    other.run_for(2)
    model.agents.set("belief", 1.0)
    other.agents.set("belief", 0.0)
    model.step(), other.step()
    assert model.cooperation > other.cooperation + 0.1


def test_leaders_are_found_by_name(model):
    medici = model.leader("Medici")
    assert (medici.name, medici.id, repr(medici)) == ("Medici", "Medici", "<Leader Medici>")
    with pytest.raises(InputError, match=r"^'Medicci' is no leader's id or name; did you mean 'Medici'\?$"):
        model.leader("Medicci")
    with pytest.raises(InputError, match="there are 15, the first is"):
        model.leader("zzz")


def test_leaders_of_a_generated_community_are_numbered():
    model = Cooperation(world("community.leaders=12", "people.groups=3"), leader_class=Stubborn, only="Leader 7")
    assert [leader.name for leader in model.leaders][6] == "Leader 7" == model.leaders[6].id
    assert {leader.group for leader in model.leaders} == {"Group 1", "Group 2", "Group 3"}
    assert {leader.sector for leader in model.leaders} <= set(model.world.people.sectors)
    assert [type(leader) for leader in model.leaders].index(Stubborn) == 6


def test_leaders_of_a_roster_bear_its_labels(tmp_path):
    leaders, ties = tmp_path / "leaders.csv", tmp_path / "ties.csv"
    leaders.write_text(
        "id,name,sector,group,priority_water,priority_schools\n"
        "a,Ann Lee,health,North,1,0\nb,Bob,church,South,0,1\nc,Bob,,,0.5,0.5\nd,b,health,North,1,0\n"
    )
    ties.write_text("source,target\na,b\n")
    files = f"community.leaders_file={leaders}", f"community.ties_file={ties}"
    model = Cooperation(world("community=roster", *files), leader_class=Stubborn, only=["Ann Lee", "b"])
    bearing = {leader.id: (leader.name, leader.sector, leader.group, type(leader)) for leader in model.leaders}
    assert bearing == {
        "a": ("Ann Lee", "health", "North", Stubborn),
        "b": ("Bob", "church", "South", Stubborn),  # by id: it goes before the name of d
        "c": ("Bob", "unknown", "unknown", Leader),
        "d": ("b", "health", "North", Leader),
    }
    assert model.labels.issues == ("water", "schools")
    with pytest.raises(InputError, match=r"^'Bob' is the name of 2 leaders; say which by id: [bc], [bc]$"):
        model.leader("Bob")
    model.step()


def test_leaders_cannot_be_removed(model):
    with pytest.raises(NotImplementedError, match="Medici cannot be removed"):
        model.leader("Medici").remove()
    assert len(model.agents) == 15


def test_every_attribute_says_its_unit():
    assert Leader.belief.__doc__ == "mean share they expect the others to give (share; 0..1)"
    assert Leader.payoff.__doc__.endswith("(MU in the last round; read only)")
    assert all(getattr(Leader, name).__doc__ for name in (*NUMBERS, "seated", "priorities"))

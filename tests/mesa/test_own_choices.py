"""Leaders who choose for themselves, alone and in a study."""

import numpy as np
import pytest
from people import Moody, Obedient, Rash, Stubborn
from worlds import arrays, keys, played, start, world

from commonweal.agents.cooperation import Cooperation, Leader, own_choices
from commonweal.errors import InputError
from commonweal.model.measures import MEASURES
from commonweal.model.round import play

# Without the compiler numpy says so where the key of a tie wraps around.
pytestmark = pytest.mark.filterwarnings("error", "ignore:overflow encountered in scalar:RuntimeWarning")


def with_own(of, run, rounds, leader_class, only=None):
    """Like worlds.played, with leaders of a class of our own."""
    state = start(of, run)
    own = own_choices(of, state, leader_class, only)
    out = np.full((rounds, len(run), len(MEASURES)), np.nan)
    for round_ in range(1, rounds + 1):
        play(of, state, round_, rounds, out[round_ - 1], own.at(round_))
    return out, state


def test_a_stubborn_leader_by_hand():
    """In the first round one gift alone changes, and linear accounting says what that does to everyone."""
    of = world("community=florentine_families", "game=linear", "choose.noise=0")
    plain = Cooperation(of)
    plain.step()
    before = min(plain.leaders, key=lambda leader: leader.contribution)
    stubborn = Cooperation(of, leader_class=Stubborn, only=[before.name])
    stubborn.step()
    assert plain.agreement == 1.0
    after = stubborn.leader(before.name)
    more = 1.0 - before.contribution
    assert more > 0.1 and after.contribution == 1.0
    others = np.arange(15) != after.row
    np.testing.assert_array_equal(stubborn.state.leaders.contribution[others], plain.state.leaders.contribution[others])
    assert stubborn.cooperation - plain.cooperation == pytest.approx(more / 15)
    extra = more * plain.state.leaders.free[before.row]  # MU that went to the joint effort instead of to their own
    tied = plain.state.leaders.tied[before.row]  # what is tied up cannot
    assert after.kept == pytest.approx(before.kept - extra) == pytest.approx(tied) and tied > 0
    each = of.game.multiplier * extra / 15
    np.testing.assert_allclose(stubborn.state.leaders.returned - plain.state.leaders.returned, each)
    assert after.payoff - before.payoff == pytest.approx(each * before.overlap - extra)


def test_a_stubborn_leader_is_learnt_from():
    of = world("community=florentine_families")
    plain, stubborn = Cooperation(of), Cooperation(of, leader_class=Stubborn, only=["Medici"])
    plain.run_for(12), stubborn.run_for(12)
    others = [leader for leader in stubborn.leaders if leader.name != "Medici"]
    assert np.mean([leader.belief - plain.leader(leader.name).belief for leader in others]) > 0.01


def test_an_exemplar_of_ones_own_is_seen_by_the_rest():
    of = world("community=florentine_families", "strategy=lead_by_example", "strategy.exemplars=0.5")
    plain = Cooperation(of)
    plain.step()
    exemplars = [leader.name for leader in plain.leaders if leader.exemplar]
    stubborn = Cooperation(of, leader_class=Stubborn, only=exemplars)
    stubborn.step()
    more = [leader.contribution - plain.leader(leader.name).contribution for leader in stubborn.leaders]
    followed = [gap for gap, leader in zip(more, plain.leaders, strict=True) if not leader.exemplar]
    assert len(exemplars) == 8 and min(followed) >= 0.0 and max(followed) > 0.0


def test_who_refuses_an_agenda_has_nothing_to_give_to_and_who_accepts_it_gives_though_it_is_not_official():
    families = ("community=florentine_families", "decision_rule=unanimity", "scenario=polarised")
    for reservation, some in ((0.65, True), (1.0, False)):
        of = world(*families, f"people.reservation={reservation}", "people.reservation_spread=0")
        model = Cooperation(of, leader_class=Stubborn)
        model.step()
        accepts = model.state.leaders.accepts
        assert model.agreement == 0.0 and not accepts.all() and accepts.any() == some
        np.testing.assert_array_equal(model.state.leaders.contribution, accepts.astype(float))
        assert model.cooperation == pytest.approx(accepts.mean())


def test_one_who_is_not_there_does_not_choose():
    of = world("community.leaders=12", "people.groups=3", "scenario.events.arrival=2")
    model = Cooperation(of, leader_class=Moody)
    model.run_for(2)
    late = [leader for leader in model.leaders if leader.group == "Group 3"]
    assert late and all(leader.chosen == 0 for leader in late)
    model.step()
    assert all(leader.chosen == 1 and leader.present for leader in late)
    assert all(leader.chosen == 3 for leader in model.leaders if leader not in late)


@pytest.mark.parametrize("strategy", ["laissez_faire", "lead_by_example", "all"])
def test_following_the_rule_changes_nothing(strategy):
    of = world("community=florentine_families", f"strategy={strategy}")
    plain, state = played(of, keys(3), rounds=10)
    own, ours = with_own(of, keys(3), 10, Obedient)
    np.testing.assert_array_equal(plain, own)
    for (name, one), other in zip(arrays(state).items(), arrays(ours).values(), strict=True):
        np.testing.assert_array_equal(one, other, err_msg=name)


ONLY = {
    "all": (None, 15),
    "named": (["Medici", "Strozzi"], 2),
    "one": ("Medici", 1),
    "believers": (lambda leader: leader.belief > 0.5, None),
    "none": ([], 0),
}


@pytest.mark.parametrize("strategy", ["laissez_faire", "lead_by_example", "communication"])
@pytest.mark.parametrize("only", ONLY)
def test_alone_as_in_a_batch(strategy, only):
    of = world("community=florentine_families", f"strategy={strategy}", "scenario=turnover")
    who, many = ONLY[only]
    batch, state = with_own(of, keys(4, seed=3), 10, Moody, who)
    assert not np.array_equal(batch, played(of, keys(4, seed=3), 10)[0], equal_nan=True) or many == 0
    for replicate in range(4):
        model = Cooperation(of, seed=3, replicate=replicate, rounds=10, leader_class=Moody, only=who)
        assert many is None or len(model.agents.select(agent_type=Moody)) == many
        for round_ in range(10):
            model.step()
            np.testing.assert_array_equal(list(model.measures.values()), batch[round_, replicate])
        rows = state.leaders.island == replicate
        np.testing.assert_array_equal(model.state.leaders.belief, state.leaders.belief[rows])


def test_a_batch_of_any_size_and_order():
    of, run = world("community.leaders=9"), keys(5)
    whole, _ = with_own(of, run, 6, Moody)
    back, _ = with_own(of, run[::-1], 6, Moody)
    np.testing.assert_array_equal(whole, back[:, ::-1])
    np.testing.assert_array_equal(whole[:, 2:3], with_own(of, run[2:3], 6, Moody)[0])


def test_a_class_without_a_choice_of_its_own_costs_nothing():
    class NamedLeader(Leader):
        pass

    of = world("community=florentine_families")
    own = own_choices(of, start(of, keys(3)), NamedLeader)
    assert own.leaders == own.companies == own.at(1) == []


def test_leaders_in_a_batch_know_their_own_community():
    of = world("community=florentine_families")
    state = start(of, keys(3))
    own = own_choices(of, state, Moody, ["Medici"])
    assert [leader.model.island for leader in own.leaders] == [0, 1, 2]
    assert len(own_choices(of, state, Moody, iter(["Medici"])).leaders) == 3
    alone = [Cooperation(of, replicate=replicate) for replicate in range(3)]
    for leader, model in zip(own.at(1), alone, strict=True):
        twin = model.leader("Medici")
        assert (leader.name, leader.sector, leader.group) == (twin.name, twin.sector, twin.group)
        assert (leader.unique_id, leader.belief) == (twin.unique_id, twin.belief)
        assert (
            leader.model.last_cooperation == 0.0
            and leader.model.round == 1
            and leader.model.leader("Strozzi").model is leader.model
        )
        ours, theirs = ([(tie.other.name, *tie[1:]) for tie in each.ties] for each in (leader, twin))
        assert ours == theirs
        np.testing.assert_array_equal(leader.priorities, twin.priorities)
        np.testing.assert_array_equal(leader.agenda, twin.agenda)


def test_luck_of_ones_own_belongs_to_leader_round_and_run():
    model = Cooperation(world("community=florentine_families"))
    draws = {}
    for round_ in range(3):
        for leader in model.leaders:
            draws[round_, leader.row] = (leader.rng.random(), leader.rng.random(), leader.random.random())
        model.step()
    assert len({number for each in draws.values() for number in each}) == 3 * 15 * 3
    again, other = Cooperation(model.world), Cooperation(model.world, replicate=1)
    again.run_for(2), other.run_for(2)
    assert again.leaders[4].rng.random() == draws[2, 4][0] != other.leaders[4].rng.random()


def test_a_share_there_cannot_be_is_refused():
    model = Cooperation(world("community=florentine_families"), leader_class=Rash, only=["Medici"])
    with pytest.raises(ValueError, match=r"Rash\.choose of leader Medici gave 1\.5: it must be 0\.\.1"):
        model.step()


def test_nobody_of_that_name():
    of = world("community=florentine_families")
    with pytest.raises(InputError, match="did you mean 'Medici'"):
        Cooperation(of, leader_class=Stubborn, only=["Medicis"])
    with pytest.raises(InputError, match="did you mean 'Medici'"):
        own_choices(of, start(of, keys(1)), Stubborn, ["Medicis"])

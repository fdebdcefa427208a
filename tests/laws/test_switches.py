"""Every channel has a value at which it is off: then what acts through it alone makes no difference, bit for bit.

And with the value of conf it makes one: a switch that is never on is none.
"""

import numpy as np
import pytest
from worlds import Set, Whatever, arrays, keys, played, same_bits, start, with_strategy, world

from commonweal.model.levers import LEVERS, Levers
from commonweal.model.measures import MEASURES
from commonweal.model.round import play

SMALL = ("community.leaders=12", "people.reservation=0.4", "convener=lab")
COOPERATION = list(MEASURES).index("cooperation")
NO_MOTIVES = ("incentives.success=0", "incentives.crowding_out=0", "incentives.crowding_in=0")
NO_JUDGEMENT = ("trust.up=0", "trust.down=0", "trust.lesson=0")
UNMOVED_BY_TRUST = ("agree.trust_eases=0", "talk=silence")
NO_RETURN = ("choose.responsiveness=0", "choose.group_weight=0")
PLEDGES, MATCH, ESTEEM, FINES = {"pledges": 0.7}, {"match": 1.0}, {"recognition": 1.0}, {"fine": 1.0, "standard": 0.9}
CHANNELS = {  # the switch, what else must be off for it to be alone, and what acts through it: overrides, or levers
    "success": (("incentives.success=0",), (), ("incentives.adaptation=0.9",), {}),
    "trust in choice": (("choose.trust_slope=0",), UNMOVED_BY_TRUST, ("people.trust=0.1",), {}),
    "commitment": (("choose.commitment_pull=0",), (), ("pledge.pace=0.01",), PLEDGES),
    "credit": (("pledge.weight=0",), (), ("pledge.public=0.9",), PLEDGES),
    "words": (("pledge.weight=0", "choose.commitment_pull=0"), NO_JUDGEMENT, (), PLEDGES),
    "provision point": (("choose.provision_weight=0",), ("game=threshold", *NO_MOTIVES), ("game.provision=0.9",), {}),
    "deterrence": (("choose.deterrence=0",), NO_MOTIVES, (), FINES),
    "returns": (NO_RETURN, NO_MOTIVES, (), MATCH),
    "esteem": (NO_RETURN[:1], NO_MOTIVES, (), ESTEEM),
    "crowding out": (("incentives.crowding_out=0",), (*NO_RETURN, "incentives.success=0"), (), MATCH),
    "crowding in": (("incentives.crowding_in=0",), (*NO_RETURN, "incentives.success=0"), (), ESTEEM),
}


def giving(overrides, levers):
    of = with_strategy(world(*SMALL, *overrides), Set(levers=levers))
    return played(of, keys(3), 8)[0][..., COOPERATION]


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_channel_that_is_off_carries_nothing(channel):
    off, alone, more, levers = CHANNELS[channel]
    before = levers if more else {}
    assert same_bits(giving((*alone, *off), before), giving((*alone, *off, *more), levers))
    assert not same_bits(giving(alone, before), giving((*alone, *more), levers))


WEIGHED = [  # what of a leader, or of what they know, and the parameters of choice that weigh it
    ("faith", ("trust_slope",)),
    ("overlap", ("misalignment", "responsiveness", "group_weight")),
    ("commitment", ("commitment_pull",)),
    ("temper", ("temper_spread",)),
    ("slope", ("stated_gain",)),
    ("belief", ("stated_gain", "matching")),
    ("known_match", ("responsiveness", "group_weight")),
    ("known_esteem", ("responsiveness",)),
    ("known_pressure", ("deterrence",)),
]


@pytest.mark.parametrize(("what", "by"), WEIGHED)
def test_what_has_no_weight_in_choice_moves_nobody(what, by):
    of = world(*SMALL)

    def chosen(rule, lot):
        state = start(of, keys(3))
        of.game.form(state, 1)
        state.islands.known_pressure[:] = 0.5
        array = getattr(state.leaders if hasattr(state.leaders, what) else state.islands, what)
        array[:] = np.random.default_rng(lot).random(len(array))
        rule.choose(state, Levers(standard=1.0).rows(3), 1, of.game.multiplier, 0.0)
        return state.leaders.contribution

    without = of.choose.model_copy(update=dict.fromkeys(by, 0.0))
    assert same_bits(chosen(without, 1), chosen(without, 2))
    assert not same_bits(chosen(of.choose, 1), chosen(of.choose, 2))


def test_without_group_weight_others_returns_are_nobodys_concern():
    """Twice the multiplier among twice as many is the same return to the giver; the others have more of it."""
    of = world(*SMALL)
    found = {}
    for rule in (of.choose, of.choose.model_copy(update={"group_weight": 0.0})):
        for times in (1.0, 2.0):
            state = start(of, keys(2))
            of.game.form(state, 1)
            state.teams.size[:] *= times
            rule.choose(state, Levers().rows(2), 1, of.game.multiplier * times, 0.0)
            found[rule.group_weight, times] = state.leaders.contribution
    assert same_bits(found[0.0, 1.0], found[0.0, 2.0])
    assert not same_bits(found[of.choose.group_weight, 1.0], found[of.choose.group_weight, 2.0])


@pytest.mark.parametrize("weight", [0.0, 0.5, 1.0])
def test_a_provision_point_of_nothing_is_the_linear_game(weight):
    """Of all measures and the whole state; and there they give more, where it is higher and within reach."""
    rest = (*SMALL, f"choose.provision_weight={weight}", "strategy=all")
    (out, state), (out2, state2) = (
        played(world(*rest, *game), keys(3), 8) for game in (("game=linear",), ("game=threshold", "game.provision=0"))
    )
    assert same_bits(out, out2)
    for name, array in arrays(state).items():
        assert same_bits(array, arrays(state2)[name]), name
    asked = [
        played(world(*rest, "game=threshold", f"game.provision={point}"), keys(20), 1)[0][..., COOPERATION].mean()
        for point in (0.0, 0.3, 0.6, 0.9)
    ]
    assert np.all(np.diff(asked) > 0) if weight else len(set(asked)) == 1


def test_words_that_do_not_wear_keep_their_record():
    out = {}
    for wear in (0.0, 0.3):
        of = with_strategy(world(*SMALL, f"pledge.wear={wear}"), Set(levers=PLEDGES))
        out[wear] = played(of, keys(3), 8)[1].leaders.record
    assert (out[0.0] == 1).all() and (out[0.3] < 1).any()


def test_without_success_and_crowding_nothing_motivates():
    of = with_strategy(world(*SMALL, *NO_MOTIVES), Whatever(lot=3))
    assert (played(of, keys(3), 8)[1].leaders.motivation == 0).all()
    assert (played(world(*SMALL), keys(3), 8)[1].leaders.motivation != 0).all()


def test_what_is_known_at_once_is_what_was_done_last():
    """With familiarity 1: match, esteem and pressure are those of the round before; at first nothing is known."""
    of = with_strategy(world(*SMALL, "incentives.familiarity=1"), Whatever(lot=1))
    state, out = start(of, keys(3)), np.empty((3, len(MEASURES)))
    islands = state.islands
    assert not (islands.known_match.any() or islands.known_esteem.any() or islands.known_pressure.any())
    moved = set()
    for round_ in range(1, 9):
        levers = play(of, state, round_, 8, out)
        assert islands.known_match == pytest.approx(levers.match, abs=1e-15)
        assert islands.known_esteem == pytest.approx(levers.recognition, abs=1e-15)
        assert islands.known_pressure == pytest.approx(levers.fine + levers.grant, abs=1e-15)
        moved |= {float(islands.known_match[0])}
    assert len(moved) > 2


SETTINGS_ONLY = ("standard", "peers", "example")


@pytest.mark.parametrize("dose", ["match", "recognition", "fine", "grant"])
def test_incentives_do_not_change_the_first_round(dose):
    """They are known by experience: giving is the same in the first round, and another in those that follow."""
    settings = {name: 0.9 for name in SETTINGS_ONLY}
    with_it = giving((), settings | {dose: LEVERS[dose].high / 2})
    without = giving((), settings)
    assert same_bits(with_it[0], without[0]) and (with_it[1] != without[1]).any()


def met(*overrides):
    """A community before and after its leaders have met."""
    of = world(*SMALL, "meet.habit=3", "meet.decay=0", "meet.capacity=0", *overrides)
    state, before = (start(of, keys(3)) for _ in range(2))
    of.meet.meet(state, Levers().rows(3), 1)
    return before, state


def test_without_a_premium_meeting_moves_no_trust():
    """Ties that last keep their trust; new ones begin at what the leader trusts strangers."""
    for premium, moved in ((0.0, False), (0.1, True)):
        before, state = met(f"meet.premium={premium}")
        lasting = (before.ties.to == state.ties.to) & (state.ties.to >= 0)
        grown = lasting & (before.ties.strength < state.ties.strength)
        assert grown.any() and same_bits(before.ties.trust[grown], state.ties.trust[grown]) != moved
        owner = np.repeat(np.arange(len(state.ties.start) - 1), np.diff(state.ties.start))
        new = (before.ties.to != state.ties.to) & (state.ties.to >= 0)
        assert new.any() and (state.ties.trust[new] == state.leaders.trusting[owner[new]]).all() != moved


def test_who_is_not_sought_for_their_reputation_is_tied_or_near():
    """Where reputation counts for nothing, those sought out are tied, of one's sector, or friends of friends."""
    names = ("by_tie", "by_sector", "by_friend", "by_reputation")
    for by, everybody in (((0.9, 0.05, 0.05, 0), True), ((0, 0, 0, 1), False)):
        before, state = met(*(f"meet.{name}={share}" for name, share in zip(names, by, strict=True)))
        slots = np.split(before.ties.to, before.ties.start[1:-1])
        friends = [set(each[each >= 0].tolist()) for each in slots]
        near = []
        for i, sought in enumerate(state.leaders.encounters):
            around = friends[i].union(*(friends[j] for j in friends[i]))
            sector = before.leaders.sector
            near += [j in around or sector[i] == sector[j] for j in sought[sought >= 0].tolist()]
        assert len(near) > 30 and all(near) == everybody


def test_attention_without_limit_fades_by_decay_alone():
    """With a capacity of 0 a tie loses the same share, however many there are besides; else the busy lose more."""
    for capacity, alike in ((0.0, True), (0.5, False)):
        of = world(*SMALL, "meet.habit=0", "meet.decay=0.25", "meet.forgotten=0", f"meet.capacity={capacity}")
        state, before = (start(of, keys(2)) for _ in range(2))
        of.meet.meet(state, Levers().rows(2), 1)
        assert same_bits(state.ties.strength, 0.75 * before.ties.strength) == alike


@pytest.mark.parametrize(("off", "trusts", "lasts"), [
    ({"leaning": 0.0}, True, False), ({"lesson": 0.0}, False, True), ({}, False, False),
])  # fmt: skip
def test_disposition_and_trust_are_apart_where_neither_leans_on_the_other(off, trusts, lasts):
    """Without leaning a disposition moves no trust in those known; without lesson it stays as it is."""
    of = world(*SMALL, "trust.lesson=0.1")
    rule = of.trust.model_copy(update=off)
    found = []
    for disposition in (0.1, 0.9):
        state, out = start(of, keys(2)), np.empty((2, len(MEASURES)))
        play(of, state, 1, 8, out)
        state.leaders.trusting[:] = disposition
        rule.update(state)
        found.append(state.ties.trust)
        assert (state.leaders.trusting == disposition).all() == lasts
    assert same_bits(*found) == trusts


def test_without_betrayal_a_word_that_promised_no_more_than_is_fair_changes_nothing():
    of = world(*SMALL)
    for betrayal, alike in ((0.0, True), (1.0, False)):
        found = []
        for pledged in (False, True):
            state, out = start(of, keys(2)), np.empty((2, len(MEASURES)))
            play(of, state, 1, 8, out)
            state.leaders.pledged[:], state.leaders.pledge[:] = pledged, 0.0
            of.trust.model_copy(update={"betrayal": betrayal}).update(state)
            found.append(state.ties.trust)
        assert same_bits(*found) == alike

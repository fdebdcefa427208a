"""Every channel has a value at which it is off: then what acts through it alone makes no difference, bit for bit.

And with the value of conf it makes one: a switch that is never on is none.
"""

import numpy as np
import pytest
from worlds import Set, Whatever, arrays, keys, played, same_bits, start, with_strategy, world

from commonweal.model.levers import LEVERS, Levers
from commonweal.model.measures import MEASURES
from commonweal.model.mechanisms import agree, events, settle
from commonweal.model.round import play

SMALL = ("community.leaders=12", "people.reservation=0.4", "convener=lab")
COOPERATION = list(MEASURES).index("cooperation")
NO_MOTIVES = ("incentives.success=0", "incentives.crowding_out=0", "incentives.crowding_in=0")
NO_JUDGEMENT = ("trust.up=0", "trust.down=0", "trust.lesson=0")
UNMOVED_BY_TRUST = ("agree.trust_eases=0", "talk=silence")
DISAGREE = ("people.reservation=0.7", "decision_rule=unanimity")
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
    "brokering": (("agree.brokering=0",), ("talk=silence", *DISAGREE), (), {"mediation": 1.0}),
    "noise in talk": (("talk.noise=0",), (), (), {"clarity": 1.0}),
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
    ("heard", ("ownership",)),
    ("inspired", ("inspiration",)),
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
        state.islands.known_pressure[:], state.leaders.accepts[:] = 0.5, True
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
            state.leaders.accepts[:] = True
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
        done = islands.agreed  # what is not official has none of it
        assert islands.known_match == pytest.approx(done * levers.match, abs=1e-15)
        assert islands.known_esteem == pytest.approx(done * levers.recognition, abs=1e-15)
        assert islands.known_pressure == pytest.approx(done * (levers.fine + levers.grant), abs=1e-15)
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


def same_run(one, other, but=()):
    """Measures and every array of two runs are the same to the last bit, but for arrays that are named."""
    theirs = arrays(other[1])
    return same_bits(one[0], other[0]) and all(
        same_bits(array, theirs[name]) for name, array in arrays(one[1]).items() if name not in but
    )


def whole_run(overrides, levers=None, rounds=8):
    return played(with_strategy(world(*SMALL, *overrides), Set(levers=levers or {})), keys(3), rounds)


PLAN = {"plan": 0.6, "participation": 0.5, "revision": 3.0}


def test_a_plan_that_inspires_nobody_is_a_plan_that_is_not_heard_of(monkeypatch):
    """With inspiration 0 the run is the one in which nobody is ever inspired."""
    runs = {weight: whole_run((f"choose.inspiration={weight}",), PLAN) for weight in (0.0, 0.3)}
    monkeypatch.setattr(agree, "inspire", lambda state, levers: None)
    without = whole_run(("choose.inspiration=0.3",), PLAN)
    assert (without[1].leaders.inspired == 0).all() and (runs[0.3][1].leaders.inspired > 0).all()
    assert same_run(runs[0.0], without, but=("leaders.inspired",))
    assert not same_bits(runs[0.3][0], without[0])


def test_without_ownership_nobody_minds_not_being_heard(monkeypatch):
    """With ownership 0 the run is the one in which everybody is heard."""
    runs = {weight: whole_run((f"choose.ownership={weight}",), PLEDGES) for weight in (0.0, 0.1)}
    seat = agree.seat

    def seat_and_hear(state, levers):
        seat(state, levers)
        state.leaders.heard[:] = 1.0

    monkeypatch.setattr(agree, "seat", seat_and_hear)
    without = whole_run(("choose.ownership=0.1",), PLEDGES)
    assert (runs[0.1][1].leaders.heard < 1).any()
    assert same_run(runs[0.0], without, but=("leaders.heard",))
    assert not same_bits(runs[0.1][0], without[0])


def test_without_drafting_those_who_draft_a_plan_want_what_they_wanted():
    """Bit for bit, and so everything is as if others had drafted the same plan; else they come nearer to it."""
    of = world(*SMALL)
    levers = Levers(plan=1.0, participation=0.5).rows(3)
    for drafting, moved in ((0.0, False), (0.1, True)):
        state, before = start(of, keys(3)), start(of, keys(3)).leaders.priorities
        agree.draft(state, levers, 1, drafting)
        assert (state.islands.planned == 1).all()
        assert same_bits(state.leaders.priorities, before) != moved
        others = (state.leaders.priorities == before).all(axis=1)
        assert others.any() and others.all() != moved
    runs = [whole_run((f"agree.drafting={drafting}", "talk=silence"), PLAN) for drafting in (0.0, 0.1)]
    assert same_bits(runs[0][1].leaders.priorities, runs[0][1].leaders.anchor)  # nothing else moves them in silence
    assert not same_bits(runs[1][1].leaders.priorities, runs[1][1].leaders.anchor)


def test_without_common_pull_who_seeks_common_ground_wants_what_they_wanted():
    """In silence nothing else moves what leaders want: bit for bit with 0, else nearer to each other."""
    runs = [
        whole_run((f"agree.common_pull={pull}", "talk=silence"), {"common_ground": 1.0})[1].leaders
        for pull in (0.0, 0.1)
    ]
    assert same_bits(runs[0].priorities, runs[0].anchor)
    assert not same_bits(runs[1].priorities, runs[1].anchor)


def test_without_brokering_a_mediator_does_nothing_at_the_table(monkeypatch):
    """With brokering 0 the run is the one in which no mediator is ever called to it."""
    overrides, mediated = ("talk=silence", *DISAGREE), {"mediation": 1.0}
    off, on = (whole_run((*overrides, f"agree.brokering={step}"), mediated) for step in (0, 0.3))
    monkeypatch.setattr(agree.Agree, "mediate", lambda *_: None)
    without = whole_run((*overrides, "agree.brokering=0.3"), mediated)
    assert same_run(off, without) and not same_bits(on[0], without[0])


def test_without_weariness_leaders_insist_as_they_did():
    """With weariness 0 the run is the one in which what they insist on is set back after every round."""
    runs = {weary: whole_run((*DISAGREE, f"agree.weariness={weary}")) for weary in (0.0, 0.3)}
    of = world(*SMALL, *DISAGREE, "agree.weariness=0.3")
    state, out = start(of, keys(3)), np.empty((8, 3, len(MEASURES)))
    for round_ in range(1, 9):
        play(of, state, round_, 8, out[round_ - 1])
        state.islands.insistence[:] = 1.0
    assert (runs[0.0][1].islands.insistence == 1).all() and (runs[0.3][1].islands.insistence < 1).any()
    assert same_run(runs[0.0], (out, state)) and not same_bits(runs[0.3][0], out)


def test_without_misalignment_an_agenda_of_others_draws_as_much():
    """With misalignment 0 and nothing that comes back, what the agenda says moves nobody who accepts it."""
    of = world(*SMALL, *NO_RETURN)
    for misalignment, alike in ((0.0, True), (0.3, False)):
        rule, found = of.choose.model_copy(update={"misalignment": misalignment}), []
        for overlap in (1.0, 0.4):
            state = start(of, keys(3))
            of.game.form(state, 1)
            state.leaders.accepts[:], state.leaders.overlap[:] = True, overlap
            rule.choose(state, Levers().rows(3), 1, of.game.multiplier, 0.0)
            found.append(state.leaders.contribution)
        assert same_bits(*found) == alike


def test_where_one_issue_is_as_good_as_another_it_does_not_matter_what_is_provided():
    """With a substitution of 1 every agenda brings the same welfare, which is the MU; else some bring more."""
    of = world(*SMALL)
    _, state = played(of, keys(3), 2)
    rng = np.random.default_rng(1)
    for substitution, alike in ((1.0, True), (0.25, False)):
        worth = []
        for _ in range(5):
            state.islands.agenda[:] = rng.dirichlet(np.ones(state.islands.agenda.shape[1]), 3)
            settle.serve(state, substitution)
            worth.append(state.groups.welfare.copy())
        spread = np.ptp(worth, axis=0) / np.mean(worth, axis=0)
        assert (spread < 1e-12).all() if alike else (spread > 1e-3).all()
    settle.serve(state, 1.0)
    own = np.bincount(state.leaders.group, state.leaders.kept) / state.groups.size
    back = np.bincount(state.leaders.group, state.leaders.returned) / state.groups.leaders
    per_person = (state.islands.present / state.islands.people)[state.groups.island]
    np.testing.assert_allclose(state.groups.welfare, own + back * per_person, rtol=1e-12)


def test_without_obligations_all_that_time_leaves_can_be_given():
    """With obligations 0 nothing is tied up; with them the same share of every endowment is."""
    for obligations in (0.0, 0.3):
        state = whole_run((f"people.obligations={obligations}",), {"meetings": 1.0})[1]
        leaders = state.leaders
        np.testing.assert_allclose(leaders.tied, obligations * leaders.endowment, rtol=1e-12)
        assert same_bits(leaders.free, leaders.kept + leaders.given) == (obligations == 0) or np.allclose(
            leaders.free, leaders.kept + leaders.given - leaders.tied, rtol=1e-12
        )
        assert (leaders.tied == 0).all() == (obligations == 0)
    of = world(*SMALL, "people.obligations=0.3")
    state, out = start(of, keys(3)), np.empty((8, 3, len(MEASURES)))
    state.leaders.usual[:], state.leaders.tied[:] = state.leaders.endowment, 0.0  # as if there were none
    for round_ in range(1, 9):
        play(with_strategy(of, Set(levers={})), state, round_, 8, out[round_ - 1])
    off, on = (whole_run((f"people.obligations={share}",)) for share in (0, 0.3))
    assert same_run(off, (out, state)) and not same_bits(on[0], out)


def test_marginalised_leaders_have_as_much_as_others_where_the_factor_is_one():
    """With 1 endowments are those of a community without marginalised groups; else theirs, and theirs alone, differ."""
    others = start(world(*SMALL, "people.marginalised=0"), keys(5)).leaders.endowment
    for factor in (1.0, 0.6):
        state = start(world(*SMALL, f"people.marginalised_endowment={factor}"), keys(5))
        theirs = state.groups.marginalised[state.leaders.group]
        assert theirs.any() and not theirs.all()
        assert same_bits(state.leaders.endowment[~theirs], others[~theirs])
        assert same_bits(state.leaders.endowment[theirs], others[theirs]) == (factor == 1)
        np.testing.assert_allclose(state.leaders.endowment[theirs], factor * others[theirs], rtol=1e-12)


CRISIS = ("scenario=crisis", "scenario.events.crisis=2", "scenario.events.crisis_rounds=4")


def test_a_crisis_that_everyone_can_meet_alone():
    """With crisis_joint 0 the run is the one in which what is kept is of use in any crisis."""
    joint = {share: whole_run((*CRISIS, f"scenario.events.crisis_joint={share}")) for share in (0, 0.8)}
    of = world(*SMALL, *CRISIS, "scenario.events.crisis_joint=0.8")
    state, out, unmet = start(of, keys(3)), np.empty((8, 3, len(MEASURES))), []
    for round_ in range(1, 9):
        play(of, state, round_, 8, out[round_ - 1])
        unmet.append(bool((state.islands.alone < 1).any()))
        state.islands.alone[:] = 1.0
    assert unmet == [False, True, *[False] * 6]
    assert same_run(joint[0], (out, state)) and not same_bits(joint[0.8][0], out)
    welfare = list(MEASURES).index("welfare")
    assert (joint[0.8][0][2:6, :, welfare] < joint[0][0][2:6, :, welfare]).all()
    assert same_bits(joint[0.8][0][:2], joint[0][0][:2])  # before it nothing is another


def test_a_scandal_that_taints_nobody_else():
    """With taint 0 trust in others, and every disposition, is as it was to the last bit; else all of it is less."""
    of = world(*SMALL)
    for taint, alike in ((0.0, True), (0.3, False)):
        state, before = (start(of, keys(3)) for _ in range(2))
        events.expose(state, 0.7, taint)
        exposed = state.leaders.standing < before.leaders.standing
        assert exposed.sum() == 3
        to_others = (state.ties.to >= 0) & ~exposed[state.ties.to]
        assert same_bits(state.ties.trust[to_others], before.ties.trust[to_others]) == alike
        assert same_bits(state.leaders.trusting, before.leaders.trusting) == alike
        of_them = (state.ties.to >= 0) & exposed[state.ties.to]
        assert of_them.any() and (state.ties.trust[of_them] < before.ties.trust[of_them]).all()


def test_without_a_hub_all_deal_with_each_other():
    """With hub 0 the scenario is the calm one; else there is a hub, and more encounters are with it."""
    calm = whole_run(("scenario=calm",))
    off, on = (whole_run(("scenario=one_hub", f"scenario.conditions.hub={hub}")) for hub in (0, 0.8))
    assert same_run(off, calm) and not same_bits(on[0], calm[0])
    assert (calm[1].islands.hub == -1).all() and (calm[1].islands.through == 0).all()
    assert (on[1].islands.hub >= 0).all() and (on[1].islands.through == 0.8).all()
    found = {}
    for through in (0.0, 0.8):
        of = world(*SMALL, "scenario=one_hub", "meet.habit=4")
        state = start(of, keys(3))
        state.islands.through[:] = through
        of.meet.meet(state, Levers().rows(3), 1)
        met = state.leaders.encounters
        found[through] = np.isin(met, state.islands.hub).sum() / (met >= 0).sum()
    assert found[0.8] > found[0.0]


def test_a_channel_without_noise_hears_what_is_said():
    """With noise 0 what is stated is what is wanted, to the last bit; else it is something else."""
    for noise, alike in ((0.0, True), (0.3, False)):
        of = world(*SMALL, f"talk.noise={noise}", "talk=bounded_confidence")
        state, before = start(of, keys(3)), start(of, keys(3)).leaders.priorities
        of.talk.talk(state, Levers().rows(3), 1)
        assert same_bits(state.leaders.stated, before) == alike

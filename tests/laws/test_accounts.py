"""Every MU is accounted for and everything stays within its bounds, in every round of every strategy and scenario."""

from functools import cache

import numpy as np
import pytest
from worlds import EVERY, Set, arrays, condition, keys, start, thrown_together, with_strategy, world

from commonweal.model.convener import Convener
from commonweal.model.levers import DOSES
from commonweal.model.measures import MEASURES
from commonweal.model.round import play

COMMUNITIES, ROUNDS = 3, 10
LOTS = range(25)
NEVER_UNDEFINED = {
    "cooperation", "welfare", "welfare_net", "worst_off", "alignment", "representation", "agreement", "payoff",
    "spend", "asked_gifts", "money",
}  # fmt: skip


class Round(dict):
    """The state before (`was`) and after a round by name, its levers and its measures."""

    def __init__(self, of, was, state, levers, out):
        super().__init__({name: array.copy() for name, array in arrays(state).items()})
        self.of, self.was, self.levers = of, was, levers
        self.out = dict(zip(MEASURES, out.T, strict=True))
        self.here = was["leaders.present"]
        self.island = was["leaders.island"]

    def sum(self, name):
        """(B,) the sum over the leaders who were present."""
        return np.bincount(self.island, self[f"leaders.{name}"] * self.here, minlength=COMMUNITIES)


def rounds_of(of):
    state = start(of, keys(COMMUNITIES))
    out = np.empty((COMMUNITIES, len(MEASURES)))
    found = []
    was = {name: array.copy() for name, array in arrays(state).items()}
    for round_ in range(1, ROUNDS + 1):
        levers = play(of, state, round_, ROUNDS, out)
        found.append(Round(of, was, state, levers, out.copy()))
        was = found[-1]
    return found


@cache
def conditions(kind, which):
    if kind == "conf":
        return rounds_of(condition(*which))
    if kind == "lot":
        return rounds_of(thrown_together(which))
    options = ["strategy.grant=0.3", "strategy.fine=0.5", "strategy.standard=0.4", "strategy.match=1.0"]
    return rounds_of(world("strategy=incentives", "community.leaders=12", *options, *which))


CASES = [("conf", each) for each in EVERY] + [("lot", each) for each in LOTS]
CASES += [("paid", (f"convener.budget={budget}",)) for budget in ("null", "0", "50", "400")]
CASES += [("paid", ("strategy.peers=1.0", "game.team=4", "game.strangers=true"))]
every_condition = pytest.mark.parametrize(("kind", "which"), CASES, ids=str)


def close(one, other):
    np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-7)


@every_condition
def test_leaders_accounts(kind, which):
    """Endowments are given, kept, or used up by the time that levers take; payoffs are what is kept, got and shared.

    What is tied up is kept, as far as there is anything left.
    """
    for now in conditions(kind, which):
        purchasing = now["leaders.endowment"] * now.was["islands.capital"][now.island] * now.here
        busy = now["leaders.busy"]
        assert (busy <= 1).all()
        given, kept = now["leaders.given"], now["leaders.kept"]
        left = (1 - busy) * purchasing
        close(given + kept, left)
        close(now["leaders.free"], np.maximum(left - now["leaders.tied"], 0))
        close(given, now["leaders.contribution"] * now["leaders.free"])
        assert (kept >= np.minimum(now["leaders.tied"], left) - 1e-9).all()
        close(
            now["leaders.usual"] + now["leaders.tied"], now["leaders.endowment"] / now.of.scenario.conditions.endowment
        )
        close(now["islands.time"], np.bincount(now.island, busy * purchasing))
        own = kept + now["leaders.granted"] - now["leaders.fined"]
        close(now["leaders.payoff"], now.here * (own + now["leaders.returned"] * now["leaders.overlap"]))
        assert (own >= -1e-9).all() and (now["leaders.fined"] >= 0).all() and (now["leaders.granted"] >= 0).all()
        away = ~now.here
        for name in (
            "given",
            "kept",
            "free",
            "asked",
            "inspired",
            "heard",
            "granted",
            "fined",
            "returned",
            "payoff",
            "contribution",
            "voice",
        ):
            assert (now[f"leaders.{name}"][away] == 0).all(), name


@every_condition
def test_pools_and_output(kind, which):
    """Pools hold what was given and matched; output is the game's, and all of it is shared out."""
    for now in conditions(kind, which):
        game = now.of.game
        starts = now["islands.team_start"][:-1]
        given = now.sum("given")
        pool = np.add.reduceat(now["teams.pool"], starts)
        matched = np.minimum(now.levers.match * given, purse_after_fixed_costs(now)) * now["islands.agreed"]
        close(pool, given + matched)
        output, most = now["teams.output"], game.multiplier * now["teams.pool"]
        kind_of_game = type(game).__name__
        if kind_of_game == "Linear":
            close(output, most)
        assert (output <= most * (1 + 1e-9) + 1e-9).all()
        if kind_of_game == "Threshold":
            lost = np.add.reduceat(np.where(output == 0, now["teams.pool"], 0), starts)
            close(now["islands.wasted"], lost)
            close(pool * game.multiplier, np.add.reduceat(output, starts) + game.multiplier * lost)
        else:
            assert (now["islands.wasted"] == 0).all()
        manned = now["teams.size"] > 0
        close(now.sum("returned"), np.add.reduceat(output * manned, starts))
        assert (output[~manned] == 0).all()


def fixed_costs(now):
    """What the levers cost before anything is given: by dose and leader reached, and whole where any of it is done.

    Staff hours are money. Who has a seat by custom needs nobody to reach out to them.
    """
    prices, hour = now.of.convener.prices, now.of.convener.hour
    here = now.was["leaders.present"]
    everybody = np.bincount(now.island, here, minlength=COMMUNITIES)
    reached = dict.fromkeys(DOSES, everybody) | {
        "seats": np.bincount(now.island, here & ~now["leaders.invited"], minlength=COMMUNITIES)
    }
    cost = np.zeros(COMMUNITIES)
    for name in DOSES:
        dose, price = getattr(now.levers, name), prices[name]
        cost += dose * reached[name] * (price.money + hour * price.hours)
        cost += np.where(dose > 0, price.fixed_money + hour * price.fixed_hours, 0.0)
    return cost


def purse_after_fixed_costs(now):
    return now.was["islands.purse"] - fixed_costs(now)


@every_condition
def test_the_conveners_account(kind, which):
    """Money spent = fixed costs + matches + grants + recognition + collecting fines - fines returned, all of it paid
    in full while the purse lasts, and never more than the purse holds."""
    for now in conditions(kind, which):
        rule, levers = now.of.incentives, now.levers
        agreed = now["islands.agreed"]
        given, fines, grants = now.sum("given"), now.sum("fined"), now.sum("granted")
        matched = np.minimum(levers.match * given, purse_after_fixed_costs(now)) * agreed
        back = rule.fines_returned * fines
        close(now["islands.destroyed"], fines - back)
        left = purse_after_fixed_costs(now) - matched + back
        due = rule.recognition_cost * levers.recognition * given * agreed + rule.fine_cost * fines
        costs = np.minimum(due, left)
        peers, team = levers.peers[now.island], now["leaders.team"]
        others = now["teams.size"][team] - 1
        gave = (now["teams.shares"][team] - now["leaders.contribution"]) / np.maximum(others, 1)
        standard = (1 - peers) * levers.standard[now.island] + peers * gave * (others > 0)
        earned = now["leaders.contribution"] >= standard
        free = now["leaders.free"] * now.here * agreed[now.island]
        grants_due = np.bincount(now.island, levers.grant[now.island] * free * earned)
        close(grants, np.minimum(grants_due, left - costs))
        short = np.maximum(standard - now["leaders.contribution"], 0)
        fines_due = np.minimum(levers.fine[now.island] * short * free, now["leaders.kept"] * (free > 0))
        close(now["leaders.fined"], fines_due * ~earned)
        close(now["islands.money"], fixed_costs(now) + matched + grants + costs - back)
        close(now["islands.spent"], now.was["islands.spent"] + now["islands.money"])
        budget = now.of.convener.budget
        if budget is None:
            assert np.isinf(now["islands.purse"]).all()
        else:
            close(now["islands.purse"], now.was["islands.purse"] - now["islands.money"])
            assert (now["islands.purse"] >= -1e-9).all()
            whole = now["islands.purse"] + now["islands.spent"]
            close(whole, conditions(kind, which)[0].was["islands.purse"])
        present = now.was["islands.present"]
        close(now.out["money"] * present, now["islands.money"])
        close(now.out["spend"] * present, now["islands.money"] + now["islands.time"])
        close(now.out["payoff"] * present, now.sum("payoff"))
        taken = sum(getattr(levers, name) * now.of.convener.prices[name].time for name in DOSES)
        close(now["leaders.busy"], np.broadcast_to(taken, COMMUNITIES)[now.island])


@every_condition
def test_what_exemplars_are_asked_for_is_booked(kind, which):
    """Of those who were asked, and of nobody else: without exemplars it is nothing."""
    for now in conditions(kind, which):
        asked = now["leaders.asked"]
        assert (asked[~now["leaders.exemplar"]] == 0).all()
        close(now.out["asked_gifts"] * now.was["islands.present"], np.bincount(now.island, asked * now["leaders.free"]))
        first = np.bincount(now.island, now["leaders.exemplar"], minlength=COMMUNITIES)
        assert (now.out["asked_gifts"][(now.levers.exemplars == 0) | (first == 0)] == 0).all()


def test_exemplars_are_asked_for_something():
    assert any((now.out["asked_gifts"] > 0).any() for now in conditions("conf", ("lead_by_example", "calm")))


def test_a_fixed_part_is_due_whole_however_little_is_done():
    """Half of a dose costs half of what each leader costs, and all of what is fixed."""
    price = {"money": 2, "hours": 0.5, "time": 0, "fixed_money": 30, "fixed_hours": 4}
    rest = dict.fromkeys(("money", "hours", "time", "fixed_money", "fixed_hours"), 0)
    of = world("community.leaders=12", "people.marginalised_seat=0")
    prices = dict.fromkeys(DOSES, rest) | {"talks": price, "seats": price}
    priced = of.model_copy(update={"convener": Convener(budget=None, hour=10, prices=prices)})
    for levers, per_leader in (({"talks": 1.0}, 7.0), ({"talks": 0.5}, 3.5), ({}, None), ({"seats": 0.5}, 3.5)):
        state, out = start(priced, keys(COMMUNITIES)), np.empty((COMMUNITIES, len(MEASURES)))
        play(with_strategy(priced, Set(levers=levers)), state, 1, ROUNDS, out)
        without_seat = np.bincount(state.leaders.island, ~state.leaders.invited)
        assert (without_seat > 0).all() and (without_seat < 12).all()
        reached = without_seat if "seats" in levers else 12
        close(state.islands.money, 0.0 if per_leader is None else per_leader * reached + 70.0)


@every_condition
def test_every_MU_goes_somewhere_in_every_round(kind, which):
    """What leaders had and what the convener spent is kept, granted, pooled, given as time, or paid for what was done.

    And what was pooled comes back multiplied, but for what the game loses; of what comes back, what an agenda has of
    one's own reaches the payoff.
    """
    for now in conditions(kind, which):
        rule, levers, agreed = now.of.incentives, now.levers, now["islands.agreed"]
        had = now["leaders.endowment"] * now.was["islands.capital"][now.island] * now.here
        had = np.bincount(now.island, had, minlength=COMMUNITIES)
        given, kept, fines, grants = (now.sum(name) for name in ("given", "kept", "fined", "granted"))
        starts = now["islands.team_start"][:-1]
        pooled, output = (np.add.reduceat(now[f"teams.{name}"], starts) for name in ("pool", "output"))
        fixed, back = fixed_costs(now), rule.fines_returned * fines
        due = rule.recognition_cost * levers.recognition * given * agreed + rule.fine_cost * fines
        paid = np.minimum(due, now.was["islands.purse"] - fixed - (pooled - given) + back)
        uses = now["islands.time"] + kept + grants - fines + pooled + fixed + paid + now["islands.destroyed"]
        close(had + now["islands.money"], uses)
        if now.of.convener.budget is not None:
            close(now.was["islands.purse"] - now["islands.purse"], now["islands.money"])
        lost = now.of.game.multiplier * pooled - output
        assert (lost >= -1e-7).all()
        unwanted = np.bincount(now.island, now["leaders.returned"] * (1 - now["leaders.overlap"]) * now.here)
        close(now.sum("payoff") + unwanted + lost, kept + grants - fines + now.of.game.multiplier * pooled)


@every_condition
def test_welfare_comes_from_output_and_from_what_is_kept(kind, which):
    for now in conditions(kind, which):
        size, g = now["groups.size"], now.was["leaders.group"]
        own = now["leaders.kept"] + now["leaders.granted"] - now["leaders.fined"]
        if now.of.scenario.events.turnover == 0:  # else some of these are successors' priorities already
            welfare_by_issue(now, own, g)
        people, island = now.was["islands.people"], now["groups.island"]
        total = np.bincount(island, now["groups.welfare"] * size)
        close(now.out["welfare"] * people, total)
        close(now["groups.welfare"], now["groups.joint"] + now["groups.own"])
        starts = now["islands.team_start"][:-1]
        output = np.add.reduceat(now["teams.output"], starts)
        joint = np.bincount(island, now["groups.joint"] * size)
        if not now.of.game.team:  # nothing is worth more than itself
            spent = np.bincount(now.island, own) + output
            assert (total <= spent * (1 + 1e-9) + 1e-7).all()
        assert (joint[output == 0] == 0).all() and (joint >= 0).all()
        close(now.out["welfare_net"] * people, total - now["islands.money"])
        there = now.was["groups.leaders"] > 0
        for b in range(COMMUNITIES):
            worst = now["groups.welfare"][there & (island == b)].min()
            close(now.out["worst_off"][b], worst - now["islands.money"][b] / people[b])


def welfare_by_issue(now, own, g):
    """The welfare of each group, and what is joint and own of it, by the formula as it is written, issue by issue."""
    size, island, people = now["groups.size"], now["groups.island"], now.was["islands.people"]
    r, need = now.of.people.issue_substitution, now.was["groups.need"]
    there = now.was["groups.leaders"]
    wanted = own[:, None] * now["leaders.priorities"] * now.here[:, None]
    kept = np.column_stack([np.bincount(g, each, minlength=len(size)) for each in wanted.T]) / size[:, None]
    kept = kept * now.was["islands.alone"][island]
    returned = np.bincount(g, now["leaders.returned"], minlength=len(size)) / np.maximum(there, 1)
    output = returned * now.was["islands.present"][island] / people[island]
    joint = output[:, None] * now["islands.agenda"][island]
    both = kept + joint
    part = np.where((both > 0) & (need > 0), need ** (1 - r) * both**r, 0.0)
    whole = part.sum(axis=1) ** (1 / r) * (there > 0)
    of_joint = (part * joint / np.maximum(both, 1e-300)).sum(axis=1) / np.maximum(part.sum(axis=1), 1e-300)
    close(now["groups.welfare"], whole)
    close(now["groups.joint"], whole * of_joint)
    close(now["groups.own"], whole * (1 - of_joint))


SHARES = ("contribution", "belief", "willing", "promise_keeping", "reservation", "intercept", "voice", "busy", "pledge",
          "commitment", "record", "trusting", "faith", "heard", "inspired")  # fmt: skip


@every_condition
def test_state_stays_within_bounds(kind, which):
    for now in conditions(kind, which):
        inside = {name: now[f"leaders.{name}"] for name in SHARES}
        inside |= {f"tie {name}": now[f"ties.{name}"][now["ties.to"] >= 0] for name in ("strength", "trust")}
        inside |= {
            name: now[f"islands.{name}"] for name in ("cooperation", "capital", "insistence", "alone", "through")
        }
        for name, array in inside.items():
            assert ((array >= 0) & (array <= 1 + 1e-12)).all(), name
        assert ((now["leaders.overlap"] >= 0) & (now["leaders.overlap"] <= 1 + 1e-9)).all()
        rule, motivation = now.of.incentives, now["leaders.motivation"]
        assert (motivation >= -rule.success - rule.crowding_out - 1e-12).all()
        assert (motivation <= rule.success + rule.crowding_in + 1e-12).all()
        for lever in ("match", "esteem", "pressure"):
            assert (now[f"islands.known_{lever}"] >= 0).all()
        wholes = [now[name] for name in ("leaders.priorities", "leaders.anchor", "leaders.stated", "groups.need")]
        wholes.append(now["islands.plan"][now["islands.planned"] > 0])
        seated = np.bincount(now.island, now["leaders.seated"]) > 0
        wholes.append(now["islands.agenda"][seated])
        for whole in wholes:
            assert (whole >= -1e-12).all()
            talked = whole[whole.sum(axis=1) > 0]  # nobody has stated anything where there is silence
            close(talked.sum(axis=1), 1.0)
        close(np.bincount(now.island, now["leaders.voice"]), seated)
        for name in ("seated", "pledged", "exemplar"):
            assert not (now[f"leaders.{name}"] & ~now.here).any(), name
        asked = np.bincount(now["leaders.team"], now["leaders.exemplar"], minlength=len(now["teams.size"]))
        community = np.repeat(np.arange(COMMUNITIES), np.diff(now["islands.team_start"]))
        wanted = np.floor(now.levers.exemplars[community] * now["teams.size"] + 0.5)
        accepting = now["leaders.accepts"] & now.here
        of_team = np.bincount(now["leaders.team"], accepting, minlength=len(now["teams.size"]))
        close(asked, np.minimum(wanted, of_team) * now["islands.agreed"][community])
        assert not (now["leaders.exemplar"] & ~accepting).any()
        assert (now["leaders.contribution"][~accepting] == 0).all()
        assert not now["islands.reopened"].any()


@every_condition
def test_ties_stay_in_their_community_one_to_each(kind, which):
    for now in conditions(kind, which):
        begin, to = now["ties.start"], now["ties.to"]
        owner = np.repeat(np.arange(len(begin) - 1), np.diff(begin))
        taken = to >= 0
        assert (now.island[owner[taken]] == now.island[to[taken]]).all()
        assert (owner != to).all()
        pairs = owner[taken].astype(np.int64) * len(owner) + to[taken]
        assert len(np.unique(pairs)) == len(pairs)
        rule = now.of.meet
        if rule.capacity > 0:  # what attention there is, and what this round's encounters have added
            given = np.bincount(owner, now["ties.strength"], minlength=len(begin) - 1)
            met = now["leaders.encounters"]
            begun = (met >= 0).sum(axis=1) + np.bincount(met[met >= 0], minlength=len(begin) - 1)
            assert (given <= rule.capacity + rule.gain * begun + 1e-9).all()


@every_condition
def test_measures_stay_within_bounds(kind, which):
    signed = {"belief_error": 1.0, "leaders_curse": np.inf}
    for now in conditions(kind, which):
        for name, measure in MEASURES.items():
            values = now.out[name]
            assert not np.isinf(values).any(), name
            if name in NEVER_UNDEFINED:
                assert not np.isnan(values).any(), name
            defined = values[~np.isnan(values)]
            if name in signed:
                assert (np.abs(defined) <= signed[name]).all(), name
            elif measure.unit in ("share", "0..1"):
                assert ((defined >= -1e-12) & (defined <= 1 + 1e-9)).all(), name


def test_polarisation_and_ginis_are_what_they_say():
    """The fast formulas against their definitions, over all pairs."""
    for now in conditions("conf", ("laissez_faire", "calm")) + conditions("conf", ("all", "polarised")):
        for b in range(COMMUNITIES):
            mine = now.island == b
            wish = now["leaders.priorities"][mine]
            apart = 0.5 * np.abs(wish[:, None] - wish).sum(axis=2)
            n = len(wish)
            close(now.out["polarisation"][b], apart.sum() / (n * (n - 1)))
            voice = now["leaders.voice"][mine]
            close(now.out["voice_gini"][b], np.abs(voice[:, None] - voice).sum() / (2 * n * voice.sum()))
            groups = now["groups.island"] == b
            size, welfare = now["groups.size"][groups], now["groups.welfare"][groups]
            gaps = (np.abs(welfare[:, None] - welfare) * size[:, None] * size).sum()
            close(now.out["gini"][b], gaps / (2 * size.sum() * (size * welfare).sum()))
            seated = now["leaders.seated"][mine]
            close(now.out["acceptability_sd"][b], now["leaders.overlap"][mine][seated].std())

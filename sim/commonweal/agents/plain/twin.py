"""The round once more, the plain Mesa way: one object per leader, per tie, per group, per team.

This is the model's tutorial, the engine's referee and the benchmark's yardstick. Read `PlainTwin.step` first: it is
the round, and each of its steps is the method of that name below. Nothing here is shared with the engine but
numbers: the parameters, the strategy, the luck (a pure function of run, decision, round and leader), and the
community before the first round. tests/plain/test_plain_twin.py holds the two against each other.
"""

from math import ceil, exp, inf, log, sqrt

import mesa
import numpy as np

from commonweal.agents.plain.leader import Group, Leader, Team, Tie, clip, overlap
from commonweal.agents.plain.measures import measures_of
from commonweal.model import luck
from commonweal.model.community.populate import populate
from commonweal.model.levers import DOSES, Levers, Seen
from commonweal.model.mechanisms.decision_rule.majority import Majority
from commonweal.model.mechanisms.decision_rule.unanimity import Unanimity
from commonweal.model.mechanisms.game.ces import Ces
from commonweal.model.mechanisms.game.threshold import Threshold
from commonweal.model.mechanisms.talk.bounded_confidence import BoundedConfidence
from commonweal.model.mechanisms.talk.deffuant import Deffuant
from commonweal.model.mechanisms.talk.friedkin_johnsen import FriedkinJohnsen
from commonweal.model.mechanisms.talk.silence import Silence
from commonweal.model.mechanisms.trust.asymmetric import Asymmetric

MOST_ENCOUNTERS = 12  # that one leader can begin in a round


class PlainTwin(mesa.Model):
    """One community. `step` plays a round and puts its measures, by name, in `measures`."""

    def __init__(self, world, run_key, rounds):
        super().__init__(rng=0)  # Mesa's own generators are not used: luck comes from commonweal.model.luck
        self.world, self.run, self.rounds, self.round = world, np.uint64(run_key), rounds, 0
        state = populate(
            world.community, world.people, world.scenario.conditions, np.array([self.run]), world.game.team
        )
        groups = state.groups
        self.groups = [
            Group(float(groups.size[g]), bool(groups.marginalised[g]), groups.need[g].tolist())
            for g in range(len(groups.size))
        ]
        self.leaders = [Leader(self, row, state) for row in range(len(state.leaders.key))]
        for row, leader in enumerate(self.leaders):
            for slot in range(state.ties.start[row], state.ties.start[row + 1]):
                to, strength, trust = (float(column[slot]) for column in state.ties[1:4])
                leader.slots.append(Tie(self.leaders[int(to)], strength, trust) if to >= 0 else None)
        self.issues = range(groups.need.shape[1])
        self.sectors = [[] for _ in range(state.islands.sector_start.shape[1] - 1)]
        for leader in self.leaders:
            self.sectors[leader.sector].append(leader)
        self.outsiders = [[a for other in self.sectors if other is not own for a in other] for own in self.sectors]
        self.team_of, self.teams = {}, []
        self.stranger_trust = float(state.islands.stranger_trust[0])
        self.capital, self.spent, self.cooperation, self.agreed = 1.0, 0.0, 0.0, True
        self.plan, self.planned = None, 0
        self.attend(everyone=not world.scenario.events.arrival)
        budget = world.convener.budget
        self.purse = inf if budget is None else budget * len(self.present)

    def step(self):
        """The round: a month."""
        self.round += 1
        self.look()
        self.form_teams()
        self.meet()
        self.talk()
        self.make_pledges()
        self.agree()
        self.lead()
        self.choose()
        self.produce()
        self.settle()
        self.update_trust()
        self.learn()
        self.measures = measures_of(self)
        self.cooperation, self.spent = self.measures["cooperation"], self.spent + self.money
        self.strike()

    def chance(self, stream, leader, index=0, round_=None):
        """A number in [0, 1) that depends on nothing but what it is for."""
        return luck.uniform(self.run, stream, self.round if round_ is None else round_, leader.key, index)

    def chances(self, stream, leader, index=0):
        """Four of them."""
        return luck.uniforms(self.run, stream, self.round, leader.key, index)

    # 1. look ------------------------------------------------------------------------------------------------

    def look(self):
        """The strategy sees the public record and sets the levers; the convener pays, or does nothing."""
        n = len(self.present)
        seated = sum([leader.seated for leader in self.present]) / n
        record = (n, seated, self.cooperation, float(self.agreed), self.spent / n)
        seen = Seen(self.round, self.rounds, *(np.array([number]) for number in record))
        levers = Levers(*(float(row[0]) for row in self.world.strategy.act(seen).rows(1)))
        prices = self.world.convener.prices
        self.money = n * sum([getattr(levers, dose) * prices[dose].money for dose in DOSES])
        self.busy = sum([getattr(levers, dose) * prices[dose].time for dose in DOSES])
        if self.money > self.purse:
            levers, self.money, self.busy = Levers(), 0.0, 0.0
        self.purse -= self.money
        self.levers = levers
        self.time_spent = sum([self.busy * leader.endowment * self.capital for leader in self.present])

    def form_teams(self):
        """One team of all, or teams drawn by lot: for good, or anew each round."""
        game = self.world.game
        if self.round == 1 or game.strangers:
            dealt, size = self.leaders, game.team or len(self.leaders)
            if game.team:
                dealt = sorted(self.leaders, key=lambda leader: self.chance(luck.TEAM, leader))
            self.teams = [Team() for _ in range(ceil(len(dealt) / size))]
            self.team_of = {leader: self.teams[place // size] for place, leader in enumerate(dealt)}
        for team in self.teams:
            team.members = []
        for leader in self.present:
            self.team_of[leader].members.append(leader)

    # 2. meet ------------------------------------------------------------------------------------------------

    def meet(self):
        """Ties fade; then everyone decides whom to see, from the ties as they are; then all meet."""
        rule = self.world.meet
        for leader in self.leaders:
            for slot, tie in enumerate(leader.slots):
                if tie is not None:
                    tie.strength *= 1 - rule.decay
                    if tie.strength < rule.forgotten:
                        leader.slots[slot] = None
        encounters = [(leader, other) for leader in self.present for other in self.sought_by(leader)]
        for leader, other in encounters:
            leader.strengthen(other, rule.gain, self.stranger_trust)
            other.strengthen(leader, rule.gain, self.stranger_trust)

    def sought_by(self, leader):
        """Whom a leader seeks out: some by habit, some at the convener's forums."""
        rule, levers, sought = self.world.meet, self.levers, []
        more, convened, _, _ = self.chances(luck.HABIT, leader)
        habitual = min(int(rule.habit + more), MOST_ENCOUNTERS)
        colleagues = self.sectors[leader.sector]
        for meeting in range(habitual):
            kind, first, second, _ = self.chances(luck.HABIT, leader, meeting + 1)
            other = None
            if kind < rule.by_tie:
                other = leader.someone_tied(first)
            elif kind >= rule.by_tie + rule.by_sector:
                friend = leader.someone_tied(first)
                other = friend.someone_tied(second) if friend else None
            sought.append(other or colleagues[int(first * len(colleagues))])
        for meeting in range(min(int(levers.meetings + convened), MOST_ENCOUNTERS - habitual)):
            kind, first, _, _ = self.chances(luck.FORUM, leader, meeting)
            among = self.outsiders[leader.sector] if kind < levers.bridging else self.leaders
            if among:
                sought.append(among[int(first * len(among))])
        return [other for other in sought if other is not leader and other.present]

    # 3. talk ------------------------------------------------------------------------------------------------

    def talk(self):
        """Leaders say what they want; what they hear moves what they want. Once by custom, more often by levers."""
        rule = self.world.talk
        if isinstance(rule, Silence):
            return
        further = int(self.levers.talks + luck.uniform(self.run, luck.HEARD, self.round, np.uint64(0), 65535))
        for talk in range(1 + further):
            for leader in self.present:
                leader.stated = self.garbled(leader, talk)
            if isinstance(rule, Deffuant):
                revised = self.in_pairs(talk)
            else:
                revised = [self.hear(leader, talk) for leader in self.present]
            for leader, priorities in zip(self.present, revised, strict=True):
                leader.priorities = priorities

    def garbled(self, leader, talk):
        """His priorities as the others hear them: the channel mixes in a random point of the simplex."""
        garble = self.world.talk.noise * (1 - self.levers.clarity)
        if garble <= 0:
            return leader.priorities
        chances = [c for k in self.issues[::4] for c in self.chances(luck.GARBLE, leader, talk * 4096 + k)]
        noise = [-log(chances[k]) for k in self.issues]
        total = sum(noise)
        return [p + garble * (x / total - p) for p, x in zip(leader.priorities, noise, strict=True)]

    def hear(self, leader, talk):
        """What a leader's priorities become."""
        rule, levers, own = self.world.talk, self.levers, leader.priorities
        bounded = isinstance(rule, BoundedConfidence)
        limit = rule.bound * (1 + levers.mediation * rule.widening) if bounded else 1.0
        words = [(tie.to, tie.strength * tie.trust) for tie in leader.active_ties()]
        if levers.reach > 0:
            chance, _, _, _ = self.chances(luck.HEARD, leader, talk * 16)
            for turn in range(int(levers.reach + chance)):
                place, _, _, _ = self.chances(luck.HEARD, leader, talk * 16 + 1 + turn)
                speaker = self.leaders[int(place * len(self.leaders))]
                if speaker is not leader and speaker.present:
                    words.append((speaker, rule.forum_weight))
        total, mean = rule.self_weight, [rule.self_weight * p for p in own]
        for speaker, weight in words:
            said = speaker.stated
            if 0.5 * sum([abs(a - b) for a, b in zip(said, own, strict=True)]) <= limit:
                weight *= (1 - levers.equality) * speaker.standing + levers.equality
                total += weight
                mean = [m + weight * s for m, s in zip(mean, said, strict=True)]
        mean = [m / total for m in mean] if total > 0 else own
        moved = zip(mean, own, leader.anchor, strict=True)
        if bounded:
            return [p + (rule.speed * (m - p) + rule.anchoring * (a - p)) for m, p, a in moved]
        if isinstance(rule, FriedkinJohnsen):
            return [rule.susceptibility * m + (1 - rule.susceptibility) * a for m, p, a in moved]
        return mean

    def in_pairs(self, talk):
        """What everyone's priorities become where leaders talk in pairs drawn by lot."""
        rule = self.world.talk
        limit = rule.bound * (1 + self.levers.mediation * rule.widening)
        dealt = sorted(self.present, key=lambda leader: self.chance(luck.PAIR, leader, talk))
        pairs = list(zip(dealt[::2], dealt[1::2], strict=False))
        partner = dict(pairs) | {other: one for one, other in pairs}
        revised = []
        for leader in self.present:
            own, said = leader.priorities, partner[leader].stated if leader in partner else leader.priorities
            near = 0.5 * sum([abs(a - b) for a, b in zip(said, own, strict=True)]) <= limit
            revised.append([p + rule.speed * (s - p) for p, s in zip(own, said, strict=True)] if near else own)
        return revised

    def make_pledges(self):
        """Some are asked what they will give. They mean what they would if all gave; the unreliable say more."""
        rule, asked = self.world.pledge, self.levers.pledges
        pledges = []
        for leader in self.present:
            leader.pledge = None
            if asked > 0 and self.chance(luck.PLEDGE, leader) < asked:
                would = min(leader.motivation * leader.willing * (leader.intercept + leader.slope), 1.0)
                leader.meant = would + rule.commitment * (1 - would)
                leader.pledge = leader.meant + (1 - leader.promise_keeping) * (1 - leader.meant)
                pledges.append(leader.pledge)
        for leader in self.present if pledges else []:
            team = self.team_of[leader]
            heard = [one.pledge for one in team.members if one.pledge is not None]
            others, said = len(heard), sum(heard)  # of those he is not tied to
            if leader.pledge is not None:
                others, said = others - 1, said - leader.pledge
            hearing = credit = pledged = 0.0
            for tie in leader.active_ties():
                if tie.to.pledge is not None and self.team_of[tie.to] is team:
                    others, said = others - 1, said - tie.to.pledge
                    hearing += tie.strength
                    credit += tie.strength * tie.trust
                    pledged += tie.strength * tie.trust * tie.to.pledge
            hearing += rule.public * others
            credit += rule.public * self.stranger_trust * others
            pledged += rule.public * self.stranger_trust * said
            if hearing > 0:
                leader.belief += rule.weight * (pledged - credit * leader.belief) / hearing

    # 4. agree -----------------------------------------------------------------------------------------------

    def agree(self):
        """An agenda is proposed, amended where it is refused, and passes or not."""
        self.take_seats()
        self.draft_plan()
        self.propose()
        self.decide()
        for _ in range(self.world.agree.amendments):
            if not self.agreed:
                self.amend()
                self.decide()
        if not self.agreed and self.levers.plan > 0 and self.planned:
            self.agenda = self.plan
            self.decide()

    def take_seats(self):
        """Who sits at the table, with what share of the voices."""
        levers = self.levers
        for leader in self.present:
            leader.seated = leader.invited or self.chance(luck.SEAT, leader, 1, round_=0) < levers.seats
        self.table = [leader for leader in self.present if leader.seated]
        standing = sum([leader.standing for leader in self.table])
        for leader in self.present:
            leader.voice = 0.0
            if leader.seated:
                equal = levers.equality / len(self.table)
                leader.voice = (1 - levers.equality) * leader.standing / standing + equal

    def draft_plan(self):
        """The plan is the mean of what its drafters want."""
        levers = self.levers
        due = not self.planned or (levers.revision > 0 and self.round - self.planned >= levers.revision)
        if levers.plan > 0 and due:
            drafters = [each for each in self.present if self.chance(luck.DRAFT, each) < levers.participation]
            if drafters:
                self.plan, self.planned = self.mean_wish(drafters), self.round

    def mean_wish(self, leaders):
        return [sum([leader.priorities[k] for leader in leaders]) / len(leaders) for k in self.issues]

    def propose(self):
        """What the voices want, what nobody opposes, what the plan says, by the levers' weights."""
        levers, floor = self.levers, self.world.agree.floor
        agenda = [sum([leader.voice * leader.priorities[k] for leader in self.table]) for k in self.issues]
        if levers.common_ground > 0 and self.table:
            n = len(self.table)
            wishes = [[max(one.priorities[k], floor) for one in self.table] for k in self.issues]
            pool = [exp(sum([log(wish) for wish in each]) / n) if min(each) > 0 else 0.0 for each in wishes]
            if sum(pool) > 0:
                agenda = self.blend(agenda, [p / sum(pool) for p in pool], levers.common_ground)
        if levers.plan > 0 and self.planned:
            agenda = self.blend(agenda, self.plan, levers.plan)
        self.agenda = agenda

    def blend(self, agenda, other, weight):
        return [a + weight * (o - a) for a, o in zip(agenda, other, strict=True)]

    def decide(self):
        """Each holds the agenda against what he wants, less strictly the more he trusts the others; all count."""
        eases, rule = self.world.agree.trust_eases, self.world.decision_rule
        for leader in self.present:
            leader.overlap = overlap(leader.priorities, self.agenda)
            trusts = [tie.trust for tie in leader.active_ties() if tie.to.seated]
            others = len(self.table) - leader.seated
            strangers = max(others - len(trusts), 0)
            trust = (sum(trusts) + strangers * self.stranger_trust) / max(others, 1)
            leader.accepts = leader.overlap >= leader.reservation * (1 - eases * trust)
        heads, for_it = len(self.table), sum([leader.accepts for leader in self.table])
        if isinstance(rule, Majority):
            self.agreed = 2 * for_it > heads
        elif isinstance(rule, Unanimity):
            self.agreed = for_it == heads > 0
        else:  # a quota, of heads (supermajority) or of voice (power_weighted)
            if type(rule).__name__ == "PowerWeighted":
                heads = sum([leader.voice for leader in self.table])
                for_it = sum([leader.voice for leader in self.table if leader.accepts])
            self.agreed = heads > 0 and for_it >= rule.quota * heads - 1e-12

    def amend(self):
        """The agenda moves towards what its refusers want."""
        refusers = [leader for leader in self.table if not leader.accepts]
        if refusers:
            self.agenda = self.blend(self.agenda, self.mean_wish(refusers), self.world.agree.concession)

    # 5. choose ----------------------------------------------------------------------------------------------

    def lead(self):
        """The goal is heard, exemplars are asked, and they give first."""
        rule, levers = self.world.choose, self.levers
        if levers.specificity > 0 and self.agreed:
            for leader in self.present:
                if leader.accepts:
                    leader.belief += levers.specificity * rule.focus * (levers.goal - leader.belief)
        top = max(one.standing for one in self.leaders)

        def prominence(leader):
            lot = self.chance(luck.EXEMPLAR, leader, round_=0)
            return levers.prominence * (leader.standing / top) + (1 - levers.prominence) * lot

        asked = []
        for team in self.teams if self.agreed else []:
            wanted = int(levers.exemplars * len(team.members) + 0.5)
            asked += sorted(team.members, key=prominence, reverse=True)[:wanted]
        for leader in self.leaders:
            leader.exemplar, leader.contribution = False, 0.0
        for leader in asked:
            leader.exemplar = True
            leader.contribution = self.share_given_by(leader)

    def choose(self):
        """The others see what the exemplars in their team gave, and choose."""
        for team in self.teams:
            examples = [leader.contribution for leader in team.members if leader.exemplar]
            for leader in team.members:
                if examples and not leader.exemplar:
                    surprise = sum(examples) / len(examples) - leader.belief
                    leader.belief += self.levers.visibility * self.world.choose.follow * surprise
        for leader in self.present:
            if not leader.exemplar and self.agreed:
                leader.contribution = self.share_given_by(leader)

    def share_given_by(self, leader):
        """Conditional cooperation, weakened by misalignment, moved by returns and chance."""
        rule, levers = self.world.choose, self.levers
        slope = (rule.stated_gain * leader.slope + rule.matching) * (1 - rule.misalignment * (1 - leader.overlap))
        schedule = rule.stated_gain * leader.intercept + slope * leader.belief
        mpcr = self.world.game.multiplier / len(self.team_of[leader].members)
        back = mpcr * (1 + levers.match) * leader.overlap + levers.recognition
        passing = luck.normal(self.run, luck.NOISE, self.round, leader.key, 0)
        share = leader.motivation * leader.willing * schedule + rule.responsiveness * (back - 1) + rule.constant
        share += rule.noise * (sqrt(rule.lasting) * leader.temper + sqrt(1 - rule.lasting) * passing)
        standard = (1 - levers.peers) * levers.standard + levers.peers * leader.belief
        if share < standard:
            share = min(share + rule.responsiveness * (levers.fine + levers.grant), standard)
        if leader.pledge is not None:
            share += leader.promise_keeping * (leader.meant - share)
        if leader.exemplar:
            share += leader.promise_keeping * (levers.example - share)
        return clip(share)

    # 6. produce ---------------------------------------------------------------------------------------------

    def produce(self):
        """Gifts are pooled, matched while the purse lasts, and become joint output."""
        free = self.capital * max(1 - self.busy, 0)
        for leader in self.leaders:
            leader.given = leader.contribution * leader.endowment * free if leader.present else 0.0
            leader.kept = leader.endowment * free - leader.given if leader.present else 0.0
        given = sum([leader.given for leader in self.present])
        matched = min(self.levers.match * given, self.purse)
        self.money += matched
        self.purse -= matched
        for team in self.teams:
            pool = sum([leader.given for leader in team.members])
            team.pool = pool * (1 + matched / given) if matched > 0 else pool
            team.output = self.world.game.multiplier * team.pool * self.yield_of(team)

    def yield_of(self, team):
        """What the game makes of a MU pooled, against the linear game."""
        game = self.world.game
        if isinstance(game, Threshold):
            endowments = sum([leader.endowment * self.capital for leader in team.members])
            return float(team.pool >= game.provision * endowments)
        if isinstance(game, Ces) and team.pool > 0:
            gave = dict.fromkeys([leader.sector for leader in team.members], 0.0)
            for leader in team.members:
                gave[leader.sector] += leader.given
            rho, total = game.substitution, sum(gave.values())
            if rho < 0 and min(gave.values()) == 0:
                return 0.0
            inner = sum([(each / total) ** rho for each in gave.values() if each > 0])
            return (len(gave) ** (rho - 1) * inner) ** (1 / rho)
        return 1.0

    # 7. settle ----------------------------------------------------------------------------------------------

    def settle(self):
        """Grants, fines and esteem; what they do to motivation; payoffs and the welfare of the people."""
        rule, levers = self.world.incentives, self.levers
        for leader in self.leaders:
            leader.granted = leader.fined = leader.payoff = 0.0
        for leader in self.present if self.agreed else []:
            others = [one.contribution for one in self.team_of[leader].members if one is not leader]
            standard = (1 - levers.peers) * levers.standard
            standard += levers.peers * sum(others) / len(others) if others else 0.0
            free, short = leader.given + leader.kept, standard - leader.contribution
            if short <= 0:
                leader.granted = levers.grant * free
            else:
                leader.fined = min(levers.fine * short * free, leader.kept)
        due, fines = (sum([getattr(leader, name) for leader in self.present]) for name in ("granted", "fined"))
        esteem = levers.recognition * sum([leader.given for leader in self.present]) if self.agreed else 0.0
        back = rule.fines_returned * fines
        costs = min(rule.recognition_cost * esteem + rule.fine_cost * fines, self.purse + back)
        left = self.purse + back - costs
        paid = left / due if due > left else 1.0
        self.money += costs + paid * due - back
        self.purse = left - paid * due
        material, praise = min(levers.match + levers.grant + levers.fine, 1.0), min(levers.recognition, 1.0)
        rest = 1 - rule.crowding_out * material + rule.crowding_in * praise
        for leader in self.present:
            leader.motivation += rule.adaptation * (rest - leader.motivation)
            leader.granted *= paid
            own = leader.kept + leader.granted - leader.fined
            leader.own = own * overlap(leader.priorities, leader.group.need)
            team = self.team_of[leader]
            leader.returned = team.output / len(team.members)
            leader.payoff = own + leader.returned * leader.overlap
        for group in self.groups_here:
            returned = sum([leader.returned for leader in group.leaders]) / len(group.leaders)
            joint = returned * overlap(self.agenda, group.need) * len(self.present) / self.people
            group.welfare = joint + sum([leader.own for leader in group.leaders]) / group.size

    # 8. learn -----------------------------------------------------------------------------------------------

    def update_trust(self):
        """What was given is held against what was pledged or expected, by those who attend to the giver."""
        rule = self.world.trust
        for leader in self.present if self.agreed else []:
            for tie in leader.active_ties():
                gave, hoped = tie.to.contribution, leader.expected_of(tie.to)
                if isinstance(rule, Asymmetric):
                    surprise = rule.rate * tie.strength * (gave - hoped)
                    if surprise > 0:
                        tie.trust += min(surprise, 1.0) * (1 - tie.trust)
                    else:
                        tie.trust += max(surprise * rule.asymmetry, -1.0) * tie.trust
                else:
                    outcome = gave / hoped if gave < hoped else 1.0
                    kept = rule.memory * (tie.evidence or rule.prior)
                    tie.evidence = kept + tie.strength
                    if tie.evidence > 0:
                        tie.trust = (kept * tie.trust + tie.strength * outcome) / tie.evidence

    def learn(self):
        """Beliefs follow what was seen; some willing leaders turn selfish, some selfish ones are willing again."""
        rule = self.world.learn
        for team in self.teams if self.agreed else []:
            total, others = sum([leader.contribution for leader in team.members]), len(team.members) - 1
            for leader in team.members if others else []:
                seen, ties = (total - leader.contribution) / others, leader.active_ties()
                attention = sum([tie.strength for tie in ties])
                if attention > 0:
                    attended = sum([tie.strength * tie.to.contribution for tie in ties]) / attention
                    seen = rule.public * seen + (1 - rule.public) * attended
                leader.belief = clip(rule.constant + rule.seen * seen + rule.own * leader.belief)
                if rule.quits > 0:
                    chance = self.chance(luck.WILLING, leader)
                    if leader.willing and chance < rule.quits - rule.reassured * seen:
                        leader.willing = 0.0
                    elif not leader.willing and chance < rule.returns:
                        leader.willing = 1.0

    # 9. events ----------------------------------------------------------------------------------------------

    def strike(self):
        """What the scenario makes happen at the end of the round."""
        events, now = self.world.scenario.events, self.round
        if events.turnover > 0:
            self.succeed(events)
        if now == events.scandal:
            worst = max(self.present, key=lambda leader: leader.standing)
            worst.standing *= 1 - events.severity
            for tie in [tie for leader in self.leaders for tie in leader.ties() if tie.to is worst]:
                tie.trust *= 1 - events.severity
        if now == events.cut:
            self.capital = 1 - events.cut_share
        if events.crisis and now in (events.crisis, events.crisis + events.crisis_rounds):
            self.shift_need(events.crisis_shift if now == events.crisis else 0.0, events)
        if now == events.arrival:
            self.attend(everyone=True)

    def succeed(self, events):
        """Some leaders are succeeded by someone with the disposition of a leader of the community."""
        new = set()
        for leader in self.present:
            chance, place, _, _ = self.chances(luck.TURNOVER, leader)
            if chance < events.turnover:
                new.add(leader)
                like = self.leaders[int(place * len(self.leaders))]
                for name in ("slope", "intercept", "temper", "promise_keeping", "reservation", "belief"):
                    setattr(leader, name, getattr(like, name))
                leader.priorities = leader.anchor = like.anchor
                leader.willing = leader.motivation = 1.0
        for leader in self.leaders if new else []:
            for tie in leader.ties():
                if leader in new or tie.to in new:
                    tie.strength *= events.handover
                    tie.trust, tie.evidence = self.stranger_trust, 0.0

    def shift_need(self, shift, events):
        """What the people need moves to one issue, or back; what their leaders are anchored to follows in part."""
        issue = min(events.crisis_issue, len(self.issues) - 1)
        for group in self.groups:
            before = group.need
            group.need = [(1 - shift) * need + shift * (k == issue) for k, need in enumerate(group.usual_need)]
            group.change = [now - then for now, then in zip(group.need, before, strict=True)]
        for leader in self.leaders:
            moved = zip(leader.anchor, leader.group.change, strict=True)
            anchor = [max(a + events.crisis_heard * change, 0.0) for a, change in moved]
            leader.anchor = [a / sum(anchor) for a in anchor]

    def attend(self, everyone):
        """All leaders are there, or all but those of the last group of several."""
        for leader in self.leaders:
            leader.present = everyone or leader.group is not self.groups[-1] or len(self.groups) == 1
        self.present = [leader for leader in self.leaders if leader.present]
        for group in self.groups:
            group.leaders = [leader for leader in self.present if leader.group is group]
        self.groups_here = [group for group in self.groups if group.leaders]
        self.people = sum([group.size for group in self.groups_here])

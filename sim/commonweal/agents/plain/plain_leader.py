"""A leader: who they are, and what they do of their own accord in the order of a round."""

from math import exp
from typing import Any

from commonweal.agents.plain.groups import Group
from commonweal.agents.plain.shares import clip, overlap
from commonweal.agents.plain.teams import Team
from commonweal.agents.plain.ties import TiedAgent
from commonweal.model import luck

MOST_ENCOUNTERS = 12
"""encounters that one leader can begin in a round"""
DISPOSITION = ("slope", "intercept", "temper", "promise_keeping", "reservation", "trusting", "belief")
"""what a successor has of their own"""


class Leader(TiedAgent):
    """A leader. What they are is given, what they want, believe and do changes from round to round."""

    model: Any
    """the PlainTwin they live in"""
    team: Team
    group: Group
    """the people they serve"""

    endowment: float
    """MU of money and time that they have in a round"""
    usual: float
    """MU that they are free to give in usual times"""
    tied: float
    """MU of them that running what they lead takes, and that they cannot give"""
    standing: float
    """attention that they command; means 1 in a new community"""
    slope: float
    """what they give per share that the others are believed to give"""
    intercept: float
    """what they give when the others are believed to give nothing"""
    temper: float
    """how much more than others like them they are given to giving, in standard deviations"""
    trusting: float
    """how far they trust whoever they know nothing of, 0..1"""
    promise_keeping: float
    """how far a pledge or an agreed example binds them, 0..1"""
    reservation: float
    """overlap below which they refuse an agenda"""
    belief: float
    """mean share of the endowment that they expect the others to give"""

    def __init__(self, model: Any, traits: Any, row: int) -> None:
        """The leader in a row of the traits that `commonweal.model.community.populate` has drawn."""
        super().__init__(model)
        self.key, self.sector, self.invited = traits.key[row], int(traits.sector[row]), bool(traits.invited[row])
        for name in (
            "endowment",
            "tied",
            "usual",
            "standing",
            "slope",
            "intercept",
            "temper",
            "promise_keeping",
            "reservation",
            "trusting",
            "belief",
        ):
            setattr(self, name, float(getattr(traits, name)[row]))
        self.priorities = self.anchor = self.stated = self.revised = traits.priorities[row].tolist()
        self.faith, self.overlap = float(traits.faith[row]), float(traits.overlap[row])
        self.start_anew()
        self.seated, self.accepts, self.exemplar = self.invited, False, False
        self.heard, self.inspired = float(traits.heard[row]), 0.0
        self.voice = self.contribution = self.asked = 0.0
        self.free = self.given = self.kept = self.granted = self.fined = self.returned = self.payoff = 0.0  # MU

    def start_anew(self) -> None:
        """Nothing has moved them yet, nothing binds them, nothing is known of them."""
        self.willing, self.motivation, self.commitment, self.record = 1.0, 0.0, 0.0, 1.0
        self.pledge: float | None = None

    def chance(self, stream: int, index: int = 0) -> float:
        """A number in [0, 1) that depends on nothing but run, round, leader and what it is for."""
        return luck.uniform(self.model.run, stream, self.model.round, self.key, index)

    def chances(self, stream: int, index: int = 0) -> tuple[float, float, float, float]:
        """Four of them."""
        return luck.uniforms(self.model.run, stream, self.model.round, self.key, index)

    def lasting_chance(self, stream: int, index: int = 0) -> float:
        """One that is the same in every round."""
        return luck.uniform(self.model.run, stream, 0, self.key, index)

    @property
    def income(self) -> float:
        """MU of money and time in this round: a cut may have lessened the endowment."""
        return self.endowment * self.model.capital

    def seek(self) -> list["Leader"]:
        """Whom they seek out: some by habit, some at the convener's forums."""
        twin, rule, sought = self.model, self.model.world.meet, []
        more, convened, _, _ = self.chances(luck.HABIT)
        habitual = min(int(rule.habit + more), MOST_ENCOUNTERS)
        colleagues, outsiders = twin.sectors[self.sector], twin.outsiders[self.sector]
        for meeting in range(habitual):
            kind, first, second, third = self.chances(luck.HABIT, meeting + 1)
            other = None
            if kind < rule.by_tie:
                other = self.someone_tied(first)
            elif kind >= 1 - rule.by_reputation:
                other = twin.leaders[int(second * len(twin.leaders))].someone_tied(third)
            elif kind >= rule.by_tie + rule.by_sector:
                friend = self.someone_tied(first)
                other = friend.someone_tied(second) if friend else None
            sought.append(self.dealing_with(other or colleagues[int(first * len(colleagues))], meeting))
        for meeting in range(min(int(twin.levers.meetings + convened), MOST_ENCOUNTERS - habitual)):
            kind, first, _, _ = self.chances(luck.FORUM, meeting)
            among = outsiders if kind < twin.levers.bridging else twin.leaders
            if among:
                sought.append(among[int(first * len(among))])
        return [other for other in sought if other is not self and other.present]

    def dealing_with(self, other: "Leader", meeting: int) -> "Leader":
        """Whom they meet to deal with another: the hub, as often as all deal through it."""
        hub = self.model.hub
        if hub and hub is not self and other is not hub and self.chance(luck.HUB, meeting) < self.model.through:
            return hub
        return other

    def garbled(self, garble: float, talk: int) -> list[float]:
        """Their priorities as the others hear them: one issue sounds as if it were all, the likelier the more it is."""
        if garble <= 0:
            return self.priorities
        mark, loud = self.chance(luck.GARBLE, talk), -1
        while mark >= 0 and loud < len(self.priorities) - 1:
            loud += 1
            mark -= self.priorities[loud]
        return [p + garble * ((k == loud) - p) for k, p in enumerate(self.priorities)]

    def speakers(self, talk: int) -> list["Leader"]:
        """Whom they hear at the open forum, if there is one: leaders drawn by lot."""
        reach, everyone = self.model.levers.reach, self.model.leaders
        if reach <= 0:
            return []
        more, _, _, _ = self.chances(luck.HEARD, talk * 16)
        places = [self.chances(luck.HEARD, talk * 16 + 1 + turn)[0] for turn in range(int(reach + more))]
        drawn = [everyone[int(place * len(everyone))] for place in places]
        return [speaker for speaker in drawn if speaker is not self and speaker.present]

    def make_pledge(self) -> None:
        """If asked they say what they would give if all others gave everything; the unreliable say more."""
        asked, self.pledge = self.model.levers.pledges, None
        if asked > 0 and self.chance(luck.PLEDGE) < asked:
            would = self.lean(1.0)
            self.pledge = would + (1 - self.promise_keeping) * (1 - would)

    def take_hold(self) -> None:
        """What they pledged in the round before enters their record, and commits them as far as that is good."""
        rule, bound = self.model.world.pledge, 0.0
        if self.pledge is not None and self.accepts:
            if self.pledge > 0:
                self.record += rule.wear * (min(self.contribution / self.pledge, 1.0) - self.record)
            bound = self.promise_keeping * self.record
        self.commitment += rule.pace * (bound - self.commitment)

    def consider(self) -> None:
        """They hold the agenda against what they want, less strictly the more they trust the others at the table."""
        twin = self.model
        self.overlap = overlap(self.priorities, twin.agenda)
        trusts = [tie.trust for tie in self.active_ties() if tie.to.seated]
        others = len(twin.table) - self.seated
        strangers = max(others - len(trusts), 0)
        trust = (sum(trusts) + strangers * self.trusting) / max(others, 1)
        self.accepts = self.overlap >= twin.insistence * self.reservation * (1 - twin.world.agree.trust_eases * trust)

    def lean(self, belief: float) -> float:
        """The share they lean to if the others give `belief`: a logit choice of motives, reciprocity and returns."""
        twin, rule = self.model, self.model.world.choose
        stated = self.willing * min(self.intercept + self.slope * belief, 1)
        aligned, trusted = 1 - rule.misalignment * (1 - self.overlap), 1 + rule.trust_slope * (self.faith - 0.5)
        multiplier = twin.world.game.multiplier
        mpcr = multiplier / len(self.team.members)
        back = rule.responsiveness * mpcr + rule.group_weight * (multiplier - mpcr)
        odds = rule.disposition + rule.temper_spread * self.temper
        odds += self.motivation + rule.commitment_pull * self.commitment
        odds += (rule.stated_gain * stated + rule.matching * belief) * aligned * trusted
        odds += rule.inspiration * self.inspired - rule.ownership * (1 - self.heard)
        odds += (1 + twin.known_match) * self.overlap * back + rule.responsiveness * twin.known_esteem
        return 1 / (1 + exp(-odds))

    def choose(self) -> None:
        """They give what they lean to, lifted by what is asked of them; now and then all of it or nothing."""
        twin, rule, levers = self.model, self.model.world.choose, self.model.levers
        share, asked = self.lean(self.belief), twin.world.game.hurdle
        standard = (1 - levers.peers) * levers.standard + levers.peers * self.belief
        if share < standard and twin.agreed:
            share += (standard - share) * (1 - exp(-rule.deterrence * twin.known_pressure))
        if share < asked:
            share += rule.provision_weight * min(self.belief / asked, 1) * (asked - share)
        if self.exemplar:
            self.asked = self.promise_keeping * (levers.example - share)
            share += self.asked
        errs, all_of_it, _, _ = self.chances(luck.NOISE)
        self.contribution = float(all_of_it < share) if errs < rule.noise else share

    def judge(self) -> None:
        """Those they attend to are judged by what they gave, against what could be expected of them."""
        self.model.world.trust.plain_update(self)

    def learn(self) -> None:
        """Belief follows what was seen; a willing leader may turn selfish, a selfish one be willing again."""
        rule, others = self.model.world.learn, len(self.team.members) - 1
        if not others:
            return
        seen, ties = (self.team.gave - self.contribution) / others, self.active_ties()
        attention = sum([tie.strength for tie in ties])
        if rule.public < 1:
            self.faith = self.trusting
        if rule.public < 1 and attention > 0:
            attended = sum([tie.strength * tie.to.contribution for tie in ties]) / attention
            seen = rule.public * seen + (1 - rule.public) * attended
            self.faith = sum([tie.strength * tie.trust for tie in ties]) / attention
        self.belief = clip(rule.constant + rule.seen * seen + rule.own * self.belief)
        if rule.quits > 0:
            chance = self.chance(luck.WILLING)
            if self.willing and chance < rule.quits - rule.reassured * seen:
                self.willing = 0.0
            elif not self.willing and chance < rule.returns:
                self.willing = 1.0

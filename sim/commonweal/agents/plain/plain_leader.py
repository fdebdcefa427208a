"""A leader: who they are, and what they do of their own accord in the order of a round."""

from math import log, sqrt
from typing import Any

from commonweal.agents.plain.groups import Group
from commonweal.agents.plain.shares import clip, overlap
from commonweal.agents.plain.teams import Team
from commonweal.agents.plain.ties import TiedAgent
from commonweal.model import luck

MOST_ENCOUNTERS = 12
"""encounters that one leader can begin in a round"""
DISPOSITION = ("slope", "intercept", "temper", "promise_keeping", "reservation", "belief")
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
    standing: float
    """attention that they command; means 1 in a new community"""
    slope: float
    """what they give per share that the others are believed to give"""
    intercept: float
    """what they give when the others are believed to give nothing"""
    temper: float
    """how much more than others like them they are given to giving, in standard deviations"""
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
            "standing",
            "slope",
            "intercept",
            "temper",
            "promise_keeping",
            "reservation",
            "belief",
        ):
            setattr(self, name, float(getattr(traits, name)[row]))
        self.priorities = self.anchor = self.stated = self.revised = traits.priorities[row].tolist()
        self.willing, self.motivation = 1.0, 1.0
        self.pledge, self.meant = None, 0.0  # what they promise, and what they mean by it
        self.seated, self.accepts, self.exemplar = self.invited, False, False
        self.voice = self.overlap = self.contribution = 0.0
        self.given = self.kept = self.granted = self.fined = self.own = self.returned = self.payoff = 0.0  # MU

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
            kind, first, second, _ = self.chances(luck.HABIT, meeting + 1)
            other = None
            if kind < rule.by_tie:
                other = self.someone_tied(first)
            elif kind >= rule.by_tie + rule.by_sector:
                friend = self.someone_tied(first)
                other = friend.someone_tied(second) if friend else None
            sought.append(other or colleagues[int(first * len(colleagues))])
        for meeting in range(min(int(twin.levers.meetings + convened), MOST_ENCOUNTERS - habitual)):
            kind, first, _, _ = self.chances(luck.FORUM, meeting)
            among = outsiders if kind < twin.levers.bridging else twin.leaders
            if among:
                sought.append(among[int(first * len(among))])
        return [other for other in sought if other is not self and other.present]

    def garbled(self, garble: float, talk: int) -> list[float]:
        """Their priorities as the others hear them: the channel mixes in a random point of the simplex."""
        if garble <= 0:
            return self.priorities
        issues = range(len(self.priorities))
        chances = [chance for k in issues[::4] for chance in self.chances(luck.GARBLE, talk * 4096 + k)]
        noise = [-log(chances[k]) for k in issues]
        total = sum(noise)
        return [p + garble * (x / total - p) for p, x in zip(self.priorities, noise, strict=True)]

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
        """If asked they say what they will give: they mean what they would if all gave; the unreliable say more."""
        asked, self.pledge = self.model.levers.pledges, None
        if asked > 0 and self.chance(luck.PLEDGE) < asked:
            would = min(self.motivation * self.willing * (self.intercept + self.slope), 1.0)
            self.meant = would + self.model.world.pledge.commitment * (1 - would)
            self.pledge = self.meant + (1 - self.promise_keeping) * (1 - self.meant)

    def consider(self) -> None:
        """They hold the agenda against what they want, less strictly the more they trust the others at the table."""
        twin = self.model
        self.overlap = overlap(self.priorities, twin.agenda)
        trusts = [tie.trust for tie in self.active_ties() if tie.to.seated]
        others = len(twin.table) - self.seated
        strangers = max(others - len(trusts), 0)
        trust = (sum(trusts) + strangers * twin.stranger_trust) / max(others, 1)
        self.accepts = self.overlap >= self.reservation * (1 - twin.world.agree.trust_eases * trust)

    def choose(self) -> None:
        """Conditional cooperation, weakened by misalignment, moved by returns and chance, bound by promises."""
        twin, rule, levers = self.model, self.model.world.choose, self.model.levers
        slope = (rule.stated_gain * self.slope + rule.matching) * (1 - rule.misalignment * (1 - self.overlap))
        schedule = rule.stated_gain * self.intercept + slope * self.belief
        mpcr = twin.world.game.multiplier / len(self.team.members)
        back = mpcr * (1 + levers.match) * self.overlap + levers.recognition
        passing = luck.normal(twin.run, luck.NOISE, twin.round, self.key, 0)
        share = self.motivation * self.willing * schedule + rule.responsiveness * (back - 1) + rule.constant
        share += rule.noise * (sqrt(rule.lasting) * self.temper + sqrt(1 - rule.lasting) * passing)
        standard = (1 - levers.peers) * levers.standard + levers.peers * self.belief
        if share < standard:
            share = min(share + rule.responsiveness * (levers.fine + levers.grant), standard)
        if self.pledge is not None:
            share += self.promise_keeping * (self.meant - share)
        if self.exemplar:
            share += self.promise_keeping * (levers.example - share)
        self.contribution = clip(share)

    def judge(self) -> None:
        """Those they attend to are judged by what they gave, against what they pledged or were expected to give."""
        rule = self.model.world.trust
        for tie in self.active_ties():
            pledge = tie.to.pledge
            rule.plain_update(tie, tie.to.contribution, self.belief if pledge is None else pledge)

    def learn(self) -> None:
        """Belief follows what was seen; a willing leader may turn selfish, a selfish one be willing again."""
        rule, others = self.model.world.learn, len(self.team.members) - 1
        if not others:
            return
        seen, ties = (self.team.gave - self.contribution) / others, self.active_ties()
        attention = sum([tie.strength for tie in ties])
        if attention > 0:
            attended = sum([tie.strength * tie.to.contribution for tie in ties]) / attention
            seen = rule.public * seen + (1 - rule.public) * attended
        self.belief = clip(rule.constant + rule.seen * seen + rule.own * self.belief)
        if rule.quits > 0:
            chance = self.chance(luck.WILLING)
            if self.willing and chance < rule.quits - rule.reassured * seen:
                self.willing = 0.0
            elif not self.willing and chance < rule.returns:
                self.willing = 1.0

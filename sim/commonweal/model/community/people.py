"""Who lives in a community: sectors, groups and their needs, leaders and their dispositions."""

from collections import Counter
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from commonweal.model.params import Count, Money, Params, Population, Share, Slope, Spread, Substitution


def _each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    if twice := next((name for name, times in Counter(names).items() if times > 1), None):
        raise ValueError(f"{twice} is named twice; name each once")
    return names


Names = Annotated[tuple[str, ...], Field(strict=False, min_length=1), AfterValidator(_each_once)]


class Kind(Params):
    """A behavioural type: what its leaders give, given what they believe the others give."""

    share: Share
    """share of the leaders who are of this type"""
    slope: Slope
    """mean share given per share the others are believed to give"""
    slope_spread: Spread
    """standard deviation of the slope among leaders of the type (drawn normal, cut at 0 and 2)"""
    intercept: Share
    """mean share given when the others are believed to give nothing"""
    intercept_spread: Spread
    """standard deviation of the intercept (drawn normal, cut at 0 and 1)"""


class People(Params):
    """How leaders and groups are drawn where a roster does not say."""

    issues: Names
    """what joint effort can be spent on"""
    common_interest: bool
    """True where there is one issue only, as in the laboratory: every leader then wants the same"""
    sectors: Names
    """sectors leaders belong to, equally likely"""
    groups: Count
    """groups of people served; 0 gives each leader a group of their own; never more than leaders"""
    marginalised: Share
    """share of the groups that are marginalised (rounded)"""
    people_per_leader: Population
    """people in the community for each leader"""
    group_size_spread: Spread
    """standard deviation of the logarithm of group sizes"""
    need_spread: Spread
    """standard deviation of log need across issues: how much groups differ in what they need"""
    priority_spread: Spread
    """standard deviation of log personal priority across issues: how much leaders differ"""
    issue_substitution: Substitution
    """how well MU on one issue make up for those that lack on another: 1 wholly, towards 0 ever less"""
    service: Share
    """weight of their group's need in a leader's priorities; the rest is personal"""
    endowment: Money
    """mean endowment, MU per round"""
    endowment_spread: Spread
    """standard deviation of the logarithm of endowments"""
    obligations: Share
    """share of a usual endowment that running what they lead takes, and that cannot be given"""
    standing_spread: Spread
    """standard deviation of the logarithm of standing, besides what ties bring"""
    marginalised_endowment: Share
    """endowment of leaders of marginalised groups as a share of what it would else be"""
    marginalised_standing: Share
    """standing of leaders of marginalised groups as a share of what it would else be"""
    marginalised_seat: Share
    """chance that a leader of a marginalised group has a seat at the table"""
    kinds: dict[str, Kind]
    """behavioural types; their shares sum to one"""
    belief: Share
    """mean of the first belief"""
    belief_spread: Spread
    """standard deviation of the first belief (drawn normal, cut at 0 and 1)"""
    promise_keeping: Share
    """mean of promise-keeping"""
    promise_keeping_spread: Spread
    """standard deviation of promise-keeping (drawn normal, cut at 0 and 1)"""
    reservation: Share
    """mean overlap below which an agenda is refused"""
    reservation_spread: Spread
    """standard deviation of that overlap (drawn normal, cut at 0 and 1)"""
    tie_strength: Share
    """strength of a tie where it is not known"""
    trust: Share
    """mean of the disposition to trust, and of the trust in a leader one is tied to"""
    trusting_spread: Spread
    """standard deviation of that disposition among leaders (drawn normal, cut at 0 and 1)"""
    trust_spread: Spread
    """standard deviation of a leader's trust in single others around their disposition (likewise)"""
    own_sector_trust: Share
    """trust added within one's own sector"""
    attention: Count
    """ties a leader can keep (more only where they start with more)"""

    @model_validator(mode="after")
    def _consistent(self) -> "People":
        total = sum(kind.share for kind in self.kinds.values())
        if abs(total - 1) > 1e-9:
            raise ValueError(f"the shares of the kinds sum to {total:g}; they must sum to 1")
        if self.common_interest != (len(self.issues) == 1):
            raise ValueError(
                f"issues has {len(self.issues)} and common_interest is {str(self.common_interest).lower()}; "
                "leaders with differing priorities need two issues or more, a common interest has one"
            )
        return self

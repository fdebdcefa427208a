"""A rule of the user's own is played by the plain twin if it is written for it, and is refused in a sentence if not."""

from typing import Any

import pytest
from leader_by_leader import agree
from worlds import world

from commonweal.agents.cooperation import Cooperation
from commonweal.agents.plain.twin import PlainTwin
from commonweal.errors import InputError
from commonweal.model.kernel import kernel
from commonweal.model.mechanisms.trust.trust import Trust
from commonweal.model.params import Share
from commonweal.model.state import State, slots_of
from commonweal.model.world import find_class


class LastImpression(Trust):
    """Trust goes part of the way to whether the last gift was at least what one gave oneself."""

    weight: Share
    """share of the way"""

    def update(self, state: State) -> None:
        impress(state, self.weight)

    def plain_update(self, leader: Any) -> None:
        for tie in leader.active_ties():
            tie.trust += self.weight * ((tie.to.contribution >= leader.contribution) - tie.trust)


@kernel
def impress(state, weight):
    """trust += weight * (1 where the other gave at least as much, else 0 - trust)."""
    leaders, ties = state.leaders, state.ties
    for i in range(leaders.key.shape[0]):
        if leaders.present[i] and state.islands.agreed[leaders.island[i]]:
            for t in slots_of(ties, i):
                j = ties.to[t]
                if j >= 0 and leaders.present[j]:
                    kept = 1.0 if leaders.contribution[j] >= leaders.contribution[i] else 0.0
                    ties.trust[t] += weight * (kept - ties.trust[t])


def trusting(rule, *overrides):
    """A small world in which trust follows a rule."""
    return world("community.leaders=12", *overrides).model_copy(update={"trust": rule})


@pytest.mark.parametrize("strategy", ["laissez_faire", "all"])
def test_a_third_rule_of_trust_is_the_same_for_engine_and_twin(strategy):
    rule = find_class("trust", "last_impression", allow=(__name__,))
    assert rule is LastImpression
    agree(trusting(rule(weight=0.4), f"strategy={strategy}", "scenario.events.arrival=3"), rounds=12)


def test_a_twin_that_is_written_otherwise_is_noticed():
    class Forgiving(LastImpression):
        def plain_update(self, leader: Any) -> None:
            for tie in leader.active_ties():
                tie.trust += 0.5 * self.weight * ((tie.to.contribution >= leader.contribution) - tie.trust)

    with pytest.raises(AssertionError, match=r"faith|tie trust"):
        agree(trusting(Forgiving(weight=0.4)), rounds=6)


def test_a_rule_without_a_plain_method_is_played_by_the_engine_and_refused_by_the_twin():
    class UnwrittenTrust(Trust):
        def update(self, state: State) -> None:
            """Trust stays as it is."""

    of = trusting(UnwrittenTrust())
    model = Cooperation(of, rounds=3)
    model.run_for(3)
    assert 0 < model.trust < 1
    said = f"^UnwrittenTrust in {__name__} has no plain_update, so the plain twin cannot play it: write plain_update "
    with pytest.raises(InputError, match=said):
        PlainTwin(of)


@pytest.mark.parametrize(("group", "method"), [("talk", "talk"), ("decision_rule", "decide"), ("game", "transform")])
def test_every_kind_of_rule_is_asked_for_its_plain_method(group, method):
    of = world("community.leaders=12")
    base = next(kind for kind in type(getattr(of, group)).__mro__ if f"plain_{method}" in vars(kind)
                and getattr(vars(kind)[f"plain_{method}"], "unwritten", False))  # fmt: skip
    bare = type("Bare", (base,), {method: lambda self, *_: None})
    given = {name: getattr(getattr(of, group), name) for name in base.model_fields}
    with pytest.raises(InputError, match=f"Bare in .* has no plain_{method}"):
        PlainTwin(of.model_copy(update={group: bare(**given)}))

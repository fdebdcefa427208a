"""Calibration: which behavioural parameters are chosen, and what published experiments they are to reproduce together.

Parameters come in blocks (commonweal.validation.search looks for them); what a block's values miss is told in standard
errors of the published numbers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from commonweal.model.world import World
from commonweal.validation.estuaries import Estuary, beside, read_estuaries, two_years
from commonweal.validation.estuaries import world as estuary_world
from commonweal.validation.fits import (
    COOPERATOR,
    FREE_RIDER,
    difference_made,
    erosion,
    followership,
    strangers,
)
from commonweal.validation.laboratory import behaviour, changed, experiment
from commonweal.validation.online import learning_wave
from commonweal.validation.reference import effect

SESSIONS: Final = 40
"""sessions of 140 strangers, and of 134 subjects of the sequential game, that a trial plays"""
GROUPS: Final = 1000
"""groups of four partners that a trial plays, with and without what the convener does"""
MEMORY: Final = 0.9837
"""weight of what is seen and of the belief before, together: fischbacher_gaechter_2010"""
WAVES: Final = 4
"""times that a trial plays the online games of the learning wave"""
ESTUARY_COMMUNITIES: Final = 12
"""times that a trial plays each estuary"""
TOWNS: Final = 60
"""communities that a trial plays for five years"""
SEED: Final = 20_240_501
"""root of the luck of all trials, and of the sampler"""

PEOPLE: Final = ("choose", "incentives", "learn", "people", "pledge")
"""groups of conf that say how people are; the others say what an experiment does with them"""
UNKNOWN_ERROR: Final = 0.05
"""stands for a published standard error that is not known: such a target is alone in its block, so it weighs nothing"""
WORST: Final = {"nothing": 0.06}
RMSE: Final = {"gifts": 0.4, "beliefs": 0.4}
"""what must be reached (shares; tokens): the loss rises steeply from 92 % of it on"""

KEEPS: Final = {"apart": 0.125, "lives": 0.29, "riders": 0.46}
"""what communities of the field's people must come to: see `communities`"""

Residuals = dict[str, np.ndarray]
"""per target the differences between simulated and published numbers, in standard errors"""


@dataclass(frozen=True)
class Parameter:
    """A value that is looked for."""

    name: str
    """as the command line sets it"""
    low: float
    high: float
    """bounds of the search"""
    start: float
    """where the search begins"""
    file: str
    """where the value stands, in conf/"""


@dataclass(frozen=True)
class Block:
    """Parameters that are looked for together, and how far the model is off with them."""

    name: str
    parameters: tuple[Parameter, ...]
    residuals: Callable[[Mapping[str, float]], Residuals]
    """from all values found so far and this block's"""
    trials: int
    """in each of the stages of the search (ZOOM)"""
    slow: bool = False
    """whether a search takes so long that none is done without each target"""

    def from_the_middle(self) -> "Block":
        """The same block, each search of which begins in the middle of the bounds."""
        middle = tuple(replace(each, start=(each.low + each.high) / 2) for each in self.parameters)
        return replace(self, name=f"{self.name} from the middle", parameters=middle)


def blocks(which: str, data: Path | None = None) -> tuple[Block, ...]:
    """The blocks of the set `lab` or `field`; how ties of the field fade and form only where there is data on them.

    data: the folder of the estuaries' networks. Raises InputError where it is not that.
    """
    if which == "lab":
        return _lab()
    return (*_field(), *(() if data is None else (_ties(read_estuaries(data)),)))


def _world(name: str, values: Mapping[str, float], fixed: Sequence[str] = ()) -> World:
    """The world of an experiment with what was found of how people are, and `fixed` of what it does with them."""
    mine = {key: value for key, value in values.items() if key.partition(".")[0] in PEOPLE}
    return changed(experiment(f"experiment={name}"), mine | {key: values[key] for key in fixed})


def _effect_of(name: str, targets: Sequence[str], fixed: Sequence[str] = ()):
    """How far off published effects the difference is that an experiment's convener makes."""

    def residuals(values: Mapping[str, float]) -> Residuals:
        d = difference_made(_world(name, values, fixed), GROUPS, SEED)
        return {each: np.array([(d.value - effect(each).value) / _error(each)]) for each in targets}

    return residuals


def _following():
    """How far off the published share of a leader's gift followers give."""
    target = "followers_share_of_leaders_gift"

    def residuals(values: Mapping[str, float]) -> Residuals:
        share = followership(_world("lab_leader_first", values), GROUPS, SEED)
        return {target: np.array([(share.value - effect(target).value) / _error(target)])}

    return residuals


def _lab() -> tuple[Block, ...]:
    choice = "choose/lab.yaml"

    def giving(values: Mapping[str, float]) -> Residuals:
        series = strangers(behaviour(_world("lab_strangers", values), SESSIONS, SEED))
        over = [series[name].worst / most for name, most in WORST.items()]
        over += [series[name].rmse / most for name, most in RMSE.items()]
        series |= erosion(behaviour(_world("lab_sequential", values), SESSIONS, SEED))
        residuals = {name: each.residuals for name, each in series.items()}
        return residuals | {"bounds": 20 * np.maximum(np.array(over) - 0.92, 0)}

    people = (
        Parameter("choose.disposition", -8.0, 0.0, -4.3, choice),
        Parameter("choose.stated_gain", 0.0, 9.0, 4.0, choice),
        Parameter("choose.matching", 1.0, 10.0, 4.5, choice),
        Parameter("choose.temper_spread", 0.0, 3.0, 1.47, choice),
        Parameter("choose.noise", 0.0, 0.9, 0.38, choice),
        Parameter("people.belief_spread", 0.05, 0.5, 0.235, "people/lab.yaml"),
        Parameter("learn.quits", 0.05, 0.4, 0.19, "learn/lab.yaml"),
        Parameter("learn.reassured", 0.0, 0.3, 0.164, "learn/lab.yaml"),
        Parameter("learn.returns", 0.05, 0.6, 0.41, "learn/lab.yaml"),
    )
    commitment = Parameter("choose.commitment_pull", 0.0, 12.0, 2.0, choice)
    text = Parameter("strategy.channels.text.pledges", 0.02, 1.0, 0.2, "strategy/communication.yaml")
    esteem = Parameter("strategy.recognition", 0.01, 2.0, 0.8, "experiment/lab_reward.yaml")
    fine = Parameter("strategy.fine", 0.01, 3.0, 0.5, "experiment/lab_punishment.yaml")
    focus = Parameter("choose.focus", 0.02, 1.0, 0.3, choice)
    follow = Parameter("choose.follow", 0.02, 1.0, 0.42, choice)
    goals = ("group_goal", "group_goal_specific_and_hard")
    return (
        Block("giving", people, giving, 60, slow=True),
        Block("talk", (commitment,), _effect_of("lab_chat_face_to_face", ["communication_face_to_face"]), 8),
        Block("writing", (text,), _effect_of("lab_chat_text", ["communication_written"], [text.name]), 8),
        Block("goals", (focus,), _effect_of("lab_common_goals", goals), 8),
        Block("reward", (esteem,), _effect_of("lab_reward", ["reward"], [esteem.name]), 8),
        Block("punishment", (fine,), _effect_of("lab_punishment", ["punishment"], [fine.name]), 8),
        Block("example", (follow,), _following(), 8),
    )


def _field() -> tuple[Block, ...]:
    choice, motives, words = "choose/field.yaml", "incentives/field.yaml", "pledge/field.yaml"
    doses = ("strategy.recognition", "strategy.fine")
    sizes = "experiment/online_game.yaml"

    def giving(values: Mapping[str, float]) -> Residuals:
        values = {**values, "learn.seen": MEMORY - values["learn.own"]}
        series = learning_wave(_world("online_game", values, doses), WAVES, SEED)
        residuals = {name: each.residuals for name, each in series.items()}
        return residuals | {"bounds": communities(values)}

    people = (
        Parameter("choose.disposition", -7.0, 0.0, -3.92, choice),
        Parameter("choose.temper_spread", 0.0, 3.0, 1.27, choice),
        Parameter("choose.stated_gain", 2.5, 9.5, 8.1, choice),
        Parameter("choose.matching", 0.0, 8.0, 2.37, choice),
        Parameter("choose.responsiveness", 0.0, 3.0, 1.28, choice),
        Parameter("choose.group_weight", 0.0, 0.3, 0.0411, choice),
        Parameter("choose.deterrence", 0.0, 8.0, 0.595, choice),
        Parameter("choose.commitment_pull", 0.0, 8.0, 3.19, choice),
        Parameter("people.belief", 0.5, 1.0, 0.772, "people/field.yaml"),
        Parameter("people.belief_spread", 0.02, 0.5, 0.154, "people/field.yaml"),
        Parameter("learn.own", 0.4, 0.95, 0.774, "learn/field.yaml"),
        Parameter("pledge.weight", 0.0, 1.0, 0.191, words),
        Parameter("pledge.pace", 0.02, 1.0, 0.886, words),
        Parameter("incentives.success", 0.0, 6.0, 4.16, motives),
        Parameter("incentives.aspiration", -1.0, 2.5, 0.101, motives),
        Parameter("incentives.adaptation", 0.01, 0.5, 0.0129, motives),
        Parameter("incentives.familiarity", 0.05, 1.0, 0.411, motives),
        Parameter("strategy.recognition", 0.0, 2.0, 0.168, sizes),
        Parameter("strategy.fine", 0.0, 1.0, 0.212, sizes),
    )
    return (Block("giving", people, giving, 30, slow=True),)


def _ties(estuaries: list[Estuary]) -> Block:
    """Fading and forming of ties, from the estuaries two years on. Encounters by reputation are what is left of 1."""
    file = "meet/field.yaml"

    def residuals(values: Mapping[str, float]) -> Residuals:
        mine = {name: value for name, value in values.items() if name.startswith("meet.")}
        rest = 1 - sum(mine[f"meet.{name}"] for name in ("by_tie", "by_sector", "by_friend"))
        of = estuary_world(mine | {"meet.by_reputation": max(rest, 0.0)})
        found = beside(estuaries, two_years(of, estuaries, ESTUARY_COMMUNITIES, SEED))
        ties = {name: each.residuals for name, each in found.items() if name.startswith("tie")}
        return ties | {"bounds": np.array([100 * max(-rest, 0.0)])}

    return Block("ties", (
        Parameter("meet.decay", 0.02, 0.4, 0.125, file),
        Parameter("meet.habit", 0.02, 2.0, 0.163, file),
        Parameter("meet.by_tie", 0.0, 1.0, 0.436, file),
        Parameter("meet.by_sector", 0.0, 0.5, 0.0474, file),
        Parameter("meet.by_friend", 0.0, 0.5, 0.0348, file),
        Parameter("meet.gain", 0.05, 1.0, 0.243, file),
        Parameter("meet.mutual", 0.0, 1.0, 0.153, file),
    ), residuals, 40, slow=True)  # fmt: skip


def communities(values: Mapping[str, float]) -> np.ndarray:
    """How far communities of these people, with nothing done, miss what cooperation that can live or die means.

    In the fifth year those that began with beliefs of .2 and of .8 must lie apart, those that began with the people's
    own must live, and free riders must give less than half of what conditional cooperators give, each with a margin.
    """
    few, many, own = (
        behaviour(_world("single", {**values, **belief}), TOWNS, SEED, 60)
        for belief in ({"people.belief": 0.2}, {"people.belief": 0.8}, {})
    )
    little, much = (play.gift[-12:].mean() for play in (few, many))
    gave = [own.gift[-12:][:, own.kind == kind].mean() for kind in (COOPERATOR, FREE_RIDER)]
    missed = (
        KEEPS["apart"] - (much - little),
        KEEPS["lives"] - own.gift[-12:].mean(),
        gave[1] / gave[0] - KEEPS["riders"],
    )
    return 20 * np.maximum(np.array(missed), 0) / 0.3


def _error(target: str) -> float:
    """Standard error of a published number."""
    width = effect(target).half_width
    return width / 1.96 if width > 0 else UNKNOWN_ERROR

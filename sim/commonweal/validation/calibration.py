"""Calibration: behavioural parameters are chosen so that the model reproduces published experiments together.

Blocks are searched one after the other by Optuna, each with what the blocks before it found. The loss is in standard
errors; every trial meets the same luck; the sampler's seed is a function of the trial's number, so that a search that
was stopped goes on as if it had not been, and one that is done again finds the same values.
"""

import hashlib
import json
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import optuna
from optuna.storages.journal import JournalFileBackend

from commonweal.errors import InputError
from commonweal.model.numbers import NUMBERS
from commonweal.validation.fits import difference_made, erosion, followership, strangers
from commonweal.validation.laboratory import behaviour, changed, experiment
from commonweal.validation.reference import effect

SESSIONS: Final = 40
"""sessions of 140 strangers, and of 134 subjects of the sequential game, that a trial plays"""
GROUPS: Final = 1000
"""groups of four partners that a trial plays, with and without what the convener does"""
DIGITS: Final = 3
"""significant digits of a value that goes into conf/"""
SEED: Final = 20_240_501
"""root of the luck of all trials, and of the sampler"""

ZOOM: Final = (1.0, 0.15, 0.04)
"""stages of a search: the parts of the bounds, around the best so far, in which it looks"""
PEOPLE: Final = ("choose", "learn", "people", "pledge")
"""groups of conf that say how people are; the others say what an experiment does with them"""
UNKNOWN_ERROR: Final = 0.05
"""stands for a published standard error that is not known: such a target is alone in its block, so it weighs nothing"""
WORST: Final = {"nothing": 0.06}
RMSE: Final = {"gifts": 0.4, "beliefs": 0.4}
"""what must be reached (shares; tokens): the loss rises steeply from 92 % of it on"""

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

    def from_the_middle(self) -> "Block":
        """The same block, each search of which begins in the middle of the bounds."""
        middle = tuple(replace(each, start=(each.low + each.high) / 2) for each in self.parameters)
        return replace(self, name=f"{self.name} from the middle", parameters=middle)


FIELD_START: Final = (0.27, 1.02, 0.32, 0.345, 0.3)
"""where the search for the field's values begins: an earlier, wider search"""
LAB: Final = ()
FIELD: Final = ("choose=field", "learn=field")
"""the field's people play the laboratory's games: what differs is what they do, and how fast they learn"""


def blocks(which: str) -> tuple[Block, ...]:
    """The blocks of the set `lab` or `field`."""
    people = {"lab": LAB, "field": FIELD}[which]
    file = f"choose/{which}.yaml"

    def world(name: str, values: Mapping[str, float], *fixed: str):
        mine = {key: value for key, value in values.items() if key.partition(".")[0] in PEOPLE}
        return changed(experiment(f"experiment={name}", *people), mine | {key: values[key] for key in fixed})

    def giving(values: Mapping[str, float]) -> Residuals:
        series = strangers(behaviour(world("lab_strangers", values), SESSIONS, SEED))
        over = [series[name].worst / most for name, most in WORST.items()]
        over += [series[name].rmse / most for name, most in RMSE.items()]
        if which == "lab":
            series |= erosion(behaviour(world("lab_sequential", values), SESSIONS, SEED))
        residuals = {name: each.residuals for name, each in series.items()}
        return residuals | {"bounds": 20 * np.maximum(np.array(over) - 0.92, 0)}

    def effect_of(name: str, targets: Sequence[str], *fixed: str) -> Callable[[Mapping[str, float]], Residuals]:
        def residuals(values: Mapping[str, float]) -> Residuals:
            d = difference_made(world(name, values, *fixed), GROUPS, SEED)
            return {each: np.array([(d.value - effect(each).value) / _error(each)]) for each in targets}

        return residuals

    def following(values: Mapping[str, float]) -> Residuals:
        target = "followers_share_of_leaders_gift"
        share = followership(world("lab_leader_first", values), GROUPS, SEED)
        return {target: np.array([(share.value - effect(target).value) / _error(target)])}

    begin = {"lab": (0.42, 0.93, 0.246, 0.303, 0.08), "field": FIELD_START}[which]
    common = (
        Parameter("choose.stated_gain", 0.1, 1.2, begin[0], file),
        Parameter("choose.matching", 0.4, 1.4, begin[1], file),
        Parameter("choose.responsiveness", 0.1, 0.9, begin[2], file),
        Parameter("choose.noise", 0.15, 0.6, begin[3], file),
        Parameter("choose.lasting", 0.0, 0.9, begin[4], file),
    )
    types = (
        Parameter("learn.quits", 0.05, 0.4, 0.193, "learn/lab.yaml"),
        Parameter("learn.reassured", 0.0, 0.3, 0.17, "learn/lab.yaml"),
        Parameter("learn.returns", 0.05, 0.6, 0.4, "learn/lab.yaml"),
    )
    spread = Parameter("people.belief_spread", 0.1, 0.5, 0.32, "people/field.yaml")
    commitment = Parameter("pledge.commitment", 0.0, 1.0, 0.0, f"pledge/{which}.yaml")
    focus = Parameter("choose.focus", 0.02, 1.0, 0.3, file)
    follow = Parameter("choose.follow", 0.02, 1.0, 0.42, file)
    told = ("group_goal", "group_goal_specific_and_hard")
    goals = Block("goals", (focus,), effect_of("lab_common_goals", told), 8)
    example = Block("example", (follow,), following, 8)
    if which == "field":
        online = effect_of("lab_chat_text", ["communication_online"])
        return (Block("giving", common, giving, 40), Block("talk", (commitment,), online, 8), goals, example)
    text = Parameter("strategy.channels.text.pledges", 0.02, 1.0, 0.4, "strategy/communication.yaml")
    esteem = Parameter("strategy.recognition", 0.01, 1.0, 0.2, "experiment/lab_reward.yaml")
    fine = Parameter("strategy.fine", 0.01, 3.0, 1.0, "experiment/lab_punishment.yaml")
    written = effect_of("lab_chat_text", ["communication_written"], text.name)
    return (
        Block("giving", (*common, spread, *types), giving, 40),
        Block("talk", (commitment,), effect_of("lab_chat_face_to_face", ["communication_face_to_face"]), 8),
        Block("writing", (text,), written, 8),
        goals,
        Block("reward", (esteem,), effect_of("lab_reward", ["reward"], esteem.name), 8),
        Block("punishment", (fine,), effect_of("lab_punishment", ["punishment"], fine.name), 8),
        example,
    )


def _error(target: str) -> float:
    """Standard error of a published number."""
    width = effect(target).half_width
    return width / 1.96 if width > 0 else UNKNOWN_ERROR


def loss(residuals: Residuals) -> float:
    """Mean square of the residuals, every target weighing the same."""
    return float(np.mean([np.mean(each**2) for each in residuals.values()]))


Notify = Callable[[str, int, int], None]
"""called with the block, the trials done in it, and those to do"""


def calibrate(which: str, folder: Path, notify: Notify | None = None) -> dict[str, float]:
    """The values of a set, by name. What lies in `folder` from an earlier, stopped calibration is gone on with.

    Raises InputError where the folder holds another calibration.
    """
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    warnings.filterwarnings("ignore", category=optuna.exceptions.ExperimentalWarning)
    search = Search(which, folder, notify)
    values: dict[str, float] = {}
    for block in blocks(which):
        values |= search.best(block, values)
    return values


class Search:
    """Optuna's studies of one calibration, in one journal on disk."""

    def __init__(self, which: str, folder: Path, notify: Notify | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / f"calibration_{which}.journal"
        self.storage = optuna.storages.JournalStorage(JournalFileBackend(str(self.file)))
        self.notify = notify or (lambda *_: None)

    def best(self, block: Block, found: Mapping[str, float], leave: str = "") -> dict[str, float]:
        """The best values of a block's parameters, rounded; without the target `leave`, if it is named."""

        def cost(values: Mapping[str, float]) -> float:
            residuals = block.residuals({**found, **values})
            return loss({name: each for name, each in residuals.items() if name != leave})

        name = f"{block.name} without {leave}" if leave else block.name
        bounds = {each.name: (each.low, each.high) for each in block.parameters}
        settings = {"found": dict(found), "numbers": NUMBERS, "sessions": SESSIONS, "groups": GROUPS, "seed": SEED}
        best = {each.name: each.start for each in block.parameters}
        for part in ZOOM:
            around = {
                key: (max(low, best[key] - (high - low) * part), min(high, best[key] + (high - low) * part))
                for key, (low, high) in bounds.items()
            }
            best = self._study(f"{name}, within {part:g}", around, settings, cost, block.trials, best)
        return {key: rounded(value) for key, value in best.items()}

    def _study(self, name, bounds, settings, cost, trials: int, start) -> dict[str, float]:
        content = json.dumps({"bounds": bounds, **settings}, sort_keys=True)
        identity = hashlib.blake2b(content.encode(), digest_size=8).hexdigest()
        study = optuna.create_study(storage=self.storage, study_name=name, load_if_exists=True)
        if study.user_attrs.get("identity", identity) != identity:
            raise InputError(
                f"{self.file} holds a calibration with other settings (block {name}); give another folder with out="
            )
        study.set_user_attr("identity", identity)
        space: dict[str, Any] = {
            key: optuna.distributions.FloatDistribution(low, high) for key, (low, high) in bounds.items()
        }
        while (done := len(study.get_trials(states=[optuna.trial.TrialState.COMPLETE], deepcopy=False))) < trials:
            if done == 0:
                study.enqueue_trial(dict(start), skip_if_exists=True)
            study.sampler = optuna.samplers.TPESampler(
                seed=(SEED + 7919 * done) % 2**32,
                multivariate=True,
                n_startup_trials=min(10 * len(bounds), trials // 3),
            )
            trial = study.ask(space)
            study.tell(trial, cost(trial.params))
            self.notify(name, done + 1, trials)
        return dict(study.best_params)


def rounded(value: float) -> float:
    """A value as it stands in conf/."""
    return float(f"{value:.{DIGITS}g}")

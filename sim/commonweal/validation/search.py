"""The search for calibrated values: Optuna's, block by block, kept on disk as it goes.

Blocks are searched one after the other, each with what the blocks before it found. Every trial meets the same luck; the
sampler's seed is a function of the trial's number, so that a search that was stopped goes on as if it had not been,
and one that is done again finds the same values.
"""

import hashlib
import json
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import optuna
from optuna.storages.journal import JournalFileBackend

from commonweal.errors import InputError
from commonweal.model.numbers import NUMBERS
from commonweal.validation.calibration import GROUPS, SEED, SESSIONS, Block, Residuals, blocks

ZOOM: Final = (1.0, 0.15, 0.04)
"""stages of a search: the parts of the bounds, around the best so far, in which it looks"""
DIGITS: Final = 3
"""significant digits of a value that goes into conf/"""

Notify = Callable[[str, int, int], None]
"""called with the block, the trials done in it, and those to do"""


def calibrate(which: str, folder: Path, notify: Notify | None = None, data: Path | None = None) -> dict[str, float]:
    """The values of a set, by name. What lies in `folder` from an earlier, stopped calibration is gone on with.

    Raises InputError where the folder holds another calibration.
    """
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    warnings.filterwarnings("ignore", category=optuna.exceptions.ExperimentalWarning)
    search = Search(which, folder, notify)
    values: dict[str, float] = {}
    for block in blocks(which, data):
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


def loss(residuals: Residuals) -> float:
    """Mean square of the residuals, every target weighing the same."""
    return float(np.mean([np.mean(each**2) for each in residuals.values()]))


def rounded(value: float) -> float:
    """A value as it stands in conf/."""
    return float(f"{value:.{DIGITS}g}")

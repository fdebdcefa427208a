"""Statistical learners as baselines of forecasts: fitted to the games of the learning wave, wherever they are."""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from commonweal.errors import InputError
from commonweal.validation.reference import CONDITIONS, table

FILE: Final = "learning_games.csv"
FEATURES: Final = (
    "players", "rounds", "multiplier", "mpcr", "chat", "punishment", "punishment_cost", "punishment_magnitude",
    "reward", "all_or_nothing",
)  # fmt: skip


def learning_games(folder: Path) -> pd.DataFrame:
    """The games of the learning wave with what they came to. Raises InputError where the folder does not hold them."""
    file = folder / FILE
    try:
        frame = pd.read_csv(file)
    except (OSError, ValueError) as error:
        raise InputError(
            f"data={folder} does not hold the learning wave: {FILE} cannot be read ({error}); give the folder of the "
            "games of Alsobay et al. (2025), or leave data= out"
        ) from None
    missing = [name for name in (*FEATURES, "efficiency") if name not in frame]
    if missing:
        raise InputError(f"{file} has no column {missing[0]}; it is not the learning wave of Alsobay et al. (2025)")
    if len(frame) != len(table(CONDITIONS)):
        raise InputError(f"{file} has {len(frame)} rows; the learning wave has {len(table(CONDITIONS))} games")
    return frame


def fitted_to_games(task: pd.DataFrame, folder: Path) -> dict[str, np.ndarray]:
    """Forecasts of efficiency by ordinary least squares and by gradient boosting, from the parameters alone.

    Raises InputError where the games are not at hand, or scikit-learn is not installed.
    """
    try:
        from sklearn.ensemble import GradientBoostingRegressor
        from sklearn.linear_model import LinearRegression
    except ModuleNotFoundError:
        raise InputError("data= needs scikit-learn: pip install scikit-learn") from None
    games = learning_games(folder)
    known, asked = (frame[list(FEATURES)].to_numpy(float) for frame in (games, task))
    boosting = GradientBoostingRegressor(
        n_estimators=150, max_depth=2, learning_rate=0.05, subsample=0.7, random_state=1
    )
    found = {}
    for name, learner in (("least_squares", LinearRegression()), ("gradient_boosting", boosting)):
        learner.fit(known, games["efficiency"].to_numpy())
        found[name] = learner.predict(asked)
    return found

"""The worlds that a fit found like a community, by their weights."""

from collections.abc import Sequence

import numpy as np
from pydantic import Field

from commonweal.study.draw import Assumption, Draw
from commonweal.study.ensembles.ensemble import EnsembleOfDoses
from commonweal.study.fitted import WEIGHT, worlds


class Fit(EnsembleOfDoses):
    """All worlds with their weights where they are few; of many, some of the same weight, drawn evenly."""

    folder: str = Field(min_length=1)
    """what `commonweal fit` wrote"""
    most: int = Field(alias="worlds", ge=2, le=100_000)
    """worlds at most"""
    seed: int = Field(ge=0, lt=2**63)
    """root of the lot by which worlds are drawn; not of the luck in the runs"""

    def draws(self, assumptions: Sequence[Assumption]) -> list[Draw]:
        found = worlds(self.folder)
        weight, values = found[WEIGHT].to_numpy(), found.drop(columns=WEIGHT)
        rows = [dict(zip(map(str, values.columns), row, strict=True)) for row in values.to_numpy().tolist()]
        if len(rows) <= self.most:
            return [Draw(row, float(each)) for row, each in zip(rows, weight, strict=True) if each > 0.0]
        start = np.random.default_rng(self.seed).random()  # systematic resampling: Kitagawa (1996)
        points = (start + np.arange(self.most)) / self.most * weight.sum()
        counts = np.bincount(np.searchsorted(np.cumsum(weight), points), minlength=len(rows))
        return [Draw(row, float(count)) for row, count in zip(rows, counts, strict=True) if count]

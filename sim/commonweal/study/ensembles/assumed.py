"""Draws of all that is assumed, jointly: a Latin hypercube over the ranges of every assumed number that acts.

McKay, Beckman & Conover (1979), Technometrics 21:239-245; scipy.stats.qmc.
"""

from collections.abc import Sequence

from pydantic import Field

from commonweal.errors import InputError
from commonweal.study.draw import Assumption, Draw
from commonweal.study.ensembles.ensemble import EnsembleOfDoses


class Assumed(EnsembleOfDoses):
    """Points spread evenly over what assumed numbers may be."""

    worlds: int = Field(ge=2, le=100_000)
    """draws"""
    seed: int = Field(ge=0, lt=2**63)
    """root of the lot by which worlds are drawn; not of the luck in the runs"""

    def draws(self, assumptions: Sequence[Assumption]) -> list[Draw]:
        from scipy.stats import qmc  # here, because it takes half a second to import

        if not assumptions:
            raise InputError("ensemble=assumed has nothing to draw: every number that acts was given; leave it out")
        sample = qmc.LatinHypercube(len(assumptions), rng=self.seed).random(self.worlds)
        points = qmc.scale(sample, [each.low for each in assumptions], [each.high for each in assumptions])
        names = [each.name for each in assumptions]
        return [Draw(dict(zip(names, point, strict=True))) for point in points.tolist()]

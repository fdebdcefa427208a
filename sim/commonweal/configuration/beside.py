"""Beside: what a comparison is played in besides, other worlds as conf/ensemble has them, and doses of a cost curve."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from commonweal.configuration.assumptions import assumptions, held
from commonweal.configuration.compose import Composition
from commonweal.configuration.sections import chosen, of_file
from commonweal.errors import InputError
from commonweal.model.strategies import STRATEGIES
from commonweal.study.conditions import BASELINE, CURVE, ENSEMBLE, INTENSITY, WORLD
from commonweal.study.draw import OF_A_STRATEGY, Assumption, Draw
from commonweal.study.ensembles.ensemble import Ensemble, EnsembleOfDoses
from commonweal.study.ensembles.fit import Fit
from commonweal.study.fitted import is_of
from commonweal.study.replication.fixed import Fixed
from commonweal.study.study import Study

CURVE_DOSES: Final = (0.03, 0.1, 0.2, 0.4, 0.7, 1.0)
"""intensities between which a cost curve is read"""
CURVE_REPLICATES: Final = 400
"""of each at most"""


def beside(composed: Composition, study: Study) -> dict[str, Study]:
    """What is played in folders within a comparison's: an ensemble's worlds, and the doses of a cost curve.

    Raises InputError.
    """
    found = {}
    if study.baseline is not None and study.size.sums:
        replicates = min(study.size.replicates, CURVE_REPLICATES)
        found[CURVE] = at_doses(study, "cost curve", [Draw({})], CURVE_DOSES, replicates)
    ensemble = of_file(composed, "ensemble", "commonweal.study.ensembles", Ensemble)
    if not isinstance(ensemble, EnsembleOfDoses):
        return found
    kind = chosen(composed, "ensemble")
    if study.baseline is None:
        raise InputError(
            f"ensemble={kind} plays a comparison of strategies in other worlds, and design={study.design} compares "
            "none; leave out one of them"
        )
    draws = ensemble.draws(_free(composed, study))
    found[ENSEMBLE] = at_doses(study, kind, draws, ensemble.doses, ensemble.replicates)
    _try(found[ENSEMBLE], draws)
    return found


def of_others(composed: Composition, study: Study) -> list[str]:
    """That the worlds of a fit are of other leaders than are played, where they are."""
    ensemble = of_file(composed, "ensemble", "commonweal.study.ensembles", Ensemble)
    if ENSEMBLE not in study.beside or not isinstance(ensemble, Fit):
        return []
    roster = study.world(0).community.roster()
    same = roster is not None and is_of(ensemble.folder, roster.ids)
    return [] if same else [f"{ensemble.folder} is the fit of other leaders than are played here"]


def at_doses(study: Study, kind: str, draws: Sequence[Draw], doses: Sequence[float], replicates: int) -> Study:
    """The study of the same comparison in worlds: in each doing nothing, and each strategy at each dose."""
    rows = [
        (scenario, strategy, dose, world)
        for world in range(len(draws))
        for scenario, strategy in zip(study.columns["scenario"], study.columns["strategy"], strict=True)
        for dose in ((None,) if strategy == BASELINE else doses)
    ]
    columns = dict(zip(("scenario", "strategy", INTENSITY, WORLD), map(list, zip(*rows, strict=True)), strict=True))
    return replace(
        study,
        design=kind,
        variation=replace(study.variation, draws=tuple(draws)),
        names=tuple(_name(*row) for row in rows),
        columns=columns,
        across=("scenario", WORLD),
        size=study.size.model_copy(update={"replicates": replicates, "keep": "runs", "sums": []}),
        rule=Fixed(),
        baseline=None,
        beside={},
    )


def _name(scenario: str, strategy: str, dose: float | None, world: int) -> str:
    return f"{scenario}, {strategy}{'' if dose is None else f' at {dose:g}'}, world {world}"


def _free(composed: Composition, study: Study) -> list[Assumption]:
    """What is assumed and was not set by the user to something else."""
    variants = study.variation.variants["strategy"]
    own = {f"{OF_A_STRATEGY}{name}": values for name, values in variants.items()}
    for values in variants.values():
        members = values.get("members") if isinstance(values, dict) else None
        own |= {f"{OF_A_STRATEGY}{name}": each for name, each in (members or {}).items()} | own
    acting = [name for name in STRATEGIES if f"{OF_A_STRATEGY}{name}" in own]
    found = assumptions(composed.choices, acting)
    return [each for each in found if not held(each, {**study.variation.values, **own})]


def _try(study: Study, draws: list[Draw]) -> None:
    """Raise InputError, naming the world, where a draw makes one that cannot be."""
    for world in range(len(draws)):
        try:
            study.variation.world({WORLD: world})
        except InputError as error:
            raise InputError(f"world {world} of the ensemble cannot be: {error}") from None

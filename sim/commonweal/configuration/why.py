"""Why: the study that tells which mechanisms carry the effects of a comparison, by switching them on in many orders."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from commonweal.configuration.compose import compose
from commonweal.errors import InputError
from commonweal.model.params import nearest
from commonweal.model.world import World
from commonweal.study.conditions import WHY
from commonweal.study.designs.design import flat
from commonweal.study.orders import Orders, orders_of
from commonweal.study.replication.fixed import Fixed
from commonweal.study.study import Study
from commonweal.study.variation import GROUPS, Variation

NONE: Final = frozenset[str]()


def mechanisms() -> dict[str, dict[str, Any]]:
    """Per mechanism the values at which it does nothing: conf/design/ablation.yaml. Within a session."""
    table: Mapping[str, Any] = compose(["design=ablation"]).values["design"]["without"]
    return {name: flat(values) for name, values in table.items()}


def explained(
    study: Study, scenarios: Sequence[str], pairs: int, replicates: int, seed: int
) -> tuple[Study, Orders]:  # fmt: skip
    """The study of a comparison's strategies with sets of mechanisms off; and the orders that the sets are of.

    pairs: of orders, each with its reverse. Within a session. Raises InputError.
    """
    if study.baseline is None:
        raise InputError(f"design={study.design} compares no strategies; give the results of a comparison")
    if odd := next((each for each in scenarios if each not in study.scenarios), None):
        raise InputError(f"{odd} is no scenario of these results; {nearest(odd, study.scenarios)}")
    off = mechanisms()
    orders = orders_of(list(off), pairs, seed)
    changed = [_off(off, on) for on in orders.sets]
    rows = [
        (scenario, strategy, number)
        for scenario in scenarios
        for strategy in study.strategies
        for number in range(len(changed))
    ]
    columns: dict[str, list[Any]] = dict(
        zip(("scenario", "strategy"), map(list, zip(*rows, strict=True)), strict=False)
    )
    for path in _off(off, NONE):
        columns[path] = [changed[number].get(path) for _, _, number in rows]
    found = replace(
        study,
        design=WHY,
        variation=_with_files(study, {path: values for path, values in columns.items() if path in _off(off, NONE)}),
        names=tuple(f"{scenario}, {strategy}, set {number}" for scenario, strategy, number in rows),
        columns=columns,
        across=("scenario",),
        size=study.size.model_copy(update={"replicates": replicates, "keep": "runs", "sums": []}),
        rule=Fixed(),
        baseline=None,
        beside={},
    )
    return found, orders


def switched(study: Study, condition: int) -> tuple[list[str], Callable[[frozenset[str]], World]]:
    """The mechanisms that the model of a condition has, and what makes its world with only some of them on.

    A class of one's own may lack what a mechanism is switched off by. Within a session.
    """
    off, changes = mechanisms(), study.changes(condition)
    variation = _with_files(study, {path: [value] for path, value in _off(off, NONE).items()})
    known = {}
    for name, values in off.items():
        with suppress(InputError):
            variation.world({**changes, **values})
            known[name] = values
    return list(known), lambda on: variation.world({**changes, **_off(known, on)})


def _off(mechanisms: Mapping[str, Mapping[str, Any]], on: frozenset[str]) -> dict[str, Any]:
    """What is changed where only some mechanisms are on."""
    return {path: value for name, values in mechanisms.items() if name not in on for path, value in values.items()}


def _with_files(study: Study, paths: Mapping[str, Sequence[Any]]) -> Variation:
    """The comparison's configuration with every file that a mechanism is off with.

    paths: per path that is changed its values; those of groups are names of files.
    """
    variation = study.variation
    variants, kinds = {**variation.variants}, {**variation.kinds}
    for group, names in paths.items():
        if group not in GROUPS:
            continue
        for name in dict.fromkeys(each for each in names if each is not None):
            values = compose([f"{group}={name}"]).values[group]
            variants[group] = {**variants.get(group, {}), name: dict(values)}
            kinds[group] = {**kinds.get(group, {}), name: name}
    return replace(variation, variants=variants, kinds=kinds)

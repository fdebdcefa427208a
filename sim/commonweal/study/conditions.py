"""Conditions: what a study plays. Each has a number in its folder, a name, and what it changes of one configuration."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import pyarrow as pa

from commonweal.amounts import FOR
from commonweal.model.run import RUN_MEASURES
from commonweal.units import Units

BASELINE: Final = "laissez_faire"
"""doing nothing, with which strategies are compared"""
Basis = Literal["baseline", "full strength", "equal spend"]
FULL: Final = "full strength"
EQUAL: Final = "equal spend"
"""the footings on which strategies are compared"""
INTENSITY: Final = "intensity"
"""the change that scales the doses of a condition's strategy, as conditions of equal spend have it"""
WORLD: Final = "world"
"""the change that puts a world of an ensemble, by its number, in the place of conf's"""
ENSEMBLE: Final = "ensemble"
"""the folder, within a comparison's, of the same in other worlds"""
CURVE: Final = "curve"
"""and of the same at other doses, from which a cost curve is made"""
MIX: Final = "mix"
"""and of pairs of strategies, each at half of a cost curve's sums"""
BESIDE: Final = (ENSEMBLE, CURVE, MIX)
WHY: Final = "why"
"""the folder of studies, one for each scenario asked about, that say which mechanisms carry what was found"""
GONE: Final = -1
"""the place of a condition that is no part of the study any more"""
OWN_COLUMNS: Final = ("condition", "name", "place", "changes", "key")
"""columns of the table of conditions that are not what a design varies"""
IN_MU: Final = "|".join(each.replace(".", "[._]") for each in FOR)
"""what is in MU, as a pattern of the columns of what a design varies, or of their paths"""
AMOUNT: Final = re.compile(rf"(?<![^ ,])((?:{IN_MU})=)(\d[\d.]*(?:e[+-]?\d+)?)(?= \+ |, | \(|,[a-z]|$)")
"""an amount of MU in the name of a condition, or of a job of a sweep"""


def basis_of(changes: Mapping[str, Any], baseline: str) -> Basis:
    """On what footing a condition of a comparison is played."""
    if INTENSITY in changes:
        return EQUAL
    return "baseline" if changes.get("strategy") == baseline else FULL


def label(path: str) -> str:
    """The column of a parameter: inclusion for strategy.parts.inclusion.intensity, learn_public for learn.public."""
    parts = path.split(".")
    if parts[:2] == ["strategy", "parts"] and len(parts) == 4:
        parts = parts[2:3] if parts[3] == "intensity" else parts[2:]
    name = "_".join(parts)
    taken = {*OWN_COLUMNS, "replicate", "status", "error", *RUN_MEASURES}
    return f"{name}_set" if name in taken else name


def name_part(path: str, value: Any) -> str:
    """A change in the name of a condition: crisis for the scenario, learn_public=0.5 for learn.public."""
    if "." not in path:
        return str(value)
    return f"{label(path)}={value:g}" if isinstance(value, float) else f"{label(path)}={value}"


def told_name(name: str, units: Units) -> str:
    """The name of a condition, or of a job, as people read it: convener_budget=128 EUR in the place of ...=20."""
    return AMOUNT.sub(lambda found: f"{found[1]}{units.amount(float(found[2]))}", name) if units.money else name


def in_money(column: str, units: Units) -> str:
    """The name of what a design varies, with the user's own money where it is an amount: convener_budget (EUR)."""
    return f"{column} ({units.money})" if units.money and re.fullmatch(IN_MU, column) else column


def times_of(column: str, units: Units) -> float:
    """What the values of what a design varies are multiplied by to be told; 1 of what is not in MU."""
    return units.mu if re.fullmatch(IN_MU, column) else 1.0


def conditions_table(
    names: Sequence[str], places: Sequence[int], keys: Sequence[str], changes: Sequence[Mapping[str, Any]],
    paths: Sequence[str], baseline: str | None = None,
) -> pa.Table:  # fmt: skip
    """A row per condition, in the order of their numbers.

    place: of a condition in the design's order, GONE for one that is no part of it any more. key: a hash of what it
    changes. changes: the same as JSON. For each path a column of what it is changed to, null where it is left as it is.
    In a comparison, with a baseline, also `basis` and `intensity`.
    """
    arrays = {
        "condition": pa.array(range(len(names)), pa.int64()),
        "name": pa.array(names, pa.string()),
        "place": pa.array(places, pa.int64()),
        "key": pa.array(keys, pa.string()),
        "changes": pa.array([json.dumps(each) for each in changes], pa.string()),
    }
    fields = [pa.field(name, array.type) for name, array in arrays.items()]
    for path in paths:
        arrays[label(path)] = _column([each.get(path) for each in changes])
        fields.append(pa.field(label(path), arrays[label(path)].type, metadata={"path": path}))
    if baseline is not None:
        arrays["basis"] = pa.array([basis_of(each, baseline) for each in changes], pa.string())
        arrays[INTENSITY] = pa.array([float(each.get(INTENSITY, 1.0)) for each in changes], pa.float64())
        fields += [pa.field(name, arrays[name].type) for name in ("basis", INTENSITY)]
    return pa.Table.from_arrays(list(arrays.values()), schema=pa.schema(fields))


def _column(values: list[Any]) -> pa.Array:
    kinds = {type(value) for value in values if value is not None}
    for allowed, kind in (({bool}, pa.bool_()), ({int}, pa.int64()), ({int, float}, pa.float64())):
        if kinds <= allowed:
            return pa.array(values, kind)
    texts = [value if value is None or isinstance(value, str) else json.dumps(value) for value in values]
    return pa.array(texts, pa.string())

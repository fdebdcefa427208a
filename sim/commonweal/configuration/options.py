"""Options: how a run is carried out."""

from collections.abc import Sequence
from typing import Final

from hydra.core.override_parser.types import Override
from pydantic import Field, field_validator

from commonweal import own_modules
from commonweal.configuration.compose import Composition
from commonweal.configuration.own_units import Worth, worth_of
from commonweal.configuration.sections import section
from commonweal.model.params import Money, Params, parse


class Options(Params):
    """How a run is carried out: nothing here changes a number that is played but equal_spend."""

    out: str | None = Field(min_length=1)
    """folder for the results; null for results/<experiment>/<run>"""
    workers: int = Field(ge=0, le=4096)
    """processes; 0 for one per core, and for one alone where a study is small"""
    shards: int = Field(ge=1, le=100_000)
    """jobs that share a design's work; 1 for no sharing"""
    shard: int = Field(ge=0, le=99_999)
    """which of them this is, from 0"""
    allow: list[str]
    """the user's own modules, in which strategies and mechanisms may be looked up"""
    equal_spend: Money | None
    """MU per leader and round at which strategies are compared; null for the least that any spends in full"""
    smallest_effect: float = Field(gt=0, le=1e3)
    """the smallest effect of interest, as a share of what doing nothing has of a measure in the scenario"""
    units: Worth
    """what an MU is in the user's own money, in which amounts are told"""
    figures: bool
    """whether figures are drawn"""
    json_table: bool = Field(alias="json")
    """whether the final table is printed as JSON"""
    quiet: bool
    """whether nothing but the folder of the results is printed"""
    fresh: bool
    """whether results that are there already are replaced"""
    yes: bool
    """whether what takes more than a day, or a tenth of the room on disk, is played without being asked about"""
    dry_run: bool
    """whether nothing is played, and only what would be is said"""

    @field_validator("allow")
    @classmethod
    def _importable(cls, allow: list[str]) -> list[str]:
        own_modules.forget()
        for name in allow:
            first, *rest = name.split(".")
            if not all(part.isidentifier() for part in (first, *rest)):
                raise ValueError(
                    f"{name!r} is not the name of a module; write it as in an import, such as my_strategies"
                )
            own_modules.allow([name])
            if own_modules.missing(name):
                where = f"{first}.py or {first}/ here" if not rest else f"it in {first}"
                raise ValueError(f"there is no module {name!r} in this folder, nor installed; make {where}")
        return allow


OPTIONS: Final = [each.alias or name for name, each in Options.model_fields.items() if name != "units"]
"""those that stand at the top of the configuration: units are a group"""


def options_of(composed: Composition, given: Sequence[Override]) -> Options:
    """How the run is to be carried out. A folder called 2026 is a name, not a number."""
    values = {name: composed.values.get(name) for name in OPTIONS}
    if isinstance(values["out"], int | float):
        typed = [each.get_value_string() for each in given if each.key_or_group == "out"]
        values["out"] = typed[-1] if typed else str(values["out"])
    values["units"] = worth_of(section(composed, "units"))
    return parse(Options, values, "")

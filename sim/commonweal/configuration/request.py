"""What is asked for: a comparison of strategies or the conditions of a design, and how to carry it out.

Every file is loaded once, all in one composition.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from hydra.core.override_parser.types import Override

from commonweal.configuration.comparison import conditions
from commonweal.configuration.compose import Composed, compose, free_keys, parsed
from commonweal.configuration.conf import CONFIG_NAME
from commonweal.configuration.design import VARIANTS, survey_of
from commonweal.configuration.experiment import Experiment, listed, of_files, refuse_mixed, refuse_singular
from commonweal.configuration.options import OPTIONS, Options, options_of
from commonweal.configuration.overrides import PLURAL, lines, loaded, within
from commonweal.configuration.sections import of_file, section
from commonweal.errors import InputError
from commonweal.model.params import nearest, parse
from commonweal.model.world import World
from commonweal.study.comparison import Size, Study
from commonweal.study.conditions import BASELINE
from commonweal.study.executors.executor import Place
from commonweal.study.survey import Survey

NONE: Final = "none"
"""the design of a plain comparison"""
KNOWN: Final = [
    *World.model_fields, *PLURAL.values(), "run", "experiment", "design", "replication", "executor", VARIANTS, *OPTIONS,
]  # fmt: skip
"""what a composed configuration may hold"""


class Asked(NamedTuple):
    """What is asked for."""

    study: Study
    """a comparison of strategies; of a design, the configuration that it varies"""
    options: Options
    place: Place
    """where the work is done"""
    survey: Survey | None = None
    """a design's; None where strategies are compared"""


def read(overrides: Sequence[str], command: Sequence[str] = (), config_name: str | None = CONFIG_NAME) -> Asked:
    """The study that overrides ask for; within a session of commonweal.configuration, or a job of Hydra's.

    command: what was typed, for the manifest. Raises InputError.
    """
    given = parsed(free_keys(overrides))
    composed, experiment, lists = _compose(given, overrides, config_name)
    options = options_of(composed, given)
    size = parse(Size, section(composed, "run"), "run")
    compared = conditions(composed, lists, tuple(options.allow))
    config = {key: value for key, value in composed.values.items() if key not in lists}
    study = Study(experiment.name, compared, size, options.equal_spend, config, tuple(command))
    place = of_file(composed, "executor", "commonweal.study.executors", Place)
    if options.shard >= options.shards:
        raise InputError(f"shard is {options.shard}; with shards={options.shards} it must be less")
    if composed.choices.get("design", NONE) == NONE:
        _refuse_without_design(composed, options)
        return Asked(study, options, place)
    survey = survey_of(study, composed, given, tuple(options.allow), config_name)
    return Asked(study, options, place, survey)


def _compose(
    given: Sequence[Override], overrides: Sequence[str], config_name: str | None
) -> tuple[Composed, Experiment, dict[str, list[str]]]:
    """The whole configuration, the experiment chosen, and of each group that it lists the names."""
    singular = [each for each in given if not within(each, *PLURAL.values())]
    try:
        first = compose([*lines(singular), loaded("strategy", BASELINE)], config_name)
    except InputError:
        refuse_singular(given, config_name)
        raise
    _refuse_odd(first, given)
    experiment = parse(Experiment, section(first, "experiment"), "experiment")
    lists = {
        group: listed(experiment, group, names, overrides)
        for group, plural in PLURAL.items()
        if (names := getattr(experiment, plural)) is not None
    }
    refuse_mixed(given, experiment, lists)
    if not lists:
        return first, experiment, lists
    if first.choices.get("design", NONE) != NONE:
        group = next(iter(lists))
        raise InputError(
            f"experiment {experiment.name} lists its own {PLURAL[group]}, which a design does not take; leave out "
            f"experiment=, and write design.across={{{group}:[...]}} or design.over=..."
        )
    loads = [loaded(group, name) for group, names in lists.items() for name in names if name != BASELINE]
    more = [*loads, *of_files(first), *lines([each for each in given if within(each, *PLURAL.values())])]
    composed = compose([*lines(singular), loaded("strategy", BASELINE), *more], config_name)
    _refuse_odd(composed, given)
    return composed, experiment, lists


def _refuse_without_design(composed: Composed, options: Options) -> None:
    """Raise InputError for what only a design takes."""
    if options.shards > 1:
        raise InputError(f"shards={options.shards} is for designs; choose one with design=, or leave it out")
    if (rule := composed.choices.get("replication")) != "fixed":
        raise InputError(f"replication={rule} is for designs; choose one with design=, or leave it out")


def _refuse_odd(composed: Composed, given: Sequence[Override]) -> None:
    """Raise InputError for keys nobody reads, and for modules that a file wants to be allowed."""
    if odd := next((key for key in composed.values if key not in KNOWN), None):
        raise InputError(f"{odd} is not a parameter here; {nearest(odd, KNOWN)}")
    typed = [each.value() for each in given if each.key_or_group == "allow" and not each.is_delete()]
    if composed.values.get("allow") != (typed[-1] if typed else []):
        raise InputError(
            f"allow is {composed.values.get('allow')} in a conf file; "
            "modules are allowed on the command line only: allow=[your_module]"
        )

"""What is asked for: a comparison of strategies or the conditions of a design, and how to carry it out.

Every file is loaded once, all in one composition.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from hydra.core.override_parser.types import Override

from commonweal.configuration.beside import beside, of_others
from commonweal.configuration.comparison import COMPARISON, compared
from commonweal.configuration.compose import Composition, compose, free_keys, parsed
from commonweal.configuration.conf import CONFIG_NAME
from commonweal.configuration.design import VARIANTS, designed
from commonweal.configuration.experiment import Experiment, listed, of_files, refuse_mixed, refuse_singular
from commonweal.configuration.money_told import notes
from commonweal.configuration.options import OPTIONS, Options, options_of
from commonweal.configuration.overrides import PLURAL, lines, loaded, target, within
from commonweal.configuration.own_units import Worth, staff_hour, units_in
from commonweal.configuration.places import in_full
from commonweal.configuration.sections import chosen, of_file, section
from commonweal.errors import InputError
from commonweal.model.params import nearest, parse
from commonweal.model.world import World
from commonweal.study.conditions import BASELINE
from commonweal.study.executors.executor import Place
from commonweal.study.replication.rule import Rule
from commonweal.study.study import Size, Study

KNOWN: Final = [
    *World.model_fields, *PLURAL.values(), "run", "experiment", "design", "replication", "executor", "ensemble",
    "units", VARIANTS, *OPTIONS,
]  # fmt: skip
"""what a composed configuration may hold"""


class Request(NamedTuple):
    """What is asked for."""

    study: Study
    options: Options
    place: Place
    """where the work is done"""
    notes: tuple[str, ...] = ()
    """whose worlds are played, where they are those of others, and what the amounts that were asked for come to"""


def read(overrides: Sequence[str], command: Sequence[str] = (), config_name: str | None = CONFIG_NAME) -> Request:
    """The study that overrides ask for; within a session of commonweal.configuration.conf, or a job of Hydra's.

    command: what was typed, for the manifest. Raises InputError.
    """
    overrides = in_full(overrides)
    given = parsed(free_keys(overrides))
    composed, experiment, lists = _compose(given, overrides, config_name)
    options = options_of(composed, given)
    if (hour := _other_hour(options.units, composed, given)) is not None:
        return read([*overrides, f"convener.hour={hour!r}"], command, config_name)
    if options.shard >= options.shards:
        last = options.shards - 1
        raise InputError(f"shard is {options.shard}; with shards={options.shards} it must be from 0 to {last}")
    place = of_file(composed, "executor", "commonweal.study.executors", Place)
    about = {
        "size": parse(Size, section(composed, "run"), "run"),
        "rule": of_file(composed, "replication", "commonweal.study.replication", Rule),
        "config": {key: value for key, value in composed.values.items() if key not in (*lists, VARIANTS)},
        "command": tuple(command),
        "smallest_effect": options.smallest_effect,
        "units": units_in(options.units, float(section(composed, "convener").get("hour") or 0)),
    }
    if chosen(composed, "design") == COMPARISON:
        study = _comparison(composed, experiment, lists, options, about)
    else:
        study = _of_design(composed, experiment, given, options, config_name, about)
    study = replace(study, beside=beside(composed, study))
    return Request(study, options, place, (*of_others(composed, study), *notes(study, composed)))


def _other_hour(worth: Worth, composed: Composition, given: Sequence[Override]) -> float | None:
    """MU that an hour of staff costs by the units, where conf has another. Raises InputError where it was typed."""
    hour, known = staff_hour(worth), section(composed, "convener").get("hour")
    if hour is None or hour == known:
        return None
    if any(target(each) == "convener.hour" for each in given):
        raise InputError(
            f"convener.hour is {known:g}, but by units.mu and units.hour an hour of staff is {hour:.6g} MU; leave out "
            "one of the three"
        )
    return hour


def _comparison(
    composed: Composition, experiment: Experiment, lists: dict[str, list[str]], options: Options, about: dict[str, Any]
) -> Study:
    """Strategies in scenarios, each beside doing nothing; every world of them is tried."""
    made = compared(composed, lists, tuple(options.allow))
    study = Study(
        experiment.name, COMPARISON, made.variation, made.names, made.columns, made.across,
        baseline=BASELINE, equal_spend=options.equal_spend, **about,
    )  # fmt: skip
    for at in range(len(study.names)):
        study.world(at)
    return study


def _of_design(
    composed: Composition, experiment: Experiment, given: Sequence[Override], options: Options, config_name: str | None,
    about: dict[str, Any],
) -> Study:  # fmt: skip
    """The conditions of the design chosen."""
    design = chosen(composed, "design")
    found = designed(composed, given, tuple(options.allow), config_name)
    name = design if experiment.name == "single" else experiment.name
    return Study(name, design, found.variation, found.names, found.columns, found.across, **about)


def _compose(
    given: Sequence[Override], overrides: Sequence[str], config_name: str | None
) -> tuple[Composition, Experiment, dict[str, list[str]]]:
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
        group: listed(group, names, overrides)
        for group, plural in PLURAL.items()
        if (names := getattr(experiment, plural)) is not None
    }
    refuse_mixed(given, experiment, lists)
    if not lists:
        return first, experiment, lists
    if chosen(first, "design") != COMPARISON:
        group = next(iter(lists))
        raise InputError(
            f"experiment {experiment.name} lists its own {PLURAL[group]}, which a design does not take; leave out "
            f"experiment=, and write design.over.{group}=[{','.join(lists[group])}]"
        )
    loads = [loaded(group, name) for group, names in lists.items() for name in names if name != BASELINE]
    more = [*loads, *of_files(first), *lines([each for each in given if within(each, *PLURAL.values())])]
    composed = compose([*lines(singular), loaded("strategy", BASELINE), *more], config_name)
    _refuse_odd(composed, given)
    return composed, experiment, lists


def _refuse_odd(composed: Composition, given: Sequence[Override]) -> None:
    """Raise InputError for keys nobody reads, and for modules that a file wants to be allowed."""
    if odd := next((key for key in composed.values if key not in KNOWN), None):
        raise InputError(f"{odd} is not a parameter here; {nearest(odd, KNOWN)}")
    typed = [each.value() for each in given if each.key_or_group == "allow" and not each.is_delete()]
    if composed.values.get("allow") != (typed[-1] if typed else []):
        raise InputError(
            f"allow is {composed.values.get('allow')} in a conf file; "
            "modules are allowed on the command line only: allow=[your_module]"
        )

"""Configuration: from what is asked for on the command line to a study.

strategy= and scenario= choose the one of a single comparison; an experiment (conf/experiment) lists several of
each. Values of the chosen one are overridden as strategy.x and scenario.x, of one in a list as
strategies.<name>.x and scenarios.<name>.x. Every file is loaded once, all in one composition.
"""

import importlib.util
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from hydra.core.override_parser.types import Override
from pydantic import Field, field_validator

from sim.composition import CONFIG_NAME, Composed, compose, options, parsed, unknown_keys
from sim.dataset import label
from sim.design import BASELINE, Condition
from sim.designs.design import NAME, Columns, Design
from sim.errors import InputError
from sim.executors.executor import Place
from sim.params import Factor, Params, nearest, parse
from sim.replication.rule import Rule
from sim.study import Size, Study
from sim.survey import Survey
from sim.variation import GROUPS, Variation
from sim.world import World, build_world, class_of_file

PLURAL: Final = {"strategy": "strategies", "scenario": "scenarios"}


class Experiment(Params):
    """What is compared (conf/experiment)."""

    name: str
    """names the folder of its results"""
    strategies: list[str] | None
    """strategies compared with doing nothing; null for the one chosen by strategy="""
    scenarios: list[str] | None
    """scenarios they are compared in; null for the one chosen by scenario="""

    @field_validator("name")
    @classmethod
    def _fit_for_a_folder(cls, name: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}", name):
            raise ValueError(f"{name!r} cannot name a folder; use letters, digits, _ and -")
        return name


class Options(Params):
    """How a run is carried out: nothing here changes a number but equal_spend."""

    out: str | None = Field(min_length=1)
    """folder for the results; null for results/<experiment>/<run>"""
    workers: int = Field(ge=0, le=4096)
    """processes; 0 for one per core"""
    shards: int = Field(ge=1, le=100_000)
    """jobs that share a design's work; 1 for no sharing"""
    shard: int = Field(ge=0, le=99_999)
    """which of them this is, from 0"""
    allow: list[str]
    """the user's own modules, in which strategies and mechanisms may be looked up"""
    equal_spend: Factor | None
    """MU per leader and round at which strategies are compared; null for the least that any spends in full"""
    figures: bool
    """whether figures are drawn"""
    json_table: bool = Field(alias="json")
    """whether the final table is printed as JSON"""
    quiet: bool
    """whether nothing but the folder of the results is printed"""
    fresh: bool
    """whether results that are there already are replaced"""

    @field_validator("allow")
    @classmethod
    def _importable(cls, allow: list[str]) -> list[str]:
        for name in allow:
            if not all(part.isidentifier() for part in name.split(".")) or _missing(name):
                raise ValueError(f"there is no module {name!r} to import; is its folder in PYTHONPATH?")
        return allow


OPTIONS: Final = [each.alias or name for name, each in Options.model_fields.items()]
NONE: Final = "none"
"""the design of a plain comparison"""
VARIANTS: Final = "variants"
"""where the files are loaded that a design chooses among"""
KNOWN: Final = [
    *World.model_fields, *PLURAL.values(), "run", "experiment", "design", "replication", "executor", VARIANTS, *OPTIONS,
]  # fmt: skip
"""what a composed configuration may hold"""


def _missing(module: str) -> bool:
    """Whether a module cannot be found. Packages that hold it are imported to look."""
    try:
        return importlib.util.find_spec(module) is None
    except ImportError:
        return True


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
    """The study that overrides ask for; within a session of sim.composition, or a job of Hydra's.

    command: what was typed, for the manifest. Raises InputError.
    """
    given = free_keys(parsed(overrides))
    singular = [each for each in given if not _within(each, *PLURAL.values())]
    try:
        first = compose([*_lines(singular), _loaded("strategy", BASELINE)], config_name)
    except InputError:
        _refuse_singular(given, config_name)
        raise
    _refuse_odd(first, given)
    experiment = parse(Experiment, _section(first, "experiment"), "experiment")
    lists = {
        group: _listed(experiment, group, names, overrides)
        for group, plural in PLURAL.items()
        if (names := getattr(experiment, plural)) is not None
    }
    _refuse_mixed(given, experiment, lists)
    composed = first
    survey = first.choices.get("design", NONE) != NONE
    if survey and lists:
        plural = PLURAL[next(iter(lists))]
        raise InputError(
            f"experiment {experiment.name} lists its own {plural}, which a design does not take; leave out "
            f"experiment=, and write design.across={{{next(iter(lists))}:[...]}} or design.over=..."
        )
    if lists:
        loads = [_loaded(group, name) for group, names in lists.items() for name in names if name != BASELINE]
        rest = [each for each in given if _within(each, *PLURAL.values())]
        lines = [*_lines(singular), _loaded("strategy", BASELINE), *loads, *_of_files(first), *_lines(rest)]
        composed = compose(lines, config_name)
        _refuse_odd(composed, given)
    chosen = options_of(composed, given)
    size = parse(Size, _section(composed, "run"), "run")
    conditions = _conditions(composed, lists, tuple(chosen.allow))
    config = {key: value for key, value in composed.values.items() if key not in lists}
    study = Study(experiment.name, conditions, size, chosen.equal_spend, config, tuple(command))
    place = _of_file(composed, "executor", "sim.executors", Place)
    if chosen.shard >= chosen.shards:
        raise InputError(f"shard is {chosen.shard}; with shards={chosen.shards} it must be less")
    if not survey:
        _refuse_without_design(composed, chosen)
        return Asked(study, chosen, place)
    return Asked(study, chosen, place, _survey(composed, given, experiment, size, chosen, config, command, config_name))


def _refuse_without_design(composed: Composed, chosen: Options) -> None:
    """Raise InputError for what only a design takes."""
    if chosen.shards > 1:
        raise InputError(f"shards={chosen.shards} is for designs; choose one with design=, or leave it out")
    if (rule := composed.choices.get("replication")) != "fixed":
        raise InputError(f"replication={rule} is for designs; choose one with design=, or leave it out")


def _survey(
    composed: Composed, given: Sequence[Override], experiment: Experiment, size: Size, chosen: Options,
    config: dict[str, Any], command: Sequence[str], config_name: str | None,
) -> Survey:  # fmt: skip
    """The conditions of a design, each parameter and value of them checked."""
    design = _of_file(composed, "design", "sim.designs", Design)
    try:
        columns = design.conditions()
    except InputError:
        raise
    except ValueError as error:
        raise InputError(f"design: {error}") from None
    names = columns.pop(NAME, None)
    groups = {path: values for path, values in columns.items() if path in GROUPS}
    for each in given:
        if group := next((group for group in groups if _within(each, group)), None):
            raise InputError(f"{each.input_line} is for a single {group}, but the design varies {group} itself")
    wanted = {group: [each for each in dict.fromkeys(values) if each is not None] for group, values in groups.items()}
    for group, files in wanted.items():
        known = options(group)
        if odd := next((each for each in files if each not in known), None):
            raise InputError(f"design: {group}={odd} is not known; {nearest(str(odd), known)}")
    loads = [f"+{group}@{VARIANTS}.{group}.{name}={name}" for group, files in wanted.items() for name in files]
    if loads:
        composed = compose([*_lines(given), *loads], config_name)
    variation = Variation(
        {group: dict(_section(composed, group)) for group in GROUPS},
        {group: composed.choices[group] for group in GROUPS},
        composed.values.get(VARIANTS) or {},
        tuple(chosen.allow),
    )
    columns = {path: _checked(variation, path, values) for path, values in columns.items()}
    name = composed.choices["design"]
    return Survey(
        experiment=name if experiment.name == "single" else experiment.name,
        design=name,
        variation=variation,
        names=_distinct(names or _names(columns)),
        columns=columns,
        across=tuple(label(path) for path in design.across),
        size=size,
        rule=_of_file(composed, "replication", "sim.replication", Rule),
        config={key: value for key, value in config.items() if key != VARIANTS},
        command=tuple(command),
    )


def _checked(variation: Variation, path: str, values: list[Any]) -> list[Any]:
    """A column of a design as its parameter takes it. Raises InputError for an unknown one, or a value out of range."""
    variation.refuse_unknown(path, "design")
    values = variation.fitting(path, values)
    distinct = list({repr(each): each for each in values if each is not None}.values())
    if len(distinct) > MANY and all(isinstance(each, int | float) for each in distinct):
        distinct = [min(distinct), max(distinct)]
    if path in GROUPS or not any(path.startswith(f"{group}.") for group in variation.variants):
        for each in distinct:
            variation.world({path: each})
    return values


MANY: Final = 100
"""distinct numbers of a parameter beyond which only the least and the greatest are tried before a design is played"""


def _names(columns: Columns) -> list[str]:
    """What conditions are called: the strategies of a portfolio, then what else is changed."""
    length = len(next(iter(columns.values())))
    names: list[list[str]] = [[] for _ in range(length)]
    mixed = False
    for path, values in columns.items():
        column = label(path)
        strategy = re.fullmatch(r"strategy\.parts\.\w+\.intensity", path) is not None
        mixed = mixed or strategy
        for name, value in zip(names, values, strict=True):
            if strategy and value in (0, 1):
                name += [column] * int(value)
            elif value is not None:
                name.append(str(value) if path in GROUPS else f"{column}={value:g}" if isinstance(value, float)
                            else f"{column}={value}")  # fmt: skip
    return [" + ".join(each) or (BASELINE if mixed else "as configured") for each in names]


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Names made distinct where several conditions would be called the same."""
    seen: dict[str, int] = {}
    found = []
    for name in map(str, names):
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)


def _of_file[P: Params](composed: Composed, group: str, package: str, base: type[P]) -> P:
    """The parameter object of a group that is not part of the world."""
    name = composed.choices.get(group)
    if name is None:
        raise InputError(f"{group} must be one name; choose one of {', '.join(options(group))}")
    return parse(class_of_file(group, name, package, base), _section(composed, group), group)


def free_keys(given: Sequence[Override]) -> list[Override]:
    """Overrides, those that name parameters within a design as additions: conf cannot know what a user will vary.

    A whole table of parameters takes the place of the one in the file.
    """
    found: list[str] = []
    for line in _lines(given):
        match = re.match(r"design\.(over|across|without)([.=])", line)
        if match and match[2] == "=":
            found.append(f"++design.{match[1]}=null")
        found.append(f"++{line}" if match else line)
    return parsed(found)


def options_of(composed: Composed, given: Sequence[Override]) -> Options:
    """How the run is to be carried out. A folder called 2026 is a name, not a number."""
    values = {name: composed.values.get(name) for name in OPTIONS}
    if isinstance(values["out"], int | float):
        typed = [each.get_value_string() for each in given if each.key_or_group == "out"]
        values["out"] = typed[-1] if typed else str(values["out"])
    return parse(Options, values, "")


def _conditions(composed: Composed, lists: Mapping[str, list[str]], allow: tuple[str, ...]) -> tuple[Condition, ...]:
    """Per scenario doing nothing, and each strategy at full strength."""
    found = {group: _variants(composed, group, lists.get(group)) for group in PLURAL}
    found["strategy"] = {BASELINE: _part(composed, "strategies", BASELINE)} | found["strategy"]
    shared = {group: _section(composed, group) for group in World.model_fields if group not in PLURAL}
    return tuple(
        Condition(
            scenario,
            strategy,
            "baseline" if strategy == BASELINE else "full strength",
            1.0,
            build_world(
                shared | {"scenario": surroundings, "strategy": values},
                composed.choices | {"scenario": scenario, "strategy": strategy},
                allow,
            ),
        )
        for scenario, surroundings in found["scenario"].items()
        for strategy, values in found["strategy"].items()
    )


def _variants(composed: Composed, group: str, names: list[str] | None) -> dict[str, Mapping[str, Any]]:
    """The values of each variant that is compared, by name."""
    if names is not None:
        return {name: _part(composed, PLURAL[group], name) for name in names}
    name = composed.choices.get(group)
    if name is None:
        raise InputError(f"{group} must be one name; choose one of {', '.join(options(group))}")
    return {name: _section(composed, group)}


def _section(composed: Composed, name: str) -> Mapping[str, Any]:
    """A group's values."""
    values = composed.values.get(name)
    if not isinstance(values, Mapping):
        raise InputError(f"{name} is {'missing' if values is None else repr(values)}; it must be a group of parameters")
    return {str(key): value for key, value in values.items()}


def _part(composed: Composed, plural: str, name: str) -> Mapping[str, Any]:
    """The values of one variant of several."""
    values = (composed.values.get(plural) or {}).get(name)
    if not isinstance(values, Mapping):
        raise InputError(f"the file of {name} does not keep to its own group; leave out its @package line")
    return {str(key): value for key, value in values.items()}


def _listed(experiment: Experiment, group: str, names: list[str], overrides: Sequence[str]) -> list[str]:
    """The names an experiment lists, each of them known."""
    field, known = f"experiment.{PLURAL[group]}", options(group, overrides)
    for name in names:
        if name not in known:
            raise InputError(f"{field} names {name!r}, which is not a {group}; {nearest(name, known)}")
        if names.count(name) > 1:
            raise InputError(f"{field} names {name} twice; name each once")
    if not names:
        raise InputError(f"{field} is empty; name at least one, or null for the one chosen by {group}=")
    return names


def _refuse_odd(composed: Composed, given: Sequence[Override]) -> None:
    """Raise InputError for keys nobody reads, and for modules that a file wants to be allowed."""
    unknown_keys(composed.values, KNOWN)
    typed = [each.value() for each in given if each.key_or_group == "allow" and not each.is_delete()]
    if composed.values.get("allow") != (typed[-1] if typed else []):
        raise InputError(
            f"allow is {composed.values.get('allow')} in a conf file; "
            "modules are allowed on the command line only: allow=[your_module]"
        )


def _refuse_mixed(given: Sequence[Override], experiment: Experiment, lists: Mapping[str, list[str]]) -> None:
    """Raise InputError where one is chosen and several are listed, or values are given to the wrong of the two."""
    for group, plural in PLURAL.items():
        for each in given:
            line, listed = each.input_line, group in lists
            if listed and each.key_or_group == group and each.package is None:
                raise InputError(
                    f"{line} chooses one, but experiment {experiment.name} lists its own {plural}; "
                    f"leave out {line}, or write experiment.{plural}=[{each.value()}]"
                )
            if listed and _within(each, group):
                rest = _target(each).removeprefix(f"{group}.")
                raise InputError(
                    f"{line} is for a single {group}, but experiment {experiment.name} compares several; "
                    f"say which: {plural}.{lists[group][0]}.{rest}=..."
                )
            if not listed and _within(each, plural):
                rest = _target(each).split(".", 2)[-1]
                raise InputError(f"{line} is for an experiment over several {plural}; here write {group}.{rest}=...")


def _refuse_singular(given: Sequence[Override], config_name: str | None) -> None:
    """Say so where strategy.x fails because an experiment lists several strategies."""
    others = [each for each in given if not _within(each, *PLURAL, *PLURAL.values())]
    if len(others) == len(given):
        return
    try:
        composed = compose(_lines(others), config_name)
        experiment = parse(Experiment, _section(composed, "experiment"), "experiment")
    except InputError:
        return
    lists = {group: names for group, plural in PLURAL.items() if (names := getattr(experiment, plural))}
    _refuse_mixed(given, experiment, lists)


def _within(override: Override, *sections: str) -> bool:
    """Whether an override changes something within one of the sections."""
    return _target(override).startswith(tuple(f"{section}." for section in sections))


def _target(override: Override) -> str:
    return override.package or override.key_or_group


def _loaded(group: str, name: str) -> str:
    """The override that loads a variant beside the one chosen."""
    return f"+{group}@{PLURAL[group]}.{name}={name}"


def _of_files(first: Composed) -> list[str]:
    """What the experiment's own file changes in the variants it lists, as overrides: they are loaded after it."""
    changed = {plural: first.values.get(plural) or {} for plural in PLURAL.values()}
    return [f"{path}={json.dumps(value)}" for path, value in _leaves(changed)]


def _leaves(values: Mapping[str, Any], start: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{start}{key}.")
        else:
            yield f"{start}{key}", value


def _lines(given: Sequence[Override]) -> list[str]:
    return [each.input_line or "" for each in given]

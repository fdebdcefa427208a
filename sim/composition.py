"""Composition: conf files and overrides become plain values, by Hydra. What Hydra refuses is said in one sentence.

Nothing in a conf file is ever executed: keys by which Hydra would call something are refused.
"""

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import hydra
from hydra.core.config_search_path import SearchPathQuery
from hydra.core.global_hydra import GlobalHydra
from hydra.core.object_type import ObjectType
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException, MissingConfigException, OverrideParseException
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import MissingMandatoryValue, OmegaConfBaseException
from yaml import YAMLError

from sim.errors import InputError
from sim.params import nearest

VERSION_BASE: Final = "1.3"
CONFIG_NAME: Final = "config"
LAUNCHERS: Final = ("hydra._internal.core_plugins.", "hydra_plugins.")
"""where launchers and sweepers that may be instantiated come from: Hydra and its installed plugins"""


class Composed(NamedTuple):
    """What conf files and overrides come to."""

    values: dict[str, Any]
    """everything but Hydra's own section, interpolations resolved"""
    choices: dict[str, str]
    """per group the name of the file chosen"""


def conf_folder() -> Path:
    """The shipped conf: inside the package where it is installed, beside it in a clone."""
    package = Path(__file__).resolve().parent
    inside = package / "conf"
    return inside if inside.is_dir() else package.parent / "conf"


@contextmanager
def session(conf: str | None = None, also: str | None = None) -> Iterator[None]:
    """Hydra, ready to compose from the shipped conf (or a folder in its place), and after it from one of the user's."""
    place = _folder("--config-path", conf) if conf else conf_folder()
    with hydra.initialize_config_dir(str(place), job_name="commonweal", version_base=VERSION_BASE):
        if also:
            loader = GlobalHydra.instance().config_loader()
            path = loader.get_search_path()
            where = f"file://{own_folder(also, place)}"
            path.prepend(provider="command-line", path=where, anchor=SearchPathQuery(provider="schema"))
            loader.repository.initialize_sources(path)  # pyright: ignore[reportAttributeAccessIssue]
        yield


def _folder(flag: str, given: str) -> Path:
    path = Path(given).expanduser().resolve()
    if not path.is_dir():
        raise InputError(f"{flag} {given} is not a folder; give one that holds, say, strategy/mine.yaml")
    return path


def own_folder(given: str, shipped: Path) -> Path:
    """The user's own conf folder. Raises InputError where a file of it would be passed over for a shipped one."""
    folder = _folder("--config-dir", given)
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder)
        if (shipped / name).is_file() and folder != shipped:
            raise InputError(f"{Path(given) / name} has the name of a file that is there already; give it another name")
    return folder


def quoted(value: str) -> str:
    """A value that Hydra's grammar reads as this very text."""
    return f"'{_escaped(value)}'"


def _escaped(text: str) -> str:
    return re.sub(r"(\\*)(')", r"\1\1\\\2", text) + "\\" * (len(text) - len(text.rstrip("\\")))


def compose(overrides: Sequence[str], config_name: str | None = CONFIG_NAME, partly: bool = False) -> Composed:
    """What the overrides make of conf; within a `session`, or a job of Hydra's.

    partly: values that must be given may still be missing (???), as those that a sweep gives are.
    Raises InputError: one sentence with the field, its value and what would be right.
    """
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("error", ".* is not available", UserWarning)
            config = hydra.compose(config_name, list(overrides), return_hydra_config=True)
        _refuse_calls(config)
        plain = OmegaConf.masked_copy(config, [str(key) for key in config if key != "hydra"])
        values = OmegaConf.to_container(plain, resolve=not partly, throw_on_missing=not partly)
    except Exception as error:
        raise InputError(sentence(error, overrides)) from error
    choices = {group: name for group, name in config.hydra.runtime.choices.items() if isinstance(name, str)}
    assert isinstance(values, dict)
    return Composed({str(key): value for key, value in values.items()}, choices)


def options(group: str, overrides: Sequence[str] = ()) -> list[str]:
    """The names of the files in a group, the user's own among them."""
    loader = GlobalHydra.instance().config_loader()
    return loader.get_group_options(group, ObjectType.CONFIG, CONFIG_NAME, list(overrides))


def parsed(overrides: Sequence[str]) -> list[Override]:
    """The overrides as Hydra understands them. Raises InputError where it does not."""
    try:
        return OverridesParser.create().parse_overrides(list(overrides))
    except Exception as error:
        raise InputError(sentence(error, overrides)) from error


def _refuse_calls(config: DictConfig) -> None:
    """Hydra instantiates launchers, sweepers and callbacks; a conf file must not name others of its own."""
    for part in ("launcher", "sweeper"):
        target = str(OmegaConf.select(config, f"hydra.{part}._target_"))
        if not target.startswith(LAUNCHERS):
            raise InputError(f"hydra.{part}._target_ is {target}, which is not an installed plugin; leave it out")
    if OmegaConf.select(config, "hydra.callbacks"):
        raise InputError("hydra.callbacks is set; conf files are never executed: leave it out")
    for key in config:
        if key != "hydra" and (path := _target(config._get_node(key), str(key))):
            raise InputError(f"{path} is set; conf files are never executed: leave it out")


def _target(node: Any, path: str) -> str:
    """The path of the first `_target_` at or below a node, or ''."""
    if isinstance(node, DictConfig) and not (node._is_missing() or node._is_none() or node._is_interpolation()):
        for key in node:
            if key == "_target_":
                return f"{path}.{key}"
            if found := _target(node._get_node(key), f"{path}.{key}"):
                return found
    return ""


def sentence(error: Exception, overrides: Sequence[str]) -> str:
    """What Hydra or OmegaConf has to say, in one sentence with a remedy.

    Errors that are not about input are raised again.
    """
    message = str(error)
    match error:
        case InputError():
            return message
        case OverrideParseException():
            return _unreadable(error.override)
        case MissingConfigException():
            return _unknown_option(error)
        case MissingMandatoryValue():
            key = str(error.full_key)
            return f"{key} is missing; give it: {key}=..."
        case HydraException() | OmegaConfBaseException() | YAMLError() | ValueError() | UserWarning():
            pass
        case _:
            raise error
    if found := re.search(r"Could not override '([^']+)'", message):
        return _unknown_key(found[1], overrides)
    if found := re.search(r"Ambiguous value for argument '(.*)'|Sweep parameters '(.*)' requires", message):
        given = found[1] or found[2]
        key, _, value = given.partition("=")
        listed = f", or write {key}=[{value}] for a list" if found[1] and "." in key else ""
        return f"{given} names several values; add -m to run them one after the other{listed}"
    if found := re.search(r"Config group override must be a string or a list", message):
        return _not_an_option(overrides)
    if found := re.search(r"An item is already at '([^']+)'", message):
        return f"{found[1]} is there already; write {found[1]}= without the +"
    if found := re.search(r"Could not delete '?(?:from config\. ')?([^'.]+(?:\.[^'.]+)*)", message):
        return f"~{found[1]} cannot be left out: there is no {found[1]}"
    return _in_a_line(error)


def _unreadable(override: str) -> str:
    """An override that Hydra's grammar refuses."""
    key, equals, value = override.partition("=")
    if not re.fullmatch(r"[+~]*[^\s.=]+(\.[^\s.=]+)*", key):
        return f"{override!r} has no key that could be read; write key=value, such as strategy=inclusion"
    if equals:
        return f"the value of {override!r} cannot be read; put it in quotes, and these in others: \"{key}='{value}'\""
    group = next((group for group in _groups() if override in options(group)), None)
    remedy = f"did you mean {group}={override}?" if group else "write key=value, such as strategy=inclusion"
    return f"{override!r} is not of the form key=value; {remedy}"


def _groups() -> list[str]:
    loader = GlobalHydra.instance().config_loader()
    return [group for group in loader.list_groups("") if group != "hydra"]


def _unknown_option(error: MissingConfigException) -> str:
    """A file that is not there."""
    missing = error.missing_cfg_file or ""
    group = next((each for each in _groups() if missing.startswith(f"{each}/")), missing.rpartition("/")[0])
    if not group:
        return _in_a_line(error)
    name = missing.removeprefix(f"{group}/")
    inside = re.match(r"In '([^']+)'", str(error))
    where = f" (in {inside[1]}.yaml)" if inside and inside[1] not in (CONFIG_NAME, "hydra/config") else ""
    return f"{group}={name}{where} is not known; {nearest(name, list(error.options or []))}"


def _not_an_option(overrides: Sequence[str]) -> str:
    """A number or null where the name of a file is expected."""
    for each in parsed(overrides):
        group = each.key_or_group
        if group in _groups() and not isinstance(each.value(), str | list):
            return f"{each.input_line} does not name a file of {group}; known are: {', '.join(options(group))}"
    return "an override has no key; write key=value, such as strategy=inclusion"


def _unknown_key(key: str, overrides: Sequence[str]) -> str:
    """A key that no conf file has."""
    if "@" in key:
        return f"{key} does not override anything; leave out @ and what follows, or add with +{key}=..."
    if key.startswith("hydra."):
        return f"{key} is not a setting of Hydra's; commonweal run --cfg hydra prints what there is"
    config = _as_chosen(overrides, key)
    node: Any = config
    parents: list[str] = []
    known: list[str] = []
    for part in key.split("."):
        known = [str(each) for each in node] if isinstance(node, DictConfig) else []
        if part not in known:
            break
        node = node._get_node(part)
        parents.append(part)
    where = ".".join(parents)
    if parents and not isinstance(node, DictConfig):
        return f"{key} is not a parameter: {where} is a single value; write {where}=..."
    if parents and not known:
        return f"{key} is not a parameter here: the {parents[-1]} chosen has none; choose another, or leave it out"
    leaf = key.rpartition(".")[2]
    elsewhere = [] if parents else [path for path in _paths(config) if path.endswith(f".{leaf}")]
    if elsewhere:
        return f"{key} is not a parameter here; did you mean {elsewhere[0]}?"
    start = f"{where}." if parents else ""
    return f"{key} is not a parameter here; {nearest(f'{start}{part}', [f'{start}{each}' for each in known])}"


def _as_chosen(overrides: Sequence[str], key: str) -> DictConfig:
    """The configuration with the files chosen, without single values and what is wrong."""
    names = [(each.partition("=")[0], each) for each in overrides]
    chosen = [each for name, each in names if ("." not in name or "@" in name) and name.lstrip("+~") != key]
    try:
        return hydra.compose(CONFIG_NAME, chosen)
    except Exception:
        return hydra.compose(CONFIG_NAME)


def _paths(node: DictConfig, start: str = "") -> Iterator[str]:
    """Every key at or below a node, from the top."""
    for key in node:
        yield f"{start}{key}"
        inner = node._get_node(key)
        if isinstance(inner, DictConfig) and not (inner._is_missing() or inner._is_none()):
            yield from _paths(inner, f"{start}{key}.")


def _in_a_line(error: Exception) -> str:
    """An error's first words and its cause's."""
    said = [_first_line(error)]
    if error.__cause__ is not None:
        said.append(_first_line(error.__cause__))
    path = getattr(error, "full_key", None)
    start = f"{path}: " if path and path not in said[0] else ""
    return start + ": ".join(each for each in dict.fromkeys(said) if each)


def _first_line(error: BaseException) -> str:
    if isinstance(error, YAMLError):
        return " ".join(str(error).split())
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    more = 2 if lines and lines[0].endswith(":") else 1
    return " ".join(lines[:more])


def unknown_keys(values: Mapping[str, Any], known: Sequence[str]) -> None:
    """Raise InputError for a key that nothing reads."""
    for key in values:
        if key not in known:
            raise InputError(f"{key} is not a parameter here; {nearest(key, list(known))}")

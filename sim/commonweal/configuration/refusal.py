"""What Hydra and OmegaConf refuse, said in one sentence with a remedy."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, Final

import hydra
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.errors import HydraException, MissingConfigException, OverrideParseException
from omegaconf import DictConfig
from omegaconf.errors import MissingMandatoryValue, OmegaConfBaseException
from yaml import YAMLError

from commonweal.advice import setting, there
from commonweal.configuration.conf import CONFIG_NAME, groups, options
from commonweal.errors import InputError
from commonweal.extras import lacking
from commonweal.model.params import nearest

FOLDERS: Final = ("community", "ensemble")
"""groups of conf in the place of whose names a folder may be given"""
LAUNCHERS: Final = ("hydra/launcher/submitit_local", "hydra/launcher/submitit_slurm")
"""of the extra cluster"""
ONE_NAME: Final = ("file", ".address")
"""ends of keys whose value is one name, commas and all"""


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
        case RecursionError():
            return "files of conf begin with each other in a circle; look at the defaults of your own files"
        case HydraException() | OmegaConfBaseException() | YAMLError() | ValueError() | UserWarning():
            pass
        case _:
            raise error
    if found := re.search(r"Could not override '([^']+)'", message):
        return _unknown_key(found[1], overrides)
    if found := re.search(r"Ambiguous value for argument '(.*)'|Sweep parameters '(.*)' requires", message):
        return _several(found[1] or found[2], in_a_list=bool(found[1]))
    if found := re.search(r"Config group override must be a string or a list", message):
        return _not_an_option(overrides)
    if found := re.search(r"An item is already at '([^']+)'", message):
        return f"{found[1]} is there already; write {found[1]}= without the +"
    if found := re.search(r"Multiple values for ([^\s.]+)\. To override", message):
        return f"{found[1]} is chosen already; write {found[1]}= without the +"
    if found := re.search(r"Could not delete '?(?:from config\. ')?([^'.]+(?:\.[^'.]+)*)", message):
        return f"~{found[1]} cannot be left out: there is no {found[1]}"
    return _in_a_line(error)


def _several(given: str, in_a_list: bool) -> str:
    """An override with commas. in_a_list: whether its values may be meant as one list."""
    key, _, value = given.partition("=")
    if key == "out" or key.endswith(ONE_NAME):
        return f"{given} names several values; write {setting(key, value)} for a single name"
    listed = f", or write {key}=[{value}] for a list" if in_a_list and "." in key else ""
    return f"{given} names several values; add -m to run them one after the other{listed}"


def _unreadable(override: str) -> str:
    """An override that Hydra's grammar refuses."""
    key, equals, value = override.partition("=")
    if not re.fullmatch(r"[+~]*[^\s.=]+(\.[^\s.=]+)*", key):
        return f"{override!r} has no key that could be read; write key=value, such as strategy=inclusion"
    if equals and value[:1] in "[{":
        return f"the value of {override!r} cannot be read; close every bracket and quote that it opens"
    if equals:
        return f"the value of {override!r} cannot be read; if it is a text, write {setting(key, value)}"
    meant = " or ".join(f"{group}={override}" for group in groups() if override in options(group))
    remedy = f"did you mean {meant}?" if meant else "write key=value, such as strategy=inclusion"
    return f"{override!r} is not of the form key=value; {remedy}"


def _unknown_option(error: MissingConfigException) -> str:
    """A file that is not there."""
    missing = error.missing_cfg_file or ""
    if missing in LAUNCHERS:
        return lacking("cluster", "=".join(missing.rsplit("/", 1)))
    group = next((each for each in groups() if missing.startswith(f"{each}/")), missing.rpartition("/")[0])
    if not group:
        return _in_a_line(error)
    name = missing.removeprefix(f"{group}/")
    inside = re.match(r"In '([^']+)'", str(error))
    where = f" (in {inside[1]}.yaml)" if inside and inside[1] not in (CONFIG_NAME, "hydra/config") else ""
    if group in FOLDERS and there(name).is_dir():
        return f"{group}={name}{where} is not known; for the folder of that name write {setting(group, f'{name}/')}"
    return f"{group}={name}{where} is not known; {nearest(name, options(group))}"


def _not_an_option(overrides: Sequence[str]) -> str:
    """A number or null where the name of a file is expected."""
    for each in OverridesParser.create().parse_overrides(list(overrides)):
        group = each.key_or_group
        if group in groups() and not isinstance(each.value(), str | list):
            return f"{each.input_line} does not name a file of {group}; known are: {', '.join(options(group))}"
    return "an override has no key; write key=value, such as strategy=inclusion"


def _unknown_key(key: str, overrides: Sequence[str]) -> str:
    """A key that no conf file has."""
    if "@" in key:
        return f"{key} does not override anything; leave out @ and what follows"
    if key.startswith("hydra."):
        return f"{key} is not a setting of Hydra's; commonweal run --cfg hydra prints what there is"
    config = _as_chosen(overrides, key)
    parents, part, node = _as_far_as_known(config, key)
    known = [str(each) for each in node] if isinstance(node, DictConfig) else []
    if not parents:
        elsewhere = _elsewhere(config, key, known)
        return f"{key} is not a parameter here; {f'did you mean {elsewhere}?' if elsewhere else nearest(part, known)}"
    where = ".".join(parents)
    if not isinstance(node, DictConfig):
        return f"{key} is not a parameter: {where} is a single value; write {where}=..."
    if not known:
        return f"{key} is not a parameter here: the {parents[-1]} chosen has none; choose another, or leave it out"
    alike = [each for each in known if not each.endswith("_file") or part.endswith("file")]  # a number names no file
    near = get_close_matches(part, alike, n=1)
    remedy = (
        f"did you mean {where}.{near[0]}?" if near else f"known are: {', '.join(f'{where}.{each}' for each in known)}"
    )
    return f"{key} is not a parameter here; {remedy}"


def place_of(name: str) -> str | None:
    """Where a parameter or a group of that name, or nearly so, is in conf; None where there is none."""
    config = hydra.compose(CONFIG_NAME)
    return name if name in config else _elsewhere(config, name, [])


def _elsewhere(config: DictConfig, key: str, known: Sequence[str]) -> str | None:
    """The path of a parameter that ends as a key does, or nearly so; None where there is none."""
    leaf, paths = key.rpartition(".")[2], [*_paths(config)]
    if found := next((path for path in paths if path.endswith(f".{leaf}")), None):
        return found
    leaves = {path.rpartition(".")[2]: path for path in reversed(paths)} | {each: each for each in known}
    return next((leaves[each] for each in get_close_matches(key, leaves, n=1)), None)


def _as_far_as_known(config: DictConfig, key: str) -> tuple[list[str], str, Any]:
    """The parts of a key as far as they lead, the first that does not (or the last), and where they lead."""
    node: Any = config
    parents: list[str] = []
    part = ""
    for part in key.split("."):
        if not isinstance(node, DictConfig) or part not in [str(each) for each in node]:
            break
        node = node._get_node(part)
        parents.append(part)
    return parents, part, node


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

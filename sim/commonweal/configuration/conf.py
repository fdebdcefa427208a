"""Conf: where the files are, the shipped ones and the user's own, and what there is to choose from."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import hydra
import yaml
from hydra.core.config_search_path import SearchPathQuery
from hydra.core.default_element import ConfigDefault
from hydra.core.global_hydra import GlobalHydra
from hydra.core.object_type import ObjectType

from commonweal.configuration.every_strategy import GROUP
from commonweal.errors import InputError
from commonweal.files import shipped
from commonweal.model.world import NoClassError, find_class

VERSION_BASE: Final[dict[str, Any]] = {"version_base": "1.3"} if hydra.__version__.startswith("1.3.") else {}
"""whose defaults Hydra is told to take: its own, which 1.3 takes only when they are named; 1.4 has no others"""
CONFIG_NAME: Final = "config"
MOST_VALUES: Final = 100_000
"""values that a file of the user's own may come to, its repetitions (*) written out"""
MISREAD: Final = re.compile(r"[-+]?(0[0-9_]+|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?)")
"""what YAML takes for a number that nobody means: 010 for 8, as octal, and 1:30 for 90, as minutes and seconds"""


@contextmanager
def session(conf: str | None = None, also: str | None = None) -> Iterator[None]:
    """Hydra, ready to compose from the shipped conf (or a folder in its place), and after it from one of the user's."""
    place = conf_folder("--config-path", conf) if conf else shipped("conf")
    with hydra.initialize_config_dir(str(place), job_name="commonweal", **VERSION_BASE):
        if also:
            loader = GlobalHydra.instance().config_loader()
            path = loader.get_search_path()
            where = f"file://{own_folder(also, place)}"
            path.prepend(provider="command-line", path=where, anchor=SearchPathQuery(provider="schema"))
            loader.repository.initialize_sources(path)  # pyright: ignore[reportAttributeAccessIssue]
        yield


def conf_folder(flag: str, given: str) -> Path:
    """A conf folder of the user's own, which a flag names. Raises InputError where a file of it cannot be read."""
    folder = Path(given).expanduser().resolve()
    if not folder.is_dir():
        raise InputError(f"{flag} {given} is not a folder; give one that holds, say, strategy/mine.yaml")
    for path in sorted(folder.rglob("*.yaml")):
        _refuse_unreadable(Path(given) / path.relative_to(folder))
    return folder


def own_folder(given: str, shipped: Path) -> Path:
    """The one that adds to what is shipped. Raises InputError too where a file of it would be passed over."""
    folder = conf_folder("--config-dir", given)
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder)
        if (shipped / name).is_file() and folder != shipped:
            raise InputError(f"{Path(given) / name} has the name of a file that is there already; give it another name")
    return folder


def _refuse_unreadable(path: Path) -> None:
    """Raise InputError for a file that is not text in UTF-8, not YAML, would fill the memory, or would be misread.

    Misread are numbers, and names: of on, yes and the like YAML makes true, of 2026 a number.
    """
    try:
        text = path.expanduser().read_text(encoding="utf-8")
        values = _values(yaml.compose(text, yaml.SafeLoader), {})
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}; mend it, or move it away") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise InputError(f"{path} is not YAML: {' '.join(str(error).split())}; mend it, or move it away") from None
    if values > MOST_VALUES:
        raise InputError(f"{path} comes to {values:,} values; it may come to {MOST_VALUES:,}, so write it shorter")
    for before, each in pairwise(yaml.scan(text, yaml.SafeLoader)):
        if isinstance(each, yaml.ScalarToken) and each.plain:
            if isinstance(before, yaml.KeyToken) and not _is_name(each.value):
                raise InputError(_misread_name(path, each))
            if MISREAD.fullmatch(each.value):
                raise InputError(_misread(path, each))


def _is_name(key: str) -> bool:
    """Whether YAML reads what stands before a colon as a text, or as << for what is taken over from elsewhere."""
    node = yaml.compose(key, yaml.SafeLoader)
    return node is not None and node.tag.rpartition(":")[2] in ("str", "merge")


def _misread_name(path: Path, scalar: yaml.ScalarToken) -> str:
    read = str(yaml.safe_load(scalar.value) if scalar.value else None)
    read = {"True": "true", "False": "false", "None": "null"}.get(read, read)
    line = scalar.start_mark.line + 1
    return f"{path} line {line}: the name {scalar.value} would be read as {read}; write '{scalar.value}'"


def _misread(path: Path, scalar: yaml.ScalarToken) -> str:
    number, line = yaml.safe_load(scalar.value), scalar.start_mark.line + 1
    return (
        f"{path} line {line}: {scalar.value} would be read as {number}; write {number}, or '{scalar.value}' if it is a "
        "text"
    )


def _values(node: yaml.Node | None, known: dict[int, int]) -> int:
    """How many values a node of YAML comes to when what it repeats is written out."""
    if not isinstance(node, yaml.CollectionNode):
        return 1
    if id(node) not in known:
        known[id(node)] = 1  # of one that holds itself
        inner = [part for each in node.value for part in (each if isinstance(each, tuple) else (each,))]
        known[id(node)] = 1 + sum(_values(each, known) for each in inner)
    return known[id(node)]


def options(group: str, overrides: Sequence[str] = ()) -> list[str]:
    """The names of the files in a group, the user's own among them."""
    loader = GlobalHydra.instance().config_loader()
    return loader.get_group_options(group, ObjectType.CONFIG, CONFIG_NAME, list(overrides))


def begun_with(group: str, name: str) -> str | None:
    """The file of the same group that a file begins with (`defaults: [roster]`); None where there is none."""
    repository = GlobalHydra.instance().config_loader().repository  # pyright: ignore[reportAttributeAccessIssue]
    loaded = repository.load_config(f"{group}/{name}")
    given = [] if loaded is None else [each for each in loaded.defaults_list if isinstance(each, ConfigDefault)]
    names = [each.path for each in given if each.package is None and each.path != "_self_"]
    return next((each for each in names if each in options(group)), None)


def kind(group: str, name: str, allow: tuple[str, ...]) -> str:
    """The file whose class a file fills: itself, or if it has none the one of its group that it begins with."""
    try:
        find_class(group, name, allow)
    except NoClassError:
        base = begun_with(group, name)
        return kind(group, base, allow) if base else name
    return name


def groups() -> list[str]:
    """The groups of the world and of the run."""
    loader = GlobalHydra.instance().config_loader()
    return [group for group in loader.list_groups("") if group not in ("hydra", GROUP)]

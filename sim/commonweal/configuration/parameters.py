"""Every parameter in conf/: its value, unit, bounds and meaning, and what the value rests on.

    python -m commonweal.configuration.parameters            print the table as Markdown
    python -m commonweal.configuration.parameters --write    renew it in sim/ODD.md

The comment after a value begins with what it rests on; after that it may say anything:

    slope: 0.74   # fischbacher_gaechter_2010, mean slope of the type      published: a key of references.bib
    noise: 0.36   # calibrated: fischbacher_gaechter_2010, first fit       calibrated on the data of a key
    slope: 0.45   # direction only: balliet_vanlange_2013                  direction only: the sign is that of the
                                                                           work, the size is assumed
    bound: 0.35   # assumed: half the L1 distance                          assumed
    team: 0       # design: one team of the whole community                structural: a word of STRUCTURAL
    pull: 0.3     # direction only: antonakis_2022 [0, 0.6]                brackets at the end: what it may be instead

A comment on a line with several values, such as a price, holds for all of them.
"""

import argparse
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin

import yaml
from pydantic.fields import FieldInfo

from commonweal.files import shipped
from commonweal.model.params import Params

Kind = Literal["published", "calibrated", "direction only", "assumed", "structural"]
CHOSEN: Final = ("direction only", "assumed")
"""kinds of values whose size no evidence gives"""

STRUCTURAL: Final = {
    "by definition": "follows from what the thing is",
    "design": "chosen by whoever designs the study or the experiment",
    "neutral": "the value that changes nothing: a factor of 1, a weight of 0",
    "off": "switches something off in this variant",
    "an option": "off here, and there to be switched on",
    "software": "how the program runs; no result depends on it",
}
"""words with which the comment after a value says that the value rests on no evidence and needs none"""

SPREAD: Final = 0.5
"""what an assumed number may be instead where its comment does not say: this share of itself more or less"""

RANGE: Final = re.compile(r"\[([\d.]+), ([\d.]+)\]$")
"""what a comment says that its number may be instead"""

KEY: Final = re.compile(r"\b[a-z]+(?:_[a-z]+)*_(?:1[5-9]|20)\d\d\b")
"""a key of references.bib: family names and the year"""

BEGIN: Final = "<!-- parameters: begin (python -m commonweal.configuration.parameters --write) -->"
END: Final = "<!-- parameters: end -->"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value in one file of conf/."""

    group: str
    """folder of conf/; empty for conf/config.yaml"""
    variant: str
    """file, without .yaml"""
    name: str
    """dotted name within the group: `kinds.free_rider.share`"""
    value: Any
    """number, bool, text, None, or a list of them"""
    unit: str
    """empty where the value is no number, or belongs to no parameter class"""
    low: float | None
    """least value allowed, None where there is no bound"""
    high: float | None
    """largest value allowed"""
    meaning: str
    """the sentence in the parameter class; empty where there is no such class"""
    source: str
    """the comment after the value, as it stands"""
    source_kind: Kind
    """what the value rests on. A number whose comment does not say counts as assumed, other values as structural"""
    stated: bool
    """whether the comment says what the value rests on"""
    line: int
    """line in the file, from 1"""

    @property
    def path(self) -> str:
        """The name by which the command line sets it: `people.kinds.free_rider.share`."""
        return ".".join(part for part in (self.group, self.name) if part)

    @property
    def number(self) -> bool:
        """Whether the value is a number, or a list with numbers in it."""
        return _numeric(self.value)

    @property
    def range(self) -> tuple[float, float] | None:
        """What an assumed number may be instead: as its comment says, or half to one and a half of it, where allowed.

        None where evidence gives the value, where it is no single number, and for a 0 of which nothing is said.
        """
        if self.source_kind not in CHOSEN or isinstance(self.value, list) or not self.number:
            return None
        if said := RANGE.search(self.source):
            return float(said[1]), float(said[2])
        if not self.value:
            return None
        high = self.value * (1 + SPREAD)
        return self.value * (1 - SPREAD), high if self.high is None else min(high, self.high)

    @property
    def contested(self) -> bool:
        """Whether it may be 0, though it is not: evidence disagrees on whether its channel exists at all."""
        return bool(self.value) and self.range is not None and self.range[0] == 0

    @property
    def keys(self) -> list[str]:
        """Keys of references.bib that the comment names, the first of them the source if it is published."""
        return KEY.findall(self.source)


def parameters(conf: Path | None = None) -> list[Parameter]:
    """Every parameter in the yaml files of a conf folder, by default the project's own, in the order of the files.

    Files that begin with `# @package _global_` set parameters of other groups: there the name begins with the
    group it is set in (`game.team`) and `group` is empty, so that `path` is right for them too.
    """
    conf = conf or shipped("conf")
    files = sorted(conf.glob("*.yaml")) + sorted(conf.glob("*/*.yaml"))
    return [each for file in files if file.parent.name != "hydra" for each in _read(conf, file)]


def source_kind(comment: str) -> Kind | None:
    """What a comment says that the value before it rests on; None where it does not say."""
    for kind in ("calibrated", "direction only"):
        if comment.startswith(f"{kind}:"):
            return kind if KEY.search(comment) else None
    if re.match(r"assumed\b", comment):
        return "assumed"
    if KEY.match(comment):
        return "published"
    return "structural" if any(re.match(rf"{word}\b", comment) for word in STRUCTURAL) else None


def table(conf: Path | None = None) -> str:
    """The parameters as Markdown: per group of conf/ one table, with a count of what the numbers rest on.

    Left out are the program's own options, and names and texts that fill no parameter class.
    """
    rows = [each for each in parameters(conf) if each.meaning or (each.number and "software" not in each.source)]
    numbers = [each for each in rows if each.number]
    counts = {kind: sum(each.source_kind == kind for each in numbers) for kind in get_args(Kind)}
    counted = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    lines = [f"{len(numbers)} numbers: {counted}."]
    for group in dict.fromkeys(each.group for each in rows):
        lines += ["", f"### conf/{group}" if group else "### conf/config.yaml and overrides of several groups", ""]
        lines += ["| variant | name | value | unit | bounds | rests on | meaning |", "| --- " * 7 + "|"]
        lines += [_row(each) for each in rows if each.group == group]
    return "\n".join(lines) + "\n"


def _row(each: Parameter) -> str:
    value = ", ".join(map(str, each.value)) if isinstance(each.value, list) else each.value
    shown = {True: "true", False: "false", None: "null"}.get(value, value) if not each.number else value
    bounds = "" if each.low is None or each.high is None else f"{each.low:g}..{each.high:g}"
    cells = (each.variant, f"`{each.name}`", shown, each.unit, bounds, each.source or "does not say", each.meaning)
    return "| " + " | ".join(str(cell).replace("|", r"\|") for cell in cells) + " |"


def _read(conf: Path, file: Path) -> Iterator[Parameter]:
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    group = "" if file.parent == conf or text.startswith("# @package _global_") else file.parent.name
    for path, node in _leaves(yaml.compose(text, yaml.SafeLoader)):
        if path[0] in ("defaults", "hydra"):
            continue
        value, comment = _value(node), _comment(lines, node)
        kind = source_kind(comment)
        field = _field(group or path[0], file.stem if group else None, path if group else path[1:])
        about = _facts(field) if field else ("", None, None, "")
        rests_on = kind or ("assumed" if _numeric(value) else "structural")
        place = group, file.stem, ".".join(path)
        yield Parameter(*place, value, *about, comment, rests_on, kind is not None, node.start_mark.line + 1)


def _leaves(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value that is no mapping, with the names that lead to it."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _leaves(value, (*path, str(key.value)))
    elif node is not None:
        yield path, node


def _value(node: Any) -> Any:
    """What a node holds. 1e-3 is a number to Hydra, though not to this yaml library."""
    if isinstance(node, yaml.SequenceNode):
        return [_value(each) for each in node.value]
    value = yaml.safe_load(yaml.serialize(node))
    if isinstance(value, str) and node.style is None and re.fullmatch(r"[-+]?[\d.]+[eE][-+]?\d+", value):
        return float(value)
    return value


def _numeric(value: Any) -> bool:
    if isinstance(value, list):
        return any(map(_numeric, value))
    return isinstance(value, int | float) and not isinstance(value, bool)


def _comment(lines: list[str], node: Any) -> str:
    """The comment at the end of the line on which a value ends."""
    while isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        node = node.value[-1]
    found = re.search(r"(?:^|\s)#\s*(.*?)\s*$", lines[node.end_mark.line][node.end_mark.column :])
    return found[1] if found else ""


def _field(group: str, variant: str | None, path: tuple[str, ...]) -> FieldInfo | None:
    """The field of a parameter class that a name in conf/ fills."""
    return next((field for kind in _kinds(group, variant) if (field := _walk(kind, path))), None)


@cache
def _kinds(group: str, variant: str | None) -> tuple[type[Params], ...]:
    """The class that a file fills; all classes of its group where no module has the file's name."""
    from commonweal.model.world import CLASS_PER_FILE, ONE_CLASS  # compiles nothing, but loads numba: half a second

    if group in ONE_CLASS:
        return (ONE_CLASS[group],)
    if group not in CLASS_PER_FILE:
        return ()
    package, base = CLASS_PER_FILE[group]
    names = [module.name for module in pkgutil.iter_modules(importlib.import_module(package).__path__)]
    if variant is not None and find_spec(f"{package}.{variant}"):
        names = [variant]
    modules = [importlib.import_module(f"{package}.{name}") for name in names]
    return tuple(
        kind
        for module in modules
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, base) and kind.__module__ == module.__name__
    )


def _walk(kind: type[Params], path: tuple[str, ...]) -> FieldInfo | None:
    """The field at the end of a path through nested parameter classes, and dictionaries of them by name."""
    field = kind.model_fields.get(path[0]) if path else None
    if field is None or len(path) == 1:
        return field
    inner, rest = field.annotation, path[1:]
    if get_origin(inner) is dict:
        inner, rest = get_args(inner)[1], path[2:]
    return _walk(inner, rest) if isinstance(inner, type) and issubclass(inner, Params) else None


def _facts(field: FieldInfo) -> tuple[str, float | None, float | None, str]:
    """Unit, bounds and meaning of a field, wherever in its annotation they stand."""
    within = [item for part in get_args(field.annotation) for item in getattr(part, "__metadata__", ())]
    unit, low, high = "", None, None
    for item in (field, *within):
        if isinstance(item, FieldInfo):
            extra = item.json_schema_extra
            unit = unit or (str(extra.get("unit", "")) if isinstance(extra, dict) else "")
            for bound in item.metadata:
                low, high = getattr(bound, "ge", low), getattr(bound, "le", high)
    return unit, low, high, (field.description or "").replace("\n", " ")


def renewed(document: str) -> str:
    """A document with the table between its two markers renewed."""
    before, rest = document.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{table()}\n{END}{after}"


def main() -> None:
    """Print the table, or write it into sim/ODD.md."""
    parser = argparse.ArgumentParser(
        prog="python -m commonweal.configuration.parameters", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--write", action="store_true", help="renew the table in sim/ODD.md instead of printing it")
    if parser.parse_args().write:
        odd = shipped("sim/ODD.md")
        odd.write_text(renewed(odd.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        print(table(), end="")


if __name__ == "__main__":
    main()

"""Conditions of the user's own, a line each in a CSV file whose first line names the parameters."""

import csv
import io
import re
from pathlib import Path
from typing import Any, ClassVar

import yaml

from commonweal.errors import InputError
from commonweal.files import shipped
from commonweal.harmless import fault, uncelled
from commonweal.roster.file import refuse_packed
from commonweal.study.designs.design import NAME, Columns, Design


class _AsTyped(yaml.SafeLoader):
    """Reads a cell as the command line reads a value: 1e-1 is a number, 010, 1:30 and 2026-01-02 are texts."""

    yaml_implicit_resolvers: ClassVar = {}


for _kind, _words in {
    "null": r"null",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?(0|[1-9][0-9]*(_[0-9]+)*)",
    "float": r"[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan",
}.items():
    _AsTyped.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(rf"({_words})\Z"), None)


class Csv(Design):
    """An empty cell leaves the parameter as it is. A column `name` says what conditions are called."""

    file: str | None
    """path of the CSV file; one under experiments/ that travels with commonweal is found from any folder"""

    def points(self) -> Columns:
        """Raises InputError where the file cannot be read as a table of conditions."""
        if self.file is None:
            raise InputError("design.file is missing; give the CSV file of your conditions: design.file=conditions.csv")
        header, *lines = _lines(_place(self.file))
        _check_header(self.file, header)
        if not lines:
            raise InputError(f"{self.file} has no conditions; write one on each line after the first")
        conditions: list[dict[str, Any]] = []
        seen: dict[str, int] = {}
        for number, cells in enumerate(lines, 2):
            if len(cells) != len(header):
                raise InputError(
                    f"{self.file} line {number} has {len(cells)} cells; line 1 names {len(header)} columns"
                )
            values = {name: _value(cell) for name, cell in zip(header, cells, strict=True) if name != NAME}
            key = repr(list(values.values()))
            if key in seen:
                raise InputError(f"{self.file} line {number} is the same condition as line {seen[key]}; leave one out")
            seen[key] = number
            conditions.append(dict(zip(header, cells, strict=True)) | values)
        return {name: [each[name] for each in conditions] for name in header}


def _check_header(file: str, header: list[str]) -> None:
    """Raise InputError where the first line does not name each parameter once."""
    if not any(header):
        raise InputError(f"{file} line 1 is empty; name the parameters there, with commas between")
    if len(set(header)) < len(header) or not all(header):
        raise InputError(f"{file} line 1: {','.join(header)} must name each parameter once, none empty")


def _place(file: str) -> Path:
    """Where a file is: as it is named, or, for want of it, among those that travel with the package."""
    given, own = Path(file).expanduser(), shipped(file)
    return own if own.is_file() and not given.exists() else given


def _lines(path: Path) -> list[list[str]]:
    try:
        data = path.read_bytes()
        refuse_packed(path, data)
        text = io.StringIO(data.decode("utf-8-sig"), newline="")
        lines = [[uncelled(each.strip()) for each in line] for line in csv.reader(text, strict=True) if any(line)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    for number, line in enumerate(lines, 1):
        if odd := fault(line, f"{path} line {number}: a cell"):
            raise InputError(odd)
    return lines or [[""]]


def _value(cell: str) -> Any:
    """A number, true, false, a list, or the text itself."""
    try:
        return yaml.load(cell, _AsTyped) if cell else None
    except yaml.YAMLError:
        return cell

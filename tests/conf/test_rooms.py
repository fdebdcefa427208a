"""Each package says in its docstring what its files are, in the order in which to read them."""

import ast
import re
from pathlib import Path

import pytest

import commonweal
from commonweal.files import shipped

ROOMS = Path(commonweal.__file__).parent
LISTED = re.compile(r"^- (\w+): \S", re.MULTILINE)
ALTERNATIVES = re.compile(r"(file|module) (each|per)\b", re.IGNORECASE)


def docstring(folder: Path) -> str:
    return ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""


def found(folder: Path) -> set[str]:
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    return modules | {path.parent.name for path in folder.glob("*/__init__.py")}


def alternatives(folder: Path) -> set[str]:
    """What conf or the command line names: it is not listed where the docstring says that a file is one of many."""
    if not ALTERNATIVES.search(docstring(folder).partition("\n- ")[0]):
        return set()
    if folder.name == "commands":
        return {name for name in found(folder) if not name.startswith("_")}
    return {path.stem for path in shipped("conf").glob("*/*.yaml")}


@pytest.mark.parametrize(
    "folder",
    [path.parent for path in sorted(ROOMS.rglob("__init__.py")) if path.parent != ROOMS],
    ids=lambda folder: folder.relative_to(ROOMS).as_posix(),
)
def test_a_package_lists_its_files(folder):
    listed = LISTED.findall(docstring(folder))
    assert len(set(listed)) == len(listed)
    assert set(listed) - found(folder) == set(), "are listed and not there"
    assert found(folder) - set(listed) - alternatives(folder) == set(), "are there and not listed"

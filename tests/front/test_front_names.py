"""What `import commonweal as cw` offers: its names, how they are documented, and what they cost."""

import ast
import builtins
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import commonweal as cw
from commonweal.__main__ import verbs

CALLED = {"list": "studies"}
"""verbs that have a builtin's name, and what their functions are called"""


def test_every_verb_of_the_command_line_is_a_function_and_none_is_a_builtin():
    assert {CALLED.get(verb, verb) for verb in verbs()} <= set(cw.__all__)
    for name in cw.__all__:
        found = getattr(cw, name)
        assert callable(found) and not hasattr(builtins, name), name
        assert inspect.getdoc(found), name
    assert len(cw.__all__) < 27
    assert [name for name in dir(cw) if not name.startswith("_")] == cw.__all__


def test_a_name_that_is_not_there_is_refused_as_any_modules_is():
    with pytest.raises(AttributeError, match="module 'commonweal' has no attribute 'compar'") as refused:
        _ = cw.compar
    assert (refused.value.name, refused.value.obj) == ("compar", cw)


def test_importing_it_imports_nothing_heavy():
    code = (
        "import sys, commonweal; dir(commonweal); print(sorted(m for m in sys.modules if 'commonweal' in m or m in %r))"
    )
    heavy = ("numpy", "pandas", "mesa", "hydra", "pydantic", "numba", "matplotlib", "networkx", "difflib", "inspect")
    shown = subprocess.run([sys.executable, "-c", code % (heavy,)], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "['commonweal']"


@pytest.mark.parametrize("name", ["report", "roster", "dashboard"])
def test_a_package_with_the_name_of_a_verb_is_both(name):
    """Whichever is asked for first."""
    first = "import commonweal as cw; print(callable(cw.{0}), cw.{0}.__path__ is not None)"
    after = (
        "import commonweal.{0}, commonweal as cw; from commonweal.{0} import __name__ as n; print(callable(cw.{0}), n)"
    )
    for code in (first, after):
        shown = subprocess.run([sys.executable, "-c", code.format(name)], capture_output=True, text=True, check=True)
        assert shown.stdout.startswith("True ")
    assert set(inspect.signature(getattr(cw, name)).parameters) & {"results", "leaders"}


def test_editors_are_told_the_names_that_there_are():
    """The imports under TYPE_CHECKING and the table say the same."""
    tree = ast.parse(Path(cw.__file__).read_text(encoding="utf-8"))
    block = next(each for each in tree.body if isinstance(each, ast.If))
    told = {alias.asname: (each.module, alias.name) for each in block.body for alias in each.names if alias.asname}
    assert told == {name: (f"commonweal.{where}", name) for name, where in cw._WHERE.items()} | {
        "table": ("commonweal.front.ask", "table")
    }
    for name, (module, of) in told.items():
        function = getattr(sys.modules[module] if module in sys.modules else __import__(module, fromlist=["x"]), of)
        found = getattr(cw, name)
        assert found is function or found._verb is function

"""`flatten`: from a kernel as it is written, which reads `leaders.belief[i]`, one that takes the arrays it reads.

What compiling and calling a kernel takes grows with what it is handed, and a state has a hundred arrays. So from its
source a function is made whose parameters are those columns of its tables that it and the kernels it calls use. Its
lines are those of the source, which errors and caches name.
"""

import ast
import inspect
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from textwrap import dedent
from typing import Any, NamedTuple

import numpy as np

Fields = tuple[str, ...]
"""names of fields, from a table to what is meant in it; empty for the table itself"""

Kind = tuple[tuple[str, Any], ...] | None
"""the fields of a table, each with its own kind; None of what is no table"""


class Flat(NamedTuple):
    """A function without tables."""

    function: Callable[..., Any]
    places: tuple[tuple[int, Fields], ...]
    """for each of its parameters the argument of the original, and in it the fields, that it stands for"""


class Table(NamedTuple):
    """What a name of the source stands for: a table, or tables of tables, of an argument."""

    argument: int
    path: Fields
    kind: Any
    """that of the table"""


def kind_of(argument: Any) -> Kind:
    """The fields of a table, each with its own kind; None of what is no table."""
    if not hasattr(argument, "_fields"):
        return None
    return tuple((name, kind_of(value)) for name, value in zip(argument._fields, argument, strict=True))


def flatten(
    function: Callable[..., Any], kinds: tuple[Kind, ...], within: Callable[[Any, tuple[Kind, ...]], Any]
) -> Flat:
    """The function of columns that does what `function` does with tables.

    kinds: those of the arguments. within(kernel, kinds): what to call in place of a kernel that the function calls, and
    its places; None where it is no kernel. Raises TypeError where a table is used in another way.
    """
    return _Flattening(function, kinds, within).result()


class _Flattening(ast.NodeTransformer):
    def __init__(self, function: Callable[..., Any], kinds: tuple[Kind, ...], within: Any) -> None:
        self.original, self.kinds, self.within = function, kinds, within
        self.scope = _scope(function)
        self.tree = _definition(function)
        self.names = _parameters(self.tree)
        if len(self.names) != len(kinds):
            raise TypeError(f"{function.__qualname__} was given {len(kinds)} arguments; it takes {len(self.names)}")
        used = {node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name)}
        self.taken = {*used, *self.names, *self.scope}
        self.tables = {
            name: Table(number, (), kind)
            for number, (name, kind) in enumerate(zip(self.names, kinds, strict=True)) if kind is not None
        }  # fmt: skip
        self.columns: dict[tuple[int, Fields], str] = {}

    def result(self) -> Flat:
        body = [each for statement in self.tree.body if (each := self.visit(statement)) is not None]
        rest = {(number, ()): name for number, name in enumerate(self.names) if self.kinds[number] is None}
        places = self.columns | rest
        parameters = [ast.arg(name) for name in places.values()]
        self.tree.args = ast.arguments(args=parameters, posonlyargs=[], kwonlyargs=[], kw_defaults=[], defaults=[])
        self.tree.body, self.tree.decorator_list = body or [ast.Pass()], []
        module = ast.fix_missing_locations(ast.Module([self.tree], []))
        scope = dict(self.scope)
        exec(compile(module, inspect.getfile(self.original), "exec"), scope)
        made = scope[self.original.__name__]
        made.__qualname__ = self.original.__qualname__
        return Flat(made, tuple(places))

    def table(self, node: ast.expr) -> Table | None:
        """The table that an expression stands for."""
        if isinstance(node, ast.Name):
            return self.tables.get(node.id)
        if isinstance(node, ast.Attribute) and (whole := self.table(node.value)) is not None:
            fields = dict(whole.kind)
            if node.attr not in fields:
                raise self.refusal(node, f"has no {node.attr}", node.value)
            if fields[node.attr] is not None:
                return Table(whole.argument, (*whole.path, node.attr), fields[node.attr])
        return None

    def refusal(self, node: ast.AST, says: str, table: ast.expr) -> TypeError:
        line = getattr(node, "lineno", self.tree.lineno)
        return TypeError(f"kernel {self.original.__qualname__}, line {line}: {ast.unparse(table)} {says}")

    def column(self, whole: Table, path: Fields) -> ast.Name:
        """The parameter that a column becomes."""
        place = whole.argument, (*whole.path, *path)
        if place not in self.columns:
            self.columns[place] = self.free("_".join((self.names[whole.argument], *place[1])))
        return ast.Name(self.columns[place], ast.Load())

    def free(self, name: str) -> str:
        """A name that is nobody's yet."""
        while name in self.taken:
            name += "_"
        self.taken.add(name)
        return name

    def known(self, name: str, value: Any) -> str:
        """The name of a value that lies outside the function."""
        if self.scope.get(name) is not value:
            name = self.free(name)
            self.scope[name] = value
        return name

    def visit_Attribute(self, node: ast.Attribute) -> Any:
        whole = self.table(node.value)
        if whole is None or self.table(node) is not None:
            return self.generic_visit(node)
        return ast.copy_location(self.column(whole, (node.attr,)), node)

    def visit_Name(self, node: ast.Name) -> Any:
        if node.id in self.tables:
            raise self.refusal(node, "is a table: read its columns, or hand it to another kernel", node)
        return node

    def visit_Assign(self, node: ast.Assign) -> Any:
        """`leaders, ties = state.leaders, state.ties` names tables, and does nothing else."""
        target, value = node.targets[0], node.value
        pairs = [(target, value)]
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
            pairs = list(zip(target.elts, value.elts, strict=True))
        left: list[tuple[ast.expr, ast.expr]] = []
        for name, each in pairs:
            table = self.table(each)
            if table is None:
                left.append((name, each))
            elif not isinstance(name, ast.Name) or self.tables.setdefault(name.id, table) != table:
                raise self.refusal(node, "can have names of its own only", each)
        if not left:
            return None
        if len(left) < len(pairs):
            names, values = (list(each) for each in zip(*left, strict=True))
            node.targets = names if len(left) == 1 else [ast.Tuple(names, ast.Store())]
            node.value = values[0] if len(left) == 1 else ast.Tuple(values, ast.Load())
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> Any:
        called = self.called(node.func)
        meant = [self.table(each) for each in node.args]
        found = None if node.keywords else self.within(called, tuple(each and each.kind for each in meant))
        if found is None:
            return self.visit(self.written_out(node, called)) if any(meant) else self.generic_visit(node)
        inner, places = found
        arguments: list[ast.expr] = []
        for number, path in places:
            whole = meant[number]
            arguments.append(self.whole(node.args[number]) if whole is None else self.column(whole, path))
        name = self.known(f"flat_{called.__name__}", inner)
        return ast.copy_location(ast.Call(ast.Name(name, ast.Load()), arguments, []), node)

    def whole(self, node: ast.expr) -> ast.expr:
        """An argument for a kernel. A whole number is one like any other: none is compiled for each that is written."""
        if isinstance(node, ast.Constant) and type(node.value) is int:
            return ast.Call(ast.Name(self.known("int64", np.int64), ast.Load()), [node], [])
        return self.visit(node)

    def called(self, node: ast.expr) -> Any:
        """What is called, where it is a name of the module or of one it imports."""
        if isinstance(node, ast.Name):
            return self.scope.get(node.id)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            return getattr(self.scope.get(node.value.id), node.attr, None)
        return None

    def written_out(self, node: ast.Call, called: Any) -> ast.expr:
        """The one expression that a plain function returns, in place of its call with tables."""
        says = "is called with tables; it must be a kernel, given its arguments by place"
        wrong = self.refusal(node, says, node.func)
        if node.keywords or not inspect.isfunction(called):
            raise wrong
        definition, scope = _definition(called), _scope(called)
        names = _parameters(definition)
        simple = all(isinstance(each, ast.Name | ast.Constant) or self.table(each) for each in node.args)
        if len(definition.body) != 1 or not isinstance(definition.body[0], ast.Return) or not simple:
            raise wrong
        given = dict(zip(names, node.args, strict=True))
        expression = definition.body[0].value
        assert expression is not None
        known = self.known

        class Filled(ast.NodeTransformer):
            def visit_Name(self, each: ast.Name) -> ast.expr:
                if each.id in given:
                    return given[each.id]
                return ast.Name(known(each.id, scope[each.id]), ast.Load()) if each.id in scope else each

        filled = Filled().visit(expression)
        for each in ast.walk(filled):
            ast.copy_location(each, node)
        return filled


def _scope(function: Callable[..., Any]) -> dict[str, Any]:
    """What the names in a function that are not its own stand for."""
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    return {**function.__globals__, **{name: cell.cell_contents for name, cell in cells}}


def _parameters(definition: ast.FunctionDef) -> list[str]:
    return [each.arg for each in (*definition.args.posonlyargs, *definition.args.args)]


def _definition(function: Callable[..., Any]) -> ast.FunctionDef:
    """A function's source, parsed, with the lines of its file; without its docstring."""
    try:
        lines, _ = inspect.findsource(function)
        begin, end = _definitions("".join(lines))[function.__name__, function.__code__.co_firstlineno]
    except (OSError, SyntaxError, KeyError):
        raise TypeError(f"kernel {function.__qualname__}: its source cannot be read; write it into a file") from None
    definition = ast.parse("\n" * begin + dedent("".join(lines[begin:end]))).body[0]
    assert isinstance(definition, ast.FunctionDef)
    if ast.get_docstring(definition) is not None:
        del definition.body[0]
    return definition


@cache
def _definitions(source: str) -> dict[tuple[str, int], tuple[int, int | None]]:
    """The lines of the functions in a file, by their names and first lines, decorators included."""
    found = [node for node in _statements(ast.parse(source).body) if isinstance(node, ast.FunctionDef)]
    first = [min(each.lineno for each in (node, *node.decorator_list)) for node in found]
    return {(node.name, line): (line - 1, node.end_lineno) for node, line in zip(found, first, strict=True)}


def _statements(some: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Statements and those within them, but for expressions, which are nearly all of a source and hold none."""
    for each in some:
        if not isinstance(each, ast.expr):
            yield each
            yield from _statements(ast.iter_child_nodes(each))

"""What a class or function of the user's own does, as a hash: one whose code was changed is another one."""

import hashlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any


def digest(own: type | Callable[..., Any]) -> str:
    """A hash of a function's code, or of that of a class and of its own bases; what they call is not looked at.

    The source decides where it can be had (a file, a notebook's cell), the byte code elsewhere.
    """
    parts = [*_of_class(own)] if isinstance(own, type) else [_text(own)]
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()


def _of_class(own: type) -> Iterator[str]:
    for kind in own.__mro__:
        if kind.__module__.partition(".")[0] in ("builtins", "abc", "typing", "mesa", "pydantic", "commonweal"):
            continue
        yield kind.__qualname__
        for name, value in sorted(vars(kind).items()):
            function = getattr(value, "__func__", getattr(value, "fget", value))
            if inspect.isfunction(function):
                yield f"{name} {_text(function)}"


def _text(function: Callable[..., Any]) -> str:
    code = getattr(function, "__code__", None)
    if code is None:
        return f"{function.__module__}.{getattr(function, '__qualname__', function)}"
    try:
        return inspect.getsource(code)
    except (OSError, TypeError):
        return "\n".join(_compiled(code))


def _compiled(code: Any) -> Iterator[str]:
    """What a code object does, without where it stands."""
    yield f"{code.co_code.hex()} {code.co_names} {code.co_varnames}"
    for each in code.co_consts:
        if hasattr(each, "co_code"):
            yield from _compiled(each)
        else:
            yield repr(sorted(map(repr, each)) if isinstance(each, frozenset) else each)

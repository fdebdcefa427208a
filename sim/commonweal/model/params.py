"""Parameter objects: frozen, closed, strict, bounded. Meaning stands here in the classes, values in conf/.

No parameter has a default for a scientific number: each number stands once, in a yaml, with its source.
"""

import difflib
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo

from commonweal.errors import InputError
from commonweal.harmless import fault


def _number(unit: str, ge: float, le: float) -> Any:
    return Field(json_schema_extra={"unit": unit}, ge=ge, le=le)


Share = Annotated[float, _number("share", ge=0, le=1)]
Substitution = Annotated[float, _number("share", ge=0.05, le=1)]
LogOdds = Annotated[float, _number("log-odds", ge=-20, le=20)]
Signed = Annotated[float, _number("share", ge=-2, le=2)]
Slope = Annotated[float, _number("share per share", ge=0, le=2)]
Money = Annotated[float, _number("MU", ge=0, le=1e9)]
Hours = Annotated[float, _number("hours", ge=0, le=1e9)]
Population = Annotated[float, _number("people", ge=1, le=1e7)]
Rate = Annotated[float, _number("per round", ge=0, le=1)]
Factor = Annotated[float, _number("factor", ge=0, le=1e3)]
Multiple = Annotated[float, _number("factor", ge=1, le=1e3)]
Spread = Annotated[float, _number("sd", ge=0, le=5)]
Count = Annotated[int, _number("count", ge=0, le=10_000_000)]
Positive = Annotated[int, _number("count", ge=1, le=10_000_000)]
Rounds = Annotated[int, _number("rounds", ge=0, le=100_000)]
Leaders = Annotated[int, _number("leaders", ge=2, le=2_000_000)]


class Params(BaseModel):
    """A closed set of parameters: unknown names, wrong types, nan, infinities and out-of-range values are refused."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
        arbitrary_types_allowed=False,
    )


def parse[P: Params](kind: type[P], values: Mapping[str, Any], where: str) -> P:
    """A parameter object from plain values.

    `where` is the path of the values in the configuration, such as `talk`.
    Raises InputError, one sentence: the field, its value and what would be right.
    """
    if odd := fault(values, where):
        raise InputError(odd)
    try:
        return kind(**values)
    except ValidationError as error:
        said = error.errors(include_url=False)[0].get("ctx", {}).get("error")
        raise (said if isinstance(said, InputError) else InputError(_sentence(kind, error, where))) from None


def nearest(word: str, known: list[str], listed: Sequence[str] = ()) -> str:
    """A half sentence that suggests the known word nearest to `word`, or lists what is known, or `listed` for short."""
    if not known:
        return "there is none to choose from"
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else f"known are: {', '.join(sorted(listed or known))}"


def _sentence(kind: type[Params], error: ValidationError, where: str) -> str:
    first = error.errors(include_url=False)[0]
    path = [str(part) for part in first["loc"]]
    field = ".".join([where, *path]) if where else ".".join(path)
    value = first.get("input")
    context = first.get("ctx", {})
    match first["type"]:
        case "extra_forbidden":
            return f"{field} is not a parameter here; {nearest(path[-1], list(kind.model_fields))}"
        case "missing":
            return f"{field} is missing: {_meaning(kind, path)}"
        case "greater_than_equal" | "less_than_equal" | "greater_than" | "less_than":
            return f"{field} is {value}, which is out of range: it must be {_bounds(kind, path, context)}"
        case "finite_number":
            return f"{field} is {value}: write a finite number"
        case "too_short" | "string_too_short":
            return f"{field} is {value!r}, which is empty: give at least {context['min_length']}"
        case "tuple_type" | "list_type" if isinstance(value, str | int | float):
            return f"{field} is {value!r}, which is no list; write {field}=[{value}]"
        case "value_error":
            return f"{field or kind.__name__}: {context.get('error', first['msg'])}"
        case _:
            return f"{field} is {value!r}, which cannot be used: {first['msg'].lower().replace('tuple', 'list')}"


def _meaning(kind: type[Params], path: list[str]) -> str:
    info = _field(kind, path)
    return (info.description or "it has no default") if info else "it has no default"


def _bounds(kind: type[Params], path: list[str], context: Mapping[str, Any]) -> str:
    words = {"ge": "at least", "le": "at most", "gt": "more than", "lt": "less than"}
    info = _field(kind, path)
    limits: dict[str, Any] = {}
    for item in _metadata(info) if info else []:
        limits |= {name: getattr(item, name) for name in words if getattr(item, name, None) is not None}
    return " and ".join(f"{words[name]} {_exactly(limit)}" for name, limit in (limits or dict(context)).items())


def _field(kind: type[Params], path: list[str]) -> FieldInfo | None:
    """The parameter at a path, which may lead through parts and through tables of them by name."""
    info = kind.model_fields.get(path[0])
    if info is None or len(path) == 1:
        return info
    inner = [each for each in (info.annotation, *get_args(info.annotation)) if isinstance(each, type)]
    part = next((each for each in inner if issubclass(each, Params)), None)
    named = get_origin(info.annotation) is dict
    return _field(part, path[1 + named :]) if part and len(path) > 1 + named else info


def _metadata(info: FieldInfo) -> list[Any]:
    """What bounds a parameter, also where it may be null."""
    either = [extra for each in get_args(info.annotation) for extra in getattr(each, "__metadata__", ())]
    return [*info.metadata, *(item for each in either for item in getattr(each, "metadata", ()))]


def _exactly(limit: float) -> str:
    return f"{limit:,.0f}" if float(limit).is_integer() else f"{limit:g}"

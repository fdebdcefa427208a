"""The mapping: which heading stands for which column of ours, and on which scale; a YAML file, drafted or given."""

from collections.abc import Mapping as Mapping_
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from commonweal.roster.describe import listed, nearest, quote
from commonweal.roster.encodings import is_known
from commonweal.roster.errors import Review, RosterError
from commonweal.roster.file import decode, read_bytes
from commonweal.roster.money import Worth
from commonweal.roster.roles import KINDS, Role
from commonweal.units import fault_of

SIZE_LIMIT = 2**20  # bytes of a mapping file
KEYS = ("column", "mean", "scale", "divide_by", "times", "words", "missing")
NEGATIVE = ("left out", NO_TRUST := "no trust")
"""what may become of ties of what sets leaders apart: nothing, or ties of trust 0"""
LIKE = "{column: Heading, scale: [1, 5]}"


@dataclass(slots=True)
class Mapping:
    """What was given or decided. A role of None is a column that is to be left out."""

    directed: bool | None = None
    encoding: str = ""
    """in which files are that are no Unicode; '' to guess"""
    tables: dict[str, str] = field(default_factory=dict)
    """leaders, ties, groups: which of several tables"""
    roles: dict[str, dict[str, Role | None]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    partners: dict[str, dict[str, str]] = field(default_factory=dict)
    """strength, trust: which heading holds the answers about which leader"""
    negative: str = "left out"
    """what becomes of ties of what sets leaders apart: one of `NEGATIVE`"""
    units: Worth | None = None
    """in which currency sums of money are, and what an MU or an hour is worth in it"""
    guessed: bool = False
    """whether something in it was guessed before a heading was looked at"""


def read_mapping(path: Path) -> Mapping:
    """The mapping in a file. Raises RosterError: not YAML, a key that there is not, a value of another kind."""
    import yaml

    review = Review(path.name)
    text = decode(read_bytes(path, SIZE_LIMIT), review)
    try:
        if any(isinstance(each, yaml.AliasToken) for each in yaml.scan(text, yaml.SafeLoader)):
            raise RosterError(f"{path.name}: it repeats values by *names; write them out")
        held = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise RosterError(f"{path.name} is not YAML: {' '.join(str(error).split())}; mend it") from None
    if not isinstance(held, dict):
        raise RosterError(f"{path.name}: it must hold leaders:, ties: or groups:, with a heading for each column")
    mapping = Mapping()
    for key, value in held.items():
        if key == "directed" and (value is None or isinstance(value, bool)):
            mapping.directed = value
        elif key == "encoding":
            mapping.encoding = known_encoding(str(value), review)
        elif key == "units":
            mapping.units = _worth(value, review)
        elif key in KINDS and isinstance(value, dict):
            _read_table(str(key), value, mapping, review)
        elif key in (*KINDS, "directed"):
            wanted = "true or false" if key == "directed" else "a table of columns, such as name: Label"
            review.problem(f"{key} is {quote(str(value))}; write {wanted}")
        else:
            review.problem(
                f"there is no {quote(str(key))} in a mapping; known are directed, encoding, units, {', '.join(KINDS)}"
            )
    review.close()
    return mapping


def known_encoding(said: str, review: Review | None = None) -> str:
    """The encoding that was said. Raises RosterError, at once or as the review closes, where there is none such."""
    if not is_known(said):
        own = review or Review("encoding")
        own.problem(
            f"encoding is {quote(said)}, which is none; write, for example, cp1251, cp932, gb18030 or mac_roman"
        )
        if review is None:
            own.close()
    return said


def worth_typed(said: Mapping_[str, str]) -> Worth:
    """The units that were typed. Raises RosterError as `read_mapping`."""
    review = Review("units")
    numbers = {name: _as_typed(text) if name != "money" else text for name, text in said.items()}
    worth = _worth(numbers, review)
    review.close()
    assert worth
    return worth


def _as_typed(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _worth(value: Any, review: Review) -> Worth | None:
    """What `units` says: the currency, and what an MU or an hour is worth in it."""
    like = "write, for example, units: {money: EUR, hour: 40}"
    if not isinstance(value, dict) or not value or not {*value} <= {"money", "mu", "hour"}:
        review.problem(f"units is {quote(str(value))}; {like}")
        return None
    money = None if value.get("money") is None else str(value["money"])
    for name in ("mu", "hour"):
        amount = value.get(name)
        if amount is not None and not (_is_number(amount) and amount > 0):
            review.problem(f"units.{name} is {quote(str(amount))}, which is no number above 0; {like}")
            return None
    amounts = {name: None if value.get(name) is None else float(value[name]) for name in ("mu", "hour")}
    if said := fault_of(money, amounts["mu"], amounts["hour"]):
        review.problem(said)
        return None
    return Worth(money or "", **amounts)


def _read_table(kind: str, held: dict[Any, Any], mapping: Mapping, review: Review) -> None:
    columns = KINDS[kind]
    for key, value in held.items():
        name = str(key)
        if name == "table":
            mapping.tables[kind] = str(value)
        elif name == "partners" and kind == "ties" and isinstance(value, dict):
            _read_partners(value, mapping, review)
        elif name == "negative" and kind == "ties":
            if value not in NEGATIVE:
                review.problem(f"ties: negative is {quote(str(value))}; write {' or '.join(NEGATIVE)}")
            mapping.negative = str(value)
        elif columns.canonical(name) == name:
            mapping.roles[kind][name] = None if value is None else _role(f"{kind}: {name}", value, review)
        else:
            meant = nearest(name, columns.known)
            known = f"did you mean {meant}?" if meant else f"known are {', '.join(columns.known)}"
            review.problem(f"{kind}: there is no column {quote(name)}; {known}")


def _read_partners(held: dict[Any, Any], mapping: Mapping, review: Review) -> None:
    for column, headings in held.items():
        if column not in KINDS["ties"].numbers or not isinstance(headings, dict):
            review.problem("partners: write strength: or trust:, and under it a leader for each heading")
        else:
            mapping.partners[str(column)] = {str(heading): str(leader) for heading, leader in headings.items()}


def _role(where: str, value: Any, review: Review) -> Role:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return Role((str(value),))
    if not isinstance(value, dict):
        review.problem(f"{where}: write a heading, or {LIKE}")
        return Role(())
    if odd := [str(key) for key in value if key not in KEYS]:
        review.problem(f"{where}: {listed([quote(key) for key in odd])} is not known; known are {', '.join(KEYS)}")
    headings = value.get("mean", [value["column"]] if "column" in value else [])
    scale, words = value.get("scale"), value.get("words", {})
    fits = isinstance(headings, list) and isinstance(value.get("missing"), list | None)
    if not (fits and _is_scale(scale) and _are_numbers(words) and _are_factors(value)):
        review.problem(f"{where}: its numbers or lists cannot be used; write, for example, {LIKE}")
        return Role(())
    ends = (float(scale[0]), float(scale[1])) if scale else None
    spoken = _spoken(words)
    names = tuple(map(str, headings))
    factors = float(value.get("divide_by", 1)), float(value.get("times", 1))
    return Role(names, ends, *factors, spoken, _missing(value.get("missing")))


def _spoken(words: dict[Any, Any]) -> dict[str, float]:
    return {str(word).lower(): float(number) for word, number in words.items()}


def _missing(said: list[Any] | None) -> tuple[float | str, ...] | None:
    """What stands for no answer: numbers, and words in small letters; None to guess."""
    return None if said is None else tuple(each if _is_number(each) else str(each).lower() for each in said)


def _is_scale(value: Any) -> bool:
    """Whether it is nothing, or a list of two numbers that differ."""
    pair = isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))
    return value is None or (pair and value[0] != value[1])


def _are_numbers(words: Any) -> bool:
    return isinstance(words, dict) and all(map(_is_number, words.values()))


def _are_factors(value: dict[Any, Any]) -> bool:
    given = [value[key] for key in ("divide_by", "times") if key in value]
    return all(_is_number(each) and each > 0 for each in given)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300


def drafted(mapping: Mapping) -> str:
    """The mapping as a YAML file, which `read_mapping` reads back as the same."""
    import yaml

    held: dict[str, Any] = {"encoding": mapping.encoding} if mapping.encoding else {}
    held |= {} if mapping.directed is None else {"directed": mapping.directed}
    held |= {} if mapping.units is None else {"units": mapping.units.said}
    for kind in KINDS:
        table: dict[str, Any] = {"table": mapping.tables[kind]} if kind in mapping.tables else {}
        table |= {column: _plain(role) for column, role in mapping.roles[kind].items()}
        if kind == "ties" and mapping.roles[kind].get("sign"):
            table["negative"] = mapping.negative
        if kind == "ties" and mapping.partners:
            table["partners"] = mapping.partners
        if table:
            held[kind] = table
    body = yaml.safe_dump(held, sort_keys=False, allow_unicode=True, width=10_000)
    return (
        "# How the files were read: on the left our columns (commonweal roster --help columns has them), on the right\n"
        "# the headings that stand for them. Change what was guessed wrongly; write null to leave a column out.\n"
        "# {column: Heading, scale: [1, 5]} makes 1 a 0 and 5 a 1; {..., divide_by: 5} and {..., times: 12} do that;\n"
        "# {mean: [One, Other], scale: [1, 4]} takes a mean; 1 - Heading turns a number from 0 to 1 round.\n"
        "# {column: Heading, missing: [9, 99]} makes these no answers, missing: [] makes none one.\n"
        "# Ties that sign says are negative are left out, or, with negative: no trust, read as ties without trust.\n"
        "# units: {money: EUR, hour: 40} says in which currency money is, and what an hour (or mu: an MU) is worth\n"
        "# commonweal roster import FILES out=DIR mapping=THIS_FILE\n" + body
    )


def line_of(kind: str, column: str, value: Any) -> str:
    """What to write in a mapping file, on one line: `ties: {trust: 1 - distrust}`."""
    import yaml

    text = yaml.safe_dump({kind: {column: value}}, default_flow_style=True, allow_unicode=True, width=10_000)
    return f"`{text.strip()[1:-1]}`"


def _plain(role: Role | None) -> Any:
    if role is None:
        return None
    if len(role.headings) == 1 and role == Role(role.headings):
        return role.headings[0]
    table: dict[str, Any] = {}
    if role.headings:
        table = {"column": role.headings[0]} if len(role.headings) == 1 else {"mean": [*role.headings]}
    table |= {"scale": [*role.scale]} if role.scale else {}
    table |= {"divide_by": role.divide_by} if role.divide_by != 1 else {}
    table |= {"times": role.times} if role.times != 1 else {}
    table |= {"words": role.words} if role.words else {}
    return table | ({"missing": [*map(_short, role.missing)]} if role.missing is not None else {})


def _short(each: float | str) -> float | str:
    return int(each) if isinstance(each, float) and each.is_integer() else each

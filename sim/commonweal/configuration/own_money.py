"""Own money: options in MU that were typed as amounts, '5000 EUR', as the numbers of MU that they are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from commonweal.advice import quoted
from commonweal.amounts import FOR, GROUPS, Terms, amount_of
from commonweal.configuration.conf import kind
from commonweal.configuration.own_units import staff_hour, units_in, worth_of
from commonweal.errors import InputError
from commonweal.model.params import parse
from commonweal.model.world import find_class
from commonweal.units import CURRENCY, NONE, Units

ANY: Final = re.compile("|".join(FOR))
WITHIN: Final = re.compile(r"design\.(?:over|across|without)\.|variants\.(?=\w+\.)")
"""what stands before an option where a design varies it, or a file of it that is one of several"""
MAPPING: Final = "mapping.yaml"
"""what `roster import` calls the file, beside leaders.csv, that says what an MU is worth"""


class OwnMoney:
    """The units of a configuration, and its options in MU as they are to be read."""

    def __init__(self, values: Mapping[str, Any], choices: Mapping[str, str]) -> None:
        """values: of everything, interpolations resolved. choices: per group the file chosen."""
        self.values, self.choices = values, choices

    def read(self, path: str, value: Any) -> Any:
        """A value, or each of several, as the option at a path takes it: what is written with a unit as MU.

        Raises InputError for a text that is no amount, or one of a unit of which nobody said what it is worth.
        """
        option = option_of(path)
        if option is None:
            return value
        if isinstance(value, list):
            return [self.read(path, each) for each in value]
        return self._terms(option).mu(value, path) if isinstance(value, str) else value

    def _terms(self, option: str) -> Terms:
        """What a number of an option is for, and what amounts of it are worth."""
        worth = worth_of(self._section("units"))
        given = self._section("convener").get("hour") or 0.0
        hour = staff_hour(worth)
        if option == "convener.hour":  # nothing else says what an MU is worth
            if worth.money is not None and worth.mu is None:
                raise InputError(f"convener.hour is {given!r}, but so is units.hour; leave one of them out")
            return Terms(NONE if worth.mu is None else Units(worth.money or "", worth.mu), 0.0)
        if hour is None:
            hour = float(self.read("convener.hour", given))
        terms = Terms(units_in(worth, hour), hour)
        what = FOR[option]
        if what is None:
            return terms
        return replace(terms, leaders=self._leaders(), rounds=int(self._section("run").get("rounds") or 0),
                       whose=what[0], span=what[1])  # fmt: skip

    def _section(self, name: str) -> dict[str, Any]:
        found = self.values.get(name)
        return dict(found) if isinstance(found, Mapping) else {}

    def _leaders(self) -> int | None:
        """How many leaders a community has; None where a design varies it."""
        design = self._section("design")
        varied = [str(key) for part in ("over", "across") for key in design.get(part) or {}]
        if any(key.partition(".")[0] == "community" for key in varied) or "file" in design:
            return None
        name, allow = self.choices.get("community", ""), tuple(self.values.get("allow") or ())
        community: Any = find_class("community", kind("community", name, allow), allow)
        return parse(community, self._section("community"), "community").size


def in_mu(
    values: dict[str, Any], choices: Mapping[str, str], partly: bool = False
) -> tuple[dict[str, Any], dict[str, list[float]]]:
    """The values with all that was written with its unit as MU, and by option what was, or what a design varies.

    partly: what cannot be read before all is known is null. Raises InputError.
    """
    money, asked = OwnMoney(values, choices), {}

    def walk(node: Any, path: str) -> Any:
        if isinstance(node, Mapping):
            return {name: walk(each, f"{path}.{name}".lstrip(".")) for name, each in node.items()}
        option = option_of(path)
        if option is None:
            return node
        try:
            found = money.read(path, node)
        except InputError:
            if partly:
                return None
            raise
        if found != node or path.startswith("design."):
            asked[option_at(path)] = found if isinstance(found, list) else [found]
        return found

    return walk(values, ""), asked


def option_of(path: str) -> str | None:
    """The key in FOR of the option at a path; None where that is none in MU."""
    inner = option_at(path)
    return next(each for each in FOR if re.fullmatch(each, inner)) if ANY.fullmatch(inner) else None


def option_at(path: str) -> str:
    """A path without what stands before it where a design varies it, or chooses among its files."""
    inner = WITHIN.sub("", path)
    if not path.startswith("variants."):
        return inner
    group, _, rest = inner.partition(".")
    return f"{group}.{rest.partition('.')[2]}"


def as_amount(override: str, sweeps: bool = False) -> str:
    """An override of an amount or a currency, so that Hydra's grammar takes it as it was typed: equal_spend=€5,000.

    sweeps: whether commas part values. Raises InputError where they might.
    """
    key, equals, value = override.partition("=")
    if key == "units.money" and CURRENCY.fullmatch(value):
        return f"{key}={quoted(value)}"
    if not equals or option_of(key.lstrip("+")) is None or re.match(r"\s*($|[\[{'\"]|\w+\()", value):
        return override
    commas = re.search(r"\d,\d{3}(?!\d)", value)
    if sweeps and commas:
        plain = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", value)
        raise InputError(f"{override} may be one amount or several; write {key}={plain} for one, or a blank after each "
                         "comma")  # fmt: skip
    odd = re.search(r"[^\x00-\x7f]|[€$£']", value) or (commas and not sweeps)
    return f"{key}={quoted(value)}" if odd and not (sweeps and "," in value) and _is_amount(value) else override


def units_beside(values: Mapping[str, Any]) -> tuple[dict[str, Any], Path] | None:
    """The units in the mapping that `roster import` wrote beside the leaders, and its path; None where there are none.

    Raises InputError where the mapping cannot be read.
    """
    community = values.get("community")
    leaders = community.get("leaders_file") if isinstance(community, Mapping) else None
    if not isinstance(leaders, str) or Path(leaders).name != "leaders.csv":
        return None
    file = Path(leaders).expanduser().with_name(MAPPING)
    if not file.is_file():
        return None
    from commonweal.roster.mapping import read_mapping  # which those who bring no file need not have

    try:
        worth = read_mapping(file).units
    except InputError as error:
        raise InputError(f"{error}; units=none reads none of it") from None
    return None if worth is None else ({"mu": None, "hour": None} | worth.said, file)


def says_units(overrides: Sequence[str]) -> bool:
    """Whether overrides say what an MU is worth, or that amounts stay in MU."""
    return any(re.match(r"[+~]*units\b", each) for each in overrides)


def _is_amount(text: str) -> bool:
    """Whether a text is an amount, or one without its unit, which is to be refused as such."""
    try:
        return bool(GROUPS[","].fullmatch(text)) or amount_of(text, "") is not None
    except InputError:
        return False

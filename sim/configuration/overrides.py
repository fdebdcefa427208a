"""Overrides: what was typed, and which part of the configuration it is for."""

import re
from collections.abc import Sequence
from typing import Final

from hydra.core.override_parser.types import Override

from sim.composition import parsed

PLURAL: Final = {"strategy": "strategies", "scenario": "scenarios"}
"""groups of which an experiment may list several, and what the several are called"""


def free_keys(given: Sequence[Override]) -> list[Override]:
    """Overrides, those that name parameters within a design as additions: conf cannot know what a user will vary.

    A whole table of parameters takes the place of the one in the file.
    """
    found: list[str] = []
    for line in lines(given):
        match = re.match(r"design\.(over|across|without)([.=])", line)
        if match and match[2] == "=":
            found.append(f"++design.{match[1]}=null")
        found.append(f"++{line}" if match else line)
    return parsed(found)


def within(override: Override, *sections: str) -> bool:
    """Whether an override changes something within one of the sections."""
    return target(override).startswith(tuple(f"{section}." for section in sections))


def target(override: Override) -> str:
    return override.package or override.key_or_group


def loaded(group: str, name: str) -> str:
    """The override that loads a variant beside the one chosen."""
    return f"+{group}@{PLURAL[group]}.{name}={name}"


def lines(given: Sequence[Override]) -> list[str]:
    return [each.input_line or "" for each in given]

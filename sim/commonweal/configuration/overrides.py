"""Overrides: what was typed, and which part of the configuration it is for."""

from collections.abc import Sequence
from typing import Final

from hydra.core.override_parser.types import Override

PLURAL: Final = {"strategy": "strategies", "scenario": "scenarios"}
"""groups of which an experiment may list several, and what the several are called"""


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

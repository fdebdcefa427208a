"""`commonweal run --cfg changed`: what a run would use that differs from doing nothing in a plain community."""

from argparse import Namespace
from collections.abc import Mapping
from typing import Any

import yaml

from commonweal.configuration.compose import compose, free_keys
from commonweal.configuration.conf import CONFIG_NAME, session
from commonweal.study.provenance import by_path


def main(flags: Namespace) -> int:
    """Print a line per choice and per value that differs, with what it was."""
    name = flags.config_name or CONFIG_NAME
    with session(flags.config_path, flags.config_dir):
        asked, usual = compose(free_keys(flags.overrides), name), compose([], name)
    chosen = _changes(asked.choices, usual.choices)
    lines = [*chosen, *_changes(by_path(asked.values), by_path(usual.values))]
    print("\n".join(lines) if lines else "nothing: this is what commonweal run uses")
    return 0


def _changes(asked: Mapping[str, Any], usual: Mapping[str, Any]) -> list[str]:
    """What differs, as overrides have it."""
    paths = dict.fromkeys([*asked, *usual])
    return [_line(each, asked, usual) for each in paths if asked.get(each) != usual.get(each)]


def _line(path: str, asked: Mapping[str, Any], usual: Mapping[str, Any]) -> str:
    was = f"was {_written(usual[path])}" if path in usual else "was not there"
    return f"{path}={_written(asked[path])}    {was}" if path in asked else f"{path} is gone    {was}"


def _written(value: Any) -> str:
    """A value on one line, as YAML has it."""
    text = yaml.safe_dump(value, default_flow_style=True, width=10_000, allow_unicode=True)
    return text.removesuffix("\n").removesuffix("\n...")

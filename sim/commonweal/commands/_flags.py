"""The flags of `commonweal run`: Hydra's own, wherever they stand among the overrides, and some of OVERRIDES."""

import difflib
import re
from argparse import Namespace
from itertools import zip_longest

from commonweal.commands._parser import Parser
from commonweal.configuration.places import in_full
from commonweal.errors import InputError

VALUES = {"cfg": "-c", "package": "-p", "config_path": "-cp", "config_name": "-cn", "config_dir": "-cd"}
SWITCHES = {"multirun": "-m", "resolve": "", "shell_completion": "-sc", "hydra_help": "", "run": "-r"}
CHANGED = "changed"
"""of --cfg: what differs from doing nothing in a plain community; the rest is Hydra's"""
OVERRIDES = ("json", "fresh", "yes", "dry_run")
"""switches that stand for an override: --json for json=true"""
EVERY = sorted(f"--{name.replace('_', '-')}" for name in (*VALUES, *SWITCHES, *OVERRIDES, "info", "help"))


def read(arguments: list[str]) -> Namespace:
    """The flags and overrides; --json and the like become json=true and so on. Raises InputError."""
    parser = Parser("run")
    for name, short in VALUES.items():
        parser.add_argument(*_names(name, short), choices=["job", "hydra", "all", CHANGED] if name == "cfg" else None)
    for name, short in SWITCHES.items():
        parser.add_argument(*_names(name, short), action="store_true")
    parser.add_argument("--info", "-i", nargs="?", const="all")
    for name in OVERRIDES:
        parser.add_argument(_long(name), action="store_true")
    parser.add_argument("overrides", nargs="*")
    known = {name for action in parser._actions for name in action.option_strings}
    for each, after in zip_longest(arguments, arguments[1:], fillvalue=""):
        if each.startswith("-") and each.partition("=")[0] not in known:
            raise InputError(_unknown(each, after))
    flags = parser.parse_intermixed_args(arguments)
    typed = in_full(flags.overrides, flags.multirun)
    flags.overrides = [*typed, *(f"{name}=true" for name in OVERRIDES if getattr(flags, name))]
    return flags


def again(flags: Namespace) -> list[str]:
    """The flags as Hydra's own parser takes them, overrides last."""
    words = [word for name in (*VALUES, "info") if (value := getattr(flags, name)) for word in (_long(name), value)]
    switches = [_long(name) for name in SWITCHES if getattr(flags, name)]
    return [*words, *switches, *flags.overrides]


def _names(name: str, short: str) -> list[str]:
    return [_long(name), *([short] if short else [])]


def _long(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _unknown(flag: str, after: str) -> str:
    """What is wrong with a flag, and what would be right. after: the argument that follows it."""
    from commonweal.advice import setting
    from commonweal.configuration.conf import session
    from commonweal.configuration.refusal import place_of

    name, _, value = flag.lstrip("-").replace("-", "_").partition("=")
    value = value or ("..." if not after or after.startswith("-") or "=" in after else after)
    close = difflib.get_close_matches(f"--{name}", EVERY, n=1, cutoff=0.75)
    with session():
        place = place_of(name)
    typed = f"{place or name}={value}" if re.fullmatch(r"[\w.+-]+", value) else setting(place or name, value)
    if close and (place is None or place.rpartition(".")[2] != name):
        remedy = f"did you mean {close[0]}?"
    else:
        remedy = f"parameters have no dashes: write {typed}"
    return f"{flag.partition('=')[0]} is not a flag of commonweal run; {remedy}"

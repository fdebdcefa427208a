"""Go on with a study that was stopped, gather what shards have done, or extend it.

usage: commonweal resume RESULTS [--dry-run] [--fresh] [key=value ...]

examples:
  commonweal resume results/factorial/20260102-150405-1a2b3c4d
  commonweal resume results/factorial/20260102-150405-1a2b3c4d --dry-run        what is done, missing, failed, foreign
  commonweal resume results/factorial/20260102-150405-1a2b3c4d run.replicates=400     twice as many replicates
  commonweal resume results/factorial/20260102-150405-1a2b3c4d workers=8 quiet=true
  commonweal resume results/factorial/20260102-150405-1a2b3c4d --fresh      from the start, with the model as it is

The command that is recorded in the folder's manifest is given again, with out=RESULTS and what you add. What is
there is not played again. Modules of your own must be allowed once more: allow=[my_strategies].
"""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from commonweal.advice import command, quoted, setting
from commonweal.commands._parser import Parser
from commonweal.errors import InputError

NOT_AGAIN = {"allow", "out", "fresh", "shards", "shard", "workers", "quiet", "json", "yes", "dry_run"}
"""keys of a recorded command that are not given again: how it was carried out, and what only you may allow"""
GROUPS_NOT_AGAIN = ("executor", "hydra")
"""groups of which nothing is"""
FLAGS_NOT_AGAIN = {"--json", "--fresh", "--yes", "--dry-run"}
SWEEP = {"-m", "--multirun"}


def main(arguments: list[str]) -> int:
    """Tell what there is, or go on."""
    parser = Parser("resume")
    parser.add_argument("results", metavar="RESULTS")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("overrides", nargs="*")
    given = parser.parse_intermixed_args(arguments)
    words = recorded(Path(given.results), given.overrides)
    if not given.dry_run:
        from commonweal.commands import run

        return run.main([*words, *given.overrides, *["--fresh"] * given.fresh, f"out={quoted(given.results)}"])
    from commonweal.commands.status import look, sentences

    print("\n".join(sentences(look(Path(given.results)))))
    return 0


def goes_on(begun: Sequence[str], folder: Path) -> str:
    """How a study goes on that was begun by a command: by this verb, unless the command has what is not given again."""
    words = [each for each in begun[2:] if each not in FLAGS_NOT_AGAIN]
    again = any(each.startswith("-") or each.lstrip("+").startswith("allow=") for each in words)
    return f"the same command with {setting('out', folder)}" if again else command("resume", folder)


def recorded(folder: Path, more: list[str]) -> list[str]:
    """The words of the command that made a folder, but those that are given anew. Raises InputError.

    more: the overrides that are given anew.
    """
    words = _words(folder)
    flags, overrides = [each for each in words if each.startswith("-")], [each for each in words if each[:1] != "-"]
    keys, anew = _keys(overrides), _keys(more)
    if "allow" in keys and "allow" not in anew:
        asked = overrides[keys.index("allow")]
        raise InputError(
            f"{folder} was made with modules of its maker's own; if they may be imported, add {shlex.quote(asked)}"
        )
    known = FLAGS_NOT_AGAIN | (SWEEP if "shards" in keys else set())
    if flag := next((each for each in flags if each not in known), None):
        raise InputError(f"{folder} was made with {flag}; give that command again, with {setting('out', folder)}")
    return [
        word for word, key in zip(overrides, keys, strict=True)
        if key not in {*NOT_AGAIN, *anew} and key.partition(".")[0].partition("/")[0] not in GROUPS_NOT_AGAIN
    ]  # fmt: skip


def _words(folder: Path) -> list[str]:
    """The words after `commonweal run` of the command in a folder's manifest. Raises InputError where there is none."""
    from commonweal.configuration.places import as_hydra_takes
    from commonweal.study.folder import is_ours, read_manifest

    manifest: dict[str, Any] | None = read_manifest(folder)
    typed = manifest.get("command") if manifest is not None and is_ours(manifest) else None
    if not isinstance(typed, list) or not all(isinstance(each, str) for each in typed) or typed[1:2] != ["run"]:
        raise InputError(f"{folder} does not say by what command it was made; give one that commonweal run wrote")
    return [each if each.startswith("-") else as_hydra_takes(each) for each in typed[2:]]


def _keys(overrides: list[str]) -> list[str]:
    """What each override is for, as Hydra reads it: whatever stands before the key. Raises InputError."""
    from commonweal.configuration.compose import parsed
    from commonweal.configuration.conf import session

    with session():
        return [each.key_or_group.partition("@")[0] for each in parsed(overrides)]

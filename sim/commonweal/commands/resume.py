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

from pathlib import Path

from commonweal.commands._parser import Parser
from commonweal.errors import InputError

NOT_AGAIN = ("allow=", "out=", "fresh=", "shards=", "shard=", "executor", "workers=", "quiet=", "json=", "hydra", "-")
"""what of a recorded command is not given again: where and how it was carried out, and what only you may allow"""


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

        return run.main([*words, *given.overrides, *["--fresh"] * given.fresh, f"out={given.results}"])
    from commonweal.commands.status import look, sentences

    print("\n".join(sentences(look(Path(given.results)))))
    return 0


def recorded(folder: Path, more: list[str]) -> list[str]:
    """The words of the command that made a folder, but those that are given anew. Raises InputError."""
    from commonweal.study.folder import read_manifest

    manifest = read_manifest(folder)
    command = (manifest or {}).get("command")
    if not isinstance(command, list) or not all(isinstance(each, str) for each in command) or command[1:2] != ["run"]:
        raise InputError(f"{folder} does not say by what command it was made; give one that commonweal run wrote")
    words = command[2:]
    if any(each.startswith("allow=") for each in words) and not any(each.startswith("allow=") for each in more):
        asked = next(each for each in words if each.startswith("allow="))
        raise InputError(f"{folder} was made with modules of its maker's own; if they may be imported, add {asked}")
    shared = any(each.startswith("shards=") for each in words)
    known = ("--json", "--fresh", *(("-m", "--multirun") if shared else ()))
    if flag := next((each for each in words if each.startswith("-") and each not in known), None):
        raise InputError(f"{folder} was made with {flag}; give that command again, with out={folder}")
    keys = {each.partition("=")[0].lstrip("+~") for each in more}
    kept = [each for each in words if not each.startswith(NOT_AGAIN)]
    return [each for each in kept if each.partition("=")[0].lstrip("+~") not in keys]

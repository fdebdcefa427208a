"""Tab completion: Hydra's script asks `commonweal -sc query=SHELL`; after `run` Hydra answers, else we do."""

import os
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

from commonweal.commands import _flags, _hydra, verbs

DEEDS: Final = {"roster": ("template", "check", "import")}
"""what may follow a verb that is not Hydra's"""
RESULTS: Final = r"\b(RESULTS|A B|FOLDER)\b|--results"
"""in the usage of verbs that read results"""
DEEP: Final = 3
"""folders below one that is offered, in which results are looked for"""


def main(arguments: list[str]) -> int:
    """Answer the shell, or (install, uninstall) let Hydra print its script."""
    asked = next((each.partition("=")[2] for each in arguments if each.startswith("query=")), "")
    if not asked:
        return _hydra.hand_over(_flags.read(arguments))
    line = os.environ.get("COMP_LINE", "")
    words = line.split() + [""] * line.endswith(" ")
    if len(words) <= 2:
        _offer([*verbs(), "--help", "--version", "--cite"] if words[-1:] != [""] else verbs(), words, asked)
    elif words[1] == "run" and not words[-1].startswith("-"):
        os.environ["COMP_LINE"] = line.replace(" run", "", 1)
        return _hydra.hand_over(_flags.read(arguments))
    else:
        _offer(_of_verb(words, asked), words, asked)
    return 0


def _of_verb(words: list[str], shell: str) -> list[str]:
    """What may stand in the place of the last word: an option, a deed, a folder of results.

    File names are left to the shell, but for fish, which is told to offer what we do and nothing else.
    """
    verb, last = words[1], words[-1]
    if verb not in verbs():
        return []
    if last.startswith("-"):
        return _flags.EVERY if verb == "run" else [*_options(verb), "--help"]
    if verb in DEEDS and len(words) == 3:
        return list(DEEDS[verb])
    found = list(_below(last)) if re.search(RESULTS, _usage(verb)) else []
    return found if found or shell != "fish" else [_written(path, path.is_dir()) for path in _there(last)]


def _usage(verb: str) -> str:
    """The lines of a verb's help that say how it is called."""
    text = import_module(f"commonweal.commands.{verb}").__doc__ or ""
    return text.partition("usage:")[2].partition("\n\n")[0]


def _options(verb: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"--[a-z][a-z-]*", _usage(verb))))


def _below(begun: str) -> Iterator[str]:
    """Folders that begin so and are results, or have some below them, these with a slash."""
    for path in _there(begun):
        if path.is_dir():
            if (path / "manifest.json").is_file():
                yield _written(path, False)
            elif any(next(path.glob(f"{'*/' * deep}manifest.json"), None) for deep in range(1, DEEP + 1)):
                yield _written(path, True)


def _there(begun: str) -> list[Path]:
    """What is there whose path begins so; names with spaces are left out, at which shells would cut them."""
    folder, slash, name = begun.rpartition("/")
    place = Path(folder or slash or ".")
    try:
        found = sorted(
            path for path in place.iterdir() if path.name.startswith(name) and not re.search(r"\s", path.name)
        )
    except OSError:
        return []
    return [path for path in found if name.startswith(".") or not path.name.startswith(".")]


def _written(path: Path, within: bool) -> str:
    """A path as it is typed. within: whether something in it is wanted."""
    return f"{path}/" if within else str(path)


def _offer(known: Sequence[str], words: list[str], shell: str) -> None:
    """Print what is offered, for fish a line each."""
    between = "\n" if shell == "fish" else " "
    print(between.join(each for each in known if each.startswith(words[-1])))

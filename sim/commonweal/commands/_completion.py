"""Tab completion: Hydra's script asks `commonweal -sc query=SHELL`; after `run` Hydra answers, else we do."""

import os

from commonweal.commands import _flags, _hydra, verbs

DEEDS = {"roster": ["template", "check", "import"]}
"""what may follow a verb that is not Hydra's; file names else, which the shell knows"""


def main(arguments: list[str]) -> int:
    """Answer the shell, or (install, uninstall) let Hydra print its script."""
    if not any(each.startswith("query=") for each in arguments):
        return _hydra.hand_over(_flags.read(arguments))
    line = os.environ.get("COMP_LINE", "")
    words = line.split() + [""] * line.endswith(" ")
    if len(words) <= 2:
        _offer(verbs(), words)
    elif words[1] == "run":
        os.environ["COMP_LINE"] = line.replace(" run", "", 1)
        return _hydra.hand_over(_flags.read(arguments))
    elif len(words) == 3:
        _offer(DEEDS.get(words[1], []), words)
    return 0


def _offer(known: list[str], words: list[str]) -> None:
    print(" ".join(each for each in known if each.startswith(words[-1])))

"""The verbs of the command line, a module each: run.py is `commonweal run`.

A verb's docstring is its help, first line first, which fits a screen; HELP_ON, if it is there, names functions that
tell more (`commonweal roster --help columns`). `main(arguments)` gets what follows the verb, returns the exit code and
raises InputError, one sentence, on bad input. What is heavy is imported within functions, so that `--help` stays quick.
Modules with a leading underscore are no verbs.

- _parser: arguments of verbs that are not Hydra's
- _flags: the flags of `commonweal run`
- _memory: the memory that a process may take at all
- _play: one study from its overrides to its table
- _before: what is said and asked before it
- _drawing: its figures
- _ending: what came of a command
- _estimate: how large a study is, told before it begins
- _kernels: the one-time compilation, announced
- _terminal: what is said while a run goes on
- _summary: the first table of a comparison, over all scenarios
- _scenarios: every scenario by itself
- _ranking: its strategies ranked, as rows
- _cells: numbers and words of a cell
- _room: which form of a table fits a terminal
- _best: the final table of a study that compares no strategies
- _sweep: `commonweal run -m`
- _indices: the final table of a study that asks what an outcome's variance comes from
- _jobs: the table of a sweep
- _hydra: what is handed over to Hydra's own front
- _changed: `commonweal run --cfg changed`
- _completion: tab completion
- _cite: how to cite commonweal
- _ctrl_c: Ctrl-C, which is heard once
- _bytecode: Python's bytecode, kept where it may not be kept beside its sources
- _garbage: Python's search for garbage, which passes over what was imported
- _streams: standard streams that are closed or read by nobody
"""

from itertools import chain
from typing import Final

GROUPS: Final = {
    "ask": ("run", "resume", "status"),
    "read": ("table", "report", "notebook", "query", "list", "versus", "dashboard"),
    "your leaders": ("roster", "fit"),
    "dig": ("analyse", "why", "branch"),
    "check the model": ("validate", "calibrate", "forecast"),
}
"""the verbs there are, by what they are for"""


def verbs() -> tuple[str, ...]:
    """The names of the verbs there are, in the order in which help has them."""
    return tuple(chain.from_iterable(GROUPS.values()))

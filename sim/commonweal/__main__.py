"""The command line: `commonweal VERB ...`, which is `python -m commonweal` too.

A verb is a module in sim/commonweal/commands: its docstring is its help, its `main` takes what follows the verb
and returns the exit code. Neither this module nor a verb's imports anything heavy before it is needed.
"""

import os
import sys

if __name__ == "__main__" and not sys.flags.safe_path and sys.path[0] != __file__.rsplit(os.sep, 2)[0]:
    del sys.path[0]  # python -m has put the current folder there, whose json.py would be taken for Python's

import difflib
import errno
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from commonweal.commands import GROUPS, _bytecode, _ctrl_c, _memory, _streams, verbs
from commonweal.commands._ending import DONE, INTERRUPTED, REFUSED
from commonweal.errors import InputError

HELP = """\
commonweal: which strategies help community leaders cooperate?

usage: commonweal VERB [...]

{verbs}

examples:
  commonweal run experiment=which_strategy        every strategy, in every scenario
  commonweal run strategy=communication scenario=polarised run.replicates=200
  commonweal roster template my_town              an example of your own leaders, to start from
  commonweal VERB --help                          all about a verb, with examples
  commonweal --version                            and --cite, how to cite it

tab completion, by a line in .bashrc, .zshrc or config.fish:
  eval "$(commonweal run -sc install=bash)"
  autoload -U +X bashcompinit && bashcompinit; eval "$(commonweal run -sc install=zsh)"
  commonweal run -sc install=fish | source

exit codes: 0 done, 1 some runs failed, 2 bad input, 130 interrupted
"""

TOO_LITTLE = (
    "There is too little memory for this; allow more (ulimit -v; 2 GB do for a small study), or ask for fewer leaders, "
    "rounds, replicates or workers"
)
UNREAD = 141
"""what a shell calls the end of a program whose output nobody reads"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command, the program's own where none is given, and return its exit code."""
    if arguments is None:
        arguments = sys.argv[1:]
        os.environ["PYTHONSAFEPATH"] = "1"  # for the processes that are started
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # matrices are small; threads that wait take a core's time
        _ctrl_c.hear_once()
        _bytecode.keep()
    _streams.open_closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # pyright: ignore  (a terminal that lacks letters)
    try:
        with _streams.guarded():
            code = _answer(list(arguments))
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read our output has gone, as in `commonweal table DIR | head`
        _streams.drop(sys.stdout)
        return UNREAD
    except (MemoryError, ImportError, OSError, RuntimeError, SystemError) as error:
        if starved(error):
            _streams.write(sys.stderr, TOO_LITTLE)
            return REFUSED
        if not isinstance(error, OSError) or error.errno != errno.ENOSPC or error.filename is not None:
            raise
        _streams.drop(sys.stdout)
        _streams.write(sys.stderr, f"What was to be printed cannot be written: {error.strerror}; make room")
        return REFUSED


def starved(error: BaseException | None) -> bool:
    """Whether an error, or one that led to it, is for want of memory."""
    words = (
        "failed to map segment",
        "annot allocate memory",
        "can't start new thread",
        "error return without exception set",
    )
    while error is not None:
        if isinstance(error, MemoryError) or any(each in str(error) for each in words):
            return True
        error = error.__cause__ or error.__context__
    return False


def _answer(given: list[str]) -> int:
    """Carry out a command; what was wrong with it, or that it was stopped, is said."""
    try:
        return _dispatch(given)
    except InputError as error:
        if os.environ.get("HYDRA_FULL_ERROR") == "1":
            raise
        _streams.write(sys.stderr, error)
        return REFUSED
    except KeyboardInterrupt:
        _streams.write(sys.stderr, "Stopped.")
        return INTERRUPTED


def _dispatch(given: list[str]) -> int:
    if not given or given[0] in ("-h", "--help", "help"):
        print(_help(), end="")
        return DONE
    if given[0] == "--version":
        from importlib.metadata import version

        print(f"commonweal {version('commonweal')}")
        return DONE
    if given[0] == "--cite":
        print(import_module("commonweal.commands._cite").cite(), end="")
        return DONE
    if given[0] in ("-sc", "--shell-completion"):
        return import_module("commonweal.commands._completion").main(given)
    verb, *rest = given
    if verb not in verbs():
        close = difflib.get_close_matches(verb, verbs(), n=1, cutoff=0.4)
        remedy = f"did you mean commonweal {close[0]}?" if close else f"verbs are: {', '.join(verbs())}"
        raise InputError(f"{verb!r} is not a verb of commonweal; {remedy}")
    module = import_module(f"commonweal.commands.{verb}")
    if "-h" in rest or "--help" in rest:
        print(_text(module, rest), end="")
        return DONE
    _refuse_nowhere()
    _memory.refuse_too_little(_memory.LOADING)
    return module.main(rest)


def _refuse_nowhere() -> None:
    """Raise InputError where the current folder was deleted: no path that was given means anything there."""
    try:
        os.getcwd()
    except OSError as error:
        raise InputError(f"the current folder cannot be used ({error.strerror}); change to one that is there") from None


def _help() -> str:
    modules = {verb: import_module(f"commonweal.commands.{verb}") for verb in verbs()}
    width = max(map(len, modules)) + 2
    lines = []
    for group, names in GROUPS.items():
        told = [f"  {verb:{width}}{(modules[verb].__doc__ or '').splitlines()[0]}" for verb in names]
        lines += [f"{group}:", *told]
    return HELP.format(verbs="\n".join(lines))


def _text(module: ModuleType, words: Sequence[str]) -> str:
    """A verb's help: its docstring, or more of what is asked for besides."""
    for name, function in getattr(module, "HELP_ON", {}).items():
        if name in words:
            return getattr(module, function)()
    return (module.__doc__ or "").strip() + "\n"


if __name__ == "__main__":
    sys.exit(main())

"""The verbs of the command line, a module each: run.py is `commonweal run`.

A verb's docstring is its help, first line first; `more_help()`, if it is there, adds to it. `main(arguments)` gets
what follows the verb, returns the exit code and raises InputError, one sentence, on bad input. What is heavy is
imported within functions, so that `--help` stays quick. Modules with a leading underscore are no verbs.

- _parser: arguments of verbs that are not Hydra's
- _flags: the flags of `commonweal run`
- _play: one study from its overrides to its table
- _estimate: how large a study is, told before it begins
- _kernels: the one-time compilation, announced
- _terminal: what is said while a run goes on
- _summary: the first table of a comparison, over all scenarios
- _ranking: every scenario by itself
- _best: the final table of a study that compares no strategies
- _sweep: `commonweal run -m`
- _jobs: the table of a sweep
- _hydra: what is handed over to Hydra's own front
- _completion: tab completion
- _ctrl_c: Ctrl-C, which is heard once
- _streams: standard streams that are closed or read by nobody
"""

from pkgutil import iter_modules


def verbs() -> list[str]:
    """The names of the verbs there are."""
    return sorted(each.name for each in iter_modules(__path__) if not each.name.startswith("_"))

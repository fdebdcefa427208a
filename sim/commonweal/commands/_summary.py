"""The first table: a row per strategy over all scenarios, what it means on Monday, and where the rest is."""

from collections.abc import Mapping
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table

from commonweal.advice import command
from commonweal.analysis.results import Results
from commonweal.analysis.smallest_effect import declared, in_words
from commonweal.commands import _scenarios
from commonweal.commands._room import NARROW, broken
from commonweal.commands._terminal import text
from commonweal.report.answer import foremost_of
from commonweal.report.meanings import STRATEGY
from commonweal.report.practice import Practice, practices
from commonweal.report.sentences import many
from commonweal.report.summary import Over, called, summary
from commonweal.units import told

HOW_TO_READ: Final = (
    "Effects: on welfare per person, net of what the convener spent, in per cent of what doing nothing has, from the "
    "scenario with the least to that with the most. Helps, harms: where all of the 95 % interval lies beyond the "
    "smallest effect of interest ({}); no difference that matters: where all of it lies within. MU: the unit of money "
    "and of leaders' time; what the convener's staff is paid is among the money."
)
WIDE: Final = 100
"""columns of a terminal in which names stay on one line"""


def is_one_table(results: Results) -> bool:
    """Whether there is but one scenario and basis to tell of, or none."""
    return len(results.effects[["scenario", "basis"]].drop_duplicates()) < 2


def show(results: Results, console: Console, whole: bool) -> None:
    """Print the summary for readers, or the table where there is but one. whole: whether every table comes after."""
    if is_one_table(results):
        _scenarios.show(results, console)
        return
    about = results.manifest
    size = f"{many(about['replicates'], 'replicate')}, {many(about['leaders'], 'leader')}, {about['rounds']:,} months"
    console.print(text(f"\n{many(len(about['scenarios']), 'scenario')}: {', '.join(about['scenarios'])}; {size}"))
    console.print(text(STRATEGY))
    found = summary(results.effects)
    done = practices(about, results.effects, next(iter(found.values())))
    headings = [called(results.effects, basis) for basis in found]
    console.print(_table(found, headings, {each.strategy: each for each in done}, console.width < WIDE))
    for sentence in foremost_of(results):
        console.print(text(f"\n{sentence}"))
    console.print(text("\nwhat it means on Monday, at full strength here", style="bold"))
    for each in done:
        if said := " ".join(filter(None, (each.done, each.takes))):
            console.print(text(f"{each.strategy}: {said}"))
    share = declared(about)
    told_of = HOW_TO_READ.format(in_words(share) if share else "none was declared: 0")
    console.print(text(f"\n{told().said(told_of)}"))
    if whole:
        _scenarios.show(results, console)
    else:
        _scenarios.say_doubts(results, console)
        console.print(text(f"\nEvery scenario by itself: {command('table', results.folder, '--all')}"))


def _table(found: dict[str, dict[str, Over]], headings: list[str], took: Mapping[str, Practice], narrow: bool) -> Table:
    """A row per strategy: per basis its effect and below it the verdict; what it takes at full strength."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False)
    width = NARROW if narrow else None
    table.add_column("strategy", min_width=width, max_width=width, overflow="fold")
    for heading in headings:
        table.add_column(heading, ratio=1)
    for heading in (told().said("MU a\nmonth"), "hours of\na leader"):
        table.add_column(heading, justify="right", no_wrap=True)
    for name in next(iter(found.values()), {}):
        cells = [f"{its[name].effect}\n{its[name].verdict}" if name in its else "" for its in found.values()]
        takes = [_known(took[name].money * told().mu, 0), _known(took[name].hours, 1)]
        table.add_row(*(text(each) for each in (broken(name, narrow), *cells, *takes)))
    return table


def _known(value: float, digits: int) -> str:
    return "–" if value != value else f"{value:,.{digits}f}"

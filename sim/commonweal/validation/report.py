"""The report: every row measured, and written as a table, as Parquet, and as a page."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

import jinja2
import pandas as pd

from commonweal.configuration.assumptions import assumption
from commonweal.configuration.parameters import CHOSEN, parameters
from commonweal.extras import need
from commonweal.files import shipped, write_whole
from commonweal.model.strategies import STRATEGIES
from commonweal.study.folder import write_manifest
from commonweal.validation import reference, sensitivity
from commonweal.validation.communities import communities
from commonweal.validation.estuaries import estuary_rows
from commonweal.validation.experiments import levers, online_games, schedules, ten_periods, two_strangers
from commonweal.validation.patterns import patterns
from commonweal.validation.rows import KINDS, NAN, Row, Verdict
from commonweal.validation.second_wave import is_there, second_wave_rows
from commonweal.validation.signs import signs
from commonweal.validation.theory import theory

KIND: Final = "validation"
"""what the manifest of such results calls them, and the folder of experiments/ whose notebook reads them"""
SCREENING: Final = "sensitivity.csv"
"""in experiments/validation: a row per assumed number, by `validate --screen`"""


OUTDATED: Final = ", before other values changed: validate --screen renews it"


class Size(NamedTuple):
    """How much is played."""

    starts: int
    """random starts in theory"""
    sessions: int
    """sessions of the laboratory with strangers"""
    groups: int
    """groups of partners"""
    communities: int
    """communities in the field"""
    waves: int
    """times that the online games are played"""


FULL: Final = Size(50, 1000, 5000, 500, 200)
QUICK: Final = Size(2, 500, 1000, 200, 60)
"""so much that no verdict is another one than at full size, but of a number that lies on its bound"""

Notify = Callable[[str], None]
"""called with what is measured next"""


def measured(size: Size, notify: Notify, data: Path | None = None) -> Iterator[Row]:
    """Every row, kind by kind. Within a session of commonweal.configuration.

    data: the folder of the estuaries' networks, whose rows are left out without it. Raises InputError where it has the
    second wave and the extra `sensitivity` is missing.
    """
    later = data is not None and is_there(data)
    if later:
        need("sensitivity", "validate with the second wave of the estuaries")
    for name in reference.COLUMNS:
        reference.table(name)
    notify("theory")
    yield from theory(size.starts)
    notify("published experiments")
    yield from ten_periods(size.sessions)
    yield from two_strangers(size.sessions)
    yield from schedules(size.sessions)
    yield from levers(size.groups)
    notify("online games")
    yield from online_games(size.waves)
    if data is not None:
        notify("estuaries")
        yield from estuary_rows(data, size.communities // 5)
        if later:
            yield from second_wave_rows(data, 4 * size.communities)
    notify("signs")
    yield from signs(size.groups, size.communities)
    notify("communities")
    yield from communities(size.communities)
    notify("patterns")
    yield from patterns(size.communities)
    yield from assumed()


def assumed() -> Iterator[Row]:
    """Every assumed number, those first by which the headline answer moves most; a value in several files once each.

    Numbers of which evidence gives the direction only are among them, and called so in the verdict. Within a session of
    commonweal.configuration.
    """
    moved, current = screened()
    rows = [each for each in parameters() if each.number and each.source_kind in CHOSEN]

    def influence(each) -> float:
        factor = assumption(each, sensitivity.DEFAULTS, STRATEGIES)
        return NAN if factor is None else moved.get((factor.name, factor.value), NAN)

    for each in sorted(rows, key=lambda one: -(influence(one) if influence(one) == influence(one) else -1.0)):
        by = influence(each)
        note = "moves the mean effect of a strategy on net welfare by so much" + ("" if current else OUTDATED)
        where = f"conf/{each.group + '/' if each.group else ''}{each.variant}: {each.path}"
        yield Row("assumed", where, "assumed", NAN, by, NAN, NAN, "MU per person", cast(Verdict, each.source_kind),
                  note if by == by else "not screened")  # fmt: skip


def screened() -> tuple[dict[tuple[str, float], float], bool]:
    """By screening, per name and value how far effects at full strength moved; and whether it is of present values.

    Empty where it was not done.
    """
    file = shipped("experiments/validation") / SCREENING
    if not file.is_file():
        return {}, True
    frame = pd.read_csv(file)
    full = frame.loc[frame["basis"] == sensitivity.BASES[0], ["parameter", "value", "moved"]]
    moved = {(str(name), float(value)): float(moved) for name, value, moved in full.values}
    return moved, set(frame["of"]) == {sensitivity.present()}


def frame(rows: list[Row]) -> pd.DataFrame:
    """The rows as a table."""
    return pd.DataFrame(rows, columns=list(Row._fields))


def summary(rows: list[Row]) -> str:
    """How many of what."""
    count = Counter((each.kind, each.verdict) for each in rows)
    theory_ = [each for each in rows if each.kind == "verification"]
    held = [each for each in rows if each.kind in ("calibrated", "predicted", "sign", "community")]
    met = sum(each.verdict != "missed" for each in held)
    said = [f"theory {count['verification', 'reproduced']} of {len(theory_)} reproduced"]
    said.append(f"evidence {met} of {len(held)} reproduced or within tolerance")
    said.append(f"{count['pattern', 'reported']} patterns reported")
    said.append(f"{count['assumed', 'assumed']} numbers assumed, {count['assumed', 'direction only']} in size only")
    return "; ".join(said) + "."


def number(value: float) -> str:
    """A number to four significant digits; nothing for nan."""
    return "" if value != value else f"{value:.4g}"


def text(rows: list[Row], most_assumed: int = 15) -> str:
    """The table as text; of the assumed numbers those that matter most."""
    lines = []
    for kind, title in KINDS.items():
        mine = [each for each in rows if each.kind == kind]
        shown = mine[:most_assumed] if kind == "assumed" else mine
        if not shown:
            continue
        lines += ["", title, f"  {'target':74} {'published':>10} {'simulated':>10}  {'interval':22} verdict"]
        for each in shown:
            interval = f"{number(each.low)} .. {number(each.high)}" if each.low == each.low else ""
            target = each.target + (f" ({each.note})" if each.note and kind in ("calibrated", "predicted") else "")
            lines.append(
                f"  {target[:74]:74} {number(each.published):>10} {number(each.simulated):>10}  {interval:22} "
                f"{each.verdict}"
            )
        if any(each.note.endswith(OUTDATED) for each in mine):
            lines.append(f"  screened{OUTDATED}")
        if len(mine) > len(shown):
            lines.append(f"  and {len(mine) - len(shown)} more, in validation.parquet and on the page (out=DIR)")
    return "\n".join([*lines, "", summary(rows)])


PAGE: Final = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Validation of commonweal</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
table { border-collapse: collapse; width: 100%; font-size: 13px; margin-bottom: 2rem; }
th, td { text-align: left; padding: .25rem .5rem; border-bottom: 1px solid #d9d9d9; vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.missed { color: #a11212; font-weight: 600; } .reproduced { color: #0b6b3a; } .within { color: #7a5600; }
figure { margin: 1.5rem 0; } img { max-width: 100%; height: auto; } h2 { font-size: 1.1rem; margin-top: 2rem; }
</style></head><body>
<h1>Validation of commonweal</h1>
<p>{{ summary }} Made with numbers version {{ version }}; {{ size }}.</p>
<p>Reproduced: within the published 95 % interval, within what must be reached, or beyond chance in the right direction.
Within tolerance: off by no more than stated where no interval is known (effect sizes .15). Missed: neither.</p>
{% for name, alt in figures %}<figure><img src="{{ name }}" alt="{{ alt }}"></figure>
{% endfor %}
{% for title, rows in parts %}<h2>{{ title }}</h2>
<table><thead><tr><th>target</th><th>source</th><th class="number">published</th><th class="number">simulated</th>
<th class="number">interval</th><th>unit</th><th>verdict</th><th>note</th></tr></thead><tbody>
{% for row in rows %}<tr><td>{{ row.target }}</td><td>{{ row.source }}</td>
<td class="number">{{ number(row.published) }}</td><td class="number">{{ number(row.simulated) }}</td>
<td class="number">{% if row.low == row.low %}{{ number(row.low) }} to {{ number(row.high) }}{% endif %}</td>
<td>{{ row.unit }}</td><td class="{{ row.verdict }}">{{ row.verdict }}</td><td>{{ row.note }}</td></tr>
{% endfor %}</tbody></table>
{% endfor %}</body></html>
"""


def page(rows: list[Row], figures: list[tuple[str, str]], version: str, size: Size) -> str:
    """The page; everything in it is escaped. figures: file names beside the page, and what they show."""
    parts = [(title, mine) for kind, title in KINDS.items() if (mine := [each for each in rows if each.kind == kind])]
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    played = (
        f"{size.sessions} sessions, {size.groups} groups, {size.communities} communities, {size.starts} random starts"
    )
    return environment.from_string(PAGE).render(
        summary=summary(rows), parts=parts, figures=figures, version=version, size=played, number=number
    )


def write(
    rows: list[Row], folder: Path, version: str, size: Size, figures: list[tuple[str, str]], origin: dict[str, Any]
) -> None:
    """validation.parquet, validation.html and manifest.json, each whole or not there. Raises OSError.

    origin: what made them, for the manifest.
    """
    write_whole(folder / "validation.parquet", lambda place: frame(rows).to_parquet(place, index=False))
    html = page(rows, figures, version, size)
    write_whole(folder / "validation.html", lambda place: Path(place).write_text(html, encoding="utf-8"))
    about = {"kind": KIND, "experiment": KIND, "status": "finished", "size": size._asdict()}
    write_manifest(folder, about | {"of": sensitivity.present()} | origin)

"""What a report says of the runs of a design: by its kind, of conditions, of factors, or of ranges."""

from typing import Final

from commonweal.advice import command
from commonweal.analysis.against import MOST_BESIDE
from commonweal.analysis.outcomes import Outcomes
from commonweal.errors import InputError
from commonweal.report import conditions, factorial, ranges
from commonweal.report.comparison import few, played
from commonweal.report.page import Page
from commonweal.report.sentences import many

KINDS: Final = {
    "factorial": factorial.tell, "fractional": factorial.tell,
    "sobol": ranges.tell, "morris": ranges.tell, "latin_hypercube": ranges.tell,
}  # fmt: skip
"""what tells of a design; of all others that are held against their first condition, commonweal.report.conditions"""


def tell(found: Outcomes) -> Page:
    """The page of a design. Raises InputError where it has too many conditions for one."""
    kind, about = found.manifest["design"], found.manifest
    names = found.choices()
    if kind not in KINDS and len(names) > MOST_BESIDE:
        raise InputError(
            f"{found.folder} has {len(names):,} conditions, more than one page can hold against the first "
            f"({MOST_BESIDE:,}); look at them with {command('analyse', found.folder)}"
        )
    page = KINDS.get(kind, conditions.tell)(found)
    failed = found.failed()
    warnings = page.warnings + few(about) + ([f"{failed:,} runs failed and are left out."] if failed else [])
    return page._replace(
        played=f"{many(len(names), 'condition')}; {played(about, list(found.groups))}",
        warnings=warnings,
        strategies=_used(found),
    )


def _used(found: Outcomes) -> list[str]:
    """The strategies whose levers are pulled in some condition."""
    about, varied = found.manifest, set(found.paths.values())
    parts = about["config"].get("strategy", {}).get("parts")
    if parts is None:
        return [name] if (name := about.get("chosen", {}).get("strategy")) else []
    return [
        name for name, part in parts.items()
        if part["intensity"] > 0 or f"strategy.parts.{name}.intensity" in varied
    ]  # fmt: skip

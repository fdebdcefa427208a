"""A line of the validation table: what was published or proved, what the model does, and what that is called."""

from typing import Final, Literal, NamedTuple

Verdict = Literal["reproduced", "within tolerance", "missed", "direction only", "assumed", "reported"]
Kind = Literal["verification", "calibrated", "predicted", "sign", "community", "pattern", "assumed"]

KINDS: Final[dict[Kind, str]] = {
    "verification": "Theory: exact results, each mechanism by itself; a miss is a fault of the program",
    "calibrated": "Calibrated: published experiments that parameters were chosen to reproduce together",
    "predicted": "Predicted: published numbers that nothing was fitted to",
    "sign": "Signs: directions that experiments agree on, as comparisons under the same luck",
    "community": "Communities: cooperation that lives or dies, trust that follows deeds; bounds set before the values",
    "pattern": "Patterns that nothing aims at: reported, not judged",
    "assumed": "Assumed: no evidence supports these values, or their direction only; by how much the headline answer "
    "depends on them",
}
"""what the kinds of rows are, in the order of the report"""


class Row(NamedTuple):
    """One line. Numbers are nan where there are none."""

    kind: Kind
    target: str
    source: str
    """key of references.bib, or what else it comes from"""
    published: float
    simulated: float
    low: float
    """of the interval that counts as reproduced: the published 95 % interval, or of a sign the simulated one"""
    high: float
    unit: str
    verdict: Verdict
    note: str = ""
    error: float = float("nan")
    """standard error of the simulated number, where it is known"""


class Measurement(NamedTuple):
    """A number of the model."""

    value: float
    error: float
    """standard error, from the spread between groups"""


NAN: Final = float("nan")
MACHINE: Final = 1e-12
"""what rounding may add up to in an exact result"""
TOLERANCE: Final = 0.15
"""how far off an effect size may be and still be within tolerance"""


def exact(target: str, source: str, published: float, simulated: float, unit: str, tolerance: float = 1e-9) -> Row:
    """A result of theory, met to `tolerance` or missed."""
    met = abs(simulated - published) <= tolerance
    verdict: Verdict = "reproduced" if met else "missed"
    low, high = published - tolerance, published + tolerance
    return Row("verification", target, source, published, simulated, low, high, unit, verdict)


def near(
    kind: Kind, target: str, source: str, published: float, simulated: float, half_width: float, unit: str,
    tolerance: float = TOLERANCE, note: str = "", error: float = float("nan"),
) -> Row:  # fmt: skip
    """A published number: reproduced within its interval, or within tolerance, or missed. error: of `simulated`."""
    off = abs(simulated - published)
    known = half_width == half_width
    verdict: Verdict = "missed"
    if known and off <= half_width:
        verdict = "reproduced"
    elif off <= tolerance:
        verdict = "within tolerance"
    low, high = (published - half_width, published + half_width) if known else (NAN, NAN)
    return Row(kind, target, source, published, simulated, low, high, unit, verdict, note, error)


def at_most(kind: Kind, target: str, source: str, simulated: float, most: float, unit: str, note: str = "") -> Row:
    """A distance from a published series, which must not exceed `most`."""
    verdict: Verdict = "reproduced" if simulated <= most else "missed"
    return Row(kind, target, source, 0.0, simulated, 0.0, most, unit, verdict, note)

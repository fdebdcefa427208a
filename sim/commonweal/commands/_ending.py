"""What came of a command: its exit code, and of a study the results."""

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from commonweal.analysis.results import Results

DONE: Final = 0
FAILED: Final = 1
REFUSED: Final = 2
INTERRUPTED: Final = 130


class Ending(NamedTuple):
    """What came of a study."""

    code: int
    results: "Results"

"""Whether tests take all that is drawn by lot, or a few of it: minutes more, for before a release."""

import os
from typing import Final

THOROUGH: Final = bool(os.environ.get("COMMONWEAL_THOROUGH"))

"""Serve the page: Solara's own start, without asking a registry whether there is a newer one."""

import sys
import threading

import solara.__main__ as solara
from click.exceptions import Abort

from commonweal.dashboard.ensemble import play_ahead
from commonweal.dashboard.setting import Setting


def main() -> int:
    """Serve, as the arguments of `solara` say, until interrupted."""
    threading.Thread(target=play_ahead, args=(Setting(),), daemon=True).start()
    solara.__dict__["_check_version"] = lambda: None
    try:
        solara.cli(sys.argv[1:], standalone_mode=False)
    except (Abort, KeyboardInterrupt):
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

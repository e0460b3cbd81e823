"""Where the command `newsearch` begins: Ctrl-C while it still loads is told like any other."""

from __future__ import annotations

import signal
import sys

from newsearch.interrupts import held_back, what_is_in


def main() -> None:
    """Load the command line and run it."""
    try:
        # An interrupt in the middle of an import can be a segmentation fault (of orjson) or hide
        # behind another error.
        with held_back():
            from newsearch.cli import main as run

        run()
    except SystemExit:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is said; it only cleans up
        raise
    except KeyboardInterrupt:
        print(f"newsearch: interrupted; {what_is_in()}", file=sys.stderr)
        sys.exit(130)

"""Stops an embedded PostgreSQL whose last user was killed before it could."""

import os
import signal
import sys
import time
from pathlib import Path

from corridor.launch.postgres import EmbeddedServer

PAUSE_SECONDS = 1.0


def watch(home: Path) -> None:
    """Wait until nobody holds the server, then stop it."""
    server = EmbeddedServer(home)
    if not server.warden.try_alone():
        return
    server.warden.note(str(os.getpid()))
    while home.exists():
        time.sleep(PAUSE_SECONDS)
        with server.turn.alone():
            if server.stop_if_unused():
                return


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    watch(Path(sys.argv[1]))

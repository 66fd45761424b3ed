"""Processes that end when the one that started them is killed. Standard library only: it runs before anything is installed."""

import ctypes
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def dies_with_parent() -> Callable[[], None] | None:
    """What a new child does first so that the system ends it when its parent is killed; Linux only."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop_with_parent() -> None:
    """Ask the system to end this process as soon as the one that started it is killed."""
    ask = dies_with_parent()
    if ask:
        ask()

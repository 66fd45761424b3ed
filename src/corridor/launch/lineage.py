"""Processes that end when the one that started them is killed. Standard library only: it runs before anything is installed."""

import ctypes
import os
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


def make_is_gone() -> bool:
    """Whether the `make` that this process works for, named by its number, was killed."""
    number = os.environ.get("CORRIDOR_MAKE", "")
    if not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False

"""How processes are born so that none is forgotten and none outlives its parent.

Standard library only: it runs before anything is installed.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PR_SET_PDEATHSIG = 1
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Signals that end a process wait until the block is over: a child is born and noted down, or not born."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def hears_signals() -> None:
    """What a child that is born undisturbed does first, for it inherits the deafness."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)


def dies_with_parent() -> Callable[[], None]:
    """As `hears_signals`; and on Linux the system ends the child when its parent is killed."""
    if not sys.platform.startswith("linux"):
        return hears_signals
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def begin() -> None:
        hears_signals()
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    return begin


def stop_with_parent() -> None:
    """Ask the system to end this process as soon as the one that started it is killed."""
    dies_with_parent()()


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

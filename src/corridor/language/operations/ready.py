"""Reading model and lexicon before somebody waits for them."""

import logging
import threading
from typing import Final

from django.db import connections

from corridor.language.operations import questions

log = logging.getLogger(__name__)

QUIET_SECONDS: Final = 2.0
"""What comes first in a process comes before what only questions and the index need."""


def get_ready() -> None:
    """Let this process read model and lexicon now, some three seconds that the first question would wait for otherwise.

    What goes wrong is not told here: whoever asks first is told, and this is asked again then.
    """
    try:
        questions.ask("rice")
    except Exception:
        log.info("nothing could be made ready before the first question", exc_info=True)
    finally:
        connections.close_all()


def get_ready_soon() -> threading.Timer:
    """Do it in the background, once the process has begun its work."""
    timer = threading.Timer(QUIET_SECONDS, get_ready)
    timer.daemon = True
    timer.start()
    return timer

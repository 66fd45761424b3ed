"""The site as a WSGI application."""

import logging
import os
import threading
from typing import Final

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corridor.settings")
application = get_wsgi_application()

log = logging.getLogger(__name__)

QUIET_SECONDS: Final = 2.0
"""The first pages come before what only a question needs."""


def get_ready() -> None:
    """Let this process read model and lexicon now, some three seconds that the first question would wait for otherwise.

    What goes wrong is not told here: whoever asks first is told, and this is asked again then.
    """
    from django.db import connections

    from corridor.language.operations.questions import ask

    try:
        ask("rice")
    except Exception:
        log.info("nothing could be made ready before the first question", exc_info=True)
    finally:
        connections.close_all()


def get_ready_soon() -> threading.Timer:
    """Do it in the background, once the process has begun to answer."""
    timer = threading.Timer(QUIET_SECONDS, get_ready)
    timer.daemon = True
    timer.start()
    return timer


get_ready_soon()

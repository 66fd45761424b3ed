"""How long things wait: where a submission lies, since when, and how long that office usually takes."""

from __future__ import annotations

import datetime
import statistics
from dataclasses import dataclass

from babel.dates import format_timedelta
from django.db.models import F
from django.utils import timezone

from corridor.directory.models import FocalPoint
from corridor.matching.models import Wording
from corridor.web.components.names import reader_locale

LOOKING_BACK = datetime.timedelta(days=90)
# With fewer decisions than this, a median says nothing.
ENOUGH = 3


@dataclass(frozen=True)
class Wait:
    """Where a submission lies and since when; `usually` is empty while there are too few decisions to tell."""

    home: str
    office: str
    since: datetime.datetime
    usually: str


def wait_of(wording: Wording) -> Wait | None:
    """The wait of a submitted text; None when it was not submitted."""
    if wording.submitted_at is None:
        return None
    home = wording.notice.home
    return Wait(home, office_of(home), wording.submitted_at, in_words(median_wait(home)))


def office_of(home: str) -> str:
    """The ministry that is a country's focal point today."""
    found = FocalPoint.objects.filter(home=home, ends_on=None).select_related("organisation").first()
    return found.organisation.name if found else ""


def median_wait(home: str) -> datetime.timedelta | None:
    """The median time from submission to decision of a country's office over 90 days; None below three. The sample does not count."""
    decided = Wording.objects.filter(
        notice__home=home,
        notice__is_sample=False,
        decided_at__gte=timezone.now() - LOOKING_BACK,
        submitted_at__lte=F("decided_at"),
    )
    waits = [
        (end - start).total_seconds()
        for start, end in decided.values_list("submitted_at", "decided_at")
        if start is not None and end is not None
    ]
    return datetime.timedelta(seconds=statistics.median(waits)) if len(waits) >= ENOUGH else None


def in_words(wait: datetime.timedelta | None) -> str:
    """A wait in the reader's language, in its largest fitting unit; empty when there is none."""
    return format_timedelta(wait, granularity="minute", locale=reader_locale()) if wait is not None else ""

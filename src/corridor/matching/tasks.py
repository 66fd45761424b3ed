"""Jobs of matching: the index follows notices, watchers are told, what has run out expires, saved searches are answered."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from corridor.matching.models import Notice
from corridor.matching.operations import alerts, digests, indexing, notices, suggestions
from corridor.matching.states import NoticeState

PATIENCE = RetryStrategy(max_attempts=200, wait=5, linear_wait=5)


@jobs.task(name="matching.index_notice", retry=PATIENCE)
def index_notice(*, notice: str) -> None:
    """The index follows a notice."""
    indexing.follow(notice)


@jobs.task(name="matching.tell_watchers", retry=PATIENCE, queue="bulk")
def tell_watchers(*, notice: str) -> None:
    """Write to those who asked to be told when something suitable comes."""
    suggestions.tell_watchers(notice)


@jobs.periodic(cron="*/15 * * * *")
@jobs.task(name="matching.expire", queueing_lock="matching.expire", queue="bulk")
def expire(timestamp: int) -> None:
    """Notices whose day has passed say so."""
    for notice in Notice.objects.filter(state=NoticeState.PUBLISHED, valid_until__lt=timezone.now().date()):
        notices.expire(notice)


@jobs.periodic(cron="* * * * *")
@jobs.task(
    name="matching.match_arrivals",
    queueing_lock="matching.match_arrivals",
    lock="matching.match_arrivals",
    queue="bulk",
)
def match_arrivals(timestamp: int) -> None:
    """What came into the index is held against all saved searches."""
    while alerts.match_arrivals():
        pass


@jobs.periodic(cron="*/15 * * * *")
@jobs.task(name="matching.write_digests", queueing_lock="matching.write_digests", queue="bulk")
def write_digests(timestamp: int) -> None:
    """Digests that are due somewhere are written."""
    digests.write_due()

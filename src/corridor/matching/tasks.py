"""Jobs of matching: the index follows notices, watchers are told, what has run out expires."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from corridor.matching.models import Notice
from corridor.matching.operations import indexing, notices, suggestions
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

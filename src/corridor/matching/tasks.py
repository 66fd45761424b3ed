"""Jobs of matching: the index follows notices, people are told, a machine translates, what has run out expires, introductions go on."""

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from corridor.matching.models import Introduction, Notice
from corridor.matching.operations import (
    alerts,
    digests,
    indexing,
    introductions,
    notices,
    outcomes,
    suggestions,
    suspensions,
    translations,
)
from corridor.matching.states import NoticeState

PATIENCE = RetryStrategy(max_attempts=200, wait=5, linear_wait=5)


@jobs.task(name="matching.index_notice", retry=PATIENCE)
def index_notice(*, notice: str) -> None:
    """The index follows a notice."""
    indexing.follow(notice)


@jobs.task(name="matching.follow_suspension", retry=PATIENCE)
def follow_suspension(*, suspension: str) -> None:
    """The index follows the notices of an organisation that was suspended or takes part again, and the other sides are told."""
    suspensions.follow(suspension)


@jobs.task(name="matching.tell_watchers", retry=PATIENCE, queue="bulk")
def tell_watchers(*, notice: str) -> None:
    """Write to those who asked to be told when something suitable comes."""
    suggestions.tell_watchers(notice)


@jobs.task(name="matching.translate_wished", queueing_lock="matching.translate_wished", queue="bulk")
def translate_wished() -> None:
    """Let the machine translate one text that people wish for, and go on with the next. What fails is begun again by the job below."""
    if translations.translate_wished():
        with transaction.atomic():
            translations.tell_machine()


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="matching.translate_late", queueing_lock="matching.translate_late", queue="bulk")
def translate_late(timestamp: int) -> None:
    """What found no engine, no permission or no characters left is begun again when there are."""
    with transaction.atomic():
        translations.tell_machine()


@jobs.periodic(cron="*/15 * * * *")
@jobs.task(name="matching.expire", queueing_lock="matching.expire", queue="bulk")
def expire(timestamp: int) -> None:
    """Notices whose day has passed say so."""
    for notice in Notice.objects.filter(state=NoticeState.PUBLISHED, valid_until__lt=timezone.now().date()):
        notices.expire(notice)


@jobs.periodic(cron="7 * * * *")
@jobs.task(name="matching.follow_up_introductions", queueing_lock="matching.follow_up_introductions", queue="bulk")
def follow_up_introductions(timestamp: int) -> None:
    """Whoever has not answered a request is reminded; what nobody answered lapses."""
    for introduction in Introduction.objects.open().select_related("asker", "asked", "notice", "begun_by"):
        introductions.follow_up(introduction)


@jobs.periodic(cron="37 * * * *")
@jobs.task(name="matching.ask_outcomes", queueing_lock="matching.ask_outcomes", queue="bulk")
def ask_outcomes(timestamp: int) -> None:
    """The parties of a room are asked what came of it."""
    for room in outcomes.rooms_to_ask():
        outcomes.ask_outcome(room)


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

"""Jobs of the language room: build a new engine's index, give late passages their meaning, follow the lexicon, count words."""

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from corridor.kernel.operations import tell
from corridor.kernel.states import Urgency
from corridor.language.logic.embedding import EmbeddingUnavailable
from corridor.language.models import Engine, Passage
from corridor.language.operations import engines, following, index
from corridor.language.states import IndexState

PATIENCE = RetryStrategy(max_attempts=200, wait=5, linear_wait=5)


@jobs.task(name="language.build", retry=PATIENCE, queue="bulk")
def build(*, engine: int) -> None:
    """Build the index of a new engine beside the one in service: copy the passages, then begin with their meaning."""
    building = Engine.objects.filter(pk=engine, state=IndexState.BUILDING).first()
    if building is None:
        return
    for _ in index.copy_to(building):
        pass
    with transaction.atomic():
        tell("language.embed_building", engine=engine, lock=f"engine:{engine}", urgency=Urgency.BULK)


@jobs.task(name="language.embed_building", retry=PATIENCE, queue="bulk")
def embed_building(*, engine: int) -> None:
    """Give meaning to one batch of the new engine's passages and go on; when none is left, hand over.

    A worker that is set to another model leaves the job to those that are not.
    """
    building = Engine.objects.filter(pk=engine, state=IndexState.BUILDING).first()
    if building is None:
        return
    if engines.reader_of(building.name) is None:
        raise EmbeddingUnavailable(f"this worker cannot read for {building.name}")
    some = Passage.objects.filter(engine=building, embedding__isnull=True).order_by("pk")[:256]
    done = index.embed_missing(Passage.objects.filter(pk__in=list(some.values_list("pk", flat=True))))
    with transaction.atomic():
        if done or index.catch_up(building):
            tell("language.embed_building", engine=engine, lock=f"engine:{engine}", urgency=Urgency.BULK)
        else:
            engines.hand_over(building)


@jobs.task(name="language.embed", retry=PATIENCE, queue="bulk")
def embed(*, passages: list[int]) -> None:
    """Give meaning to these passages, if they still need it."""
    index.embed_missing(Passage.objects.filter(pk__in=passages))


@jobs.task(name="language.follow_lexicon", retry=PATIENCE, queue="bulk", queueing_lock="language.follow_lexicon")
def follow_lexicon() -> None:
    """Begin to bring the index in step with the lexicon."""
    with transaction.atomic():
        tell("language.follow_lexicon_from", after=0, lock="language.follow_lexicon", urgency=Urgency.BULK)


@jobs.task(name="language.follow_lexicon_from", retry=PATIENCE, queue="bulk")
def follow_lexicon_from(*, after: int) -> None:
    """Bring some passages in step with the lexicon, and go on behind them."""
    last = following.follow_lexicon(after)
    if last is not None:
        with transaction.atomic():
            tell("language.follow_lexicon_from", after=last, lock="language.follow_lexicon", urgency=Urgency.BULK)


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="language.embed_late", queueing_lock="language.embed_late", queue="bulk")
def embed_late(timestamp: int) -> None:
    """Passages that found no model when they were written get their meaning when it answers again; those of old engines go."""
    engines.clear_retired()
    late = Passage.objects.filter(embedding__isnull=True, engine__state=IndexState.SERVING).order_by("pk")[:512]
    index.embed_missing(Passage.objects.filter(pk__in=list(late.values_list("pk", flat=True))))


@jobs.task(name="language.count_words", queueing_lock="language.count_words", queue="bulk")
def count_words() -> None:
    """Count in how many passages each lexeme stands."""
    index.count_words()


@jobs.periodic(cron="7 * * * *")
@jobs.task(name="language.count_words_hourly", queueing_lock="language.count_words_hourly", queue="bulk")
def count_words_hourly(timestamp: int) -> None:
    """Keep the counts near the truth."""
    index.count_words()

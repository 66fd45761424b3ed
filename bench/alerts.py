"""What saved searches cost: all of them against all notices in bulk, beside asking each alone, and a notice that all of them find.

Vectors and words are drawn: the model is not what is measured here. Their products lie as those of the parallel sample do.
"""

import datetime
import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone
from tqdm import tqdm

from corridor.directory.models import Organisation
from corridor.kernel.models import Audience, User
from corridor.language.logic.identify import identify
from corridor.language.logic.words import Term
from corridor.language.models import DIMENSION, Arrival, Passage
from corridor.language.operations import arrivals, engines
from corridor.language.operations.find import find_like
from corridor.language.operations.index import literal
from corridor.language.operations.questions import Method, Question
from corridor.launch.evaluation.database import own_database
from corridor.matching.models import Finding, Notice, SavedSearch, Wording
from corridor.matching.operations import alerts, digests

SEARCHES: Final = 10_000
NOTICES: Final = 100_000
ALONE: Final = 40
BLOCK: Final = 5000
WORDS: Final = 20_000
MEAN: Final = 0.28
"""How far below nought the product of two texts about different things lies on the parallel sample."""


def run(data: Path, step: int) -> dict[str, Any]:
    """Seconds and megabytes. With a step, fewer searches and notices."""
    searches, notices = SEARCHES // step, NOTICES // step
    drawn = np.random.default_rng(7)
    with own_database():
        call_command("load", "sample", verbosity=0, stdout=sys.stderr)
        Arrival.objects.all().delete()
        saved = _searches(searches, drawn)
        _notices(notices, drawn)
        before = _peak()
        began = time.perf_counter()
        while alerts.match_arrivals():
            pass
        bulk = time.perf_counter() - began
        found, after = Finding.objects.count(), _peak()
        alone = _alone(saved)
        one, reached = _one_for_all(drawn)
        Finding.objects.update(found_at=timezone.now() - datetime.timedelta(days=9))
        began = time.perf_counter()
        letters = digests.write_due()
        written = time.perf_counter() - began
    return {
        "searches": searches, "notices": notices, "bulk_s": round(bulk, 1), "bulk_findings": found,
        "grown_mb": round(after - before), "peak_mb": round(after), "asked_alone": min(ALONE, searches),
        "alone_ms": round(alone * 1000, 1), "alone_s": round(alone * searches), "one_notice_s": round(one, 2),
        "one_notice_findings": reached, "digests_s": round(written, 1), "letters": letters,
    }  # fmt: skip


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _drawn(count: int, drawn: np.random.Generator, last: float) -> np.ndarray:
    """Vectors of length one, and what the languages make of them behind."""
    rows = np.zeros((count, DIMENSION), dtype=np.float32)
    rows[:, :-7] = drawn.normal(size=(count, DIMENSION - 7))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    rows[:, -7] = last
    return rows


def _words(drawn: np.random.Generator, count: int) -> list[str]:
    """Words as they fall: few often, many seldom."""
    return [f"w{number}" for number in dict.fromkeys(np.minimum(drawn.zipf(1.3, count), WORDS).tolist())]


def _seldom(drawn: np.random.Generator) -> list[str]:
    """Six words of a question: those that say something are seldom."""
    return [f"w{number}" for number in drawn.integers(50, WORDS, 6).tolist()]


def _searches(count: int, drawn: np.random.Generator) -> list[SavedSearch]:
    people = [User(email=f"reader{number}@example.org", home=random.choice(["KH", "CN", "LA", "MM", "TH", "VN"]))  # noqa: S311
              for number in range(count)]  # fmt: skip
    User.objects.bulk_create(people, batch_size=BLOCK)
    vectors = _drawn(count, drawn, -MEAN)
    made = []
    for user, vector in zip(people, vectors, strict=True):
        terms = [[word, "word", place, 0, 1.0, 3.0] for place, word in enumerate(_seldom(drawn), 1)]
        made.append(
            SavedSearch(
                user=user, text="drawn", key="drawn", asked={"q": "drawn"}, rhythm="daily", engine=engines.serving_name(),
                vector=vector.tobytes(), terms=terms, least=-0.10, facets={"kinds": ["notice"]},
            )
        )  # fmt: skip
    return SavedSearch.objects.bulk_create(made, batch_size=BLOCK)


def _notices(count: int, drawn: np.random.Generator) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'passage_meaning_idx'")
        (definition,) = cursor.fetchone()
        cursor.execute("DROP INDEX passage_meaning_idx")
    for first in tqdm(range(0, count, BLOCK), desc="alerts", unit=" blocks"):
        _block(min(BLOCK, count - first), drawn, 1.0)
    with connections["owner"].cursor() as cursor:
        cursor.execute(definition)
        cursor.execute("ANALYZE")


def _block(count: int, drawn: np.random.Generator, last: float) -> None:
    """Published notices with one passage each, noted as arrivals."""
    author, owner = User.objects.filter(is_sample=True)[0], Organisation.objects.all()[0]
    now, until = timezone.now(), timezone.now().date() + datetime.timedelta(days=90)
    made = [Notice(home="LA", kind="need", organisation=owner, author=author, valid_until=until) for _ in range(count)]
    Notice.objects.bulk_create(made)
    Wording.objects.bulk_create(
        [Wording(notice=one, state="published", title="Drawn", text="Drawn", decided_at=now) for one in made]
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE matching_notice n SET published_id = w.id, published_at = now(), state = 'published' "
            "FROM matching_wording w WHERE w.notice_id = n.id AND n.published_id IS NULL AND n.id = ANY(%s)",
            [[one.pk for one in made]],
        )
    vectors = _drawn(count, drawn, last)
    written = Passage.objects.bulk_create(list(_passages(made, vectors, drawn)), batch_size=1000)
    arrivals.note_passages(engines.serving(), [passage.pk for passage in written])


def _passages(notices: list[Notice], vectors: np.ndarray, drawn: np.random.Generator) -> Iterator[Passage]:
    for notice, vector in zip(notices, vectors, strict=True):
        words = literal({word: [place] for place, word in enumerate(_words(drawn, 60), 1)})
        yield Passage(
            engine_id=engines.serving_id(), kind="notice", record_id=notice.pk, ordinal=0, home="LA", direction="need",
            visibility="public", language="en", text="Drawn", digest="drawn", words=words, embedding=vector,
        )  # fmt: skip


def _alone(saved: list[SavedSearch]) -> float:
    """The mean of seconds that one search takes through `find`."""
    began = time.perf_counter()
    some = saved[:ALONE]
    for search in some:
        terms, weights = search.words
        vector = np.frombuffer(search.vector or b"", dtype=np.float32)
        question = Question(
            identify(""), [Term(*term) for term in map(_parts, terms)], np.array(weights), vector, Method()
        )
        find_like(question, audience=Audience.of(search.user), facets=search.narrowing, limit=10)
    return (time.perf_counter() - began) / len(some)


def _parts(term: Term) -> tuple[Any, ...]:
    return term.lexeme, term.kind, term.position, term.until, term.worth


def _one_for_all(drawn: np.random.Generator) -> tuple[float, int]:
    """Seconds until one notice that every search finds is kept for every search."""
    before = Finding.objects.count()
    _block(1, drawn, -1.0)
    began = time.perf_counter()
    alerts.match_arrivals()
    return time.perf_counter() - began, Finding.objects.count() - before

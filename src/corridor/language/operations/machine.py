"""Machine translation: which engine was chosen, whether it may be asked now, asking it, and the account of that.

Nothing is translated unless an operator chose an engine. Every question to it is a row without a text, written before it is sent,
so that what was spent is known even when the process dies.
"""

from __future__ import annotations

import datetime
import functools
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from corridor.language.logic.translation import translator
from corridor.language.logic.translation_checks import fault
from corridor.language.logic.translation_port import (
    TranslationUnavailable,
    TranslationUnusable,
    Translator,
    UsualTerm,
)
from corridor.language.models import EngineCall
from corridor.language.operations.glosses import terms_for_translation
from corridor.language.states import ANSWERED, SILENT, CallOutcome

log = logging.getLogger(__name__)

LONGEST_REST = datetime.timedelta(hours=1)
"""An engine that gave nothing is left alone for 1, 2, 4 ... minutes, and for so long at most."""

UNSENT = (CallOutcome.DOWN, CallOutcome.REFUSED, CallOutcome.PAIR)
"""Outcomes after which no text was taken by the engine: they cost nothing."""


@functools.cache
def _engine(kind: str, url: str, model: str, key: str, timeout: float) -> Translator | None:
    return translator(kind, url, model=model, key=key, timeout=timeout)


def engine() -> Translator | None:
    """The engine this installation is set to use; none is the usual thing."""
    chosen = settings.TRANSLATION
    return _engine(chosen["engine"], chosen["url"], chosen["model"], chosen["key"], chosen["timeout"])


def host() -> str:
    """Where texts go: the host of the chosen engine, for whoever must decide about that."""
    return urlsplit(settings.TRANSLATION["url"]).hostname or "" if engine() else ""


@dataclass(frozen=True)
class Silence:
    """How often in a row an engine gave nothing, why last, and until when it is left alone."""

    times: int = 0
    why: str = ""
    until: datetime.datetime | None = None

    @property
    def lasts(self) -> bool:
        """Whether it is left alone now."""
        return self.until is not None and timezone.now() < self.until


def silence() -> Silence:
    """What the chosen engine's last calls say of it; any answer, even nonsense, ends a silence."""
    chosen = engine()
    if chosen is None:
        return Silence()
    calls = EngineCall.objects.filter(engine=chosen.name)
    answered = calls.exclude(outcome__in=(*SILENT, CallOutcome.ASKED)).aggregate(last=Max("created_at"))["last"]
    silent = calls.filter(outcome__in=SILENT)
    if answered is not None:
        silent = silent.filter(created_at__gt=answered)
    last = silent.order_by("-created_at").first()
    if last is None or last.ended_at is None:
        return Silence()
    times = silent.count()
    rest = min(datetime.timedelta(minutes=2 ** min(times - 1, 10)), LONGEST_REST)
    return Silence(times, last.outcome, last.ended_at + rest)


def month_of(moment: datetime.datetime) -> datetime.datetime:
    """The beginning of a moment's calendar month in UTC."""
    day = moment.astimezone(datetime.UTC)
    return day.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def characters_used() -> int:
    """Characters sent in this calendar month."""
    calls = EngineCall.objects.filter(created_at__gte=month_of(timezone.now())).exclude(outcome__in=UNSENT)
    return int(calls.aggregate(sum=Sum("characters"))["sum"] or 0)


def characters_left() -> int:
    """What may still be sent in this calendar month."""
    return max(0, int(settings.TRANSLATION["monthly_characters"]) - characters_used())


def cost_of(characters: int) -> float:
    """What so many characters cost by the operator's price."""
    return characters * float(settings.TRANSLATION["price"]) / 1_000_000


@dataclass(frozen=True)
class Attempt:
    """What came of asking: the account of it, and the translation when one came that may be one."""

    call: EngineCall
    texts: dict[str, str] | None


def ask_engine(
    of: models.Model, *, version: int, source: str, target: str, texts: Mapping[str, str], chosen: Translator
) -> Attempt:
    """Ask for a translation, with the lexicon's usual terms; outside any transaction, since it takes seconds.

    An answer that may be a translation is handed on; whoever keeps it ends the call (`end_call`). Everything else is an outcome.
    """
    call = EngineCall.objects.create(
        engine=chosen.name,
        kind=str(of._meta.model_name),
        record_id=of.pk,
        version=version,
        source=source,
        target=target,
        characters=sum(map(len, texts.values())),
    )
    try:
        answers = chosen.translate(list(texts.values()), source, target, usual_terms(texts.values(), target))
    except (TranslationUnavailable, TranslationUnusable) as failure:
        log.warning("no translation of %s %s into %s: %s", call.kind, call.record_id, target, failure)
        end_call(call, CallOutcome(failure.why))
        return Attempt(call, None)
    said = dict(zip(texts, answers, strict=True))
    wrong = fault(texts, said, source, target)
    if wrong is not None:
        log.warning("an answer of %s for %s %s is not taken: %s", call.engine, call.kind, call.record_id, wrong)
        end_call(call, CallOutcome(wrong))
        return Attempt(call, None)
    return Attempt(call, said)


def usual_terms(texts: Iterable[str], target: str) -> list[UsualTerm]:
    """How the language of the translation usually says the words of the texts."""
    advice = terms_for_translation("\n\n".join(texts), target)
    return [UsualTerm(one.said, one.terms[0].text) for one in advice]


@transaction.atomic
def end_call(call: EngineCall, outcome: CallOutcome) -> None:
    """Write down what came of it."""
    call.outcome, call.ended_at = outcome, timezone.now()
    call.save(update_fields=["outcome", "ended_at"])


@dataclass(frozen=True)
class Month:
    """What a calendar month came to."""

    begins: datetime.datetime
    asked: int
    answered: int
    characters: int
    cost: float


def months(number: int = 12) -> list[Month]:
    """The last months in which an engine was asked, the newest first, in one query."""
    rows = (
        EngineCall.objects.annotate(month=TruncMonth("created_at", tzinfo=datetime.UTC))
        .values("month")
        .annotate(
            asked=Count("id"),
            answered=Count("id", filter=Q(outcome__in=ANSWERED)),
            sent=Sum("characters", filter=~Q(outcome__in=UNSENT), default=0),
        )
        .order_by("-month")[:number]
    )
    return [Month(row["month"], row["asked"], row["answered"], row["sent"], cost_of(row["sent"])) for row in rows]


def failures_of_month() -> list[tuple[CallOutcome, int]]:
    """Why there was no translation this month, the most frequent reason first."""
    calls = EngineCall.objects.filter(created_at__gte=month_of(timezone.now())).exclude(
        outcome__in=(*ANSWERED, CallOutcome.ASKED)
    )
    rows = calls.values("outcome").annotate(times=Count("id")).order_by("-times", "outcome")
    return [(CallOutcome(row["outcome"]), row["times"]) for row in rows]

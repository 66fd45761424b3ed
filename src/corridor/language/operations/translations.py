"""Verbs of translations: ask for one, write one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Count, QuerySet

from corridor.kernel.models import User
from corridor.kernel.operations import record
from corridor.language import rules
from corridor.language.logic.words import tidy
from corridor.language.models import Translation, TranslationRequest
from corridor.language.states import Origin, RequestState


@transaction.atomic
def ask_translation(of: models.Model, *, by: User, original: str, language: str) -> TranslationRequest:
    """Put a text into the volunteers' queue for a language; the same wish of the same person counts once."""
    rules.may_ask_translation(by, original=original, language=language).enforce()
    made, is_new = TranslationRequest.objects.get_or_create(
        kind=of._meta.model_name, record_id=of.pk, language=language, asked_by=by
    )
    if is_new or made.state != RequestState.WAITING:  # the text has changed since, and with it the wish is new
        TranslationRequest.objects.filter(pk=made.pk).update(state=RequestState.WAITING)
        record("translation.asked", of, by=by, language=language)
    return made


@transaction.atomic
def add_translation(
    of: models.Model,
    *,
    by: User | None,
    version: int,
    language: str,
    origin: Origin,
    texts: Mapping[str, str],
    engine: str = "",
) -> Translation:
    """Keep a translation beside the original. One of the same origin for the same version replaces the earlier one."""
    if by is not None and origin == Origin.HUMAN:
        rules.may_translate(by).enforce()
    made, _ = Translation.objects.update_or_create(
        kind=of._meta.model_name,
        record_id=of.pk,
        version=version,
        language=language,
        origin=origin,
        defaults={
            "texts": {k: tidy(v).text for k, v in texts.items() if v},
            "translated_by": by,
            "engine": engine,
            "reviewed_by": None,  # whoever reviewed it has not seen this one
            "reviewed_at": None,
        },
    )
    TranslationRequest.objects.filter(
        kind=made.kind, record_id=made.record_id, language=language, state=RequestState.WAITING
    ).update(state=RequestState.DONE)
    record("translation.added", of, by=by, language=language, origin=origin, version=version)
    return made


def wanted(kind: str, languages: list[str]) -> QuerySet[TranslationRequest, Any]:
    """What is asked for in these languages, most wanted first: record_id, language and how many ask."""
    waiting = TranslationRequest.objects.filter(kind=kind, language__in=languages, state=RequestState.WAITING)
    return waiting.values("record_id", "language").annotate(people=Count("id")).order_by("-people", "record_id")


def translations_of(kind: str, record_id: UUID, version: int) -> list[Translation]:
    """The translations of one version, a human's before a machine's in each language."""
    rank = {Origin.AUTHOR: 0, Origin.HUMAN: 1, Origin.MACHINE: 2}
    rows = Translation.objects.filter(kind=kind, record_id=record_id, version=version).select_related("translated_by")
    return sorted(rows, key=lambda row: (row.language, rank[Origin(row.origin)]))

"""Verbs of translations: ask for one, write one or mend it, confirm one that somebody else wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.kernel.operations import hold, record
from corridor.language import rules
from corridor.language.logic.words import tidy
from corridor.language.models import FormerTranslation, Translation, TranslationRequest
from corridor.language.states import Origin, RequestState

MENDED_MEANWHILE = _("Somebody has mended this translation since you opened it. Read it as it is now.")


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
    """Keep a translation beside the original. Of the same origin for the same version it is the next edition of the earlier one.

    A person's takes the place of a machine's and is what was wished for; after a machine's the volunteers are still wanted.
    """
    if by is not None and origin == Origin.HUMAN:
        rules.may_translate(by).enforce()
    same = Translation.objects.select_for_update(of=("self",)).filter(
        kind=str(of._meta.model_name), record_id=of.pk, version=version, language=language
    )
    words = {k: tidy(v).text for k, v in texts.items() if v}
    made = same.filter(origin=origin).first()
    if made is None:
        made = Translation(
            kind=str(of._meta.model_name), record_id=of.pk, version=version, language=language, origin=origin
        )
    elif made.texts == words:
        return made
    else:
        _keep_edition(made)
    made.texts, made.translated_by, made.engine, made.written_at = words, by, engine, timezone.now()
    made.reviewed_by = made.reviewed_at = None  # whoever confirmed it has not seen this one
    made.save()
    if origin != Origin.MACHINE:
        same.filter(origin=Origin.MACHINE).delete()
        _wishes(made).update(state=RequestState.DONE)
    record("translation.added", of, by=by, language=language, origin=origin, version=version, edition=made.edition)
    return made


def _keep_edition(made: Translation) -> None:
    """Put aside what a translation was, and count one on."""
    FormerTranslation.objects.create(
        translation=made,
        edition=made.edition,
        texts=made.texts,
        written_at=made.written_at,
        translated_by_id=made.translated_by_id,
        reviewed_by_id=made.reviewed_by_id,
        reviewed_at=made.reviewed_at,
    )
    made.edition += 1


def _wishes(made: Translation) -> QuerySet[TranslationRequest]:
    return TranslationRequest.objects.filter(
        kind=made.kind, record_id=made.record_id, language=made.language, state=RequestState.WAITING
    )


@transaction.atomic
def confirm_translation(translation: Translation, *, of: models.Model, by: User, edition: int) -> None:
    """A second person says that it says what the original says. Only the edition that was read is confirmed."""
    hold(translation)
    rules.may_confirm(by, translation).enforce()
    if translation.edition != edition:
        raise Refused([MENDED_MEANWHILE])
    translation.reviewed_by, translation.reviewed_at = by, timezone.now()
    translation.save(update_fields=["reviewed_by", "reviewed_at"])
    record(
        "translation.confirmed",
        of,
        by=by,
        language=translation.language,
        origin=translation.origin,
        version=translation.version,
        edition=edition,
    )


def wanted(kind: str, languages: list[str]) -> QuerySet[TranslationRequest, Any]:
    """What is asked for in these languages, most wanted first: record_id, language and how many ask."""
    waiting = TranslationRequest.objects.filter(kind=kind, language__in=languages, state=RequestState.WAITING)
    return waiting.values("record_id", "language").annotate(people=Count("id")).order_by("-people", "record_id")


def translations_of(kind: str, record_id: UUID, version: int) -> list[Translation]:
    """The translations of one version, the author's before a volunteer's before a machine's in each language."""
    rank = {Origin.AUTHOR: 0, Origin.HUMAN: 1, Origin.MACHINE: 2}
    rows = Translation.objects.filter(kind=kind, record_id=record_id, version=version).select_related(
        "translated_by", "reviewed_by"
    )
    return sorted(rows, key=lambda row: (row.language, rank[Origin(row.origin)]))

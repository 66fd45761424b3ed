"""One translation of a notice beside its original: whose words it is, its earlier editions, and confirming it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corridor.kernel.models import User
from corridor.language.models import FormerTranslation, Translation
from corridor.matching import rules
from corridor.matching.models import Notice, Wording
from corridor.matching.operations import translations
from corridor.web.notices import shown
from corridor.web.notices.deeds import back, found, said
from corridor.web.notices.translating import advice_on
from corridor.web.notices.who import person
from corridor.web.page import page


@dataclass(frozen=True)
class Edition:
    """What a translation was before it was mended."""

    row: FormerTranslation
    words: shown.Words


class ConfirmationForm(forms.Form):
    """Which edition was read."""

    edition = forms.IntegerField(min_value=1)


def translation_of(request: HttpRequest, pk: UUID, translation: UUID) -> tuple[Notice, Wording, Translation]:
    """A translation of a version that this person may read; else 404."""
    notice = found(request, pk)
    rows = Translation.objects.filter(kind="notice", record_id=notice.pk).select_related("translated_by", "reviewed_by")
    row = get_object_or_404(rows, pk=translation)
    wording = shown.readable(notice, person(request)).filter(number=row.version).first()
    if wording is None:
        raise Http404
    return notice, wording, row


@require_safe
def translated(request: HttpRequest, pk: UUID, translation: UUID) -> HttpResponse:
    """The translation beside its original, and what this reader can do about it."""
    notice, wording, row = translation_of(request, pk, translation)
    context = {
        "notice": notice,
        "translation": row,
        "original": shown.original_of(wording),
        "words": words_of(row, wording, person(request)),
        "editions": editions_of(row, wording, person(request)),
        "advice": advice_on(wording, row.language),
        **deeds(notice, wording, row, person(request)),
    }
    return page(request, "notices/translated.html", context)


def words_of(row: Translation | FormerTranslation, wording: Wording, reader: User) -> shown.Words:
    """An edition as it is shown."""
    whole = row.translation if isinstance(row, FormerTranslation) else row
    return shown.Words(
        whole.language,
        row.texts.get("title", ""),
        shown.parts_of(row.texts),
        whole.origin,
        shown.translator_of(row, wording, reader),
        shown.checker_of(row, wording, reader),
        whole,
    )


def editions_of(row: Translation, wording: Wording, reader: User) -> list[Edition]:
    """The earlier editions, the newest first."""
    former = row.former.select_related("translation", "translated_by", "reviewed_by")
    return [Edition(one, words_of(one, wording, reader)) for one in former]


def deeds(notice: Notice, wording: Wording, row: Translation, reader: User) -> dict[str, Any]:
    """Mend and confirm, each with the rule's verdict; of an earlier version nothing can be done any more."""
    if wording.pk != (notice.published_id or notice.latest.pk):
        return {}
    may_confirm = rules.may_confirm_translation(reader, notice, row) if wording.pk == notice.published_id else None
    return {"may_mend": rules.may_translate(reader, notice, row.language), "may_confirm": may_confirm}


@require_POST
def confirmation(request: HttpRequest, pk: UUID, translation: UUID) -> HttpResponse:
    """Confirm the edition that was read."""
    notice, _wording, row = translation_of(request, pk, translation)
    edition = said(ConfirmationForm(request.POST))["edition"]
    translations.confirm(row, by=person(request), edition=edition)
    return back(request, notice, _("Thank you. The translation says now that a second person has checked it."))

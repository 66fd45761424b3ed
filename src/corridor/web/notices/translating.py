"""Translations of a notice: ask for one, write one."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corridor.kernel.logic.verdict import Refused
from corridor.language.operations.glosses import Advice, terms_for_translation
from corridor.language.states import Language
from corridor.matching.models import Wording
from corridor.matching.operations import translations
from corridor.web.components.names import reader_language
from corridor.web.notices import shown
from corridor.web.notices.deeds import back, found
from corridor.web.notices.forms import TranslationForm
from corridor.web.notices.who import person
from corridor.web.page import page


@require_POST
def wish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the volunteers for the text in one's own language."""
    notice = found(request, pk)
    wording = shown.wording_for(notice, person(request))
    language = reader_language()
    ask_translation(notice, by=person(request), original=wording.language if wording else "", language=language)
    return back(request, notice, _("Volunteers see now that you would like to read this in your language."))


def translation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a translation beside the original."""
    notice = found(request, pk)
    wording = notice.published or (
        shown.wording_for(notice, person(request)) if shown.sees_team(notice, person(request)) else None
    )
    if wording is None:
        raise Http404
    form = TranslationForm(request.POST or None, wording=wording, initial={"language": proposed(request, wording)})
    if request.method == "POST" and form.is_valid():
        try:
            translations.translate(notice, by=person(request), language=form.cleaned_data["language"], texts=form.texts)
        except Refused as refusal:
            form.add_error(None, [str(reason) for reason in refusal.reasons])
        else:
            return back(request, notice, _("Thank you. Your translation stands beside the original."))
    original = shown.original_of(wording)
    context = {"notice": notice, "form": form, "original": original, "advice": advice(original, form)}
    return page(request, "notices/translation.html", context, status=400 if form.errors else 200)


def advice(original: shown.Words, form: TranslationForm) -> list[Advice]:
    """How the words of the original are usually said in the language that is written."""
    text = "\n\n".join((original.title, *(part for _, part in original.parts)))
    return terms_for_translation(text, str(form["language"].value() or ""))


def proposed(request: HttpRequest, wording: Wording) -> str:
    """The language that was wished for, else the reader's own."""
    asked = request.GET.get("language", "")
    return asked if asked in Language.values and asked != wording.language else reader_language()

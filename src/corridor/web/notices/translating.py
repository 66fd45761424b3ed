"""Translations of a notice: ask for one, write one, mend one."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.language.models import Translation
from corridor.language.operations.glosses import Advice, terms_for_translation
from corridor.language.operations.translations import translations_of
from corridor.language.states import Language, Origin
from corridor.matching import rules
from corridor.matching.models import Notice, Wording
from corridor.matching.operations import translations
from corridor.web.components.names import reader_language
from corridor.web.notices import shown
from corridor.web.notices.deeds import back, found
from corridor.web.notices.forms import TranslationForm
from corridor.web.notices.who import person
from corridor.web.page import page


@require_POST
def wish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the text in one's own language: volunteers see it, and a machine may do it first."""
    notice = found(request, pk)
    translations.ask(notice, by=person(request), language=reader_language())
    told = _("Volunteers see now that you would like to read this in your language.")
    if translations.goes_to_machine(notice):
        told += " " + _("A machine translation may stand here in a few minutes.")
    return back(request, notice, told)


@dataclass(frozen=True)
class Before:
    """What stands there already in the language that is written, and what the form begins with."""

    language: str
    edition: int = 0
    mended: Translation | None = None
    machine: Translation | None = None
    texts: dict[str, str] = field(default_factory=dict)
    is_machines: bool = False

    @property
    def mark(self) -> str:
        """What the form brings back, so that nothing newer is written over."""
        return f"{self.language}:{self.edition}"


def translation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a translation beside the original, or mend the one that is there."""
    notice = found(request, pk)
    wording = translatable(notice, person(request))
    before = before_of(request, notice, wording)
    initial = {"language": before.language, **before.texts}
    form = TranslationForm(request.POST or None, wording=wording, initial=initial)
    if request.method == "POST" and form.is_valid() and was_kept(request, notice, form):
        return back(request, notice, _("Thank you. Your translation stands beside the original."))
    language = str(form["language"].value() or "")
    context = {"notice": notice, "form": form, "original": shown.original_of(wording), "before": before}
    context |= {"advice": advice_on(wording, language), "mark": request.POST.get("before", before.mark)}
    return page(request, "notices/translation.html", context, status=400 if form.errors else 200)


def translatable(notice: Notice, reader: User) -> Wording:
    """The version to translate: what readers see, or for its own people what will be; else 404."""
    mine = shown.wording_for(notice, reader) if shown.sees_team(notice, reader) else None
    wording = notice.published or mine
    if wording is None:
        raise Http404
    return wording


def before_of(request: HttpRequest, notice: Notice, wording: Wording) -> Before:
    """What is there in the language, with the edition asked for, else the newest; a machine's words only when asked for."""
    language = proposed(request, wording)
    rows = [row for row in translations_of("notice", notice.pk, wording.number) if row.language == language]
    origin = Origin.AUTHOR if rules.works_on(person(request), notice) else Origin.HUMAN
    mended = next((row for row in rows if row.origin == origin), None)
    machine = next((row for row in rows if row.origin == Origin.MACHINE), None)
    if mended is not None:
        return Before(language, mended.edition, mended, None, edition_texts(request, mended))
    if machine is not None and request.GET.get("begin") == "machine":
        return Before(language, machine=machine, texts=machine.texts, is_machines=True)
    return Before(language, machine=machine)


def edition_texts(request: HttpRequest, mended: Translation) -> dict[str, str]:
    """The words of an earlier edition where one is named, else those of today."""
    number = request.GET.get("edition", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 6
    earlier = mended.former.filter(edition=int(number)).first() if is_number else None
    return earlier.texts if earlier else mended.texts


def was_kept(request: HttpRequest, notice: Notice, form: TranslationForm) -> bool:
    """Keep what was written, or say at the form why not. A form that was opened for another language has seen nothing of this one."""
    language = form.cleaned_data["language"]
    seen_language, _colon, edition = request.POST.get("before", "").partition(":")
    is_seen = seen_language == language and edition.isascii() and edition.isdigit() and len(edition) < 6
    seen = int(edition) if is_seen else 0
    try:
        translations.translate(notice, by=person(request), language=language, texts=form.texts, seen=seen)
    except Refused as refusal:
        form.add_error(None, [str(reason) for reason in refusal.reasons])
        return False
    return True


def advice_on(wording: Wording, language: str) -> list[Advice]:
    """How the words of the original are usually said in a language."""
    return terms_for_translation("\n\n".join(wording.prose.values()), language)


def proposed(request: HttpRequest, wording: Wording) -> str:
    """The language that was wished for, else the reader's own."""
    asked = request.GET.get("language", "")
    return asked if asked in Language.values and asked != wording.language else reader_language()

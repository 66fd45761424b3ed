"""The desk of those who review terms: a queue for each language, the least certain first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.language.models import Term
from corridor.language.operations import lexicon
from corridor.language.states import Confidence, TermState
from corridor.web.components.names import own_name
from corridor.web.components.parts import Choice, Crumb
from corridor.web.concepts.forms import NewTermForm, TermForm
from corridor.web.concepts.reading import context_of, found
from corridor.web.page import page, signed_in

PAGE = 20


@dataclass(frozen=True)
class Waiting:
    """One term that waits, with the form to mend it."""

    term: Term
    form: TermForm


def waiting(language: str) -> QuerySet[Term]:
    """Terms of a language that nobody reviewed: uncertain ones first, and of these the usual term of a concept."""
    doubt = {Confidence.LOW: 0, Confidence.MEDIUM: 1, Confidence.HIGH: 2}
    ranks = Case(*(When(confidence=c, then=Value(r)) for c, r in doubt.items()), output_field=IntegerField())
    found = Term.objects.filter(language=language, state=TermState.UNREVIEWED).annotate(doubt=ranks)
    return (
        found.select_related("concept")
        .prefetch_related("concept__terms")
        .order_by("doubt", "position", "concept", "pk")
    )


def reviewed(request: HttpRequest) -> list[str]:
    """The languages that this person reviews. Whoever reviews none is refused."""
    languages = lexicon.languages_reviewed_by(signed_in(request))
    if not languages:
        raise Refused([_("Terms are reviewed by terminologists, whom the head of a country's focal point appoints.")])
    return languages


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits to be reviewed, in one language at a time."""
    languages = reviewed(request)
    asked = request.GET.get("language", "")
    language = asked if asked in languages else languages[0]
    return page(request, "concepts/review.html", queue_context(languages, language, request.GET.get("page")))


def queue_context(
    languages: list[str], language: str, number: str | None, sent: TermForm | None = None
) -> dict[str, Any]:
    """The queue as its page shows it; `sent` is a form that must be mended."""
    shown = Paginator(waiting(language), PAGE).get_page(number)
    where = {"first": shown.start_index(), "last": shown.end_index(), "all": shown.paginator.count}
    return {
        "language": language,
        "tabs": [Choice(own_name(code), address(code), code == language, language=code) for code in languages],
        "rows": rows_of(shown.object_list, sent),
        "previous_url": address(language, shown.number - 1) if shown.has_previous() else "",
        "next_url": address(language, shown.number + 1) if shown.has_next() else "",
        "position": _("%(first)s to %(last)s of %(all)s") % where,
        "trail": (Crumb(_("Start page"), reverse("home")), Crumb(_("Words in seven languages"), reverse("concepts")), Crumb(_("Review"))),
    }  # fmt: skip


def rows_of(terms: Iterable[Term], sent: TermForm | None) -> list[Waiting]:
    """Each term with its form: the one that was sent where it is for this term."""
    return [Waiting(term, sent if sent and sent.term.pk == term.pk else TermForm(term=term)) for term in terms]


def address(language: str, number: int = 1) -> str:
    """The address of a page of the queue."""
    return f"{reverse('term-review')}?{urlencode({'language': language, **({'page': number} if number > 1 else {})})}"


@require_POST
def confirmation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The term is right."""
    term = get_object_or_404(Term, pk=pk)
    lexicon.confirm(term, by=signed_in(request))
    messages.success(request, _("Confirmed: %(term)s") % {"term": term.text})
    return redirect(address(term.language))


@require_POST
def correction(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The term is mended, or rejected with the reason."""
    term = get_object_or_404(Term.objects.select_related("concept"), pk=pk)
    form = TermForm(request.POST, term=term)
    if form.is_valid() and act(form, term, signed_in(request), is_wrong="reject" in request.POST):
        messages.success(request, _("Thank you. Search goes by it within minutes."))
        return redirect(address(term.language))
    return page(
        request, "concepts/review.html", queue_context(reviewed(request), term.language, None, form), status=422
    )


def act(form: TermForm, term: Term, by: User, *, is_wrong: bool) -> bool:
    """Mend or reject the term as the form says; False when a reason must be shown at the form."""
    said = form.cleaned_data
    if is_wrong and not said["reason"]:
        form.add_error("reason", _("Say why the term is wrong."))
        return False
    try:
        if is_wrong:
            lexicon.reject(term, by=by, reason=said["reason"])
        else:
            lexicon.mend(term, by=by, text=said["text"], reason=said["reason"])
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


@require_POST
def addition(request: HttpRequest, code: str) -> HttpResponse:
    """A term that was lacking."""
    concept = found(code)
    form = NewTermForm(request.POST)
    if form.is_valid():
        try:
            lexicon.add_term(concept, by=signed_in(request), **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Thank you. Search goes by it within minutes."))
            return redirect("concept", code)
    return page(request, "concepts/concept.html", context_of(concept, signed_in(request), form), status=422)

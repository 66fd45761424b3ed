"""The page of one concept: what it is called in seven languages, what it belongs to, and where it is spoken of."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corridor.kernel.models import User
from corridor.kernel.states import Theme
from corridor.language import rules
from corridor.language.logic.tongues import LANGUAGES
from corridor.language.models import Concept, Term
from corridor.language.states import Language, TermState
from corridor.web.components.parts import Crumb
from corridor.web.concepts.forms import NewTermForm
from corridor.web.page import page, reader


@dataclass(frozen=True)
class Tongue:
    """The terms of a concept in one language, and the form to add one where this reader reviews that language."""

    code: str
    terms: list[Term]
    form: NewTermForm | None


def found(code: str) -> Concept:
    """The concept of that code with all its terms and neighbours."""
    related: QuerySet[Concept] = Concept.objects.prefetch_related("terms", "broader__terms", "narrower__terms")
    return get_object_or_404(related, pk=code)


@login_not_required
@require_safe
def concept(request: HttpRequest, code: str) -> HttpResponse:
    """Show one concept."""
    shown = found(code)
    return page(request, "concepts/concept.html", context_of(shown, reader(request)))


def context_of(shown: Concept, by: User | None, form: NewTermForm | None = None) -> dict[str, object]:
    """What the page shows; `form` is one that was sent and must be mended."""
    return {
        "concept": shown,
        "tongues": [tongue_of(shown, language, by, form) for language in LANGUAGES],
        "themes": [Theme(theme) for theme in shown.themes],
        "search_url": f"{reverse('search')}?{urlencode({'concept': shown.code})}",
        "trail": (
            Crumb(_("Start page"), reverse("home")),
            Crumb(_("Words in seven languages"), reverse("concepts")),
            Crumb(shown.name),
        ),
    }


def tongue_of(shown: Concept, language: str, by: User | None, form: NewTermForm | None) -> Tongue:
    """One language's part of the page."""
    terms = [t for t in shown.terms.all() if t.language == language and t.state != TermState.REJECTED]
    if by is None or not rules.may_review_language(by, language).allowed:
        return Tongue(language, terms, None)
    sent = form is not None and form["language"].value() == language
    return Tongue(language, terms, form if sent else NewTermForm(initial={"language": Language(language)}))

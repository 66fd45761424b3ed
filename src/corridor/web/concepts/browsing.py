"""The lexicon as a list: by words that begin so in any language, or by theme; the same as a file; suggestions while typing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from corridor.kernel.states import Theme
from corridor.language.logic import skos
from corridor.language.logic.lexicon import Label
from corridor.language.models import Concept, Term
from corridor.language.operations import lexicon
from corridor.language.states import TermState
from corridor.web.components.names import reader_language
from corridor.web.components.parts import Choice, Crumb, FilterGroup
from corridor.web.page import page, reader

PAGE = 40
LONGEST = 100


@dataclass(frozen=True)
class Wanted:
    """Which concepts are looked for."""

    text: str = ""
    theme: str = ""

    @classmethod
    def read(cls, sent: QueryDict) -> Wanted:
        """What an address says; a theme that is not known counts as none."""
        text = " ".join(sent.get("q", "").replace("\0", " ").split())[:LONGEST]
        theme = sent.get("theme", "")
        return cls(text, theme if theme in Theme.values else "")

    def url(self, number: int = 1, **changes: Any) -> str:
        """The address of the same list with something changed."""
        now = replace(self, **changes)
        values = {"q": now.text, "theme": now.theme, "page": number if number > 1 else ""}
        query = urlencode({name: value for name, value in values.items() if value})
        return f"{reverse('concepts')}?{query}" if query else reverse("concepts")


def listed(wanted: Wanted) -> QuerySet[Concept]:
    """The concepts in the order of their names in the reader's language, with what a line shows."""
    usual = Term.objects.filter(concept=OuterRef("pk"), position=0).exclude(state=TermState.REJECTED).order_by("id")
    own = usual.filter(language=reader_language()).values("text")[:1]
    found = Concept.objects.annotate(
        name_for_reader=Coalesce(Subquery(own), Subquery(usual.filter(language="en").values("text")[:1]), Value(""))
    )
    if wanted.theme:
        found = found.filter(themes__contains=[wanted.theme])
    if key := Label("", wanted.text).key:
        found = found.filter(pk__in=Term.objects.filter(key__contains=key).values("concept"))
    return found.prefetch_related("terms").order_by("name_for_reader", "pk")


@login_not_required
@require_safe
def concepts(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by words and by theme."""
    wanted = Wanted.read(request.GET)
    shown = Paginator(listed(wanted), PAGE).get_page(request.GET.get("page"))
    where = {"first": shown.start_index(), "last": shown.end_index(), "all": shown.paginator.count}
    by = reader(request)
    context = {
        "wanted": wanted,
        "concepts": shown.object_list,
        "filters": [themes(wanted)],
        "clear_url": reverse("concepts") if wanted != Wanted() else "",
        "previous_url": wanted.url(shown.number - 1) if shown.has_previous() else "",
        "next_url": wanted.url(shown.number + 1) if shown.has_next() else "",
        "position": _("%(first)s to %(last)s of %(all)s") % where,
        "reviews": bool(by and lexicon.languages_reviewed_by(by)),
        "trail": (Crumb(_("Start page"), reverse("home")), Crumb(_("Words in seven languages"))),
    }
    return page(request, "concepts/concepts.html", context, partial="found")


def themes(wanted: Wanted) -> FilterGroup:
    """All themes, and each as a link."""
    everything = Choice(pgettext("filter", "All"), wanted.url(theme=""), not wanted.theme)
    links = [Choice(theme.label, wanted.url(theme=theme.value), theme.value == wanted.theme) for theme in Theme]
    return FilterGroup(_("Theme"), (everything, *links))


@login_not_required
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Terms that begin as the last word of a question does, as options for the search box."""
    text = request.GET.get("q", "").replace("\0", " ")[:LONGEST].strip()
    found = lexicon.suggest(text, reader_language()) if len(text) > 1 else []
    return render(request, "concepts/suggestions.html", {"terms": found})


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def turtle(request: HttpRequest) -> HttpResponse:
    """The whole lexicon as SKOS, to keep."""
    response = HttpResponse(skos.written(lexicon.as_concepts()), content_type="text/turtle; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="corridor-lexicon.ttl"'
    return response

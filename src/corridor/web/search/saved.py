"""Saved searches: save one from its results, see what is new for it, choose how often to get letters, remove it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.matching.models import SavedSearch
from corridor.matching.operations import saved_searches
from corridor.matching.operations.alerts import news_of
from corridor.matching.states import Rhythm
from corridor.web.components.parts import Choice, Crumb
from corridor.web.digests import search_url
from corridor.web.page import page, signed_in
from corridor.web.results import Row, rows_of_hits
from corridor.web.search.asked import KINDS, Asked
from corridor.web.search.filters import active_filters


class RhythmForm(forms.Form):
    """How often to write about a search."""

    rhythm = forms.ChoiceField(
        label=gettext_lazy("Letters about what is new"), choices=Rhythm.choices, widget=forms.RadioSelect
    )

    def __init__(self, data: QueryDict | None = None, *, rhythm: str = Rhythm.WEEKLY) -> None:
        super().__init__(data, initial={"rhythm": rhythm}, label_suffix="")


@dataclass(frozen=True)
class Line:
    """One saved search on the list."""

    search: SavedSearch
    filters: list[str]
    new: int
    url: str


@never_cache
@require_http_methods(["GET", "HEAD"])
def searches(request: HttpRequest) -> HttpResponse:
    """All of one's saved searches, each with how much is new."""
    found = news_of(signed_in(request))
    lines = [Line(search, filters_of(search), len(hits), search_url(search)) for search, hits in found]
    return page(request, "search/saved.html", {"lines": lines, "trail": trail()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saving(request: HttpRequest) -> HttpResponse:
    """Save the search that the address says; what cannot be saved is said above the form."""
    user, asked = signed_in(request), Asked.read(request.GET)
    if not (asked.text or asked.is_narrowed):
        return redirect("search")
    form = RhythmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = saved(asked, form, by=user)
        if made is not None:
            messages.success(request, _("Saved. What comes in from now on and fits is shown here."))
            return redirect("saved-search", made.pk)
    context = {"form": form, "asked": asked, "filters": in_words(asked), "back_url": asked.url()}
    return page(request, "search/saving.html", {**context, "trail": trail(_("Save this search"))})


def saved(asked: Asked, form: RhythmForm, *, by: User) -> SavedSearch | None:
    """Save, or say at the form why not."""
    first = asked.parameters()
    first.pop("page", None)
    try:
        return saved_searches.keep(
            by=by, text=asked.heard, spoken=asked.spoken, asked=first, facets=asked.standing_facets(),
            rhythm=form.cleaned_data["rhythm"],
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, [str(reason) for reason in refusal.reasons])
        return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def news(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is new for one saved search; sending changes how often letters come."""
    user = signed_in(request)
    search = get_object_or_404(SavedSearch, pk=pk, user=user)
    form = RhythmForm(request.POST or None, rhythm=search.rhythm)
    if request.method == "POST" and form.is_valid():
        saved_searches.choose_rhythm(search, by=user, rhythm=form.cleaned_data["rhythm"])
        messages.success(request, _("Saved."))
        return redirect("saved-search", search.pk)
    ((_search, hits),) = news_of(user, of=search)
    context = {"search": search, "form": form, "rows": new_rows(user, hits), "filters": filters_of(search)}
    return page(
        request, "search/news.html", {**context, "results_url": search_url(search), "trail": trail(_("What is new"))}
    )


def new_rows(user: User, hits: list[Any]) -> list[Row]:
    """What came in, as its reader may read it now."""
    return rows_of_hits(hits, by=user)


@require_POST
def look(request: HttpRequest, pk: UUID) -> HttpResponse:
    """I have seen what is new."""
    search = get_object_or_404(SavedSearch, pk=pk, user=signed_in(request))
    saved_searches.look(search, by=signed_in(request))
    return redirect("saved-searches")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove a saved search: first what goes with it, then the deed."""
    search = get_object_or_404(SavedSearch, pk=pk, user=signed_in(request))
    if request.method == "POST":
        saved_searches.remove(search, by=signed_in(request))
        messages.success(request, _("Removed."))
        return redirect("saved-searches")
    context = {"search": search, "filters": filters_of(search), "trail": trail(_("Remove this search"))}
    return page(request, "search/removal.html", context)


def filters_of(search: SavedSearch) -> list[str]:
    """The filters of a saved search in the reader's words."""
    sent = QueryDict(mutable=True)
    sent.update(search.asked)
    return in_words(Asked.read(sent))


def in_words(asked: Asked) -> list[str]:
    """The filters that are on, in the reader's words."""
    kind = [str(KINDS[asked.kind])] if asked.kind else []
    on: list[Choice] = active_filters(asked)
    return list(dict.fromkeys([*kind, *(str(choice.label) for choice in on)]))


def trail(last: str = "") -> tuple[Crumb, ...]:
    """The way to a page of one's saved searches."""
    desk = Crumb(_("My desk"), reverse("desk"))
    if not last:
        return desk, Crumb(_("Saved searches"))
    return desk, Crumb(_("Saved searches"), reverse("saved-searches")), Crumb(last)

"""Towns that begin as somebody types, for the field of the place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corridor.directory.logic.gazetteer import beginning
from corridor.web.components.names import shipped_countries
from corridor.web.places.where import in_words

LONGEST = 60


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Options for a list beside the field: the name in the script in which it is typed, and which town that is."""
    country = request.GET.get("country", "").upper()
    text = request.GET.get("place", "").replace("\0", "").strip()[:LONGEST]
    long_enough = len(text) > 1 or not text.isascii()
    found = beginning(country, text) if country in shipped_countries() and text and long_enough else []
    return render(request, "places/towns.html", {"towns": [(name, in_words(town)) for name, town in found]})

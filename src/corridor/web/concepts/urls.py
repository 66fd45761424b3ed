"""Addresses of this area."""

from django.urls import URLPattern, path

from corridor.web.concepts import browsing, reading, reviewing

urlpatterns: list[URLPattern] = [
    path("", browsing.concepts, name="concepts"),
    path("suggestions/", browsing.suggestions, name="concept-suggestions"),
    path("lexicon.ttl", browsing.turtle, name="lexicon-turtle"),
    path("review/", reviewing.queue, name="term-review"),
    path("terms/<uuid:pk>/confirmation/", reviewing.confirmation, name="term-confirmation"),
    path("terms/<uuid:pk>/correction/", reviewing.correction, name="term-correction"),
    path("<slug:code>/", reading.concept, name="concept"),
    path("<slug:code>/terms/", reviewing.addition, name="term-addition"),
]

"""Addresses of this area."""

from django.urls import URLPattern, path

from corridor.web.search import feeds, saved
from corridor.web.search.pages import search

urlpatterns: list[URLPattern] = [
    path("", search, name="search"),
    path("feed/", feeds.feed, name="search-feed"),
    path("saved/", saved.searches, name="saved-searches"),
    path("saved/new/", saved.saving, name="saved-search-new"),
    path("saved/<uuid:pk>/", saved.news, name="saved-search"),
    path("saved/<uuid:pk>/look/", saved.look, name="saved-search-look"),
    path("saved/<uuid:pk>/removal/", saved.removal, name="saved-search-removal"),
]

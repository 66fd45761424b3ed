"""Addresses of this area."""

from django.urls import URLPattern, path

from corridor.web.search.pages import search

urlpatterns: list[URLPattern] = [path("", search, name="search")]

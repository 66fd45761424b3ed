"""Addresses of this area."""

from django.urls import URLPattern, path

from corridor.web.places import atlas, browsing, countries, entries, reading, towns

urlpatterns: list[URLPattern] = [
    path("", countries.six, name="directory"),
    path("countries/", countries.six, name="countries"),
    path("countries/<str:code>/", countries.country, name="country"),
    path("organisations/", browsing.organisations, name="organisations"),
    path("map/", atlas.organisations_map, name="organisations-map"),
    path("towns/", towns.suggestions, name="town-suggestions"),
    path("organisations/new/", entries.new_entry, name="organisation-new"),
    path("organisations/<uuid:pk>/", reading.organisation, name="organisation"),
    path("organisations/<uuid:pk>/entry/", entries.entry, name="organisation-entry"),
]

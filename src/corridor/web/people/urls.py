"""Addresses of this area."""

from django.urls import URLPattern, path

from corridor.web.people import description, joining, mine, orcid, reading, roster

urlpatterns: list[URLPattern] = [
    path("roster/", roster.experts, name="roster"),
    path("me/", mine.my_profile, name="my-profile"),
    path("me/description/", description.description, name="my-description"),
    path("me/roster/", joining.my_roster, name="my-roster"),
    path("me/orcid/", orcid.confirmation, name="my-orcid"),
    path("me/orcid/return/", orcid.back, name="my-orcid-return"),
    path("me/withdrawal/", mine.withdrawal, name="my-withdrawal"),
    path("<uuid:pk>/", reading.person, name="person"),
]

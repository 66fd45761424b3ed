"""Addresses of this area."""

from django.urls import URLPattern, path

from corridor.web.desk import colleagues, engine, pages, translations

urlpatterns: list[URLPattern] = [
    path("", pages.desk, name="desk"),
    path("notices/", pages.own_notices, name="desk-notices"),
    path("renewals/<uuid:pk>/", pages.renewal, name="desk-renewal"),
    path("submissions/<uuid:pk>/", pages.submission, name="desk-submission"),
    path("colleagues/", colleagues.queue, name="desk-colleagues"),
    path("colleagues/<uuid:pk>/", colleagues.person, name="desk-person"),
    path("machine/", engine.engine, name="desk-machine"),
    path("translations/", translations.wished, name="desk-translations"),
]

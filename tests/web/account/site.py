"""The whole site, with stand-ins for two pages of other areas that letters and redirects lead to."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path

from corridor.web import urls


def stand_in(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """A page of another area."""
    return HttpResponse("another area")


# First, so that the real pages win where they exist.
urlpatterns = [
    path("stand-in/desk/", stand_in, name="desk"),
    path("stand-in/notices/<uuid:pk>/", stand_in, name="notice"),
    *urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500

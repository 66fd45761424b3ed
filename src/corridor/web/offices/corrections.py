"""What readers say is wrong in entries of a country; each is answered on the page of its organisation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corridor.directory.models import Correction
from corridor.web.offices.frame import desk_of, links, paged
from corridor.web.page import page


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The corrections that wait, the oldest first."""
    desk = desk_of(request)
    waiting = Correction.objects.waiting().filter(organisation__home=desk.country.code)
    found = waiting.select_related("organisation").prefetch_related("organisation__names").order_by("created_at", "pk")
    shown = paged(request, found)
    context = {
        **desk.context("country-desk-corrections", _("Corrections of entries")),
        **links(desk, "country-desk-corrections", shown),
        "corrections": shown.object_list,
    }
    return page(request, "offices/corrections.html", context)

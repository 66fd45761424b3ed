"""The page of a person: what this reader may read of them, and nothing where that is nothing."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from corridor.directory.models import Profile
from corridor.web.components.parts import Crumb
from corridor.web.page import page, reader
from corridor.web.people.lines import card_of
from corridor.web.results import shown_people


@never_cache
@login_not_required
@require_safe
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read anew for every request and kept by no cache: what was withdrawn is gone from the next reading on."""
    by = reader(request)
    found = shown_people(Profile.objects.filter(pk=pk), by=by)
    if not found:
        raise Http404
    name = found[0].name or _("Name not shown")
    context = {
        "card": card_of(found[0]),
        "name": name,
        "is_mine": by is not None and Profile.objects.filter(pk=pk, user=by).exists(),
        "trail": (
            Crumb(_("Start page"), reverse("home")),
            Crumb(_("Roster of experts"), reverse("roster")),
            Crumb(name),
        ),
    }
    response = page(request, "people/person.html", context)
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response

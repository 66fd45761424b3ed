"""The people who say that they work for an organisation one manages, and the answer to each."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from corridor.directory.models import Country, MembershipRequest, Organisation
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.states import Capability
from corridor.web.decisions import AnswerForm, answer, asked_line, asked_of, told_of_person
from corridor.web.page import page, signed_in
from corridor.web.waiting import colleagues_of, organisations_where

PAGE = 20


def managed(request: HttpRequest) -> list[UUID]:
    """The organisations whose colleagues this person confirms; refuses those who manage none."""
    keys = organisations_where(signed_in(request), Capability.CONFIRM_COLLEAGUE)
    if not keys:
        raise Refused([_("Colleagues are confirmed by the manager of an organisation.")])
    return keys


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Colleagues who wait. An organisation that nobody verified cannot confirm yet; the page says so."""
    keys = managed(request)
    waiting = colleagues_of(signed_in(request)).order_by("created_at", "pk")
    shown = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    context = {
        "people": asked_of(shown.object_list, by=signed_in(request)),
        "unverified": Organisation.objects.standing().with_names().filter(pk__in=keys, verification=None),
        "answer_name": "desk-person",
        "previous_url": f"?page={shown.number - 1}" if shown.has_previous() else "",
        "next_url": f"?page={shown.number + 1}" if shown.has_next() else "",
    }
    return page(request, "desk/colleagues.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One colleague: confirm or decline, with the reason."""
    found = MembershipRequest.objects.select_related("user", "organisation__verification")
    asked = get_object_or_404(found, pk=pk, organisation__in=managed(request))
    form = answer(request, asked) if request.method == "POST" else AnswerForm(asked=asked, by=signed_in(request))
    if form is None or (request.method != "POST" and told_of_person(request, asked)):
        return redirect("desk-colleagues")
    item = asked_line(asked, Country.objects.get(pk=asked.home), form)
    return page(request, "desk/person.html", {"item": item, "answer_name": "desk-person"})

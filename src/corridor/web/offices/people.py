"""The queue of people who ask to be confirmed, and the answer to one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from corridor.directory.models import MembershipRequest
from corridor.directory.states import RequestState
from corridor.web.decisions import AnswerForm, answer, asked_line, asked_of, told_of_person
from corridor.web.offices.frame import back, desk_of, homes, links, paged
from corridor.web.page import page, signed_in


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Who waits to be confirmed in this country; one's own request is for others to answer."""
    desk = desk_of(request)
    waiting = MembershipRequest.objects.filter(state=RequestState.WAITING, home=desk.country.code)
    shown = paged(request, waiting.exclude(user=signed_in(request)).order_by("created_at", "pk"))
    context = {
        **desk.context("country-desk-people", _("People to vouch for")),
        **links(desk, "country-desk-people", shown),
        "people": asked_of(shown.object_list, by=signed_in(request)),
        "answer_name": "country-desk-person",
    }
    return page(request, "offices/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person: confirm or decline, with the reason."""
    asked = get_object_or_404(
        MembershipRequest.objects.select_related("user", "organisation__verification"), pk=pk, home__in=homes(request)
    )
    form = answer(request, asked) if request.method == "POST" else AnswerForm(asked=asked, by=signed_in(request))
    if form is None or (request.method != "POST" and told_of_person(request, asked)):
        return back("country-desk-people", asked.home)
    desk = desk_of(request, asked.home)
    context = {
        **desk.context("country-desk-people", _("A person to vouch for")),
        "item": asked_line(asked, desk.country, form),
        "answer_name": "country-desk-person",
        "queue_url": desk.url("country-desk-people"),
    }
    return page(request, "offices/person.html", context)

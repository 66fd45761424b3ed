"""The queue of texts that wait to be published, oldest first, and the decision on one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from corridor.matching.models import Wording
from corridor.matching.states import WordingState
from corridor.web.decisions import decide, submission_of, submissions_of, told_of_text
from corridor.web.offices.figures import figures_of
from corridor.web.offices.frame import PAGE, back, desk_of, homes, links, paged
from corridor.web.page import page
from corridor.web.waiting import submitted_in


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits to be published in this country."""
    desk = desk_of(request)
    shown = paged(request, submitted_in(desk.country.code).order_by("submitted_at", "pk"))
    resting = Wording.objects.filter(state=WordingState.SUBMITTED, notice__home=desk.country.code)
    resting = resting.filter(notice__organisation__suspension__isnull=False).order_by("submitted_at", "pk")
    context = {
        **desk.context("country-desk", _("Texts that wait to be published")),
        **links(desk, "country-desk", shown),
        "figures": figures_of(desk.country),
        "submissions": submissions_of(shown.object_list),
        "resting": submissions_of(resting[:PAGE]),
    }
    return page(request, "offices/submissions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def submission(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One text: read it, then publish or return it. One that was taken back or decided on is not shown, only told of."""
    handed_in = Wording.objects.filter(notice__home__in=homes(request), submitted_at__isnull=False)
    wording = get_object_or_404(handed_in.select_related("notice__author", "notice__organisation"), pk=pk)
    form = decide(request, wording) if request.method == "POST" else None
    if (request.method == "POST" and form is None) or was_decided(request, wording):
        return back("country-desk", wording.notice.home)
    desk = desk_of(request, wording.notice.home)
    context = {
        **desk.context("country-desk", wording.title),
        "item": submission_of(wording, desk.country, form),
        "queue_url": desk.url("country-desk"),
    }
    return page(request, "offices/submission.html", context)


def was_decided(request: HttpRequest, wording: Wording) -> bool:
    """Whether a text no longer waits; says so when somebody comes to read it."""
    return request.method != "POST" and wording.state != WordingState.SUBMITTED and told_of_text(request, wording)

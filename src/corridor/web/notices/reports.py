"""'Report this': anybody says that a public text should not stand as it does; its focal point answers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corridor.matching.models import Notice
from corridor.matching.operations import notices
from corridor.web.limits import Limit
from corridor.web.notices.deeds import back, found
from corridor.web.notices.forms import ReportForm
from corridor.web.notices.who import person, reader_of
from corridor.web.page import page

REPORTS = Limit("report", most=5, seconds=3600)


@login_not_required
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask what is wrong, and tell the focal point."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk, published__isnull=False)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if REPORTS.is_reached(request):
            form.add_error(None, _("You sent several reports within an hour. Please try again later."))
        else:
            REPORTS.count(request)
            notices.report(notice, by=reader_of(request), **form.cleaned_data)
            messages.success(request, _("Thank you. The focal point of its country will look at it."))
            return redirect("notice", pk=pk)
    return page(request, "notices/report.html", {"notice": notice, "form": form}, status=400 if form.errors else 200)


@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The focal point looked, and the text may stand."""
    notice = found(request, pk)
    notices.answer_reports(notice, by=person(request))
    return back(request, notice, _("The reports are answered: the text may stand."))

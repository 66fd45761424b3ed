"""Public texts that somebody reported, and texts that are off the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, Min, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corridor.kernel.models import User
from corridor.matching import rules
from corridor.matching.models import Notice, NoticeQuerySet, Report, Suspension
from corridor.matching.operations import notices
from corridor.matching.states import NoticeState
from corridor.web.decisions import ReasonForm, attempt
from corridor.web.offices.frame import PAGE, back, desk_of, homes, links, paged
from corridor.web.offices.suspensions import suspended_in
from corridor.web.page import page, signed_in
from corridor.web.results import name_for_reader


def with_reports(found: NoticeQuerySet) -> NoticeQuerySet:
    """Notices with unanswered reports, the one that was reported first on top. A text that was never public is not among them."""
    unanswered = Report.objects.filter(answered_at=None).order_by("created_at")
    return (
        found.filter(Exists(unanswered.filter(notice=OuterRef("pk"))), published__isnull=False)
        .for_reading()
        .prefetch_related(Prefetch("reports", queryset=unanswered, to_attr="unanswered"))
        .annotate(reported_at=Min("reports__created_at"))
        .order_by("reported_at", "pk")
    )


def line(notice: Notice, by: User, form: ReasonForm | None = None) -> dict[str, object]:
    """One reported text, as the queue shows it."""
    owner, language = name_for_reader(notice.organisation) if notice.organisation else ("", "")
    return {
        "notice": notice,
        "owner": owner,
        "owner_language": language,
        "suspend": rules.may_suspend(by, notice),
        "form": form or suspension_form(notice),
    }


def suspension_form(notice: Notice, data: Mapping[str, Any] | None = None) -> ReasonForm:
    """What one says when a text is suspended."""
    return ReasonForm(data, key=notice.pk, help_text=_("Why it cannot stand as it is. The author reads it."))


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """What readers say about public texts of this country."""
    desk = desk_of(request)
    shown = paged(request, with_reports(Notice.objects.filter(home=desk.country.code)))
    context = {
        **desk.context("country-desk-reports", _("Reported texts")),
        **links(desk, "country-desk-reports", shown),
        "items": [line(notice, signed_in(request)) for notice in shown.object_list],
    }
    return page(request, "offices/reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reported(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One reported text: it may stand, or it is suspended with a reason."""
    notice = get_object_or_404(
        Notice.objects.filter(home__in=homes(request), published__isnull=False, reports__isnull=False).distinct(), pk=pk
    )
    form = suspension_form(notice, request.POST or None)
    if request.method == "POST" and was_answered(request, notice, form):
        return back("country-desk-reports", notice.home)
    found = with_reports(Notice.objects.filter(pk=pk)).first()
    if found is None:
        return back("country-desk-reports", notice.home)
    desk = desk_of(request, notice.home)
    context = {
        **desk.context("country-desk-reports", _("A reported text")),
        "item": line(found, signed_in(request), form),
        "queue_url": desk.url("country-desk-reports"),
    }
    return page(request, "offices/reported.html", context)


def was_answered(request: HttpRequest, notice: Notice, form: ReasonForm) -> bool:
    """Do what the button says; a refusal goes to the form."""
    if request.POST.get("decision") == "stands":
        form.fields["reason"].required = False
        act: Callable[[], object] = lambda: notices.answer_reports(notice, by=signed_in(request))  # noqa: E731
        return attempt(request, form, act, _("The text stays. The reports are closed."))
    if not form.is_valid():
        return False
    reason = form.cleaned_data["reason"]
    act = lambda: notices.suspend(notice, by=signed_in(request), reason=reason)  # noqa: E731
    return attempt(request, form, act, _("Suspended. Its author is told why."))


@require_safe
def suspended(request: HttpRequest) -> HttpResponse:
    """Organisations of this country that are suspended, texts that are off the site, and why."""
    desk = desk_of(request)
    in_force = Suspension.objects.filter(lifted_at=None).select_related("suspended_by")
    found = (
        Notice.objects.filter(state=NoticeState.SUSPENDED, home=desk.country.code)
        .for_reading()
        .prefetch_related(Prefetch("suspensions", queryset=in_force, to_attr="in_force"))
        .order_by("-pk")
    )
    shown = paged(request, found)
    context = {
        **desk.context("country-desk-suspended", _("Suspended")),
        **links(desk, "country-desk-suspended", shown),
        "notices": shown.object_list,
        "organisations": suspended_in(desk.country.code)[:PAGE],
    }
    return page(request, "offices/suspended.html", context)


@require_POST
def lifting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a suspended text back; one that another officer put back meanwhile is told of by the rule's reason."""
    public = Notice.objects.filter(home__in=homes(request), published__isnull=False)
    notice = get_object_or_404(public.filter(suspensions__isnull=False).distinct(), pk=pk)
    form = ReasonForm({}, key=pk)
    form.fields["reason"].required = False
    if not attempt(
        request, form, lambda: notices.lift(notice, by=signed_in(request)), _("The text is back on the site.")
    ):
        tell_why_not(request, form)
    return back("country-desk-suspended", notice.home)


def tell_why_not(request: HttpRequest, form: ReasonForm) -> None:
    """Say above the queue what a form without a page of its own has to say."""
    for reason in form.non_field_errors():
        messages.warning(request, str(reason))

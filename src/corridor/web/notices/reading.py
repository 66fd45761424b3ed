"""The page of one notice, and its files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from corridor.kernel.models import User
from corridor.matching.models import Attachment, Notice, Wording
from corridor.web.notices import can, history, partners, shown
from corridor.web.notices.who import reader_of
from corridor.web.page import page
from corridor.web.waits import wait_of


@login_not_required
@require_safe
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a notice: its card, its text, its translations, and what this reader can do."""
    found = get_object_or_404(Notice.objects.visible_to(request.user).for_reading(), pk=pk)
    reader = reader_of(request)
    wording = shown.wording_for(found, reader, request.GET.get("version", ""))
    if wording is None:
        raise Http404
    context = {
        **shown.context_of(found, wording, reader),
        **team_context(found, wording, reader),
        "deeds": can.deeds(found, wording, reader),
        "partners": partners.partners_of(found, wording, reader),
    }
    return page(request, "notices/notice.html", context)


def team_context(notice: Notice, wording: Wording, reader: User | None) -> dict[str, Any]:
    """What only its own people and its focal point see."""
    if not shown.sees_team(notice, reader):
        return {}
    newest = shown.readable(notice, reader).order_by("-number").first()
    return {
        "happenings": history.happenings(notice),
        "newest": newest,
        "wait": wait_of(wording) if wording.state == "submitted" else None,
        "returned": shown.last_return(wording),
        "open_reports": notice.reports.filter(answered_at=None).order_by("created_at"),
        "suspension": notice.suspensions.filter(lifted_at=None).first(),
        "doubts": shown.doubts(notice, wording),
    }


@login_not_required
@require_safe
def attachment(request: HttpRequest, pk: UUID) -> FileResponse:
    """Hand out a file to keep, never to open in the browser."""
    found = get_object_or_404(Attachment.objects.select_related("notice__published"), pk=pk)
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=found.notice_id)
    if not shown.attachments_for(notice, reader_of(request)).filter(pk=pk).exists():
        raise Http404
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name)
    response["Content-Type"] = found.content_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response

"""Files laid into a room, and dates proposed there with their invitations."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from corridor.kernel.logic.verdict import Refused
from corridor.matching.logic.invitations import Meeting, invitation
from corridor.matching.models import ProposedDate, Room, RoomFile
from corridor.matching.operations import rooms
from corridor.matching.states import Side
from corridor.web import uploads
from corridor.web.introductions.forms import DateForm, FileForm
from corridor.web.introductions.rooms import wrong
from corridor.web.introductions.who import back, entered, inside, me, tried


@csrf_exempt  # the check is made below, once it is settled how much of a file is read
@require_POST
def files(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lay a file into the room. One that is too large is not kept while it comes in."""
    uploads.settle(request)
    return checked_files(request, pk)


@csrf_protect
def checked_files(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same, once the form is known to come from here; what is refused is said at the field."""
    here = entered(request, pk)
    form = FileForm(request.POST, request.FILES, label_suffix="", auto_id="file-%s")
    if getattr(request, "has_skipped_file", False):
        form.errors.pop("upload", None)
        form.add_error("upload", _("The file is too large."))
    elif form.is_valid():
        try:
            laid = rooms.lay_file(here, by=me(request), upload=form.cleaned_data["upload"])
            return back(request, "room", pk, told_of(laid))
        except Refused as refusal:
            form.add_error("upload", [str(reason) for reason in refusal.reasons])
    return wrong(request, here, file_form=form)


def told_of(laid: RoomFile) -> str:
    """What became of a file."""
    if laid.had_position:
        return _("The file is here. The place where the picture was taken was written in it and has been taken out.")
    return _("The file is here.")


@require_safe
def file(request: HttpRequest, pk: UUID) -> FileResponse:
    """Hand out a file to keep, never to open in the browser."""
    found: RoomFile = inside(request, RoomFile.objects, pk)
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name)
    response["Content-Type"] = found.content_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def dates(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose when to meet."""
    here = entered(request, pk)
    form = DateForm(request.POST, homes=[here.introduction.asker.home, here.introduction.asked.home])
    if form.is_valid():
        said = {"minutes": form.cleaned_data["minutes"], "link": form.cleaned_data["link"]}
        try:
            rooms.propose_date(here, by=me(request), starts_at=form.starts_at, **said)
            return back(request, "room", pk, _("Proposed. The other side says whether it suits them."))
        except Refused as refusal:
            form.add_error("day", [str(reason) for reason in refusal.reasons])
    return wrong(request, here, date_form=form)


@require_POST
def date_agreement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that a date suits one's side."""
    date: ProposedDate = inside(request, ProposedDate.objects.select_related("room__introduction__notice"), pk)
    tried(request, lambda: rooms.agree_date(date, by=me(request)), _("Agreed. Take the invitation into your calendar."))
    return redirect("room", date.room_id)


@require_safe
def date_invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The invitation for calendars."""
    date: ProposedDate = inside(request, ProposedDate.objects.select_related("agreement"), pk)
    body = invitation(meeting_of(request, date), stamped_at=timezone.now(), product="Corridor")
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


def meeting_of(request: HttpRequest, date: ProposedDate) -> Meeting:
    """A date as calendars know it: under the names of the two organisations, with the address of the room."""
    here: Room = entered(request, date.room_id)
    return Meeting(
        uid=f"{date.pk}@{request.get_host()}",
        starts_at=date.starts_at,
        minutes=date.minutes,
        title=" – ".join(here.introduction.party(side).name for side in Side),
        text=request.build_absolute_uri(reverse("room", args=[here.pk])),
        link=date.link,
        is_agreed=date.is_agreed,
    )

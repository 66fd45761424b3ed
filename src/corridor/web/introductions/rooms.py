"""A room: everything that is in it, saying something, bringing colleagues, leaving."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corridor.directory.models import speakers_of
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.matching import rules
from corridor.matching.models import ProposedDate, Room
from corridor.matching.operations import rooms
from corridor.matching.states import Side
from corridor.web.introductions.cards import translations_for_reader
from corridor.web.introductions.forms import ColleagueForm, DateForm, FileForm, MessageForm
from corridor.web.introductions.who import back, entered, me, trail, tried
from corridor.web.page import page
from corridor.web.results import name_for_reader, zone_of_country

PAGE = 30


@require_safe
def room(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything in the room."""
    return page(request, "introductions/room.html", shown(request, entered(request, pk)))


def shown(request: HttpRequest, here: Room, **forms: Any) -> dict[str, Any]:
    """What the page shows, in a fixed number of queries; `forms` brings those that have to be mended."""
    by, side = me(request), here.side_of(me(request))
    assert side is not None
    introduction = here.introduction
    own = introduction.party(side)
    homes = [introduction.asker.home, introduction.asked.home]
    colleagues = [] if introduction.rests else colleagues_of(here, side)
    return {
        "room": here,
        "introduction": introduction,
        "side": side,
        "parties": [(*name_for_reader(introduction.party(one)), introduction.party(one)) for one in Side],
        "zones": zones_of(here),
        "my_zone": zone_of_country(own.home),
        **messages_of(request, here),
        "seats": seats_of(here),
        "files": here.files.select_related("laid_by"),
        "dates": dates_of(here, by),
        "outcome": here.outcome,
        "may_write": rules.may_write(by, here),
        "may_leave": rules.may_leave(by, here),
        "message_form": MessageForm(),
        "file_form": FileForm(label_suffix="", auto_id="file-%s"),
        "date_form": DateForm(homes=homes, mine=own.home),
        "colleague_form": ColleagueForm(colleagues=colleagues) if colleagues else None,
        "trail": trail(_("Room")),
        **forms,
    }


def zones_of(here: Room) -> list[str]:
    """The zones of the two parties, one where they agree."""
    homes = (here.introduction.asker.home, here.introduction.asked.home)
    return list(dict.fromkeys(zone_of_country(home) for home in homes))


def messages_of(request: HttpRequest, here: Room) -> dict[str, Any]:
    """A page of what was said, the newest page unless another is asked for, each with its stored translation."""
    paginator = Paginator(here.messages.select_related("author"), PAGE)
    part = paginator.get_page(request.GET.get("page") or paginator.num_pages)
    translations = translations_for_reader("message", [message.pk for message in part.object_list])
    return {
        "said": [(message, translations.get(message.pk)) for message in part.object_list],
        "earlier_url": f"?page={part.number - 1}" if part.has_previous() else "",
        "later_url": f"?page={part.number + 1}" if part.has_next() else "",
    }


def seats_of(here: Room) -> list[tuple[Any, bool]]:
    """Who sits here, and whether they still speak for their side."""
    there = {side: set(speakers_of(here.introduction.party(side).pk).values_list("pk", flat=True)) for side in Side}
    seats = here.seats.taken().select_related("user")
    return [(seat, seat.user_id in there[Side(seat.side)]) for seat in seats]


def colleagues_of(here: Room, side: Side) -> list[User]:
    """Who could be brought in on one's own side."""
    seated = here.seats.taken().values("user")
    return list(speakers_of(here.introduction.party(side).pk).exclude(pk__in=seated).order_by("name", "pk")[:200])


def dates_of(here: Room, by: User) -> list[tuple[ProposedDate, bool]]:
    """Dates to come, and whether this reader can say that one suits them."""
    coming = here.dates.filter(starts_at__gte=timezone.now()).select_related("agreement", "proposed_by")
    side = here.side_of(by)
    return [(date, not date.is_agreed and date.side != side) for date in coming]


def wrong(request: HttpRequest, here: Room, **forms: Any) -> HttpResponse:
    """The room with a form that has to be mended; what was typed stays."""
    return page(request, "introductions/room.html", shown(request, here, **forms), status=400)


@require_POST
def messages(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say something."""
    here, form = entered(request, pk), MessageForm(request.POST)
    if form.is_valid():
        try:
            rooms.write_message(here, by=me(request), **form.cleaned_data)
            return redirect("room", pk)
        except Refused as refusal:
            form.add_error("text", [str(reason) for reason in refusal.reasons])
    return wrong(request, here, message_form=form)


@require_POST
def seats(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring a colleague in."""
    here = entered(request, pk)
    side = here.side_of(me(request))
    chosen = request.POST.get("colleague", "")
    colleague = next((one for one in colleagues_of(here, side) if str(one.pk) == chosen), None) if side else None
    if colleague is None:
        raise Http404
    rooms.bring(here, colleague, by=me(request))
    return back(request, "room", pk, _("Your colleague is in the room and reads everything that is there."))


@require_POST
def leaving(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leave the room."""
    here = entered(request, pk)
    tried(request, lambda: rooms.leave(here, by=me(request)), _("You left the room."))
    return redirect("introductions")

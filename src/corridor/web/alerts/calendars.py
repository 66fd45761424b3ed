"""A calendar of deadlines at a private address, for the calendar program of one's telephone."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page, require_http_methods, require_safe
from icalendar import Calendar as Sheet
from icalendar import Event

from corridor.matching.models import Calendar, Notice
from corridor.matching.operations.calendars import (
    address_of,
    calendar_at,
    close_calendar,
    deadlines,
    open_calendar,
)
from corridor.web.components.names import country_in_words
from corridor.web.page import page, signed_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """My private address: ask for it, see it, take it back."""
    user = signed_in(request)
    if request.method == "POST":
        if request.POST.get("deed") == "close":
            close_calendar(by=user)
            messages.success(request, _("The address is closed. Programs that used it get nothing more."))
        else:
            open_calendar(by=user)
        return redirect("calendar")
    calendar = Calendar.objects.filter(user=user).first()
    path = reverse("calendar-feed", args=[address_of(calendar)]) if calendar else ""
    address = f"{settings.SITE_URL}{path}" if path else ""
    return page(request, "alerts/calendar.html", {"address": address, "notices": deadlines(user)})


@login_not_required
@cache_control(private=True, max_age=900)
@conditional_page
@require_safe
def feed(request: HttpRequest, address: str) -> HttpResponse:
    """The calendar itself, in its owner's language; whoever has the address can read it, so it holds what everybody may read."""
    calendar = calendar_at(address)
    if calendar is None:
        raise Http404
    with translation.override(calendar.user.language):
        sheet = sheet_of(deadlines(calendar.user))
    response = HttpResponse(sheet.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def sheet_of(notices: list[Notice]) -> Sheet:
    """Deadlines as iCalendar (RFC 5545): each a whole day, so that it is the same day in every zone."""
    sheet = Sheet()
    sheet.add("prodid", "-//Corridor//Deadlines//EN")
    sheet.add("version", "2.0")
    sheet.add("method", "PUBLISH")
    sheet.add("x-wr-calname", _("%(site)s: deadlines") % {"site": settings.NODE["name"] or "Corridor"})
    sheet.add("refresh-interval", datetime.timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for notice in notices:
        sheet.add_component(event_of(notice))
    return sheet


def event_of(notice: Notice) -> Event:
    """The last day of one notice."""
    assert notice.published is not None
    assert notice.valid_until is not None
    event = Event()
    event.add("uid", f"{notice.pk}@{settings.SITE_URL.split('//')[-1]}")
    event.add("dtstamp", notice.published.decided_at or notice.published_at)
    event.add("dtstart", notice.valid_until)
    event.add("dtend", notice.valid_until + datetime.timedelta(days=1))
    event.add("summary", _("Last day: %(title)s") % {"title": notice.published.title})
    event.add("description", f"{notice.get_kind_display()} · {country_in_words(notice.home)}")
    event.add("url", f"{settings.SITE_URL}{reverse('notice', args=[notice.pk])}")
    event.add("transp", "TRANSPARENT")
    return event

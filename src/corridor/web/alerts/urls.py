"""Addresses of this area."""

from django.urls import URLPattern, path

from corridor.web.alerts import calendars, letters

urlpatterns: list[URLPattern] = [
    path("letters/<str:ending>/end/", letters.end, name="letters-end"),
    path("calendar/", calendars.mine, name="calendar"),
    path("calendar/<str:address>.ics", calendars.feed, name="calendar-feed"),
]

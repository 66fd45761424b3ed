"""Addresses of this area."""

from django.urls import URLPattern, path

from corridor.web.introductions import asking, laying, listing, outcomes, rooms

urlpatterns: list[URLPattern] = [
    path("", listing.inbox, name="introductions"),
    path("new/", asking.asking, name="introduction-new"),
    path("proposal/", asking.proposal, name="introduction-proposal"),
    path("pause/", listing.pausing, name="introductions-pause"),
    path("counts/", outcomes.counts, name="introduction-counts"),
    path("answer/<str:token>/<slug:kind>/", outcomes.answer, name="outcome-answer"),
    path("<uuid:pk>/", listing.introduction, name="introduction"),
    path("<uuid:pk>/agreement/", listing.agreement, name="introduction-agreement"),
    path("<uuid:pk>/refusal/", listing.refusal, name="introduction-refusal"),
    path("<uuid:pk>/withdrawal/", listing.withdrawal, name="introduction-withdrawal"),
    path("rooms/<uuid:pk>/", rooms.room, name="room"),
    path("rooms/<uuid:pk>/messages/", rooms.messages, name="room-messages"),
    path("rooms/<uuid:pk>/files/", laying.files, name="room-files"),
    path("rooms/<uuid:pk>/dates/", laying.dates, name="room-dates"),
    path("rooms/<uuid:pk>/seats/", rooms.seats, name="room-seats"),
    path("rooms/<uuid:pk>/leaving/", rooms.leaving, name="room-leaving"),
    path("rooms/<uuid:pk>/outcome/", outcomes.outcome, name="room-outcome"),
    path("files/<uuid:pk>/", laying.file, name="room-file"),
    path("dates/<uuid:pk>/agreement/", laying.date_agreement, name="date-agreement"),
    path("dates/<uuid:pk>/invitation.ics", laying.date_invitation, name="date-invitation"),
]

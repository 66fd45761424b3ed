"""Addresses of this area."""

from django.urls import URLPattern, path

from corridor.web.networks import founding, joining, listing, problems

urlpatterns: list[URLPattern] = [
    path("", listing.networks, name="networks"),
    path("mine/", listing.mine, name="networks-mine"),
    path("new/", founding.new_network, name="network-new"),
    path("<uuid:pk>/", listing.network, name="network"),
    path("<uuid:pk>/entry/", founding.entry, name="network-entry"),
    path("<uuid:pk>/closing/", founding.closing, name="network-closing"),
    path("<uuid:pk>/request/", joining.request_to_join, name="network-request"),
    path("<uuid:pk>/invitation/", joining.invitation, name="network-invitation"),
    path("memberships/<uuid:pk>/answer/", joining.answer, name="network-answer"),
    path("memberships/<uuid:pk>/end/", joining.end, name="network-end"),
    path("memberships/<uuid:pk>/handover/", joining.handover, name="network-handover"),
    path("<uuid:pk>/problems/", problems.posting, name="network-posting"),
    path("problems/<uuid:pk>/", problems.problem, name="problem"),
    path("answers/<uuid:pk>/decision/", problems.decision, name="answer-decision"),
    path("answers/<uuid:pk>/withdrawal/", problems.withdrawal, name="answer-withdrawal"),
]

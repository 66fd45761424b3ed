"""Addresses of this area."""

from django.urls import URLPattern, path

from corridor.web.mailbox import views

urlpatterns: list[URLPattern] = [
    path("", views.mailbox, name="mailbox"),
    path("<uuid:key>/", views.mail, name="mail"),
]

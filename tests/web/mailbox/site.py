"""The mailbox, with the pages that its frame leads to."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("corridor.web.account.urls")),
    path("mailbox/", include("corridor.web.mailbox.urls")),
]
handler404 = "corridor.web.errors.not_found"

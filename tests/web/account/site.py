"""The account and the mailbox, with stand-ins for the pages of other areas that letters and redirects lead to."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.translation import get_language


def stand_in(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """A page of another area."""
    return HttpResponse("another area")


class NotingBackend(BaseEmailBackend):
    """Notes to whom mail goes, and which language held when it was written."""

    noted: ClassVar[list[tuple[str, str | None]]] = []

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Note them."""
        self.noted.extend((message.to[0], get_language()) for message in email_messages)
        return len(email_messages)


urlpatterns = [
    path("", stand_in, name="home"),
    path("desk/", stand_in, name="desk"),
    path("notices/<uuid:pk>/", stand_in, name="notice"),
    path("account/", include("corridor.web.account.urls")),
    path("mailbox/", include("corridor.web.mailbox.urls")),
]
handler400 = "corridor.web.errors.bad_request"
handler403 = "corridor.web.errors.forbidden"
handler404 = "corridor.web.errors.not_found"
handler500 = "corridor.web.errors.server_error"

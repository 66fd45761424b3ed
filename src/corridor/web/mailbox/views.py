"""The mailbox page of development: what would have gone out by mail. It exists on the developer's own machine alone."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from corridor.web.mailbox.messages import message_by, newest
from corridor.web.nearness import is_near
from corridor.web.page import page


def near_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Anywhere else there is no such page: mail holds links that sign in."""

    @wraps(view)
    def guarded(request: HttpRequest, **names: object) -> HttpResponse:
        if not (settings.DEVELOPMENT and is_near(request)):
            raise Http404
        return view(request, **names)

    return guarded


@login_not_required
@never_cache
@require_safe
@near_only
def mailbox(request: HttpRequest) -> HttpResponse:
    """All mails, newest first."""
    return page(request, "mailbox/mailbox.html", {"mails": newest()})


@login_not_required
@never_cache
@require_safe
@near_only
def mail(request: HttpRequest, key: UUID) -> HttpResponse:
    """One mail, as text with its links."""
    found = message_by(key)
    if found is None:
        raise Http404
    return page(request, "mailbox/mail.html", {"mail": found})

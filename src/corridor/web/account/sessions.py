"""Ending one session of one's own; allauth lists them and ends all others."""

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corridor.web.page import signed_in


@require_POST
def ending(request: HttpRequest, pk: int) -> HttpResponse:
    """End a session, there or here. Somebody else's is not there."""
    found = get_object_or_404(UserSession.objects.filter(user=signed_in(request)), pk=pk)
    end_sessions(request, [found])
    if not request.user.is_authenticated:
        return redirect("account_login")
    messages.success(request, _("That session is ended."))
    return redirect("usersessions_list")

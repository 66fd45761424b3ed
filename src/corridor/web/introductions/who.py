"""For whom somebody acts in introductions, what an address names, and the way here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.directory.models import Organisation
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.matching.models import Introduction, Notice, Room, spoken_for
from corridor.web.components.parts import Crumb
from corridor.web.page import signed_in


def own_organisations(user: User) -> list[Organisation]:
    """The organisations that a person speaks for, with their names."""
    return list(Organisation.objects.standing().with_names().filter(pk__in=spoken_for(user)).order_by("pk"))


def key_of(request: HttpRequest, name: str) -> UUID | None:
    """An identifier that a form or an address gives."""
    try:
        return UUID(request.POST.get(name) or request.GET.get(name, ""))
    except ValueError:
        return None


def named_organisation(request: HttpRequest, name: str = "organisation") -> Organisation | None:
    """An organisation that a form or an address names; one that is not there is 404."""
    key = key_of(request, name)
    return get_object_or_404(Organisation.objects.standing().with_names(), pk=key) if key else None


def named_notice(request: HttpRequest, name: str = "notice") -> Notice | None:
    """A published notice that a form or an address names, if this person may read it; else 404."""
    key = key_of(request, name)
    if key is None:
        return None
    readable = Notice.objects.visible_to(request.user).filter(published__isnull=False, organisation__isnull=False)
    return get_object_or_404(readable.for_reading(), pk=key)


def found(request: HttpRequest, pk: UUID) -> Introduction:
    """An introduction that this person may know of; else 404."""
    return get_object_or_404(Introduction.objects.visible_to(request.user).for_reading(), pk=pk)


def entered(request: HttpRequest, pk: UUID) -> Room:
    """A room in which this person sits; else 404, also for those who guess."""
    return get_object_or_404(Room.objects.visible_to(request.user).for_reading(), pk=pk)


def inside(request: HttpRequest, rows: Any, pk: UUID) -> Any:
    """Something in a room in which this person sits; else 404."""
    return get_object_or_404(rows.filter(room__in=Room.objects.visible_to(request.user)), pk=pk)


def back(request: HttpRequest, name: str, pk: object, sentence: str) -> HttpResponse:
    """To the page of what was dealt with, which says what was done."""
    messages.success(request, sentence)
    return redirect(name, pk)


def tried(request: HttpRequest, act: Any, sentence: str) -> None:
    """Do it and say so, or say why not; the page that follows shows either."""
    try:
        act()
    except Refused as refusal:
        for reason in refusal.reasons:
            messages.error(request, str(reason))
    else:
        messages.success(request, sentence)


def trail(*last: str) -> tuple[Crumb, ...]:
    """The way here."""
    before = (
        Crumb(_("Start page"), reverse("home")),
        Crumb(_("Introductions"), reverse("introductions") if last else ""),
    )
    return (*before, *(Crumb(word) for word in last))


def me(request: HttpRequest) -> User:
    """The person whose request it is."""
    found_user = signed_in(request)
    if not found_user.is_active:
        raise Http404
    return found_user

"""For which organisations somebody acts in networks, and the way to a network's pages."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.directory import rules
from corridor.directory.models import Network, Organisation
from corridor.kernel.models import User
from corridor.kernel.states import Capability
from corridor.web.components.parts import Crumb
from corridor.web.waiting import organisations_where


def managed_by(user: User | None) -> list[Organisation]:
    """The organisations whose entry a person looks after, in a fixed number of queries."""
    keys = organisations_where(user, Capability.MANAGE_ORGANISATION) if user else []
    return list(
        Organisation.objects.standing().with_names().select_related("verification").filter(pk__in=keys).order_by("pk")
    )


def spoken_for_by(user: User | None) -> list[UUID]:
    """The organisations for which a person writes."""
    return organisations_where(user, Capability.SPEAK) if user else []


def named(request: HttpRequest) -> Organisation | None:
    """The organisation that an address or a form names, if this person acts for it or it is there at all."""
    try:
        key = UUID(request.POST.get("organisation") or request.GET.get("organisation", ""))
    except ValueError:
        return None
    return Organisation.objects.standing().with_names().select_related("verification").filter(pk=key).first()


def found(pk: UUID) -> Network:
    """A network with its convenor's names; else 404."""
    return get_object_or_404(Network.objects.select_related("convenor").prefetch_related("convenor__names"), pk=pk)


def back(request: HttpRequest, network: Network, sentence: str) -> HttpResponse:
    """To the network's page, which says what was done."""
    messages.success(request, sentence)
    return redirect("network", pk=network.pk)


def trail(network: Network | None = None, last: str = "") -> tuple[Crumb, ...]:
    """The way here."""
    before = (Crumb(_("Start page"), reverse("home")), Crumb(_("Directory"), reverse("directory")))
    if network is None:
        return (*before, Crumb(_("Networks"), reverse("networks") if last else ""), *([Crumb(last)] if last else []))
    page = Crumb(network.name, reverse("network", args=[network.pk]) if last else "")
    return (*before, Crumb(_("Networks"), reverse("networks")), page, *([Crumb(last)] if last else []))


def acting(user: User | None, organisation: Organisation) -> bool:
    """Whether this reader decides for the organisation."""
    return user is not None and rules.acts_for(user, organisation)

"""Founding a network, mending its page, closing it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.directory import rules
from corridor.directory.operations.networks import close_network, edit_network, found_network
from corridor.kernel.logic.verdict import Refused
from corridor.web.networks.forms import NetworkForm
from corridor.web.networks.who import back, found, managed_by, trail
from corridor.web.page import page, signed_in

reading_and_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_and_sending
def new_network(request: HttpRequest) -> HttpResponse:
    """Found a network for a verified organisation that one looks after."""
    by = signed_in(request)
    own = [organisation for organisation in managed_by(by) if rules.may_found(by, organisation).allowed]
    if not own:
        raise Refused([_("A network is founded by the manager of an organisation that its focal point verified.")])
    form = NetworkForm(request.POST or None, own=own)
    if request.method == "POST" and form.is_valid():
        convenor = next(one for one in own if str(one.pk) == form.cleaned_data["convenor"])
        network = found_network(convenor, by=by, **form.facts())
        return back(request, network, _("The network is founded. Invite others from their pages in the directory."))
    context = {"form": form, "trail": trail(None, _("Found a network"))}
    return page(request, "networks/entry.html", context, status=400 if form.errors else 200)


@reading_and_sending
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mend what a network's page says."""
    network = found(pk)
    rules.may_convene(signed_in(request), network).enforce()
    form = NetworkForm(request.POST or None, network=network)
    if request.method == "POST" and form.is_valid():
        edit_network(network, by=signed_in(request), **form.facts())
        return back(request, network, _("Saved."))
    context = {"network": network, "form": form, "trail": trail(network, _("Mend this page"))}
    return page(request, "networks/entry.html", context, status=400 if form.errors else 200)


@reading_and_sending
def closing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a network: first what it means, then the deed."""
    network = found(pk)
    rules.may_convene(signed_in(request), network).enforce()
    if request.method == "POST":
        close_network(network, by=signed_in(request))
        return back(request, network, _("The network is closed. Its page stays."))
    return page(request, "networks/closing.html", {"network": network, "trail": trail(network, _("Close it"))})

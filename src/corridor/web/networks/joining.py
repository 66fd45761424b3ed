"""Asking to join, inviting, answering, leaving, handing over."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corridor.directory import rules
from corridor.directory.models import NetworkMembership
from corridor.directory.operations import networks
from corridor.directory.states import NetworkMembershipState
from corridor.web.decisions import ReasonForm, attempt
from corridor.web.networks.forms import InvitationForm
from corridor.web.networks.who import acting, back, found, named, trail
from corridor.web.page import page, signed_in


@require_POST
def request_to_join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask to join, for an organisation that one looks after."""
    network, organisation = found(pk), named(request)
    if organisation is None:
        raise Http404
    networks.ask_to_join(network, organisation, by=signed_in(request))
    return back(request, network, _("You asked to join. The convenor answers."))


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Invite one organisation; reached from its page in the directory."""
    network, organisation = found(pk), named(request)
    if organisation is None:
        raise Http404
    verdict = rules.may_invite(signed_in(request), network, organisation)
    verdict.enforce()
    form = InvitationForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        networks.invite(network, organisation, by=signed_in(request), **form.cleaned_data)
        return back(request, network, _("Invited. It belongs to the network when it has agreed."))
    context = {"network": network, "organisation": organisation, "form": form, "trail": trail(network, _("Invite"))}
    return page(request, "networks/invitation.html", context, status=400 if form.errors else 200)


def standing(request: HttpRequest, pk: UUID) -> NetworkMembership:
    """A membership that this person may know of; else 404."""
    rows = NetworkMembership.objects.select_related("network__convenor", "organisation", "begun_by")
    row = get_object_or_404(rows.prefetch_related("organisation__names"), pk=pk)
    public = row.state in (NetworkMembershipState.JOINED, NetworkMembershipState.LEFT)
    if not (public or any(acting(signed_in(request), one) for one in (row.organisation, row.network.convenor))):
        raise Http404
    return row


@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree or decline, as the button says."""
    row = standing(request, pk)
    agrees = request.POST.get("decision") == "agree"
    networks.answer_network_membership(
        row, by=signed_in(request), agrees=agrees, reason=request.POST.get("reason", "").strip()[:500]
    )
    return back(request, row.network, _("It belongs to the network from today.") if agrees else _("Declined."))


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leave, or end a membership, with the reason."""
    row = standing(request, pk)
    rules.may_end_membership(signed_in(request), row).enforce()
    form = ReasonForm(request.POST or None, key=pk, help_text=_("Both sides read it. It is not published."))
    act = lambda: networks.end_membership(row, by=signed_in(request), reason=form.cleaned_data["reason"])  # noqa: E731
    if request.method == "POST" and form.is_valid() and attempt(request, form, act, _("The membership ends today.")):
        return back(request, row.network, _("That it was a member until today stays on the page."))
    context = {
        "membership": row,
        "network": row.network,
        "form": form,
        "trail": trail(row.network, _("End a membership")),
    }
    return page(request, "networks/end.html", context, status=400 if form.errors else 200)


@require_POST
def handover(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let another member convene the network."""
    row = standing(request, pk)
    networks.hand_over(row, by=signed_in(request))
    return back(request, row.network, _("Handed over. It convenes the network from today."))

"""Verbs of networks: found, mend, ask, invite, answer, leave, hand over, close."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from corridor.directory import rules
from corridor.directory.models import Network, NetworkMembership, Organisation
from corridor.directory.operations.acting import hold_parties
from corridor.directory.states import NetworkMembershipState, NetworkRole
from corridor.kernel.models import Grant, User
from corridor.kernel.operations import hold, move, record, write_letter
from corridor.kernel.states import Office, Scope

FIELDS = frozenset({"name", "name_language", "about", "about_language", "themes", "website"})


@transaction.atomic
def found_network(convenor: Organisation, *, by: User, is_sample: bool = False, **facts: Any) -> Network:
    """Found a network. The organisation that does so convenes it and is its first member."""
    hold_parties(convenor)
    rules.may_found(by, convenor).enforce()
    network = Network.objects.create(convenor=convenor, home=convenor.home, is_sample=is_sample, **_known(facts))
    NetworkMembership.objects.create(
        network=network,
        organisation=convenor,
        role=NetworkRole.CONVENOR,
        state=NetworkMembershipState.JOINED,
        begun_by=by,
        starts_on=timezone.now().date(),
    )
    record("network.founded", network, by=by, convenor=convenor.pk)
    return network


@transaction.atomic
def edit_network(network: Network, *, by: User, **facts: Any) -> None:
    """Mend what its page says."""
    hold_parties(network.convenor)
    hold(network)
    rules.may_convene(by, network).enforce()
    changed = [field for field, value in _known(facts).items() if getattr(network, field) != value]
    for field in changed:
        setattr(network, field, facts[field])
    if changed:
        network.save(update_fields=changed)
        record("network.edited", network, by=by, fields=sorted(changed))


@transaction.atomic
def ask_to_join(network: Network, organisation: Organisation, *, by: User, reason: str = "") -> NetworkMembership:
    """An organisation asks to join; the convenor answers."""
    hold_parties(organisation)
    hold(network)  # asked twice at once, the second sees the first
    rules.may_ask_to_join(by, network, organisation).enforce()
    return _begin(network, organisation, NetworkMembershipState.ASKED, by=by, reason=reason)


@transaction.atomic
def invite(
    network: Network, organisation: Organisation, *, by: User, role: str = NetworkRole.MEMBER, reason: str = ""
) -> NetworkMembership:
    """The convenor invites an organisation; it belongs to the network when it has agreed."""
    hold_parties(network.convenor, organisation)
    hold(network)
    rules.may_invite(by, network, organisation).enforce()
    return _begin(network, organisation, NetworkMembershipState.INVITED, by=by, role=role, reason=reason)


@transaction.atomic
def answer_network_membership(membership: NetworkMembership, *, by: User, agrees: bool, reason: str = "") -> None:
    """Agree, and the organisation belongs to the network from today; or decline."""
    hold_parties(membership.network.convenor, membership.organisation)
    hold(membership)
    rules.may_answer_membership(by, membership).enforce()
    if agrees:
        membership.starts_on = timezone.now().date()
    elif reason:
        membership.reason = reason
    membership.save(update_fields=["starts_on", "reason"])
    move(membership, NetworkMembershipState.JOINED if agrees else NetworkMembershipState.DECLINED, by=by)
    if membership.begun_by is not None and membership.begun_by != by:
        write_letter(
            membership.begun_by,
            "network_answered",
            key=f"network:{membership.pk}:answer",
            agrees=agrees,
            reason=reason,
            **_told(membership),
        )


@transaction.atomic
def end_membership(membership: NetworkMembership, *, by: User, reason: str) -> None:
    """Leave a network, or end a membership as its convenor. That it was a member until today stays on the page."""
    hold(membership)
    rules.may_end_membership(by, membership).enforce()
    membership.ends_on, membership.reason = timezone.now().date(), reason
    membership.save(update_fields=["ends_on", "reason"])
    move(membership, NetworkMembershipState.LEFT, by=by)


@transaction.atomic
def hand_over(membership: NetworkMembership, *, by: User) -> None:
    """Another member convenes the network from today, and it is at home in that member's country."""
    network = membership.network
    hold_parties(network.convenor, membership.organisation)
    hold(network)
    hold(membership)
    rules.may_hand_over(by, membership).enforce()
    network.memberships.filter(role=NetworkRole.CONVENOR).update(role=NetworkRole.MEMBER)
    membership.role = NetworkRole.CONVENOR
    membership.save(update_fields=["role"])
    before, network.convenor, network.home = network.convenor_id, membership.organisation, membership.organisation.home
    network.save(update_fields=["convenor", "home"])
    record("network.handed_over", network, by=by, **{"from": before, "to": network.convenor_id})


@transaction.atomic
def close_network(network: Network, *, by: User) -> None:
    """Close a network for good. Its page stays, with what its members did."""
    hold(network)
    rules.may_convene(by, network).enforce()
    network.closed_on = timezone.now().date()
    network.save(update_fields=["closed_on"])
    record("network.closed", network, by=by)


def managers_of(organisation: Organisation) -> list[User]:
    """The people who look after an organisation's entry now."""
    held = Grant.objects.current().over(Scope.ORGANISATION, organisation.pk).filter(office=Office.ORGANISATION_MANAGER)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"))


def _begin(
    network: Network, organisation: Organisation, state: str, *, by: User, reason: str, role: str = NetworkRole.MEMBER
) -> NetworkMembership:
    made = NetworkMembership.objects.create(
        network=network, organisation=organisation, state=state, role=role, begun_by=by, reason=reason
    )
    record(f"networkmembership.{state}", made, by=by, network=network.pk, organisation=organisation.pk, role=role)
    other = network.convenor if state == NetworkMembershipState.ASKED else organisation
    for manager in managers_of(other):
        write_letter(manager, f"network_{state}", key=f"network:{made.pk}:{manager.pk}", reason=reason, **_told(made))
    return made


def _told(membership: NetworkMembership) -> dict[str, str]:
    return {
        "network": str(membership.network_id),
        "name": membership.network.name,
        "organisation": membership.organisation.name,
    }


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    unknown = set(facts) - FIELDS
    if unknown:
        raise TypeError(f"a network has no facts {sorted(unknown)}")
    return facts

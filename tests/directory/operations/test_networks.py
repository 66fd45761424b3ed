"""Networks: founded by verified organisations, joined when both sides agree, convened by one at a time."""

import pytest
from django.db import IntegrityError, transaction

from corridor.directory.models import Facility, Network, NetworkMembership, Organisation
from corridor.directory.operations import merging, networks
from corridor.directory.states import NetworkMembershipState, NetworkRole
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, Letter
from tests import make

pytestmark = pytest.mark.django_db


def reasons(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    """What a refusal says."""
    return [str(one) for one in refusal.value.reasons]


def founded(convenor: Organisation | None = None) -> Network:
    """A network of one."""
    convenor = convenor or make.organisation("LA", type="hub", is_verified=True)
    return make.network(convenor)


def test_a_verified_organisation_founds_a_network_and_is_its_first_member() -> None:
    convenor = make.organisation("LA", type="hub", is_verified=True)
    manager = make.manager(convenor)
    network = networks.found_network(convenor, by=manager, name="Hubs of the river", about="Problems of mills.")
    membership = network.memberships.get()
    assert (network.home, membership.organisation, membership.role) == ("LA", convenor, NetworkRole.CONVENOR)
    assert (membership.state, membership.starts_on) == (NetworkMembershipState.JOINED, make.today())
    assert Event.objects.about(network).get().verb == "network.founded"


def test_an_unverified_organisation_founds_none() -> None:
    convenor = make.organisation("LA", type="hub")
    with pytest.raises(Refused) as refusal:
        networks.found_network(convenor, by=make.manager(convenor), name="Hubs", about="Problems.")
    assert reasons(refusal) == ["Only an organisation that its focal point verified can found a network."]
    assert not Network.objects.exists()


@pytest.mark.parametrize("who", ["member", "another country's officer", "outsider"])
def test_who_does_not_act_for_the_organisation_founds_none(who: str) -> None:
    convenor = make.organisation("LA", type="hub", is_verified=True)
    people = {
        "member": lambda: make.member(convenor),
        "another country's officer": lambda: make.officer("TH"),
        "outsider": lambda: make.person("LA"),
    }
    with pytest.raises(Refused):
        networks.found_network(convenor, by=people[who](), name="Hubs", about="Problems.")
    assert not Network.objects.exists()


def test_who_asks_belongs_to_it_when_the_convenor_agrees() -> None:
    network, zone = founded(), make.organisation("VN", type="zone")
    convening, asking = make.manager(network.convenor), make.manager(zone)
    asked = networks.ask_to_join(network, zone, by=asking)
    assert not network.memberships.joined().filter(organisation=zone).exists()
    assert Letter.objects.get(user=convening).template == "network_asked"
    networks.answer_network_membership(asked, by=convening, agrees=True)
    asked.refresh_from_db()
    assert (asked.state, asked.starts_on) == (NetworkMembershipState.JOINED, make.today())
    assert Letter.objects.get(user=asking).facts["agrees"] is True


def test_who_is_invited_belongs_to_it_only_when_it_agrees_itself() -> None:
    network, zone = founded(), make.organisation("KH", type="zone")
    convening, invited_one = make.manager(network.convenor), make.manager(zone)
    invited = networks.invite(network, zone, by=convening, role=NetworkRole.OBSERVER)
    with pytest.raises(Refused):
        networks.answer_network_membership(invited, by=convening, agrees=True)
    assert not network.memberships.joined().filter(organisation=zone).exists()
    networks.answer_network_membership(invited, by=invited_one, agrees=True)
    assert network.memberships.joined().get(organisation=zone).role == NetworkRole.OBSERVER


def test_nobody_asks_for_another_organisation() -> None:
    network, zone = founded(), make.organisation("VN", type="zone")
    with pytest.raises(Refused):
        networks.ask_to_join(network, zone, by=make.manager(network.convenor))
    assert network.memberships.count() == 1


def test_asking_twice_is_refused_and_the_database_holds_it_too() -> None:
    network, zone = founded(), make.organisation("VN", type="zone")
    manager = make.manager(zone)
    networks.ask_to_join(network, zone, by=manager)
    with pytest.raises(Refused) as refusal:
        networks.ask_to_join(network, zone, by=manager)
    assert reasons(refusal) == ["This organisation has joined, or an answer is awaited."]
    with pytest.raises(IntegrityError), transaction.atomic():
        NetworkMembership.objects.create(network=network, organisation=zone, state=NetworkMembershipState.INVITED)
    assert network.memberships.filter(organisation=zone).count() == 1


def test_a_member_leaves_and_the_page_keeps_that_it_was_one() -> None:
    network, zone = founded(), make.organisation("VN", type="zone")
    membership = make.joined(network, zone)
    networks.end_membership(membership, by=make.manager(zone), reason="We have other work.")
    membership.refresh_from_db()
    assert (membership.state, membership.ends_on) == (NetworkMembershipState.LEFT, make.today())
    assert list(network.memberships.told_to_everybody().filter(organisation=zone)) == [membership]


def test_the_convenor_hands_over_before_it_leaves() -> None:
    network, zone = founded(), make.organisation("VN", type="zone")
    own, manager = network.memberships.get(), make.manager(network.convenor)
    with pytest.raises(Refused) as refusal:
        networks.end_membership(own, by=manager, reason="Enough.")
    assert reasons(refusal) == ["Whoever convenes a network hands that over, or closes the network, before leaving."]
    membership = make.joined(network, zone)
    networks.hand_over(membership, by=manager)
    network.refresh_from_db()
    assert (network.convenor, network.home) == (zone, "VN")
    assert dict(network.memberships.values_list("organisation", "role")) == {
        own.organisation_id: NetworkRole.MEMBER,
        zone.pk: NetworkRole.CONVENOR,
    }
    with pytest.raises(Refused):
        networks.edit_network(network, by=manager, name="Mine again")


def test_a_closed_network_takes_nobody_and_stays() -> None:
    network, zone = founded(), make.organisation("VN", type="zone")
    networks.close_network(network, by=make.manager(network.convenor))
    with pytest.raises(Refused) as refusal:
        networks.ask_to_join(network, zone, by=make.manager(zone))
    assert reasons(refusal) == ["This network has been closed."]
    assert network.memberships.count() == 1


def test_a_closed_network_answers_nobody_who_waited() -> None:
    network, zone = founded(), make.organisation("VN", type="zone")
    asked = networks.ask_to_join(network, zone, by=make.manager(zone))
    manager = make.manager(network.convenor)
    networks.close_network(network, by=manager)
    asked.refresh_from_db()
    with pytest.raises(Refused):
        networks.answer_network_membership(asked, by=manager, agrees=True)
    assert network.memberships.joined().count() == 1


def test_of_two_merged_members_the_kept_one_is_listed_and_convenes_and_both_come_back() -> None:
    kept, gone = (
        make.organisation("LA", name=name, type="hub", is_verified=True) for name in ("Twin hub", "Hub of twins")
    )
    network = founded(gone)
    make.joined(network, kept)
    for one in (kept, gone):
        make.facility(one, name="Oven")
    officer = make.officer("LA")
    made = merging.merge(kept, gone, by=officer, reason="One hub.")
    network.refresh_from_db()
    membership = network.memberships.joined().get()
    assert (network.convenor, membership.organisation, membership.is_convenor) == (kept, kept, True)
    assert [facility.organisation for facility in Facility.objects.open()] == [kept]
    with pytest.raises(Refused):
        networks.end_membership(membership, by=officer, reason="Enough.")
    merging.undo(made, by=officer, reason="Two hubs.")
    network.refresh_from_db()
    assert {row.organisation: row.is_convenor for row in network.memberships.joined()} == {gone: True, kept: False}
    assert {facility.organisation for facility in Facility.objects.open()} == {kept, gone}

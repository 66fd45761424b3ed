"""Pages of networks: who belongs, what is posted, what waits for whom."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from corridor.directory.models import Network, NetworkMembership
from corridor.directory.operations import networks
from corridor.directory.states import NetworkMembershipState, NetworkRole
from corridor.matching.models import Answer, PostedProblem
from corridor.matching.operations import notices, problems
from tests import make

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
SAID = {"name": "Hubs of the river", "about": "Problems of mills.", "themes": ["industry"], "website": ""}


def at(network: Network) -> str:
    """The page of a network."""
    return reverse("network", args=[network.pk])


@pytest.fixture
def network() -> Network:
    """A network that a Thai hub convenes."""
    return make.network(make.organisation("TH", name="White Orchid Hub", type="hub", is_verified=True))


def test_a_manager_founds_a_network(as_: As) -> None:
    hub = make.organisation("LA", type="hub", is_verified=True)
    answer = as_(make.manager(hub)).post(reverse("network-new"), {**SAID, "convenor": str(hub.pk)})
    made = Network.objects.get()
    assert answer["Location"] == at(made)
    assert (made.convenor, made.themes, made.home) == (hub, ["industry"], "LA")


def test_bad_input_is_told_at_its_field_and_what_was_typed_stays(as_: As) -> None:
    hub = make.organisation("LA", type="hub", is_verified=True)
    said = {**SAID, "name": "·· ··", "website": "javascript:alert(1)", "convenor": str(make.organisation().pk)}
    answer = as_(make.manager(hub)).post(reverse("network-new"), said)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (400, ["convenor", "name", "website"])
    assert "Problems of mills." in answer.content.decode()
    assert not Network.objects.exists()


def test_who_manages_no_verified_organisation_is_told_why_not(as_: As) -> None:
    answer = as_(make.manager(make.organisation())).get(reverse("network-new"))
    assert answer.status_code == 403
    assert "that its focal point verified" in answer.content.decode()


def test_everybody_reads_the_page_and_hostile_text_is_only_text(as_: As, network: Network) -> None:
    Network.objects.filter(pk=network.pk).update(about="<script>alert(1)</script>", about_language="th")
    shown = as_().get(at(network)).content.decode()
    assert "White Orchid Hub" in shown
    assert "<script>alert(1)" not in shown


def test_who_asked_or_was_invited_is_shown_to_the_two_sides_only(as_: As, network: Network) -> None:
    zone = make.organisation("VN", name="Bamboo Zone", type="zone")
    asking = make.manager(zone)
    networks.ask_to_join(network, zone, by=asking)
    readers = [asking, make.manager(network.convenor), make.officer("VN"), make.officer("TH")]
    others = [make.person("VN"), make.officer("LA"), make.member(network.convenor)]
    assert ["Bamboo Zone" in as_(one).get(at(network)).content.decode() for one in readers] == [True] * 4
    assert ["Bamboo Zone" in as_(one).get(at(network)).content.decode() for one in others] == [False] * 3
    assert "Bamboo Zone" not in as_().get(at(network)).content.decode()


def test_a_membership_that_one_may_not_know_of_is_not_there(as_: As, network: Network) -> None:
    zone = make.organisation("VN", type="zone")
    asked = networks.ask_to_join(network, zone, by=make.manager(zone))
    answer = as_(make.officer("LA")).post(reverse("network-answer", args=[asked.pk]), {"decision": "agree"})
    asked.refresh_from_db()
    assert (answer.status_code, asked.state) == (404, NetworkMembershipState.ASKED)


def test_asking_answering_and_leaving_on_pages(as_: As, network: Network) -> None:
    zone = make.organisation("VN", type="zone")
    manager = make.manager(zone)
    as_(manager).post(reverse("network-request", args=[network.pk]), {"organisation": str(zone.pk)})
    asked = network.memberships.get(organisation=zone)
    convening = as_(make.manager(network.convenor))
    assert str(asked.pk) in convening.get(reverse("networks-mine")).content.decode()
    convening.post(reverse("network-answer", args=[asked.pk]), {"decision": "agree"})
    asked.refresh_from_db()
    assert asked.state == NetworkMembershipState.JOINED
    empty = as_(manager).post(reverse("network-end", args=[asked.pk]), {"reason": ""})
    assert empty.status_code == 400
    as_(manager).post(reverse("network-end", args=[asked.pk]), {"reason": "Other work."})
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == (NetworkMembershipState.LEFT, "Other work.")


def test_the_convenor_invites_from_the_organisations_page(as_: As, network: Network) -> None:
    zone = make.organisation("KH", type="zone")
    client = as_(make.manager(network.convenor))
    url = f"{reverse('network-invitation', args=[network.pk])}?organisation={zone.pk}"
    assert url.replace("&", "&amp;") in client.get(reverse("organisation", args=[zone.pk])).content.decode()
    client.post(url, {"role": NetworkRole.OBSERVER, "reason": "Come and look."})
    assert network.memberships.get(organisation=zone).state == NetworkMembershipState.INVITED
    assert client.post(url, {"role": NetworkRole.CONVENOR}).status_code in (400, 403)
    assert as_(make.officer("KH")).get(url).status_code == 403


def test_a_problem_is_posted_answered_and_decided_on_pages(as_: As, network: Network) -> None:
    zone = make.organisation("KH", type="zone", is_verified=True)
    make.joined(network, zone)
    writer, expert = make.member(zone), make.member(network.convenor)
    notice = make.published(writer, of=zone, home="KH", title="Boilers eat wood")
    client = as_(writer)
    assert "Boilers eat wood" in client.get(at(network)).content.decode()
    client.post(reverse("network-posting", args=[network.pk]), {"notice": str(notice.pk)})
    problem = PostedProblem.objects.get()
    url = reverse("problem", args=[problem.pk])
    hub = str(network.convenor_id)
    as_(expert).post(url, {"organisation": hub, "text": "We measure your boilers.", "language": "en"})
    answer = Answer.objects.get()
    assert "We measure your boilers." in client.get(url).content.decode()
    assert "We measure your boilers." not in as_().get(url).content.decode()
    assert "We measure your boilers." not in as_(make.officer("KH")).get(url).content.decode()
    refused = as_(make.officer("KH")).post(reverse("answer-decision", args=[answer.pk]), {"decision": "taken_up"})
    assert refused.status_code == 404
    client.post(reverse("answer-decision", args=[answer.pk]), {"decision": "taken_up", "reason": "Come in May."})
    answer.refresh_from_db()
    assert (answer.state, answer.reason) == ("taken_up", "Come in May.")


def test_a_problem_whose_notice_went_is_listed_and_found_nowhere(as_: As, network: Network) -> None:
    zone = make.organisation("KH", type="zone", is_verified=True)
    make.joined(network, zone)
    writer = make.member(zone)
    notice = make.published(writer, of=zone, home="KH", title="Boilers eat wood")
    problem = problems.post_problem(notice, network, by=writer)
    notices.suspend(notice, by=make.officer("KH"), reason="Wrong facts.")
    assert "Boilers eat wood" not in as_().get(at(network)).content.decode()
    assert as_().get(reverse("problem", args=[problem.pk])).status_code == 404


def test_the_pages_ask_as_often_for_12_as_for_3(
    as_: As, network: Network, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def grow(number: int) -> None:
        for _ in range(number):
            zone = make.organisation("KH", type="zone", is_verified=True)
            make.joined(network, zone)
            writer = make.member(zone)
            problems.post_problem(make.published(writer, of=zone, home="KH"), network, by=writer)
            make.network(make.organisation("MM", type="hub", is_verified=True))

    client = as_()
    grow(3)
    with django_assert_num_queries(3):
        client.get(reverse("networks"))
    with django_assert_num_queries(10):
        client.get(at(network))
    grow(9)
    with django_assert_num_queries(3):
        client.get(reverse("networks"))
    with django_assert_num_queries(10):
        client.get(at(network))


def test_only_the_convenor_closes_and_hands_over(as_: As, network: Network) -> None:
    zone = make.organisation("VN", type="zone")
    membership = make.joined(network, zone)
    outsider = as_(make.manager(zone))
    assert outsider.post(reverse("network-closing", args=[network.pk])).status_code == 403
    assert outsider.post(reverse("network-handover", args=[membership.pk])).status_code == 403
    assert NetworkMembership.objects.get(role=NetworkRole.CONVENOR).organisation == network.convenor
    convening = as_(make.manager(network.convenor))
    convening.post(reverse("network-handover", args=[membership.pk]))
    network.refresh_from_db()
    assert (network.convenor, network.is_open) == (zone, True)


def test_the_line_of_what_waits_leads_somewhere_on_the_page_of_ones_networks_too(as_: As, network: Network) -> None:
    zone = make.organisation("VN", type="zone")
    networks.ask_to_join(network, zone, by=make.manager(zone))
    shown = as_(make.manager(network.convenor)).get(reverse("networks-mine")).content.decode()
    assert ('href=""' in shown, f'href="{reverse("networks-mine")}"' in shown) == (False, True)

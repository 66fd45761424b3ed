"""A verified organisation confirms its own people."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from corridor.directory.models import Vouching
from corridor.directory.states import RequestState
from corridor.kernel.models import Audience, Grant
from corridor.kernel.states import Office
from tests import make

As = Callable[..., Client]


def answer(client: Client, asked: object, decision: str = "confirm", **said: str) -> object:
    """Press a button beside a request."""
    return client.post(
        reverse("desk-person", args=[asked.pk]), {"decision": decision, "reason": "We work together.", **said}
    )


def test_a_manager_confirms_a_colleague(as_: As) -> None:
    own = make.organisation(is_verified=True)
    asked = make.request(make.person("LA"), of=own)
    answer(as_(make.manager(own)), asked)
    assert Audience.of(asked.user).organisations == (str(own.pk),)
    assert Vouching.objects.get().reason == "We work together."


def test_a_manager_makes_no_further_managers(as_: As) -> None:
    own = make.organisation(is_verified=True)
    asked = make.request(make.person("LA"), of=own)
    answer(as_(make.manager(own)), asked, as_manager="on")
    assert list(Grant.objects.filter(user=asked.user).values_list("office", flat=True)) == [Office.MEMBER]


def test_an_unverified_organisation_is_told_who_confirms_until_then(as_: As) -> None:
    own = make.organisation()
    asked = make.request(make.person("LA"), of=own)
    client = as_(make.manager(own))
    page = client.get(reverse("desk-colleagues"))
    assert (page.context["people"], list(page.context["unverified"])) == ([], [own])
    refused = answer(client, asked)
    assert "the verified organisation itself can answer" in refused.content.decode()
    asked.refresh_from_db()
    assert asked.state == RequestState.WAITING


def test_another_organisations_people_are_not_there(as_: As) -> None:
    asked = make.request(make.person("LA", name="Somphone"), of=make.organisation(is_verified=True))
    client = as_(make.manager(make.organisation(is_verified=True)))
    assert answer(client, asked).status_code == 404
    assert "Somphone" not in client.get(reverse("desk-colleagues")).content.decode()


def test_whoever_manages_nothing_is_refused_with_the_reason(as_: As) -> None:
    for person in (make.person(), make.member(make.organisation(is_verified=True)), make.officer("LA")):
        page = as_(person).get(reverse("desk-colleagues"))
        assert page.status_code == 403
        assert "Colleagues are confirmed by the manager" in page.content.decode()


def test_ones_own_request_is_not_in_ones_own_queue(as_: As) -> None:
    own = make.organisation(is_verified=True)
    manager = make.manager(own)
    make.request(manager, of=own)
    assert as_(manager).get(reverse("desk-colleagues")).context["people"] == []

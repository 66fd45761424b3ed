"""Where one is signed in, and ending that."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from corridor.kernel.models import User
from tests.web.account.conftest import NEAR, PASSWORD, make_person

RIGHT = {"login": "somchai@example.org", "password": PASSWORD}
LIST = "/account/sessions/"


@pytest.fixture
def two(near: Client, person: User) -> tuple[Client, Client]:
    """One person in two browsers."""
    phone = Client(headers={"User-Agent": "A telephone"}, **NEAR)
    for client in (near, phone):
        client.post("/account/login/", RIGHT)
    return near, phone


def test_sessions_are_listed_with_browser_address_and_which_is_this_one(two: tuple[Client, Client]) -> None:
    page = two[0].get(LIST).content.decode()
    assert ("A telephone" in page, "127.0.0.1" in page, page.count("this one")) == (True, True, 1)
    assert page.count("End it") == 1


def test_one_session_is_ended(two: tuple[Client, Client]) -> None:
    near, phone = two
    there = UserSession.objects.get(user_agent="A telephone")
    assert near.post(f"{LIST}{there.pk}/ending/")["Location"] == LIST
    assert phone.get("/account/").status_code == 302
    assert near.get("/account/").status_code == 200


def test_the_own_session_can_be_ended_too(two: tuple[Client, Client]) -> None:
    near, phone = two
    here = UserSession.objects.exclude(user_agent="A telephone").get()
    assert near.post(f"{LIST}{here.pk}/ending/")["Location"] == "/account/login/"
    assert (near.get("/account/").status_code, phone.get("/account/").status_code) == (302, 200)


def test_all_others_are_ended_at_once(two: tuple[Client, Client]) -> None:
    near, phone = two
    near.post(LIST)
    assert (near.get("/account/").status_code, phone.get("/account/").status_code) == (200, 302)


def test_somebody_elses_session_is_not_there(two: tuple[Client, Client]) -> None:
    stranger = Client(**NEAR)
    make_person("other@example.org")
    stranger.post("/account/login/", {"login": "other@example.org", "password": PASSWORD})
    theirs = UserSession.objects.get(user_agent="A telephone")
    assert stranger.post(f"{LIST}{theirs.pk}/ending/").status_code == 404
    assert two[1].get("/account/").status_code == 200
    assert "A telephone" not in stranger.get(LIST).content.decode()


def test_looking_ends_nothing(two: tuple[Client, Client]) -> None:
    there = UserSession.objects.get(user_agent="A telephone")
    assert two[0].get(f"{LIST}{there.pk}/ending/").status_code == 405
    assert two[1].get("/account/").status_code == 200

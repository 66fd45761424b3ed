"""Signing in through a ministry, against a real OpenID Connect provider in a process of its own on this machine."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pydantic import ValidationError
from pytest_django.fixtures import Settings

from corridor.directory.models import FocalPoint
from corridor.environment import SignInService
from corridor.kernel.models import Event, User
from tests import make
from tests.codes import app_code
from tests.ministry.process import CLIENT, running
from tests.web.account.conftest import NEAR, is_signed_in, make_person

LOGIN = "/account/ministry/oidc/la/login/"
CALLBACK = "http://localhost/account/ministry/oidc/la/login/callback/"
NOY = "noy@ministry-la.example"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the ministry's service."""
    with running(tmp_path_factory.mktemp("ministry"), callback=CALLBACK) as address:
        yield address


@pytest.fixture(autouse=True)
def _of_lao(settings: Settings, service: str, db: None) -> None:
    app = {"provider_id": "la", "name": "Ministry of LA", **CLIENT, "settings": {"server_url": service}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    organisation = make.organisation("LA", type="ministry", website="https://www.ministry-la.example")
    FocalPoint.objects.create(home="LA", organisation=organisation, starts_on=datetime.date(2024, 3, 11))


def come_from(service: str, client: Client, email: str, *, verified: str = "yes") -> str:
    """Go to the ministry and come back; returns the path with which one comes back."""
    with httpx.Client(base_url=service) as there:
        there.get("/door/", params={"email": email, "verified": verified})
        asked = client.get(LOGIN)
        assert asked["Location"].startswith(service)
        assert "code_challenge=" in asked["Location"]
        answer = there.get(asked["Location"])
        while not answer.headers["Location"].startswith(CALLBACK):
            answer = there.get(answer.headers["Location"])
    return answer.headers["Location"].removeprefix("http://localhost")


def test_a_ministry_s_person_gets_an_account_and_no_office(service: str, near: Client) -> None:
    answer = near.get(come_from(service, near, NOY))
    assert answer["Location"] == "/desk/"
    user = User.objects.get()
    assert (user.email, user.name, user.home, user.has_usable_password()) == (NOY, "Noy Invented", "LA", False)
    assert (user.grants.count(), user.audience.grants, is_signed_in(near)) == (0, (), True)
    assert user.emailaddress_set.get().verified
    assert Event.objects.get(verb="user.joined").facts == {"source": "ministry"}


def test_the_same_person_comes_again_as_the_same_account(service: str, near: Client, other: Client) -> None:
    for client in (near, other):
        client.get(come_from(service, client, NOY))
        assert is_signed_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 1)


def test_somebody_who_has_an_account_signs_in_to_it(service: str, near: Client) -> None:
    user = make_person(NOY)
    near.get(come_from(service, near, NOY))
    assert near.session["_auth_user_id"] == str(user.pk)


def test_the_second_factor_is_asked_for_all_the_same(service: str, near: Client) -> None:
    make.second_factor(make_person(NOY))
    answer = near.get(come_from(service, near, NOY))
    assert (answer["Location"], is_signed_in(near)) == ("/account/second-factor/authenticate/", False)
    near.post("/account/second-factor/authenticate/", {"code": app_code(make.SECRET)})
    assert is_signed_in(near)


@pytest.mark.parametrize(
    "email", ["head@ministry-vn.example", "noy@mail.example", "noy@ministry-la.example.evil.example"]
)
def test_a_ministry_cannot_speak_for_anybody_else(service: str, near: Client, email: str) -> None:
    victim = make_person(email)
    answer = near.get(come_from(service, near, email))
    assert answer.status_code == 403
    assert "can only vouch for mail addresses of that ministry" in answer.content.decode()
    assert (is_signed_in(near), SocialAccount.objects.count(), User.objects.get()) == (False, 0, victim)


def test_an_address_that_the_ministry_did_not_check_opens_nothing(service: str, near: Client) -> None:
    make_person(NOY)
    answer = near.get(come_from(service, near, NOY, verified="no"))
    assert (answer.status_code, is_signed_in(near), SocialAccount.objects.count()) == (403, False, 0)


def test_who_is_not_named_in_the_directory_speaks_for_nobody(service: str, near: Client) -> None:
    FocalPoint.objects.all().delete()
    assert near.get(come_from(service, near, NOY)).status_code == 403
    assert not User.objects.exists()


def test_the_way_back_works_once_and_only_in_the_browser_that_began(service: str, near: Client, other: Client) -> None:
    back = come_from(service, near, NOY)
    other.get(back)
    assert not is_signed_in(other)
    near.get(back)
    assert is_signed_in(near)
    late = Client(**NEAR)
    late.get(back)
    assert not is_signed_in(late)


def test_the_sign_in_page_names_the_ministry_and_without_a_setting_nothing(near: Client, settings: Settings) -> None:
    assert "Ministry of LA" in near.get("/account/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "Through your ministry" not in near.get("/account/login/").content.decode()
    assert near.get(LOGIN).status_code == 404


def test_a_service_that_does_not_answer_is_said_to_and_nothing_breaks(near: Client, settings: Settings) -> None:
    app = {
        "provider_id": "la",
        "name": "M",
        "client_id": "x",
        "secret": "x",
        "settings": {"server_url": "http://127.0.0.1:1"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    answer = near.get(LOGIN)
    assert "did not answer as it should" in answer.content.decode()
    assert not is_signed_in(near)


@pytest.mark.parametrize(
    "wrong", [{"server_url": "http://idp.example"}, {"server_url": "https://idp.example", "extra": 1}]
)
def test_a_service_without_https_or_with_a_misspelt_word_stops_the_start(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        SignInService(**{"name": "M", "client_id": "x", "secret": "x", **wrong})

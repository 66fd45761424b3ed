"""The sample's people have a password that everybody knows; so it opens nothing but a developer's own machine."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from corridor.kernel.models import User
from corridor.web.account import links
from tests.web.account.conftest import PASSWORD, is_signed_in, link_in, make_person

LOGIN = "/account/login/"
SAMPLE = {"login": "officer.la@example.org", "password": PASSWORD}
NEARBY = (
    {"HTTP_HOST": "localhost:8000"},
    {"HTTP_HOST": "127.0.0.1"},
    {"HTTP_HOST": "[::1]:8000", "REMOTE_ADDR": "::1"},
)
ELSEWHERE = (
    {"HTTP_HOST": "corridor.example.org"},
    {"HTTP_HOST": "localhost", "REMOTE_ADDR": "192.0.2.7"},
    {"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
    {"HTTP_HOST": "localhost", "HTTP_FORWARDED": "for=192.0.2.7"},
    {"HTTP_HOST": "localhost.example.org"},
)


@pytest.fixture(autouse=True)
def _many_names(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]


@pytest.fixture
def sample() -> User:
    """An officer of the sample."""
    return make_person("officer.la@example.org", is_sample=True)


@pytest.mark.parametrize("place", NEARBY)
def test_the_sample_signs_in_on_the_machine_itself_without_a_mail(sample: User, place: dict[str, str]) -> None:
    client = Client(**place)
    assert client.post(LOGIN, SAMPLE)["Location"] == reverse("desk")
    assert is_signed_in(client)
    assert mail.outbox == []
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("place", ELSEWHERE)
def test_the_sample_is_refused_from_elsewhere_with_the_reason(sample: User, place: dict[str, str]) -> None:
    client = Client(**place)
    answer = client.post(LOGIN, SAMPLE)
    assert answer.status_code == 200
    assert "Sample accounts can sign in only in development mode" in answer.content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize("place", [NEARBY[0], ELSEWHERE[0]])
def test_the_sample_is_refused_outside_development(settings: Settings, sample: User, place: dict[str, str]) -> None:
    settings.DEVELOPMENT = False
    client = Client(**place)
    assert "Sample accounts can sign in only" in client.post(LOGIN, SAMPLE).content.decode()
    assert not is_signed_in(client)


def test_a_wrong_password_does_not_tell_that_an_account_is_of_the_sample(sample: User) -> None:
    answer = Client(**ELSEWHERE[0]).post(LOGIN, SAMPLE | {"password": "wrong"})
    assert "Sample" not in answer.content.decode().split("<main")[1]


@pytest.mark.parametrize("place", ELSEWHERE)
def test_no_link_lets_the_sample_in_from_elsewhere(sample: User, place: dict[str, str]) -> None:
    client = Client(**place)
    path = reverse("sign_in_link", args=[links.write_token(sample)])
    answer = client.post(path)
    assert answer.status_code == 403
    assert "Sample accounts can sign in only in development mode" in answer.content.decode()
    assert not is_signed_in(client)
    assert EmailAddress.objects.count() == 0, "nothing happened"


def test_a_link_lets_the_sample_in_on_the_machine_itself(sample: User) -> None:
    client = Client(**NEARBY[0])
    client.post("/account/login/code/", {"email": sample.email})
    client.post(link_in(mail.outbox[-1], "login/link"))
    assert is_signed_in(client)


def test_a_session_of_the_sample_ends_with_development(settings: Settings, sample: User) -> None:
    client = Client(**NEARBY[0])
    client.post(LOGIN, SAMPLE)
    settings.DEVELOPMENT = False
    assert client.get("/account/")["Location"] == f"{LOGIN}?next=/account/"


def test_people_who_are_not_of_the_sample_sign_in_anywhere(settings: Settings, person: User) -> None:
    settings.DEVELOPMENT = False
    client = Client(**ELSEWHERE[0])
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    assert is_signed_in(client)

"""Somebody joins: a form, a mail, a press of a button, and they are in."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from corridor.kernel.models import Event, User
from tests.web.account.conftest import PASSWORD, is_signed_in, link_in, make_person

SAID = {"email": "Noy@example.org", "password1": PASSWORD, "name": "ນ້ອຍ", "home": "LA", "language": "lo"}
JOIN, LOGIN, SENT = "/account/signup/", "/account/login/", "/account/confirm-email/"


def test_somebody_joins_confirms_the_address_and_is_in(near: Client, last_mail: Callable[[], EmailMessage]) -> None:
    assert near.post(JOIN, SAID)["Location"] == SENT
    user = User.objects.get()
    assert (user.email, user.name, user.home, user.language) == ("noy@example.org", "ນ້ອຍ", "LA", "lo")
    assert last_mail().to == ["noy@example.org"]
    assert not is_signed_in(near)
    path = link_in(last_mail(), "confirm-email")
    assert near.get(path).status_code == 200
    assert EmailAddress.objects.filter(verified=True).count() == 0, "opening the link only asks"
    assert near.post(path)["Location"] == reverse("desk")
    assert is_signed_in(near)
    assert Event.objects.get(verb="user.joined").subject_id == str(user.pk)


def test_confirming_in_another_browser_confirms_and_leads_to_the_sign_in(
    near: Client, other: Client, last_mail: Callable[[], EmailMessage]
) -> None:
    near.post(JOIN, SAID)
    answer = other.post(link_in(last_mail(), "confirm-email"))
    assert answer["Location"] == LOGIN
    assert not is_signed_in(other)
    other.post(LOGIN, {"login": SAID["email"], "password": PASSWORD})
    assert is_signed_in(other)


def test_a_confirmation_works_once(near: Client, other: Client, last_mail: Callable[[], EmailMessage]) -> None:
    near.post(JOIN, SAID)
    path = link_in(last_mail(), "confirm-email")
    near.post(path)
    again = near.get(path, headers={"Accept-Language": "en"})
    assert again.context["confirmation"] is None
    assert "<button" not in again.content.decode().split("<main")[1].split("</main")[0]
    assert other.post(path).status_code == 404


def test_an_unconfirmed_address_does_not_sign_in_but_gets_another_mail(near: Client, other: Client) -> None:
    near.post(JOIN, SAID)
    assert other.post(LOGIN, {"login": "noy@example.org", "password": PASSWORD})["Location"] == SENT
    assert not is_signed_in(other)


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "nobody"), ("password1", "short"), ("name", ""), ("home", "FR"), ("home", ""), ("language", "fr")],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(near: Client, field: str, value: str) -> None:
    answer = near.post(JOIN, {**SAID, field: value})
    assert list(answer.context["form"].errors) == [field]
    page = answer.content.decode()
    assert f'aria-describedby="id_{field}' in page
    kept = {"name": 'value="ນ້ອຍ"', "email": 'value="Noy@example.org"', "language": '<option value="lo" selected>'}
    assert [text for name, text in kept.items() if name != field and text not in page] == []
    assert PASSWORD not in page
    assert User.objects.count() == 0


def test_somebody_from_elsewhere_may_join(near: Client) -> None:
    near.post(JOIN, {**SAID, "home": "other"})
    assert User.objects.get().home == ""


@pytest.mark.parametrize("taken", ["noy@example.org", "NOY@example.org"])
def test_joining_does_not_tell_whether_an_address_has_an_account(near: Client, taken: str) -> None:
    fresh = near.post(JOIN, {**SAID, "email": "fresh@example.org"})
    make_person("Noy@example.org" if taken.isupper() else "noy@example.org")
    answer = Client(HTTP_HOST="localhost").post(JOIN, {**SAID, "email": taken})
    assert (answer.status_code, answer["Location"]) == (fresh.status_code, fresh["Location"])
    assert [message.to for message in mail.outbox] == [["fresh@example.org"], ["noy@example.org"]]
    assert User.objects.count() == 2
    assert "has an account already" in str(mail.outbox[-1].body)


def test_the_first_mail_carries_nothing_that_the_sender_of_the_form_chose(
    near: Client, last_mail: Callable[[], EmailMessage]
) -> None:
    near.post(JOIN, {**SAID, "language": "en", "name": "Visit http://evil.example"})
    assert "evil" not in f"{last_mail().subject} {last_mail().body}"


def test_when_no_mail_can_be_sent_it_is_said_and_the_account_waits(
    near: Client, settings: Settings, other: Client
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = near.post(JOIN, SAID)
    assert answer.status_code == 503
    assert User.objects.count() == 1


def test_links_in_mail_lead_to_the_site_whatever_host_was_asked(
    settings: Settings, last_mail: Callable[[], EmailMessage]
) -> None:
    settings.DEVELOPMENT, settings.SITE_URL = False, "https://corridor.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    Client(HTTP_HOST="evil.example").post(JOIN, {**SAID, "language": "en"})
    assert "https://corridor.example.org/account/confirm-email/" in str(last_mail().body)
    assert "evil" not in str(last_mail().body)


def test_no_more_than_twenty_people_a_minute_join_from_one_place(near: Client) -> None:
    answers = [near.post(JOIN, {**SAID, "email": "nobody"}).status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]

"""Signing in by password and by a link from a mail, and everything that must not sign anybody in."""

import datetime
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core import mail, signing
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from corridor.kernel.models import User
from corridor.web.account import links
from tests.web.account.conftest import NEAR, PASSWORD, is_signed_in, link_in, make_person
from tests.web.account.site import NotingBackend

LOGIN, LINK, CODE = "/account/login/", "/account/login/code/", "/account/login/code/confirm/"
RIGHT = {"login": "somchai@example.org", "password": PASSWORD}


def ask_link(client: Client, email: str = "somchai@example.org", **query: str) -> None:
    """Have a link sent."""
    answer = client.post(LINK, {"email": email, **query})
    assert answer["Location"].split("?")[0] == CODE


def test_a_password_signs_in_and_leads_to_the_desk(near: Client, person: User) -> None:
    assert near.post(LOGIN, RIGHT)["Location"] == reverse("desk")
    assert is_signed_in(near)


def test_the_address_is_taken_in_any_capitals(near: Client, person: User) -> None:
    near.post(LOGIN, {**RIGHT, "login": " Somchai@Example.org "})
    assert is_signed_in(near)


@pytest.mark.parametrize("wrong", [{"password": "wrong"}, {"login": "nobody@example.org"}])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    near: Client, person: User, wrong: dict[str, str]
) -> None:
    answer = near.post(LOGIN, RIGHT | wrong)
    assert answer.context["form"].non_field_errors() == [
        "E-mail address and password do not fit together. Look for typing mistakes in both."
    ]
    assert not is_signed_in(near)


def test_guessing_passwords_is_stopped_after_five_attempts(near: Client, person: User) -> None:
    said = [near.post(LOGIN, RIGHT | {"password": "wrong"}).context["form"].non_field_errors()[0] for _ in range(6)]
    assert said[-1] == "Too many attempts. Wait some minutes, then try again."
    assert len(set(said[:5])) == 1
    near.post(LOGIN, RIGHT)
    assert not is_signed_in(near), "not even the right one, until some minutes have passed"


def test_a_closed_account_does_not_sign_in(near: Client) -> None:
    make_person(is_active=False)
    assert near.post(LOGIN, RIGHT)["Location"] == "/account/inactive/"
    ask_link(near)
    assert "There is no account" in str(mail.outbox[-1].body)
    assert not is_signed_in(near)


@pytest.mark.parametrize(
    "next_page", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_nobody_is_led_to_another_site(
    near: Client, other: Client, person: User, last_mail: Callable[[], EmailMessage], next_page: str
) -> None:
    assert near.post(LOGIN, {**RIGHT, "next": next_page})["Location"] == reverse("desk")
    ask_link(other, next=next_page)
    path = link_in(last_mail(), "login/link")
    assert "evil" not in path
    assert "javascript" not in path
    assert other.post(path, {"next": next_page})["Location"] == reverse("desk")
    assert other.post("/account/logout/", {"next": next_page})["Location"] == "/"


def test_a_link_leads_to_the_page_that_was_wanted(
    near: Client, person: User, last_mail: Callable[[], EmailMessage]
) -> None:
    ask_link(near, next="/account/membership/")
    page = near.get(link_in(last_mail(), "login/link"))
    assert page.context["next"] == "/account/membership/"
    assert near.post(page.request["PATH_INFO"], {"next": page.context["next"]})["Location"] == "/account/membership/"


def test_opening_a_link_signs_nobody_in_and_does_not_use_it_up(
    near: Client, person: User, last_mail: Callable[[], EmailMessage]
) -> None:
    ask_link(near)
    path = link_in(last_mail(), "login/link")
    seen = [near.get(path).status_code, near.head(path).status_code, near.get(path).status_code]
    assert seen == [200, 200, 200]
    assert near.put(path).status_code == 405
    assert not is_signed_in(near)
    assert near.post(path)["Location"] == reverse("desk")
    assert is_signed_in(near)


def test_a_link_signs_in_on_another_device_and_in_one_language_after_another(
    near: Client, other: Client, person: User, last_mail: Callable[[], EmailMessage]
) -> None:
    ask_link(near)
    path = link_in(last_mail(), "login/link")
    assert other.get(path)["Content-Language"] == "th"
    other.post(path)
    assert (is_signed_in(other), is_signed_in(near)) == (True, False)
    assert other.get("/account/")["Content-Language"] == "en", "from now on in the language of the account"


def test_a_link_used_twice_is_refused_the_second_time(
    near: Client, other: Client, person: User, last_mail: Callable[[], EmailMessage]
) -> None:
    ask_link(near)
    path = link_in(last_mail(), "login/link")
    near.post(path)
    assert (other.get(path).status_code, other.post(path).status_code) == (410, 410)
    assert not is_signed_in(other)


def test_the_first_sign_in_ends_all_links_and_codes_sent_before(
    near: Client, other: Client, person: User, last_mail: Callable[[], EmailMessage]
) -> None:
    ask_link(near)
    code = code_in(last_mail())
    first = link_in(last_mail(), "login/link")
    ask_link(other)
    assert other.post(link_in(last_mail(), "login/link")).status_code == 302
    assert near.post(first).status_code == 410
    assert near.post(CODE, {"code": code})["Location"] == LINK
    assert (is_signed_in(other), is_signed_in(near)) == (True, False)


def test_a_code_from_the_mail_signs_in_where_it_was_asked_for_and_uses_up_the_link(
    near: Client, other: Client, person: User, last_mail: Callable[[], EmailMessage]
) -> None:
    ask_link(near)
    assert near.post(CODE, {"code": code_in(last_mail())})["Location"] == reverse("desk")
    assert is_signed_in(near)
    assert other.post(link_in(last_mail(), "login/link")).status_code == 410


def test_three_wrong_codes_end_the_attempt(near: Client, person: User, last_mail: Callable[[], EmailMessage]) -> None:
    ask_link(near)
    answers = [near.post(CODE, {"code": "BBBB-BBBB"}).status_code for _ in range(3)]
    assert answers == [200, 200, 302]
    near.post(CODE, {"code": code_in(last_mail())})
    assert not is_signed_in(near)


def test_a_link_is_too_late_after_fifteen_minutes(
    near: Client, person: User, last_mail: Callable[[], EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_link(near)
    path = link_in(last_mail(), "login/link")
    monkeypatch.setattr(links, "LIFETIME", datetime.timedelta(seconds=-1))
    assert (near.get(path).status_code, near.post(path).status_code) == (410, 410)
    assert not is_signed_in(near)


def test_the_age_of_a_link_is_counted_from_its_writing(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    token = links.write_token(person)
    began = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: began + 14 * 60)
    assert links.read_token(token, User.objects.all()) == person
    monkeypatch.setattr(signing.time, "time", lambda: began + 15 * 60 + 1)
    assert links.read_token(token, User.objects.all()) is None


@pytest.mark.parametrize("change", ["password", "email", "last_login", "is_active"])
def test_a_link_ends_with_what_it_was_written_for(person: User, change: str) -> None:
    token = links.write_token(person)
    values = {"password": "x", "email": "new@example.org", "last_login": timezone.now(), "is_active": False}
    User.objects.filter(pk=person.pk).update(**{change: values[change]})
    assert links.read_token(token, User.objects.all()) is None


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "", lambda t: "Wzdd:1abcde:zzz"])
def test_a_spoilt_link_is_nobodys(person: User, spoil: Callable[[str], str]) -> None:
    assert links.read_token(spoil(links.write_token(person)), User.objects.all()) is None


def test_asking_for_a_link_does_not_tell_whether_there_is_an_account(near: Client, other: Client, person: User) -> None:
    answers = [near.post(LINK, {"email": email}) for email in ("somchai@example.org",)]
    answers += [Client(**NEAR).post(LINK, {"email": "nobody@example.org"})]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, CODE), (302, CODE)]
    assert [message.to[0] for message in mail.outbox] == ["somchai@example.org", "nobody@example.org"]
    assert "login/link" not in str(mail.outbox[1].body)


def test_mail_is_in_the_language_of_the_account_and_to_strangers_in_that_of_the_page(
    settings: Settings, near: Client
) -> None:
    settings.EMAIL_BACKEND = "tests.web.account.site.NotingBackend"
    make_person(language="km")
    thai = {"Accept-Language": "th"}
    near.post(LINK, {"email": "somchai@example.org"}, headers=thai)
    Client(**NEAR).post(LINK, {"email": "nobody@example.org"}, headers=thai)
    assert NotingBackend.noted == [("somchai@example.org", "km"), ("nobody@example.org", "th")]


def test_a_link_proves_the_address_of_somebody_who_had_not_confirmed_it(
    near: Client, last_mail: Callable[[], EmailMessage]
) -> None:
    user = make_person()
    EmailAddress.objects.update(verified=False)
    ask_link(near)
    near.post(link_in(last_mail(), "login/link"))
    assert is_signed_in(near)
    assert EmailAddress.objects.get(user=user).verified


def test_an_account_made_on_the_command_line_signs_in_by_link(
    near: Client, last_mail: Callable[[], EmailMessage]
) -> None:
    User.objects.create(email="officer@example.org", language="en")
    ask_link(near, "officer@example.org")
    near.post(link_in(last_mail(), "login/link"))
    assert is_signed_in(near)


def test_only_three_links_a_minute_go_to_one_address(person: User) -> None:
    answers = [Client(**NEAR).post(LINK, {"email": "somchai@example.org"}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 200]
    assert len(mail.outbox) == 3


def test_signing_in_needs_the_token_of_the_form(person: User, settings: Settings) -> None:
    strict = Client(enforce_csrf_checks=True, **NEAR)
    answers = [strict.post(LOGIN, RIGHT), strict.post(reverse("sign_in_link", args=[links.write_token(person)]))]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert PASSWORD not in answers[0].content.decode()
    assert not is_signed_in(strict)


def test_looking_at_the_sign_out_page_does_not_sign_out(near: Client, person: User) -> None:
    near.force_login(person)
    near.get("/account/logout/")
    assert is_signed_in(near)
    near.post("/account/logout/")
    assert not is_signed_in(near)


def code_in(message: EmailMessage) -> str:
    """The code in a mail: a line of its own in capitals."""
    return next(line for line in str(message.body).splitlines() if line.isupper() and "-" in line)

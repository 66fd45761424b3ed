"""A second factor: set up with real codes, asked at every way of signing in, and never a way around it."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.urls import reverse

from corridor.kernel.models import Event, User
from corridor.web.account import links
from tests import make
from tests.codes import app_code
from tests.web.account.conftest import NEAR, PASSWORD, is_signed_in, make_person

LOGIN, ASKED = "/account/login/", "/account/second-factor/authenticate/"
ACTIVATE, DEACTIVATE = "/account/second-factor/totp/activate/", "/account/second-factor/totp/deactivate/"
CODES = "/account/second-factor/recovery-codes/"
RIGHT = {"login": "somchai@example.org", "password": PASSWORD}


@pytest.fixture
def guarded() -> User:
    """Somebody with an app for codes."""
    return make.second_factor(make_person())


def set_up(client: Client) -> str:
    """Set up an app as a person does it; returns the key that the page shows."""
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get(ACTIVATE).content.decode()
    secret = re.search(r'<code class="key">(\w+)</code>', page)[1]
    client.post(ACTIVATE, {"code": app_code(secret)})
    return secret


def sign_in(client: Client) -> None:
    """Sign in with the password."""
    client.post(LOGIN, RIGHT)


def test_an_app_is_set_up_with_its_first_code_and_recovery_codes_are_made(committed_db: None, near: Client) -> None:
    person = make_person()
    sign_in(near)
    assert near.get(ACTIVATE)["Location"].startswith("/account/reauthenticate/"), "the password comes first"
    near.post("/account/reauthenticate/", {"password": PASSWORD})
    page = near.get(ACTIVATE).content.decode()
    secret = re.search(r'<code class="key">(\w+)</code>', page)[1]
    assert 'src="data:image/svg+xml;base64,' in page
    wrong = near.post(ACTIVATE, {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    assert not Authenticator.objects.exists()
    assert near.post(ACTIVATE, {"code": app_code(secret)})["Location"] == CODES
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert len(re.findall(r"<li><code>\d{8}</code>", near.get(CODES).content.decode())) == 10
    assert Event.objects.filter(verb="user.factor_added", subject_id=str(person.pk)).count() == 1
    assert "An app for codes was set up as the second factor of your account." in str(mail.outbox[-1].body)


def test_setting_up_ends_every_other_session(near: Client, other: Client, person: User) -> None:
    sign_in(near)
    sign_in(other)
    set_up(near)
    assert near.get("/account/").status_code == 200
    assert other.get("/account/")["Location"].startswith(LOGIN)


def test_the_database_does_not_hold_the_key_in_clear(near: Client, person: User) -> None:
    sign_in(near)
    secret = set_up(near)
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(data::text, '') from mfa_authenticator")
        assert secret not in cursor.fetchone()[0]


def test_a_password_alone_signs_nobody_in_who_has_a_second_factor(near: Client, guarded: User) -> None:
    assert near.post(LOGIN, RIGHT)["Location"] == ASKED
    assert not is_signed_in(near)
    assert near.get("/account/")["Location"].startswith(LOGIN)
    assert near.post(ASKED, {"code": app_code(make.SECRET)})["Location"] == reverse("desk")
    assert is_signed_in(near)


@pytest.mark.parametrize("wrong", ["000000", "", "no code", "1" * 400])
def test_a_wrong_code_signs_nobody_in(near: Client, guarded: User, wrong: str) -> None:
    sign_in(near)
    assert near.post(ASKED, {"code": wrong}).status_code == 200
    assert not is_signed_in(near)


def test_a_code_is_for_one_sign_in(near: Client, other: Client, guarded: User) -> None:
    code = app_code(make.SECRET)
    for client in (near, other):
        sign_in(client)
        client.post(ASKED, {"code": code})
    assert (is_signed_in(near), is_signed_in(other)) == (True, False)


@pytest.mark.parametrize(("seconds", "fits"), [(-95, False), (-30, True), (30, True), (95, False)])
def test_a_clock_half_a_minute_off_is_borne_and_more_is_not(
    near: Client, guarded: User, seconds: int, fits: bool
) -> None:
    sign_in(near)
    near.post(ASKED, {"code": app_code(make.SECRET, at=time.time() + seconds)})
    assert is_signed_in(near) is fits


def test_guessing_codes_is_stopped_after_five_attempts_even_from_many_browsers(guarded: User) -> None:
    for _ in range(5):
        client = Client(**NEAR)
        sign_in(client)
        client.post(ASKED, {"code": "000000"})
    client = Client(**NEAR)
    sign_in(client)
    answer = client.post(ASKED, {"code": app_code(make.SECRET)})
    assert "Too many attempts" in answer.content.decode()
    assert not is_signed_in(client)


def test_the_link_of_a_mail_does_not_go_around_it(near: Client, guarded: User) -> None:
    path = reverse("sign_in_link", args=[links.write_token(guarded)])
    assert near.post(path)["Location"] == ASKED
    assert not is_signed_in(near)
    near.post(ASKED, {"code": app_code(make.SECRET)})
    assert is_signed_in(near)
    assert Client(**NEAR).post(path).status_code == 410, "and the link is spent"


def test_the_code_of_a_mail_does_not_go_around_it(
    near: Client, guarded: User, last_mail: Callable[[], EmailMessage]
) -> None:
    near.post("/account/login/code/", {"email": guarded.email})
    code = next(line for line in str(last_mail().body).splitlines() if line.isupper() and "-" in line)
    assert near.post("/account/login/code/confirm/", {"code": code})["Location"] == ASKED
    assert not is_signed_in(near)
    near.post(ASKED, {"code": app_code(make.SECRET)})
    assert is_signed_in(near)


def test_a_new_password_does_not_go_around_it(
    near: Client, guarded: User, last_mail: Callable[[], EmailMessage]
) -> None:
    near.post("/account/password/reset/", {"email": guarded.email})
    path = re.search(r"http://[^/\s]+(/\S*password/reset/key\S*)", str(last_mail().body))[1]
    near.post(near.get(path)["Location"], {"password1": "another sentence", "password2": "another sentence"})
    assert not is_signed_in(near)
    assert near.post(LOGIN, {**RIGHT, "password": "another sentence"})["Location"] == ASKED


def test_a_recovery_code_stands_in_once(near: Client, other: Client, person: User) -> None:
    sign_in(near)
    set_up(near)
    codes = near.get(f"{CODES}download/").content.decode().split()
    near.post("/account/logout/")
    for client in (other, near):
        sign_in(client)
        client.post(ASKED, {"code": codes[0]})
    assert (is_signed_in(other), is_signed_in(near)) == (True, False)


def test_it_is_taken_away_only_after_a_proof_and_the_recovery_codes_go_with_it(near: Client, person: User) -> None:
    sign_in(near)
    set_up(near)
    near.post("/account/logout/")
    assert near.post(DEACTIVATE).status_code == 403
    sign_in(near)
    assert near.get(ASKED).status_code == 200
    near.post(ASKED, {"code": Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]})
    assert near.post(DEACTIVATE)["Location"].startswith("/account/reauthenticate/")
    assert Authenticator.objects.count() == 2, "nothing happened"
    near.post("/account/reauthenticate/", {"password": PASSWORD})
    near.post(DEACTIVATE)
    assert not Authenticator.objects.exists()


def test_somebody_elses_passkey_is_not_there(near: Client, guarded: User) -> None:
    stranger = make_person("other@example.org")
    key = Authenticator.objects.create(user=stranger, type="webauthn", data={"name": "Key", "credential": {}})
    near.force_login(guarded)
    near.post("/account/reauthenticate/", {"password": PASSWORD})
    for deed in ("remove", "edit"):
        assert near.get(f"/account/second-factor/webauthn/keys/{key.pk}/{deed}/").status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


@pytest.mark.parametrize("said", ["", "nonsense", "{}", '{"id": "x"}', '{"response": {"userHandle": "eA"}}', "[]", "3"])
def test_nonsense_in_place_of_a_passkey_signs_nobody_in(near: Client, guarded: User, said: str) -> None:
    assert near.get("/account/second-factor/webauthn/login/", headers={"Accept": "application/json"}).status_code == 200
    answer = near.post("/account/second-factor/webauthn/login/", {"credential": said})
    assert answer["Location"] == LOGIN
    sign_in(near)
    assert near.post(ASKED, {"credential": said}).status_code == 200
    assert not is_signed_in(near)

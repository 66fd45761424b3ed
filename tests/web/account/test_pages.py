"""Every page of an account is there, in every language, for whoever may see it."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from corridor.kernel.models import User
from corridor.kernel.operations import grant
from corridor.kernel.states import Office, Scope
from corridor.web.account import links
from tests.web.account.conftest import make_person

LANGUAGES = [code for code, _ in settings.LANGUAGES]
OPEN = (
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "account_inactive",
)
OWN = (
    "account",
    "membership",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "usersessions_list",
    "account_logout",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_open_page_is_there_in_every_language(near: Client, language: str) -> None:
    near.cookies["django_language"] = language
    answers = {name: near.get(reverse(name)) for name in OPEN}
    answers["link"] = near.get(reverse("sign_in_link", args=[links.write_token(make_person())]))
    answers["confirm"] = near.get(reverse("account_confirm_email", args=["unknown"]))
    answers["reset"] = near.get(reverse("account_reset_password_from_key", args=["0", "unknown"]))
    assert {
        name: (answer.status_code, answer["Content-Language"]) for name, answer in answers.items()
    } == dict.fromkeys(answers, (200, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_ones_own_is_there_in_every_language(near: Client, person: User, language: str) -> None:
    near.force_login(person)
    near.cookies["django_language"] = language
    held = grant(person, Office.MEMBER, over=(Scope.COUNTRY, "TH"), home="TH", by=None)
    paths = [*(reverse(name) for name in OWN), reverse("resignation", args=[held.pk])]
    answers = {path: near.get(path) for path in paths}
    assert {
        path: (answer.status_code, answer["Content-Language"]) for path, answer in answers.items()
    } == dict.fromkeys(paths, (200, language))


@pytest.mark.parametrize("name", OWN[:-1])
def test_a_page_of_ones_own_leads_strangers_to_the_sign_in(near: Client, name: str) -> None:
    answer = near.get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next={reverse(name)}"


def test_browsers_are_told_what_each_field_is_and_screen_readers_what_is_wrong(near: Client) -> None:
    page = near.post(reverse("account_login"), {"login": "not an address", "password": ""}).content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert page.count('aria-invalid="true"') == 2
    assert 'aria-describedby="id_login_error"' in page
    assert 'value="not an address"' in page
    joining = near.get(reverse("account_signup")).content.decode()
    assert 'autocomplete="new-password"' in joining
    assert "placeholder" not in joining.split("<main")[1]

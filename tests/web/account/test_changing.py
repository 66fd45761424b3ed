"""Changing how one signs in: a new password, a lost password, another address."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from corridor.kernel.models import User
from tests.web.account.conftest import NEAR, PASSWORD, is_signed_in, link_in, make_person

NEW = "another sentence of mine"
LOGIN, EMAIL = "/account/login/", "/account/email/"
CHANGE, RESET, SET = "/account/password/change/", "/account/password/reset/", "/account/password/set/"


def sign_in(client: Client, password: str = PASSWORD) -> bool:
    """Try to sign in."""
    client.post(LOGIN, {"login": "somchai@example.org", "password": password})
    return is_signed_in(client)


def test_a_new_password_holds_and_ends_other_sessions_and_is_told(near: Client, other: Client, person: User) -> None:
    assert sign_in(near)
    assert sign_in(other)
    answer = near.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert answer["Location"] == "/account/"
    assert near.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert mail.outbox[-1].to == ["somchai@example.org"]
    assert "The password of your account was changed." in str(mail.outbox[-1].body)
    assert sign_in(Client(**NEAR), NEW)


def test_a_new_password_needs_the_present_one_and_must_be_good(near: Client, person: User) -> None:
    sign_in(near)
    answer = near.post(CHANGE, {"oldpassword": "wrong", "password1": "12345678", "password2": "1234"})
    assert sorted(answer.context["form"].errors) == ["oldpassword", "password1"]
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_lost_password_is_replaced_by_a_link_that_works_once(
    near: Client, other: Client, person: User, last_mail: Callable[[], EmailMessage]
) -> None:
    near.post(RESET, {"email": "somchai@example.org"})
    path = link_in(last_mail(), "reset/key")
    form = other.get(path)["Location"]
    assert other.get(form).status_code == 200
    assert other.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    assert sign_in(Client(**NEAR), NEW)
    again = near.get(path)
    assert again.context["token_fail"] is True
    assert not sign_in(near)


def test_asking_for_a_new_password_does_not_tell_whether_there_is_an_account(near: Client, person: User) -> None:
    answers = [near.post(RESET, {"email": f"{name}@example.org"}) for name in ("somchai", "nobody")]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert "There is no account" in str(mail.outbox[-1].body)
    assert "reset/key" not in str(mail.outbox[-1].body)


def test_somebody_without_a_password_chooses_one(near: Client, person: User) -> None:
    person.set_unusable_password()
    person.save()
    near.force_login(person)
    assert near.get(CHANGE)["Location"] == SET
    assert near.get(SET).status_code == 200
    near.post(SET, {"password1": NEW, "password2": NEW})
    assert sign_in(Client(**NEAR), NEW)


def change_address(client: Client, email: str = "new@example.org") -> None:
    """Ask for another address, with the password in between."""
    answer = client.post(EMAIL, {"email": email, "action_add": "1"})
    assert answer["Location"].startswith("/account/reauthenticate/")
    client.post(answer["Location"], {"password": PASSWORD, "next": EMAIL})


def test_another_address_counts_once_it_is_confirmed_and_the_former_one_is_told(
    near: Client, person: User, last_mail: Callable[[], EmailMessage]
) -> None:
    sign_in(near)
    change_address(near)
    person.refresh_from_db()
    assert person.email == "somchai@example.org"
    assert last_mail().to == ["new@example.org"]
    assert "new@example.org" in near.get(EMAIL).content.decode()
    near.post(link_in(last_mail(), "confirm-email"))
    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("new@example.org", True)]
    assert last_mail().to == ["somchai@example.org"]
    assert "from somchai@example.org to new@example.org" in str(last_mail().body)


def test_a_stranger_who_gets_the_mail_by_a_typing_mistake_cannot_take_the_account(
    near: Client, other: Client, person: User, last_mail: Callable[[], EmailMessage]
) -> None:
    sign_in(near)
    change_address(near, "stranger@example.org")
    other.post(link_in(last_mail(), "confirm-email"))
    for path in ("/account/login/code/", RESET):
        other.post(path, {"email": "stranger@example.org"})
        assert "/account/signup/" in str(last_mail().body)  # in the language of whoever asked for this address
    person.refresh_from_db()
    assert person.email == "somchai@example.org"
    assert not EmailAddress.objects.get(email="stranger@example.org").verified


def test_an_address_that_somebody_else_has_cannot_be_taken(
    near: Client, person: User, last_mail: Callable[[], EmailMessage]
) -> None:
    User.objects.create(email="Taken@example.org")
    sign_in(near)
    change_address(near, "taken@example.org")
    answer = near.post(link_in(last_mail(), "confirm-email"), follow=True)
    assert "This address cannot be used." in answer.content.decode()
    person.refresh_from_db()
    assert person.email == "somchai@example.org"


def test_a_change_of_address_can_be_called_off(near: Client, person: User) -> None:
    sign_in(near)
    change_address(near)
    near.post(EMAIL, {"email": "new@example.org", "action_remove": "1"})
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["somchai@example.org"]


def test_somebody_without_a_password_changes_the_address_without_one(
    near: Client, last_mail: Callable[[], EmailMessage]
) -> None:
    person = make_person()
    person.set_unusable_password()
    person.save()
    near.force_login(person)
    assert near.post(EMAIL, {"email": "new@example.org", "action_add": "1"})["Location"] == EMAIL
    assert last_mail().to == ["new@example.org"]

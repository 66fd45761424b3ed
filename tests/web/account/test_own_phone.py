"""The number with which one signs in: given, changed and removed on the account; and an installation that cannot send, or not now."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from corridor.kernel.models import Event, Phone, PhoneCode, User
from tests import make, waiting
from tests.gateway import Gateway
from tests.kernel.test_phones import everything
from tests.web.account.conftest import NEAR, PASSWORD, make_person
from tests.web.account.test_phones import (
    AGAIN,
    ASK,
    CODE,
    CONFIRM,
    LETTERS,
    LOGIN,
    OWN,
    REMOVE,
    RIGHT,
    ask,
    said,
    type_code,
)


def proven(client: Client) -> None:
    """Signed in, and the password typed once more."""
    client.post(LOGIN, RIGHT)
    client.post(AGAIN, {"password": PASSWORD})


def test_a_number_is_given_changed_and_removed_on_the_account(near: Client, at: Gateway, person: User) -> None:
    near.post(LOGIN, RIGHT)
    assert near.get(OWN)["Location"].startswith(AGAIN), "the password comes first"
    near.post(AGAIN, {"password": PASSWORD})
    for number, change in (("081 234 5678", "added"), (make.NUMBER, "changed")):
        assert near.post(OWN, {"number": number})["Location"] == CONFIRM
        waiting.do_all(but=LETTERS)
        assert "This is not the code" in said(near.post(CONFIRM, {"code": "x"}))
        assert near.post(CONFIRM, {"code": at.code})["Location"] == "/account/"
        assert Event.objects.filter(verb=f"user.phone_{change}", by_id=person.pk).count() == 1
    assert [number for number, _ in at.arrived] == ["+66812345678", make.NUMBER]
    assert make.NUMBER in said(near.get(OWN))
    assert make.NUMBER not in said(near.get("/account/"))
    near.post(REMOVE)
    assert not Phone.objects.exists()
    waiting.do_all()
    assert len([one for one in mail.outbox if "Signing in by phone" in one.subject and one.to == [person.email]]) == 3


def test_a_form_that_comes_after_the_password_is_too_old_is_not_kept_and_the_code_asks_for_no_other(
    near: Client, at: Gateway, person: User, settings: Settings
) -> None:
    near.post(LOGIN, RIGHT)
    answer = near.post(OWN, {"number": make.NUMBER})
    assert answer["Location"] == f"{AGAIN}?next=%2Faccount%2Fphone%2F"
    assert "What you typed was not kept." in said(near.get(answer["Location"]))
    assert near.post(AGAIN, {"password": PASSWORD, "next": OWN})["Location"] == OWN
    assert (PhoneCode.objects.exists(), waiting.names(), make.NUMBER[1:] in everything()) == (False, [], False)
    near.post(OWN, {"number": make.NUMBER})
    waiting.do_all(but=LETTERS)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert near.get(OWN)["Location"].startswith(AGAIN)
    assert near.post(CONFIRM, {"code": "424242"}).status_code == 200
    assert [mark for mark in (make.NUMBER[1:], at.code, "424242") if mark in everything()] == []
    assert near.post(CONFIRM, {"code": at.code})["Location"] == "/account/"
    assert Phone.objects.get().user == person


def test_when_no_more_numbers_can_be_confirmed_the_pages_say_so_and_signing_in_goes_on(
    near: Client, other: Client, at: Gateway, person: User, settings: Settings
) -> None:
    settings.TEXTING = {**at.settings(), "daily": 3}
    make.phone(make_person("noy@example.org"))
    proven(near)
    for number in ("+66812345678", "+66812345679"):
        near.post(OWN, {"number": number})
    waiting.do_all(but=LETTERS)
    why = "No more phone numbers can be confirmed today."
    page = said(near.get(OWN))
    assert (why in page, 'name="number"' in page, f"<p>{why}" in said(near.get(CONFIRM))) == (True, False, True)
    near.post(OWN, {"number": "+66812345677"})
    assert PhoneCode.objects.count() == 2
    other.cookies["django_language"] = "en"
    ask(other)
    assert [number for number, _ in at.arrived] == ["+66812345678", make.NUMBER]


def test_a_number_that_another_account_has_is_told_only_to_who_has_the_phone(
    near: Client, at: Gateway, person: User
) -> None:
    make.phone(make_person("noy@example.org"))
    proven(near)
    near.post(OWN, {"number": make.NUMBER})
    assert "Another account" not in said(near.get(CONFIRM))
    waiting.do_all(but=LETTERS)
    assert "Another account has this number." in said(near.post(CONFIRM, {"code": at.code}, follow=True))
    assert Phone.objects.get().user != person


def test_a_code_that_did_not_go_out_is_said_where_it_is_typed(near: Client, at: Gateway, person: User) -> None:
    at.answer = lambda asked, turn: (400, {})
    proven(near)
    near.post(OWN, {"number": make.NUMBER})
    assert "could not be sent" not in said(near.get(CONFIRM))
    waiting.do_all(but=LETTERS)
    assert "The message could not be sent." in said(near.get(CONFIRM))


def test_a_person_tries_five_numbers_a_day(near: Client, at: Gateway, person: User) -> None:
    proven(near)
    answers = [near.post(OWN, {"number": f"+85620555577{turn:02d}"}).status_code for turn in range(6)]
    assert answers == [302] * 5 + [200]


@pytest.mark.parametrize("path", [OWN, CONFIRM])
def test_strangers_are_led_to_the_sign_in(near: Client, at: Gateway, path: str) -> None:
    assert near.get(path)["Location"].startswith(LOGIN)


def test_a_form_from_elsewhere_asks_for_nothing(at: Gateway, reached: User) -> None:
    strict = Client(enforce_csrf_checks=True, **NEAR)
    answers = [strict.post(ASK, {"number": make.NUMBER}), strict.post(CODE, {"code": "1"})]
    assert ([answer.status_code for answer in answers], PhoneCode.objects.exists()) == ([403, 403], False)


# Without a sender, and with one that gives nothing.


def test_without_a_sender_the_sign_in_does_not_offer_it_and_the_account_says_so(near: Client, person: User) -> None:
    assert ("By phone" in said(near.get(LOGIN)), near.get(ASK).status_code) == (False, 404)
    proven(near)
    assert "Signing in by phone is not set up on this installation." in said(near.get("/account/"))
    page = said(near.get(OWN))
    assert ("not set up on this installation" in page, 'name="number"' in page) == (True, False)
    near.post(OWN, {"number": make.NUMBER})
    assert (PhoneCode.objects.exists(), waiting.names()) == (False, [])


def test_a_number_can_be_removed_after_the_sender_is_gone(near: Client, person: User) -> None:
    make.phone(person)
    proven(near)
    assert OWN in said(near.get("/account/"))
    near.post(REMOVE)
    assert not Phone.objects.exists()


def test_while_the_sender_gives_nothing_everybody_is_told_so_and_offered_mail(
    near: Client, other: Client, at: Gateway, reached: User
) -> None:
    at.answer = lambda asked, turn: (401, {})
    ask(near)
    assert "at present" in said(near.get(CODE))
    other.cookies["django_language"] = "en"
    for answer in (other.get(ASK), other.post(ASK, {"number": "+8562055558888"})):
        assert (answer.status_code, "at present" in said(answer)) == (503, True)
        assert "/account/login/code/" in said(answer)
    assert PhoneCode.objects.count() == 1
    assert "The other ways" in said(other.get(ASK))


@pytest.mark.parametrize("language", ["km", "lo", "my", "th", "vi", "zh-hans"])
def test_every_page_is_there_in_every_language(near: Client, at: Gateway, reached: User, language: str) -> None:
    near.cookies["django_language"] = language
    ask(near)
    answers = [near.get(ASK), near.get(CODE)]
    type_code(near, at.code)
    near.post(AGAIN, {"password": PASSWORD})
    answers += [near.get(OWN)]
    near.post(OWN, {"number": "+66812345678"})
    answers += [near.get(CONFIRM)]
    assert {(answer.status_code, answer["Content-Language"]) for answer in answers} == {(200, language)}

"""Signing in by phone, and the number for it, as people meet them; and everything that must not sign anybody in."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from corridor.kernel.models import Phone, PhoneCode, User
from corridor.kernel.models.phones import marks
from corridor.kernel.operations import grant, hold
from corridor.kernel.operations.people import remove
from corridor.kernel.states import Capability, Office, Scope
from corridor.web.account import links
from tests import make, waiting
from tests.codes import app_code
from tests.gateway import Gateway
from tests.web.account.conftest import NEAR, PASSWORD, is_signed_in, make_person
from tests.web.account.test_races import at_once

ASK, CODE = "/account/login/phone/", "/account/login/phone/code/"
OWN, CONFIRM, REMOVE = "/account/phone/", "/account/phone/code/", "/account/phone/removal/"
LOGIN, AGAIN, FACTOR = "/account/login/", "/account/reauthenticate/", "/account/second-factor/authenticate/"
RIGHT = {"login": "somchai@example.org", "password": PASSWORD}
LETTERS = ("kernel.post_letter",)


def ask(client: Client, number: str = make.NUMBER, **said: str) -> HttpResponse:
    """Ask for a code, and let the worker send it."""
    answer = client.post(ASK, {"number": number, **said})
    waiting.do_all(but=LETTERS)
    return answer


def type_code(client: Client, code: str) -> HttpResponse:
    """Type a code at signing in."""
    return client.post(CODE, {"code": code})


def said(answer: HttpResponse) -> str:
    """What a page says."""
    return answer.content.decode()


# Signing in.


def test_a_code_signs_in_and_leads_where_one_wanted(near: Client, at: Gateway, reached: User) -> None:
    assert near.get(LOGIN).content.decode().count(ASK) == 1
    assert ask(near, next="/account/membership/")["Location"] == f"{CODE}?next=%2Faccount%2Fmembership%2F"
    page = said(near.get(f"{CODE}?next=/account/membership/"))
    assert ('autocomplete="one-time-code"' in page, 'inputmode="numeric"' in page, make.NUMBER in page) == (
        True,
        True,
        False,
    )
    answer = near.post(CODE, {"code": f"{at.code[:3]} {at.code[3:]}", "next": "/account/membership/"})
    assert (answer["Location"], is_signed_in(near)) == ("/account/membership/", True)


def test_digits_of_every_script_will_do(near: Client, at: Gateway, reached: User) -> None:
    ask(near, "+៨៥៦ ២០ ៥៥៥៥ ៩៩៩៩")
    type_code(near, at.code.translate(str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉")))
    assert is_signed_in(near)


def test_the_answer_is_the_same_whether_an_account_has_the_number_or_not(
    near: Client, other: Client, reached: User, at: Gateway
) -> None:
    other.cookies["django_language"] = "en"
    pages: list[list[tuple[int, str, str]]] = []
    for client, number in ((near, make.NUMBER), (other, "+8562055558899")):
        steps = [ask(client, number), client.get(CODE), *(type_code(client, "x") for _ in range(3)), client.get(ASK)]
        pages.append([(step.status_code, step.get("Location", ""), plain(said(step))) for step in steps])
    assert pages[0] == pages[1]
    assert [status for status, _, _ in pages[0]] == [302, 200, 200, 200, 302, 200]
    assert [number for number, _ in at.arrived] == [make.NUMBER]


def plain(page: str) -> str:
    """A page without the token of its forms."""
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(near: Client, at: Gateway, reached: User, next_page: str) -> None:
    assert ask(near, next=next_page)["Location"] == CODE
    assert near.post(CODE, {"code": at.code, "next": next_page})["Location"] == reverse("desk")


def test_three_wrong_codes_end_it_and_the_right_one_comes_too_late(near: Client, at: Gateway, reached: User) -> None:
    ask(near)
    wrong = f"{(int(at.code) + 1) % 1_000_000:06d}"
    answers = [type_code(near, wrong) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert "This is not the code in our last message to you." in said(answers[0])
    assert type_code(near, at.code)["Location"] == ASK
    assert not is_signed_in(near)


def test_a_code_works_in_the_browser_that_asked_for_it_and_in_no_other(
    near: Client, other: Client, at: Gateway, reached: User
) -> None:
    ask(near)
    assert type_code(other, at.code)["Location"] == ASK
    assert not is_signed_in(other)
    type_code(near, at.code)
    assert is_signed_in(near)


def test_a_code_is_for_one_sign_in(near: Client, at: Gateway, reached: User) -> None:
    ask(near)
    type_code(near, at.code)
    near.post("/account/logout/")
    type_code(near, at.code)
    assert not is_signed_in(near)


def test_any_sign_in_ends_it(near: Client, other: Client, at: Gateway, reached: User) -> None:
    ask(near)
    other.post(LOGIN, RIGHT)
    assert type_code(near, at.code)["Location"] == ASK
    assert (is_signed_in(near), is_signed_in(other)) == (False, True)


def test_signing_in_by_phone_ends_links_of_mails(near: Client, other: Client, at: Gateway, reached: User) -> None:
    path = reverse("sign_in_link", args=[links.write_token(reached)])
    ask(near)
    type_code(near, at.code)
    assert (is_signed_in(near), other.post(path).status_code) == (True, 410)


@pytest.mark.parametrize("seconds", [11 * 60, -60 * 60])
def test_a_code_is_too_late_and_the_clock_does_not_make_it_younger(
    near: Client, at: Gateway, reached: User, seconds: int
) -> None:
    ask(near)
    PhoneCode.objects.update(created_at=timezone.now() - make.datetime.timedelta(seconds=seconds))
    type_code(near, at.code)
    assert not is_signed_in(near)


@pytest.mark.parametrize("change", ["closed", "password", "removed"])
def test_a_code_ends_with_what_it_was_sent_for(near: Client, at: Gateway, reached: User, change: str) -> None:
    ask(near)
    if change == "removed":
        remove(reached, by=reached)
    else:
        User.objects.update(**({"is_active": False} if change == "closed" else {"password": "x"}))
    type_code(near, at.code)
    assert not is_signed_in(near)


def test_who_has_no_password_is_not_let_in_by_a_phone_alone(near: Client, at: Gateway, reached: User) -> None:
    reached.set_unusable_password()
    reached.save()
    ask(near)
    assert (near.get(CODE).status_code, at.asked) == (200, [])


# The second factor, and what an SMS is not.


def test_the_second_factor_is_asked_for_after_the_code(near: Client, at: Gateway, reached: User) -> None:
    make.second_factor(reached)
    ask(near)
    assert type_code(near, at.code)["Location"] == FACTOR
    assert not is_signed_in(near)
    near.post(FACTOR, {"code": app_code(make.SECRET)})
    assert is_signed_in(near)


def test_an_officer_signs_in_by_phone_with_the_second_factor_only_and_without_one_the_office_rests(
    near: Client, other: Client, at: Gateway, reached: User
) -> None:
    grant(reached, Office.FOCAL_POINT_OFFICER, over=(Scope.COUNTRY, "TH"), home="TH", by=None)
    ask(near)
    type_code(near, at.code)
    user = User.objects.get(pk=reached.pk)
    assert (is_signed_in(near), user.audience.can(Capability.PUBLISH, home="TH"), len(user.audience.resting)) == (
        True,
        False,
        1,
    )
    make.second_factor(reached)
    ask(other)
    assert type_code(other, at.code)["Location"] == FACTOR
    assert not is_signed_in(other)


def test_whoever_came_by_phone_changes_nothing_without_the_password(near: Client, at: Gateway, reached: User) -> None:
    ask(near)
    type_code(near, at.code)
    for path in (
        "/account/second-factor/totp/activate/",
        OWN,
        "/account/archive/",
        "/account/removal/",
    ):
        assert near.get(path)["Location"].startswith(AGAIN)
    new = {"email": "thief@example.org", "action_add": "1"}
    assert near.post("/account/email/", new)["Location"].startswith(AGAIN)
    near.post(REMOVE)
    assert Phone.objects.filter(user=reached).exists()
    assert not reached.emailaddress_set.filter(email="thief@example.org").exists()


# Limits.


def test_a_number_gets_three_codes_in_ten_minutes_and_nobodys_number_is_told_the_same(
    at: Gateway, reached: User
) -> None:
    for number in (make.NUMBER, "+8562055558888"):
        answers = [ask(Client(REMOTE_ADDR=f"127.0.0.{turn}", **NEAR), number) for turn in range(1, 5)]
        assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
        assert "Too many attempts" in said(answers[-1])
        assert f'value="{number}"' in said(answers[-1])
    assert len(at.arrived) == 3


def test_a_number_gets_eight_codes_a_day(at: Gateway, reached: User, monkeypatch: pytest.MonkeyPatch) -> None:
    real, moment, got = time.time, timezone.now, []
    for turn in range(10):
        monkeypatch.setattr(time, "time", lambda turn=turn: real() + turn * 660)
        monkeypatch.setattr(timezone, "now", lambda turn=turn: moment() + make.datetime.timedelta(seconds=turn * 660))
        got.append(Client(REMOTE_ADDR=f"127.0.1.{turn}", **NEAR).post(ASK, {"number": make.NUMBER}).status_code)
    assert got == [302] * 8 + [200] * 2


def test_a_network_address_asks_for_thirty_codes_an_hour(at: Gateway) -> None:
    answers = [Client(**NEAR).post(ASK, {"number": f"+85620555577{turn:02d}"}).status_code for turn in range(32)]
    assert answers == [302] * 30 + [200] * 2


def test_two_hundred_codes_asked_for_at_once_are_three(committed_db: None, at: Gateway) -> None:
    make.phone(make_person())
    clients = [Client(REMOTE_ADDR=f"127.0.{number}.1", **NEAR) for number in range(200)]
    statuses = at_once(lambda client: client.post(ASK, {"number": make.NUMBER}), clients, hands=20)
    assert (statuses.count(302), statuses.count(200), PhoneCode.objects.count()) == (3, 197, 3)


def test_two_hundred_guesses_at_once_in_one_browser_are_three(committed_db: None, at: Gateway) -> None:
    make.phone(make_person())
    first = Client(**NEAR)
    ask(first)
    clients = [Client(**NEAR) for _ in range(200)]
    for client in clients:
        client.cookies = first.cookies
    told: list[str] = []

    def guess(client: Client) -> HttpResponse:
        answer = type_code(client, "x")
        told.append(said(answer))
        return answer

    at_once(guess, clients, hands=20)
    assert PhoneCode.objects.get().tries == 3
    type_code(first, at.code)
    assert not is_signed_in(first)


def test_the_right_code_pressed_twice_at_once_is_used_once(committed_db: None, at: Gateway) -> None:
    person = make.phone(make_person())
    first = Client(**NEAR)
    ask(first)
    code = at.code
    clients = [Client(**NEAR) for _ in range(4)]
    for client in clients:
        client.cookies = first.cookies.copy()
    at_once(lambda client: type_code(client, code), clients)
    assert User.objects.get(pk=person.pk).last_login is not None
    assert person.usersession_set.count() == 1


def test_a_code_that_was_used_while_another_number_took_the_place_of_its_own_signs_nobody_in(
    committed_db: None, at: Gateway
) -> None:
    person = make.phone(make_person())
    client = Client(**NEAR)
    ask(client)
    with ThreadPoolExecutor(1) as hand:
        with transaction.atomic():
            hold(person)
            answer = hand.submit(at_once, lambda near: type_code(near, at.code), [client])
            while not PhoneCode.objects.filter(used_at__isnull=False).exists():
                assert not answer.done()
            Phone.objects.filter(user=person).update(number="+66812345678", mark=marks("+66812345678")[0])
        assert answer.result() == [302]
    assert not is_signed_in(client)
    assert User.objects.get(pk=person.pk).last_login is None


# Numbers that get nothing.


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("+1 212 555 0100", "Messages are sent only to numbers that begin with one of the codes above."),
        ("+856 21 212 121", "Messages reach mobile phones only"),
        ("my phone", "Begin with + and the code of the country."),
        ("020 5555 9999", "Begin with + and the code of the country."),
    ],
)
def test_a_number_that_gets_no_message_is_told_at_its_field_and_kept(
    near: Client, at: Gateway, number: str, why: str
) -> None:
    page = said(near.post(ASK, {"number": number}))
    assert (why in page, f'value="{number}"' in page, 'aria-invalid="true"' in page) == (True, True, True)
    assert (PhoneCode.objects.exists(), waiting.names()) == (False, [])


def test_an_operator_says_which_countries_get_messages(near: Client, at: Gateway, settings: Settings) -> None:
    settings.TEXTING = {**at.settings(), "countries": ["LA", "KH"]}
    page = near.get(ASK)
    assert "with the code of its country: +856, +855." in said(page)
    assert near.post(ASK, {"number": "+66812345678"}).status_code == HTTPStatus.OK

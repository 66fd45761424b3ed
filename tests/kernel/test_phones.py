"""Codes that go to phones: to whom, once, within their ten minutes; numbers of one account each; and what is kept of it all."""

from __future__ import annotations

import datetime
import io
import json
import logging
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from corridor.kernel.logic.texting import SenderUnavailable
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, Letter, Phone, PhoneCode, User
from corridor.kernel.operations import people, phones
from corridor.kernel.states import CodePurpose, Texting
from corridor.kernel.tasks import HASTE, post_code
from tests import make, waiting
from tests.gateway import Gateway

pytestmark = pytest.mark.django_db
OTHER = "+66812345678"


def asked(user: User | None, number: str = "") -> PhoneCode:
    """A code that was asked for."""
    purpose = CodePurpose.NUMBER if number else CodePurpose.SIGN_IN
    return phones.ask_code(user, by=user if number else None, purpose=purpose, number=number)


def given(user: User, number: str, at: Gateway) -> None:
    """A number, confirmed with the code that arrived there."""
    code = asked(user, number)
    waiting.do_all(but=("kernel.post_letter",))
    phones.give_number(user, by=user, code=code.pk, typed=at.code)


def sent(code: PhoneCode) -> None:
    """A code, as far as its first turn at the gateway gets it."""
    with suppress(SenderUnavailable):
        post_code(code=str(code.pk))


def jump(monkeypatch: pytest.MonkeyPatch, **by: float) -> None:
    """The clock is off by so much from now on."""
    moment = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: moment() + datetime.timedelta(**by))


# A number of one's own.


def test_a_number_counts_once_the_code_that_was_sent_there_is_typed(at: Gateway) -> None:
    user = make.person()
    code = asked(user, make.NUMBER)
    assert not Phone.objects.exists()
    waiting.do_all()
    assert [number for number, _ in at.arrived] == [make.NUMBER]
    phones.give_number(user, by=user, code=code.pk, typed=at.code)
    waiting.do_all()
    assert Phone.objects.get().number == make.NUMBER
    assert Event.objects.get(verb="user.phone_added").facts == {}
    assert (mail.outbox[0].to, "A phone number was put into your account" in str(mail.outbox[0].body)) == (
        [user.email],
        True,
    )


def test_another_number_takes_its_place_and_removing_it_is_told_too(at: Gateway) -> None:
    user = make.person()
    given(user, make.NUMBER, at)
    given(user, OTHER, at)
    assert Phone.objects.get().number == OTHER
    phones.remove_number(user, by=user)
    phones.remove_number(user, by=user)
    assert not Phone.objects.exists()
    assert list(Letter.objects.order_by("created_at").values_list("facts__change", flat=True)) == [
        "added",
        "changed",
        "removed",
    ]
    assert Event.objects.filter(verb__startswith="user.phone_").count() == 3


def test_a_number_belongs_to_one_account_and_only_who_has_the_phone_learns_that(at: Gateway) -> None:
    make.phone(make.person())
    user = make.person()
    with pytest.raises(Refused, match="Another account has this number"):
        given(user, make.NUMBER, at)
    assert Phone.objects.filter(user=user).exists() is False
    assert Phone.objects.of_number(make.NUMBER).get().user != user


def test_a_code_for_one_person_gives_nobody_else_the_number(at: Gateway) -> None:
    user, other = make.person(), make.person()
    code = asked(user, make.NUMBER)
    waiting.do_all()
    with pytest.raises(Refused):
        phones.give_number(other, by=other, code=code.pk, typed=at.code)
    assert not Phone.objects.exists()


def test_a_code_that_confirms_signs_nobody_in(at: Gateway) -> None:
    user = make.person()
    code = asked(user, make.NUMBER)
    with pytest.raises(PhoneCode.DoesNotExist):
        phones.use_code(code.pk, purpose=CodePurpose.SIGN_IN, typed=code.digits)


def no_password(user: User) -> None:
    """An account that was made by a ministry or on the command line."""
    user.set_unusable_password()
    user.save()


def of_sample(user: User) -> None:
    """An account that everybody knows."""
    user.is_sample = True
    user.save()


@pytest.mark.parametrize(
    ("change", "why"), [(no_password, "Choose a password first"), (of_sample, "account of the sample")]
)
def test_who_may_not_have_a_number(at: Gateway, change: Callable[[User], None], why: str) -> None:
    user = make.person()
    change(user)
    with pytest.raises(Refused, match=why):
        asked(user, make.NUMBER)
    assert (PhoneCode.objects.exists(), waiting.names()) == (False, [])


@pytest.mark.parametrize("other", [make.head, make.operator])
def test_nobody_gives_or_takes_the_number_of_somebody_else(at: Gateway, other: Callable[[], User]) -> None:
    user, by = make.phone(make.person()), other()
    for deed in (
        lambda: phones.ask_code(user, by=by, purpose=CodePurpose.NUMBER, number=OTHER),
        lambda: phones.give_number(user, by=by, code=user.pk, typed="000000"),
        lambda: phones.remove_number(user, by=by),
    ):
        with pytest.raises(Refused, match="Only the person themselves"):
            deed()
    assert (Phone.objects.get().number, waiting.names()) == (make.NUMBER, [])


# What is sent, and how often.


def test_a_message_is_short_in_the_persons_language_and_browsers_can_read_it(at: Gateway, settings: Settings) -> None:
    settings.SITE_URL = "https://corridor.example.org"
    user = make.phone(make.person(language="km"))
    code = asked(user)
    waiting.do_all()
    text = at.arrived[0][1]
    assert text.endswith(f"\n\n@corridor.example.org #{code.digits}")
    assert (settings.NODE["name"] in text, len(text) < 160) == (True, True)


def test_nobody_gets_nothing_and_no_code_fits(at: Gateway) -> None:
    code = asked(None)
    assert waiting.do_all() == ["kernel.post_code"]
    assert at.asked == []
    for _ in range(2):
        with pytest.raises(Refused, match="not the code"):
            phones.use_code(code.pk, purpose=CodePurpose.SIGN_IN, typed=code.digits)


def test_without_a_sender_nothing_is_asked_for(settings: Settings) -> None:
    assert phones.texting() == Texting.OFF
    with pytest.raises(Refused, match="not set up on this installation"):
        asked(make.phone(make.person()))
    assert (PhoneCode.objects.exists(), waiting.names()) == (False, [])


def test_a_job_that_runs_twice_sends_once(at: Gateway) -> None:
    code = asked(make.phone(make.person()))
    for _ in range(3):
        post_code(code=str(code.pk))
    assert len(at.arrived) == 1


def test_a_worker_that_died_over_it_leaves_it_unsent_rather_than_sent_twice(at: Gateway) -> None:
    code = asked(make.phone(make.person()))
    PhoneCode.objects.update(tried_at=timezone.now())
    waiting.do_all()
    assert (at.asked, PhoneCode.objects.get().sent_at) == ([], None)
    assert code.digits


def test_a_sender_that_is_busy_is_asked_again_and_then_all_is_well(at: Gateway) -> None:
    at.answer = lambda asked, turn: (503, {}) if turn == 1 else (0, None)
    code = asked(make.phone(make.person()))
    with pytest.raises(SenderUnavailable):
        post_code(code=str(code.pk))
    assert phones.texting() == Texting.READY, "one number tells nothing of others"
    post_code(code=str(code.pk))
    held = PhoneCode.objects.get()
    assert (len(at.arrived), held.receipt, held.failure, phones.texting()) == (1, "m-1", "", Texting.READY)


def test_it_is_tried_again_only_while_the_code_lives(at: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    at.answer = lambda asked, turn: (503, {})
    code = asked(make.phone(make.person()))
    job = ProcrastinateJob(attempts=0)
    assert HASTE.get_retry_decision(exception=SenderUnavailable("busy", ""), job=job) is not None
    assert HASTE.get_retry_decision(exception=ValueError(), job=job) is None
    with pytest.raises(SenderUnavailable):
        post_code(code=str(code.pk))
    jump(monkeypatch, minutes=11)
    post_code(code=str(code.pk))
    assert len(at.asked) == 1


@pytest.mark.parametrize(
    ("status", "counts", "state"),
    [(500, 1, Texting.READY), (403, 0, Texting.READY), (401, 0, Texting.DOWN), (400, 0, Texting.READY)],
)
def test_a_failure_is_not_tried_again_where_it_may_have_been_sent_or_never_will_be(
    at: Gateway, status: int, counts: int, state: Texting
) -> None:
    at.answer = lambda asked, turn: (status, {})
    asked(make.phone(make.person()))
    waiting.do_all()
    assert (len(at.asked), phones.sent_today(), phones.texting()) == (1, counts, state)


# Typing it.


def test_the_third_wrong_try_ends_it_and_tries_count_though_they_are_refused(at: Gateway) -> None:
    code = asked(make.phone(make.person()))
    for _ in range(3):
        with pytest.raises(Refused, match="not the code"):
            phones.use_code(code.pk, purpose=CodePurpose.SIGN_IN, typed="x")
    with pytest.raises(Refused, match="over"):
        phones.use_code(code.pk, purpose=CodePurpose.SIGN_IN, typed=code.digits)
    assert PhoneCode.objects.get().used_at is None


def test_a_code_is_used_once(at: Gateway) -> None:
    code = asked(make.phone(make.person()))
    phones.use_code(code.pk, purpose=CodePurpose.SIGN_IN, typed=code.digits)
    with pytest.raises(Refused, match="over"):
        phones.use_code(code.pk, purpose=CodePurpose.SIGN_IN, typed=code.digits)


@pytest.mark.parametrize(("minutes", "works"), [(9, True), (11, False), (-0.5, True), (-30, False)])
def test_a_code_holds_for_ten_minutes_and_not_longer_when_the_clock_is_set_back(
    at: Gateway, monkeypatch: pytest.MonkeyPatch, minutes: float, works: bool
) -> None:
    code = asked(make.phone(make.person()))
    jump(monkeypatch, minutes=minutes)
    if works:
        phones.use_code(code.pk, purpose=CodePurpose.SIGN_IN, typed=code.digits)
    else:
        with pytest.raises(Refused, match="over"):
            phones.use_code(code.pk, purpose=CodePurpose.SIGN_IN, typed=code.digits)


def test_codes_end_with_the_number_that_they_went_to(at: Gateway) -> None:
    user = make.phone(make.person())
    code = asked(user)
    phones.remove_number(user, by=user)
    with pytest.raises(Refused, match="over"):
        phones.use_code(code.pk, purpose=CodePurpose.SIGN_IN, typed=code.digits)
    waiting.do_all()
    assert at.asked == []


def test_an_account_without_a_password_or_one_that_is_closed_is_not_opened() -> None:
    user = make.phone(make.person())
    assert Phone.objects.that_opens(make.NUMBER) is not None
    no_password(user)
    assert Phone.objects.that_opens(make.NUMBER) is None
    User.objects.update(password="x", is_active=False)
    assert Phone.objects.that_opens(make.NUMBER) is None


# What is kept.


def everything() -> str:
    """All that the tables hold, sessions too, as a thief of a copy reads it."""
    tables = (
        "kernel_phone",
        "kernel_phonecode",
        "kernel_event",
        "kernel_letter",
        "procrastinate_jobs",
        "procrastinate_events",
    )
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            found.append(str(cursor.fetchone()[0]))
    return " ".join([*found, *(str(session.get_decoded()) for session in Session.objects.all())])


def test_neither_tables_nor_logs_hold_a_number_or_a_code(at: Gateway, caplog: pytest.LogCaptureFixture) -> None:
    user = make.phone(make.person())
    at.answer = lambda asked, turn: (503, {}) if turn == 1 else (0, None)
    with caplog.at_level(logging.DEBUG):
        codes = [asked(user), asked(user, OTHER)]
        with pytest.raises(SenderUnavailable):
            post_code(code=str(codes[0].pk))
        waiting.do_all()
    assert len(at.arrived) == 2
    marks = [make.NUMBER[1:], OTHER[1:], *(code.digits for code in codes)]
    told = "\n".join(entry.getMessage() for entry in caplog.records if entry.name != "django.db.backends")
    assert [mark for mark in marks if mark in everything()] == []
    assert [mark for mark in marks if mark in told] == []


def test_with_another_secret_a_number_is_neither_found_nor_read_and_can_be_given_anew(
    at: Gateway, settings: Settings
) -> None:
    user = make.phone(make.person())
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10
    assert (Phone.objects.that_opens(make.NUMBER), Phone.objects.get().number) == (None, "")
    settings.SECRET_KEY_FALLBACKS = [former]
    assert Phone.objects.that_opens(make.NUMBER) is not None
    assert Phone.objects.get().number == make.NUMBER
    settings.SECRET_KEY_FALLBACKS = []
    given(user, make.NUMBER, at)
    assert Phone.objects.get().number == make.NUMBER


def test_ones_own_archive_holds_the_number_and_leaving_takes_it_away(at: Gateway) -> None:
    user = make.phone(make.person())
    asked(user, OTHER)
    file = io.BytesIO()
    people.write_archive(user, file, by=user)
    said = json.loads(zipfile.ZipFile(file).read("about-me.json"))
    assert [row["number"] for row in said["kernel.Phone.user"]] == [make.NUMBER]
    assert [row["number"] for row in said["kernel.PhoneCode.user"]] == [OTHER]
    people.remove(user, by=user)
    assert not Phone.objects.exists()
    held = PhoneCode.objects.get()
    assert (held.user, held.number, held.is_open) == (None, "", False)
    given(make.person(), make.NUMBER, at)


def test_codes_are_forgotten(at: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(make.person(), OTHER)
    PhoneCode.objects.update(mark="a mark")
    phones.forget_codes()
    assert PhoneCode.objects.get().number == OTHER
    jump(monkeypatch, minutes=11)
    phones.forget_codes()
    assert (PhoneCode.objects.get().number, PhoneCode.objects.get().mark) == ("", "")
    jump(monkeypatch, days=2)
    phones.forget_codes()
    assert not PhoneCode.objects.exists()

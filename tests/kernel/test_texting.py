"""Whether codes can be sent to phones now: what one number that fails does to others, and how many messages a day has for what."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import PhoneCode
from corridor.kernel.operations import people, phones
from corridor.kernel.states import CodePurpose, Texting
from tests import make, waiting
from tests.gateway import Gateway
from tests.kernel.test_phones import OTHER, asked, jump, sent

pytestmark = pytest.mark.django_db
THIRD = "+66812345679"
INDEXES = ("phone_code_sent", "phone_code_failed")


@pytest.mark.parametrize("status", [429, 402, 403, 404, 500, 503])
def test_a_number_that_the_gateway_refuses_stops_nobody_else_and_those_of_two_people_say_that_it_is_down(
    at: Gateway, status: int
) -> None:
    at.answer = lambda asked, turn: (0, None) if asked["said"]["to"] == make.NUMBER else (status, {})
    refused, more, fine = make.phone(make.person(), OTHER), make.phone(make.person(), THIRD), make.phone(make.person())
    for _ in range(3):
        sent(asked(refused))
    assert phones.texting() == Texting.READY
    sent(asked(fine))
    sent(waits := asked(more))
    assert (len(at.arrived), phones.texting()) == (1, Texting.READY), "one was sent in between"
    sent(asked(refused))
    assert phones.texting() == Texting.DOWN
    with pytest.raises(Refused, match="at present"):
        asked(None)
    at.answer = None
    sent(waits)
    if status in (429, 503):
        assert phones.texting() == Texting.READY, "the one that waited was tried again"


def test_new_numbers_that_the_gateway_refuses_stop_new_numbers_and_nobody_who_signs_in(at: Gateway) -> None:
    at.answer = lambda asked, turn: (429, {})
    for number in (OTHER, THIRD):
        sent(asked(make.person(), number))
    assert (phones.texting(), phones.texting(CodePurpose.NUMBER)) == (Texting.READY, Texting.DOWN)
    at.answer = lambda asked, turn: (401, {})
    sent(asked(make.phone(make.person())))
    assert phones.texting() == Texting.DOWN


def test_whether_it_is_down_is_read_by_indexes(at: Gateway, django_assert_num_queries: Any) -> None:
    with CaptureQueriesContext(connection) as asked_for, django_assert_num_queries(2):
        phones.texting()
    with CaptureQueriesContext(connection) as last, django_assert_num_queries(1):
        phones.last_failure(phones.KEPT)
    assert last[0]["sql"].endswith("LIMIT 1")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for sql, names in ((asked_for[1]["sql"], INDEXES), (last[0]["sql"], INDEXES)):
            cursor.execute(f"EXPLAIN {sql}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert [name for name in names if name not in plan] == []


def test_after_a_while_a_silent_sender_is_asked_again(at: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    at.answer = lambda asked, turn: (401, {})
    asked(make.phone(make.person()))
    waiting.do_all()
    jump(monkeypatch, minutes=3)
    assert phones.texting() == Texting.READY


def test_a_day_has_so_many_messages_and_no_more_however_they_were_asked_for(at: Gateway, settings: Settings) -> None:
    settings.TEXTING = {**at.settings(), "daily": 2}
    user = make.phone(make.person())
    for _ in range(4):
        asked(user)
    asked(None)
    waiting.do_all()
    assert (len(at.arrived), phones.sent_today(), phones.texting()) == (2, 2, Texting.SPENT)
    with pytest.raises(Refused, match="today"):
        asked(user)
    people.remove(user, by=user)
    assert phones.texting() == Texting.SPENT, "leaving gives nobody more of them"


def test_counts_of_a_clock_that_was_ahead_do_not_last(
    at: Gateway, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TEXTING = {**at.settings(), "daily": 1}
    with monkeypatch.context() as ahead:
        jump(ahead, days=30)
        asked(make.phone(make.person()))
        PhoneCode.objects.update(created_at=timezone.now())
        waiting.do_all()
        assert phones.texting() == Texting.SPENT
    assert phones.texting() == Texting.READY


def test_numbers_that_are_confirmed_take_a_third_of_the_day_and_signing_in_goes_on(
    at: Gateway, settings: Settings
) -> None:
    settings.TEXTING = {**at.settings(), "daily": 6}
    thrown_away, user = make.person(), make.phone(make.person())
    codes = [asked(thrown_away, f"+6681234560{turn}") for turn in range(4)]
    waiting.do_all()
    assert (len(at.arrived), phones.sent_today()) == (2, 2)
    assert [PhoneCode.objects.get(pk=code.pk).failure for code in codes] == ["", "", "spent", "spent"]
    assert phones.texting(CodePurpose.NUMBER) == Texting.FULL
    with pytest.raises(Refused, match="No more phone numbers can be confirmed today"):
        asked(thrown_away, OTHER)
    assert (PhoneCode.objects.count(), phones.texting()) == (4, Texting.READY)
    for _ in range(5):
        asked(user)
    waiting.do_all()
    assert (len(at.arrived), phones.texting()) == (6, Texting.SPENT)


@pytest.mark.parametrize(("daily", "share"), [(1, 1), (2, 1), (3, 1), (300, 100), (301, 100)])
def test_a_third_is_one_at_least_so_that_a_number_can_be_confirmed_at_all(
    settings: Settings, daily: int, share: int
) -> None:
    settings.TEXTING = {**settings.TEXTING, "daily": daily}
    assert phones.share() == share

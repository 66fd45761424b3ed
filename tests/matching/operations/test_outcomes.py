"""What came of it: said as often as it changes, asked for by mail, counted by pair and direction of countries."""

from __future__ import annotations

import datetime

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Letter, User
from corridor.matching.models import Outcome, Room
from corridor.matching.operations import outcomes
from corridor.matching.operations.outcomes import Flow, ask_outcome, flows, read_token, say_outcome, token_of
from tests import make

pytestmark = pytest.mark.django_db
Met = tuple[Room, User, User]


@pytest.fixture
def met() -> Met:
    """A room with one person of each side."""
    asker, asked = make.organisation("KH"), make.organisation("VN", type="university")
    one, other = make.member(asker), make.member(asked)
    return make.room(asker, asked, by=one, answerer=other), one, other


def aged(room: Room, days: int) -> None:
    """Let it have opened so many days ago."""
    Room.objects.filter(pk=room.pk).update(created_at=timezone.now() - datetime.timedelta(days=days, hours=1))
    room.refresh_from_db()


def asked_days() -> list[int]:
    """After how many days somebody was asked, letter by letter."""
    letters = Letter.objects.filter(template="outcome_asked").order_by("created_at")
    return [letter.facts["days"] for letter in letters]


def test_the_newest_word_counts_whatever_the_clock_says(met: Met) -> None:
    room, one, other = met
    say_outcome(room, by=one, kind="talking")
    last = say_outcome(room, by=other, kind="agreed", agreement="licence", has_ip_schedule=True)
    Outcome.objects.filter(pk=last.pk).update(created_at=timezone.now() - datetime.timedelta(days=900))
    assert room.outcome == last
    assert [(said.number, said.kind) for said in room.outcomes.all()] == [(1, "talking"), (2, "agreed")]


def test_strangers_and_days_to_come_say_nothing(met: Met) -> None:
    room, one, _other = met
    with pytest.raises(Refused):
        say_outcome(room, by=make.member(room.introduction.asker), kind="talking")
    later = make.today() + datetime.timedelta(days=9)
    with pytest.raises(Refused) as refusal:
        say_outcome(room, by=one, kind="agreed", agreement="mou", signed_on=later)
    assert [str(reason) for reason in refusal.value.reasons] == ["The day of signing has not come yet."]
    assert Outcome.objects.count() == 0


def test_the_database_wants_a_reason_for_an_end(met: Met) -> None:
    room, one, _other = met
    with pytest.raises(IntegrityError, match="outcome_withdrawn_has_reason"), transaction.atomic():
        say_outcome(room, by=one, kind="withdrawn")


def test_both_sides_are_asked_after_30_90_and_180_days_and_never_twice(met: Met) -> None:
    room, _one, _other = met
    for days in (29, 30, 30, 31, 90, 180, 400):
        aged(room, days)
        ask_outcome(room)
    assert asked_days() == [30, 30, 90, 90, 180, 180]
    assert outcomes.rooms_to_ask() == []


def test_a_clock_that_jumps_over_all_three_asks_once(met: Met) -> None:
    room, _one, _other = met
    aged(room, 700)
    for _ in range(3):
        ask_outcome(room)
    assert asked_days() == [180, 180]


def test_a_clock_that_was_set_back_asks_nothing(met: Met) -> None:
    room, _one, _other = met
    aged(room, -50)
    assert (ask_outcome(room), asked_days()) == (0, [])


def test_the_rooms_to_ask_are_those_whose_day_has_come(met: Met) -> None:
    room, _one, _other = met
    assert outcomes.rooms_to_ask() == []
    aged(room, 30)
    assert outcomes.rooms_to_ask() == [room]


@pytest.mark.parametrize(
    "said",
    [{"kind": "withdrawn", "reason": "no_fit"}, {"kind": "agreed", "agreement": "mou", "signed_on": "2026-01-01"}],
)
def test_what_is_settled_is_not_asked_again(met: Met, said: dict[str, str]) -> None:
    room, one, _other = met
    signed = datetime.date.fromisoformat(said["signed_on"]) if "signed_on" in said else None
    say_outcome(room, by=one, **{**said, "signed_on": signed})
    aged(room, 90)
    assert (ask_outcome(room), asked_days()) == (0, [])


def test_a_link_answers_for_one_person_and_no_longer_once_they_left(met: Met) -> None:
    room, one, other = met
    token = token_of(room, one)
    assert read_token(token) == (room, one)
    assert [read_token(wrong) for wrong in ("", "x", token[:-2], signing.dumps([room.pk.hex, one.pk.hex]))] == [
        None
    ] * 4
    make.end(one)
    assert (read_token(token), read_token(token_of(room, other))) == (None, (room, other))


def test_conversations_are_counted_by_pair_and_direction_and_few_are_not_shown() -> None:
    hub, school = make.organisation("KH"), make.organisation("CN")
    rooms = [make.room(hub, make.organisation("CN")) for _ in range(3)] + [make.room(school, make.organisation("KH"))]
    for room in rooms[:2]:
        person = room.seats.earliest("pk").user
        say_outcome(room, by=person, kind="agreed", agreement="service")
    say_outcome(rooms[1], by=rooms[1].seats.earliest("pk").user, kind="withdrawn", reason="no_money")
    make.room(make.organisation("LA", is_sample=True), hub)
    make.introduction(hub, school)
    counted = sorted(flows(), key=lambda flow: flow.asker)
    assert counted == [Flow("CN", "KH", 1, 0), Flow("KH", "CN", 3, 1)]
    assert [flow.is_shown for flow in counted] == [False, True]

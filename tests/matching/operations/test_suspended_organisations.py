"""A suspended organisation in the middle: requests, rooms and reminders stand still, and go on when it is lifted."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.utils import timezone

from corridor.directory.models import Organisation, OrganisationSuspension
from corridor.directory.operations.suspensions import suspend_organisation
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Letter, User
from corridor.kernel.operations import grant
from corridor.kernel.states import Office, Scope
from corridor.matching.models import (
    Decline,
    Introduction,
    Message,
    Notice,
    Outcome,
    Room,
    RoomFile,
    RoomSeat,
)
from corridor.matching.operations import (
    introductions,
    notices,
    outcomes,
    rooms,
    suspensions,
)
from corridor.matching.states import IntroductionState
from tests import make, waiting
from tests.matching.suspended import RESTS, STILL, SUSPENDED, WHY, fresh, lift, suspend, why_not

pytestmark = pytest.mark.django_db
SAID = {"who_we_are": "We dry coffee.", "interest": "We would like to try it."}


def days_ago(introduction: Introduction, days: int) -> None:
    """Let it have begun, and have been reminded of, so many days earlier."""
    introduction.refresh_from_db()
    gone = datetime.timedelta(days=days)
    reminded = introduction.reminded_at and introduction.reminded_at - gone
    Introduction.objects.filter(pk=introduction.pk).update(
        created_at=introduction.created_at - gone, reminded_at=reminded
    )


@pytest.fixture
def parties() -> tuple[Organisation, Organisation, User, User]:
    """A cooperative and an institute, each with somebody who speaks for it."""
    asker, asked = make.organisation("LA"), make.organisation("TH", type="institute")
    return asker, asked, make.member(asker), make.member(asked)


Parties = tuple[Organisation, Organisation, User, User]


def test_it_asks_nobody_is_asked_by_nobody_and_is_not_brokered(parties: Parties) -> None:
    asker, asked, one, other = parties
    suspend(asked)
    assert why_not(lambda: introductions.ask_introduction(asked, asker, by=other, **SAID)) == [SUSPENDED]
    assert why_not(lambda: introductions.ask_introduction(asker, asked, by=one, **SAID)) == [RESTS]
    broker = make.officer("LA")
    propose = introductions.propose_introduction
    assert why_not(lambda: propose(asker, asked, by=broker, interest="You fit.")) == [RESTS]
    assert why_not(lambda: propose(asked, asker, by=make.officer("TH"), interest="You fit.")) == [SUSPENDED]
    assert Introduction.objects.count() == 0
    lift(asked)
    assert introductions.ask_introduction(asker, asked, by=one, **SAID).state == IntroductionState.ASKED


@pytest.mark.parametrize("which", [0, 1], ids=["the asker is suspended", "the asked is suspended"])
def test_an_open_request_is_not_answered_and_nobody_is_told_why(parties: Parties, which: int) -> None:
    asker, asked, one, other = parties
    made = make.introduction(asker, asked, by=one)
    suspend(parties[which])
    waiting.do_all()
    expected = [STILL] if which == 0 else [SUSPENDED]
    for act in (
        lambda: introductions.agree(made, by=other),
        lambda: introductions.decline(made, by=other, reason="no_fit"),
        lambda: introductions.set_aside(made, by=other),
    ):
        assert why_not(act) == expected
    assert (fresh(made).state, Room.objects.count(), Decline.objects.count()) == (IntroductionState.ASKED, 0, 0)
    waits = parties[3 - which]  # who speaks for the other side
    (told,) = Letter.objects.filter(template="introduction_rests")
    assert (told.user, told.facts) == (waits, {"introduction": str(made.pk)})
    assert Introduction.objects.to_answer([str(asked.pk)]).count() == 0
    lift(parties[which])
    waiting.do_all()
    assert [row.user for row in Letter.objects.filter(template="introduction_goes_on")] == [waits]
    assert introductions.agree(made, by=other) is not None


def test_asking_back_is_no_yes_meanwhile(parties: Parties) -> None:
    asker, asked, one, other = parties
    make.introduction(asker, asked, by=one)
    suspend(asker)
    assert RESTS in why_not(lambda: introductions.ask_introduction(asked, asker, by=other, **SAID))
    assert (Room.objects.count(), Introduction.objects.count()) == (0, 1)


def test_either_side_may_take_a_request_back_meanwhile(parties: Parties) -> None:
    asker, asked, one, _other = parties
    mine = make.introduction(asker, asked, by=one)
    suspend(asker)
    introductions.withdraw_introduction(mine, by=one)
    assert mine.state == IntroductionState.WITHDRAWN


def test_a_proposal_rests_for_both_sides_and_its_broker_is_told(parties: Parties) -> None:
    asker, asked, one, other = parties
    broker = make.officer("LA")
    made = introductions.propose_introduction(asker, asked, by=broker, interest="You fit.")
    introductions.agree(made, by=other)
    suspend(asker)
    waiting.do_all()
    assert why_not(lambda: introductions.agree(made, by=one)) == [SUSPENDED]
    told = Letter.objects.filter(template="introduction_rests").values_list("user", flat=True)
    assert set(told) == {broker.pk, other.pk}
    assert Room.objects.count() == 0
    lift(asker)
    assert introductions.agree(made, by=one) is not None


def test_it_neither_reminds_nor_lapses_meanwhile_and_there_is_time_again_afterwards(parties: Parties) -> None:
    asker, asked, one, _other = parties
    made = make.introduction(asker, asked, by=one)
    days_ago(made, 8)
    introductions.follow_up(made)
    assert Letter.objects.filter(template="introduction_reminded").count() == 1
    days_ago(made, 10)
    suspend(asked)
    days_ago(made, 100)
    introductions.follow_up(made)
    assert (made.state, Letter.objects.filter(template="introduction_lapsed").count()) == (IntroductionState.ASKED, 0)
    lift(asked)
    introductions.follow_up(made)
    assert made.state == IntroductionState.ASKED
    left = made.lapses_at - timezone.now()
    assert datetime.timedelta(days=13, hours=23) < left <= datetime.timedelta(days=14)
    row = OrganisationSuspension.objects.get()
    OrganisationSuspension.objects.filter(pk=row.pk).update(
        created_at=row.created_at - datetime.timedelta(days=15), lifted_at=timezone.now() - datetime.timedelta(days=15)
    )
    introductions.follow_up(made)
    assert made.state == IntroductionState.LAPSED


def test_one_that_was_not_reminded_is_reminded_after_it_was_lifted_and_not_before(parties: Parties) -> None:
    asker, asked, one, _other = parties
    made = make.introduction(asker, asked, by=one)
    suspend(asker)
    days_ago(made, 60)
    introductions.follow_up(made)
    assert Letter.objects.filter(template__in=["introduction_reminded", "introduction_lapsed"]).count() == 0
    lift(asker)
    introductions.follow_up(made)
    assert (made.state, Letter.objects.filter(template="introduction_reminded").count()) == (IntroductionState.ASKED, 1)


# Rooms


@pytest.mark.parametrize("which", [0, 1], ids=["the asker is suspended", "the asked is suspended"])
def test_a_room_can_be_read_and_nothing_is_added_until_it_is_lifted(parties: Parties, which: int) -> None:
    asker, asked, one, other = parties
    room = make.room(asker, asked, by=one, answerer=other)
    rooms.write_message(room, by=one, text="Good day.")
    soon = timezone.now() + datetime.timedelta(days=3)
    proposed = rooms.propose_date(room, by=one, starts_at=soon, minutes=30)
    colleagues = (make.member(asker), make.member(asked))
    suspend(parties[which])
    waiting.do_all()
    for side, person in enumerate((one, other)):
        expected = [SUSPENDED] if side == which else [STILL]
        later = soon + datetime.timedelta(days=1)
        file = SimpleUploadedFile("a.txt", b"words")
        for act in (
            lambda p=person: rooms.write_message(room, by=p, text="Hello?"),
            lambda p=person, f=file: rooms.lay_file(room, by=p, upload=f),
            lambda p=person, at=later: rooms.propose_date(room, by=p, starts_at=at, minutes=30),
            lambda p=person, c=colleagues[side]: rooms.bring(room, c, by=p),
            lambda p=person: outcomes.say_outcome(room, by=p, kind="talking"),
        ):
            assert why_not(act) == expected
    assert why_not(lambda: rooms.agree_date(proposed, by=other)) == ([SUSPENDED] if which == 1 else [STILL])
    assert [Room.objects.visible_to(person).count() for person in (one, other)] == [1, 1]
    assert (Message.objects.count(), RoomFile.objects.count(), Outcome.objects.count()) == (1, 0, 0)
    assert RoomSeat.objects.count() == 2
    (told,) = Letter.objects.filter(template="introduction_rests")
    assert told.user == parties[3 - which]
    lift(parties[which])
    rooms.write_message(room, by=other, text="We are here again.")
    rooms.agree_date(proposed, by=other)
    assert Message.objects.count() == 2


def test_either_side_may_say_that_it_does_not_go_on_and_leave(parties: Parties) -> None:
    asker, asked, one, other = parties
    room = make.room(asker, asked, by=one, answerer=other)
    suspend(asked)
    outcomes.say_outcome(room, by=one, kind="withdrawn", reason="other_partner")
    rooms.leave(room, by=one)
    assert (Outcome.objects.count(), room.seats.taken().count()) == (1, 1)


def test_nobody_is_asked_what_came_of_it_meanwhile_and_once_afterwards(parties: Parties) -> None:
    asker, asked, one, other = parties
    room = make.room(asker, asked, by=one, answerer=other)
    suspend(asker)
    Room.objects.filter(pk=room.pk).update(created_at=timezone.now() - datetime.timedelta(days=95))
    assert [outcomes.ask_outcome(one) for one in outcomes.rooms_to_ask()] == [0]
    assert (Letter.objects.filter(template="outcome_asked").count(), Room.objects.get().asked_after) == (0, 0)
    lift(asker)
    assert [outcomes.ask_outcome(one) for one in outcomes.rooms_to_ask()] == [2]
    assert Room.objects.get().asked_after == 90


def test_following_twice_tells_nobody_twice_and_nobody_of_an_end_that_they_did_not_hear_begin(parties: Parties) -> None:
    asker, asked, one, other = parties
    make.room(asker, asked, by=one, answerer=other)
    row = suspend(asked)
    for _again in range(2):
        suspensions.follow(str(row.pk))
    assert Letter.objects.filter(template="introduction_rests").count() == 1
    Letter.objects.filter(template="introduction_rests").delete()
    lift(asked)
    suspensions.follow(str(row.pk))
    assert Letter.objects.filter(template="introduction_goes_on").count() == 0


def test_who_set_a_request_aside_is_not_told_of_it(parties: Parties) -> None:
    asker, asked, one, other = parties
    introductions.set_aside(make.introduction(asker, asked, by=one), by=other)
    suspend(asker)
    waiting.do_all()
    assert Letter.objects.filter(template="introduction_rests").count() == 0


# At the same moment


def overtaken(first: Callable[[], object], second: Callable[[], object]) -> object:
    """Let the first be done and the second begin before the first is committed; what the second came to."""
    done, begun = Signal(), Signal()

    def slow() -> None:
        with transaction.atomic():
            first()
            done.set()
            begun.wait(5)
            Signal().wait(0.4)  # the second waits for a lock now, or it would be through already
        connections.close_all()

    def late() -> object:
        done.wait(5)
        begun.set()
        try:
            return second()
        except Refused as refusal:
            return [str(one) for one in refusal.reasons]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        earlier, later = threads.submit(slow), threads.submit(late)
        earlier.result()
        return later.result()


def test_a_yes_at_the_moment_of_a_suspension_comes_too_late(committed_db: None) -> None:
    asker, asked = make.organisation("LA"), make.organisation("TH")
    one, other, officer = make.member(asker), make.member(asked), make.officer("LA")
    made = make.introduction(asker, asked, by=one)
    said = overtaken(
        lambda: suspend_organisation(asker, by=officer, reason=WHY), lambda: introductions.agree(made, by=other)
    )
    assert (said, Room.objects.count(), fresh(made).state) == ([STILL], 0, IntroductionState.ASKED)


def test_a_suspension_at_the_moment_of_a_yes_waits_and_the_room_rests(committed_db: None) -> None:
    asker, asked = make.organisation("LA"), make.organisation("TH")
    one, other, officer = make.member(asker), make.member(asked), make.officer("LA")
    made = make.introduction(asker, asked, by=one)
    overtaken(lambda: introductions.agree(made, by=other), lambda: suspend_organisation(asker, by=officer, reason=WHY))
    room = Room.objects.get()
    assert (room.introduction.rests, why_not(lambda: rooms.write_message(room, by=other, text="Good day."))) == (
        True,
        [STILL],
    )


@pytest.mark.parametrize("what", ["a message", "a publication", "a question"])
def test_nothing_gets_through_at_the_moment_of_a_suspension(committed_db: None, what: str) -> None:
    asker, asked = make.organisation("LA"), make.organisation("TH")
    one, other, officer = make.member(asker), make.member(asked), make.officer("LA")
    room = make.room(asker, asked, by=one, answerer=other)
    submitted, third = make.submitted(one, of=asker), make.organisation_with_somebody("VN")
    act = {
        "a message": lambda: rooms.write_message(room, by=other, text="Good day."),
        "a publication": lambda: notices.publish(submitted.latest, by=make.officer("LA")),
        "a question": lambda: introductions.ask_introduction(asker, third, by=one, **SAID),
    }[what]
    said = overtaken(lambda: suspend_organisation(asker, by=officer, reason=WHY), act)
    assert said in ([STILL], [SUSPENDED])
    assert (
        Message.objects.count(),
        Introduction.objects.count(),
        Notice.objects.filter(state="published").count(),
    ) == (
        0,
        1,
        0,
    )


def test_somebody_who_speaks_for_both_an_officer_and_a_side_reads_the_full_reason(parties: Parties) -> None:
    asker, asked, one, other = parties
    made = make.introduction(asker, asked, by=one)
    grant(other, Office.MEMBER, over=(Scope.ORGANISATION, asker.pk), home="LA", by=None, reason="set-up")
    suspend(asker)
    assert SUSPENDED in why_not(lambda: introductions.agree(made, by=User.objects.get(pk=other.pk)))
    assert Room.objects.count() == 0

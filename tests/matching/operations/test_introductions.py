"""Introductions: both sides say yes before anything is told, and a no, silence and mistakes each have their way."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connections, transaction

from corridor.directory.models import Organisation
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, Letter, User
from corridor.matching import rules
from corridor.matching.models import Consent, Introduction, Message, Pause, Room, RoomSeat
from corridor.matching.operations import introductions, notices
from corridor.matching.states import DeclineReason, IntroductionState, Side
from tests import make

pytestmark = pytest.mark.django_db
Parties = tuple[Organisation, Organisation, User, User]
SAID = {"who_we_are": "We dry coffee.", "interest": "We would like to try it."}


@pytest.fixture
def parties() -> Parties:
    """A cooperative and an institute, each with somebody who speaks for it."""
    asker, asked = make.organisation("LA"), make.organisation("TH", type="institute")
    return asker, asked, make.member(asker), make.member(asked)


def reasons(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    """Why something was refused."""
    return [str(one) for one in refusal.value.reasons]


def letters(user: User) -> list[str]:
    """What somebody was written."""
    return list(Letter.objects.filter(user=user).order_by("created_at").values_list("template", flat=True))


def at(introduction: Introduction, days: int) -> None:
    """Let it have begun so many days ago."""
    begun = introduction.created_at - datetime.timedelta(days=days)
    reminded = introduction.reminded_at and introduction.reminded_at - datetime.timedelta(days=days)
    Introduction.objects.filter(pk=introduction.pk).update(created_at=begun, reminded_at=reminded)
    introduction.refresh_from_db()


def test_asked_and_agreed_opens_a_room_for_those_two(parties: Parties) -> None:
    asker, asked, one, other = parties
    made = introductions.ask_introduction(asker, asked, by=one, **SAID)
    assert (made.state, letters(other), Room.objects.count()) == (IntroductionState.ASKED, ["introduction_asked"], 0)
    room = introductions.agree(made, by=other)
    assert room is not None
    assert [(seat.user, seat.side) for seat in room.seats.all()] == [(one, Side.ASKER), (other, Side.ASKED)]
    assert letters(one) == ["introduction_accepted"]
    made.refresh_from_db()
    assert made.state == IntroductionState.ACCEPTED


def test_only_the_two_organisations_know_of_it(parties: Parties) -> None:
    asker, asked, one, other = parties
    made = make.introduction(asker, asked, by=one)
    readers = [one, other, make.manager(asker), make.manager(asked)]
    others = [None, make.person("LA"), make.member(make.organisation("LA")), make.officer("LA"), make.officer("TH")]
    assert [list(Introduction.objects.visible_to(reader)) for reader in readers] == [[made]] * 4
    assert [list(Introduction.objects.visible_to(reader)) for reader in [*others, make.operator()]] == [[]] * 6


def test_a_person_who_left_knows_of_it_no_longer_and_cannot_answer(parties: Parties) -> None:
    asker, asked, one, other = parties
    made = make.introduction(asker, asked, by=one)
    make.member(asked)
    make.end(other)
    other = User.objects.get(pk=other.pk)
    with pytest.raises(Refused):
        introductions.agree(made, by=other)
    assert (list(Introduction.objects.visible_to(other)), Room.objects.count()) == ([], 0)


def test_nobody_asks_an_organisation_whose_people_all_left(parties: Parties) -> None:
    asker, asked, one, other = parties
    make.end(other)
    with pytest.raises(Refused) as refusal:
        introductions.ask_introduction(asker, asked, by=one, **SAID)
    assert reasons(refusal) == ["Nobody speaks for this organisation here at present."]
    assert (Introduction.objects.count(), Letter.objects.count()) == (0, 0)


def test_a_yes_to_an_organisation_that_everybody_has_left_is_refused(parties: Parties) -> None:
    asker, asked, one, other = parties
    made = make.introduction(asker, asked, by=one)
    make.end(one)
    with pytest.raises(Refused) as refusal:
        introductions.agree(made, by=other)
    assert reasons(refusal) == ["Nobody speaks for the other side any more."]
    assert (Room.objects.count(), Consent.objects.count()) == (0, 1)


def test_a_colleague_takes_the_place_of_somebody_who_asked_and_left(parties: Parties) -> None:
    asker, asked, one, other = parties
    made = make.introduction(asker, asked, by=one)
    colleague = make.member(asker)
    make.end(one)
    room = introductions.agree(made, by=other)
    assert room is not None
    assert [seat.user for seat in room.seats.all()] == [colleague, other]


def test_nobody_asks_their_own_organisation_nor_for_another(parties: Parties) -> None:
    asker, asked, one, other = parties
    two_hats = make.member(asker)
    make.grant(two_hats, make.Office.MEMBER, over=(make.Scope.ORGANISATION, asked.pk), home="TH", by=None)
    for by, to, reason in ((one, asker, rules.ITSELF), (two_hats, asked, rules.ITSELF), (other, asker, None)):
        with pytest.raises(Refused) as refusal:
            introductions.ask_introduction(asker, to, by=by, **SAID)
        if reason:
            assert str(reason) in reasons(refusal)
    with pytest.raises(Refused):
        introductions.ask_introduction(asker, asked, by=make.person("LA"), **SAID)
    assert Introduction.objects.count() == 0


def test_the_same_is_asked_once(parties: Parties) -> None:
    asker, asked, one, _other = parties
    make.introduction(asker, asked, by=one)
    with pytest.raises(Refused) as refusal:
        make.introduction(asker, asked, by=make.member(asker))
    assert reasons(refusal) == ["This was asked already, and an answer is awaited."]
    assert Introduction.objects.count() == 1


def test_the_database_keeps_one_open_introduction_of_a_pair_and_subject(parties: Parties) -> None:
    asker, asked, one, other = parties
    make.introduction(asker, asked, by=one)
    with pytest.raises(IntegrityError, match="introduction_one_open_a_pair"), transaction.atomic():
        Introduction.objects.create(asker=asked, asked=asker, begun_by=other, interest="x")


def test_the_limits_of_a_person_and_an_organisation_hold(parties: Parties) -> None:
    asker, _asked, one, _other = parties
    others = [make.organisation("VN") for _ in range(rules.MOST_OPEN_OF_AN_ORGANISATION + 1)]
    for organisation in others[: rules.MOST_OPEN_OF_A_PERSON]:
        make.introduction(asker, organisation, by=one)
    make.member(others[-1])
    with pytest.raises(Refused) as refusal:
        introductions.ask_introduction(asker, others[-1], by=one, **SAID)
    assert reasons(refusal) == ["Several of your requests wait for an answer. Wait for some, or take one back."]
    for organisation in others[rules.MOST_OPEN_OF_A_PERSON : -1]:
        make.introduction(asker, organisation)
    with pytest.raises(Refused) as refusal:
        make.introduction(asker, others[-1])
    assert "Many requests of your organisation" in reasons(refusal)[0]
    assert Introduction.objects.count() == rules.MOST_OPEN_OF_AN_ORGANISATION


def test_taking_back_and_asking_anew_does_not_go_round_the_limit_of_a_day(parties: Parties) -> None:
    asker, asked, one, _other = parties
    for _ in range(rules.MOST_IN_A_DAY):
        introductions.withdraw_introduction(make.introduction(asker, asked, by=one), by=one)
    with pytest.raises(Refused):
        make.introduction(asker, asked, by=one)
    assert Introduction.objects.count() == rules.MOST_IN_A_DAY


def test_a_pause_keeps_requests_away_until_it_ends(parties: Parties) -> None:
    asker, asked, one, other = parties
    introductions.pause(asked, by=other)
    introductions.pause(asked, by=other)
    with pytest.raises(Refused) as refusal:
        make.introduction(asker, asked, by=one)
    assert reasons(refusal) == ["This organisation takes no requests for introductions at present."]
    with pytest.raises(Refused):
        introductions.resume(asked, by=one)
    introductions.resume(asked, by=other)
    assert make.introduction(asker, asked, by=one).is_open
    assert Pause.objects.count() == 1


def test_asking_back_is_a_yes_and_its_words_are_the_first_message(parties: Parties) -> None:
    asker, asked, one, other = parties
    first = make.introduction(asker, asked, by=one)
    second = introductions.ask_introduction(asked, asker, by=other, interest="We looked for you.", language="th")
    assert (second, Introduction.objects.count()) == (first, 1)
    assert second.state == IntroductionState.ACCEPTED
    assert [(m.author, m.text, m.language) for m in Message.objects.all()] == [(other, "We looked for you.", "th")]


def test_who_asks_about_an_anonymous_notice_does_not_learn_who_asked_them(parties: Parties) -> None:
    asker, asked, one, other = parties
    hidden = make.published(other, of=asked, is_anonymous=True)
    make.introduction(asked, asker, by=other)
    made = make.introduction(asker, asked, by=one, notice=hidden)
    assert (made.state, Introduction.objects.count(), Room.objects.count()) == (IntroductionState.ASKED, 2, 0)


def test_set_aside_in_silence_looks_to_the_asker_as_if_it_waited_and_lapses_on_its_day(parties: Parties) -> None:
    asker, asked, one, other = parties
    made = make.introduction(asker, asked, by=one)
    introductions.set_aside(made, by=other)
    assert (made.state, made.seen_by_asker, letters(one)) == (IntroductionState.SET_ASIDE, IntroductionState.ASKED, [])
    with pytest.raises(Refused) as refusal:
        make.introduction(asker, asked, by=one)
    assert reasons(refusal) == ["This was asked already, and an answer is awaited."]
    at(made, 8)
    introductions.follow_up(made)
    assert letters(other) == ["introduction_asked"]
    at(made, 15)
    introductions.follow_up(made)
    assert (made.state, letters(one)) == (IntroductionState.LAPSED, ["introduction_lapsed"])


def test_a_no_has_a_reason_that_the_asker_reads_and_the_question_rests(parties: Parties) -> None:
    asker, asked, one, other = parties
    made = make.introduction(asker, asked, by=one)
    introductions.decline(made, by=other, reason=DeclineReason.NO_CAPACITY)
    letter = Letter.objects.get(user=one)
    assert (letter.template, letter.facts["reason"]) == ("introduction_declined", "no_capacity")
    with pytest.raises(Refused) as refusal:
        make.introduction(asker, asked, by=one)
    assert "two months" in reasons(refusal)[0]
    with pytest.raises(Refused):
        introductions.agree(made, by=other)
    assert Room.objects.count() == 0


def test_without_an_answer_it_is_reminded_once_and_lapses_and_the_asker_is_told(parties: Parties) -> None:
    asker, asked, one, other = parties
    made = make.introduction(asker, asked, by=one)
    at(made, 6)
    introductions.follow_up(made)
    assert letters(other) == ["introduction_asked"]
    at(made, 1)
    for _ in range(2):
        introductions.follow_up(made)
    assert (made.state, letters(other)) == (IntroductionState.ASKED, ["introduction_asked", "introduction_reminded"])
    at(made, 14)
    for _ in range(2):
        introductions.follow_up(made)
    assert (made.state, letters(one)) == (IntroductionState.LAPSED, ["introduction_lapsed"])


def test_a_clock_that_jumps_ahead_reminds_before_anything_lapses(parties: Parties) -> None:
    asker, asked, one, other = parties
    made = make.introduction(asker, asked, by=one)
    at(made, 400)
    introductions.follow_up(made)
    introductions.follow_up(made)
    assert (made.state, letters(other)[-1]) == (IntroductionState.ASKED, "introduction_reminded")


@pytest.mark.parametrize("reminded", [None, 300])
def test_a_clock_that_was_ahead_and_was_set_back_lets_nothing_wait_for_ever(
    parties: Parties, reminded: int | None
) -> None:
    asker, asked, one, _other = parties
    made = make.introduction(asker, asked, by=one)
    future = made.created_at + datetime.timedelta(days=300)
    Introduction.objects.filter(pk=made.pk).update(created_at=future, reminded_at=future if reminded else None)
    introductions.follow_up(made)
    made.refresh_from_db()
    assert made.reminded_at is not None
    assert made.reminded_at < future
    Introduction.objects.filter(pk=made.pk).update(reminded_at=made.reminded_at - datetime.timedelta(days=15))
    introductions.follow_up(made)
    assert made.state == IntroductionState.LAPSED


def test_an_officer_brings_two_together_and_each_answers_for_itself(parties: Parties) -> None:
    asker, asked, one, other = parties
    officer = make.officer("LA")
    made = introductions.propose_introduction(asker, asked, by=officer, interest="Both dry coffee.", language="en")
    assert (made.state, letters(one), letters(other)) == ("proposed", ["introduction_asked"], ["introduction_asked"])
    assert introductions.agree(made, by=other) is None
    with pytest.raises(Refused) as refusal:
        introductions.agree(made, by=other)
    assert "This was answered already." in reasons(refusal)
    with pytest.raises(Refused):
        introductions.agree(made, by=officer)
    room = introductions.agree(made, by=one)
    assert room is not None
    assert {seat.user for seat in room.seats.all()} == {one, other}
    assert [Room.objects.visible_to(reader).count() for reader in (one, other, officer)] == [1, 1, 0]


def test_an_officer_of_a_third_country_and_a_member_propose_nothing(parties: Parties) -> None:
    asker, asked, one, _other = parties
    for by in (make.officer("VN"), one, make.person("LA"), make.operator()):
        with pytest.raises(Refused):
            introductions.propose_introduction(asker, asked, by=by, interest="Both dry coffee.")
    assert (Introduction.objects.count(), Letter.objects.count()) == (0, 0)


def test_an_officer_of_the_other_country_does_not_broker_an_anonymous_notice(parties: Parties) -> None:
    asker, asked, _one, other = parties
    hidden = make.published(other, of=asked, is_anonymous=True)
    with pytest.raises(Refused) as refusal:
        introductions.propose_introduction(asker, asked, by=make.officer("LA"), notice=hidden, interest="See this.")
    assert reasons(refusal) == ["Who stands behind this notice is known to its own focal point only."]
    assert Introduction.objects.count() == 0


def test_a_declined_proposal_is_told_to_the_officer(parties: Parties) -> None:
    asker, asked, one, other = parties
    officer = make.officer("TH")
    made = introductions.propose_introduction(asker, asked, by=officer, interest="Both dry coffee.")
    introductions.agree(made, by=one)
    introductions.decline(made, by=other, reason=DeclineReason.NO_FIT)
    assert (letters(officer), letters(one)[-1]) == (["introduction_declined"], "introduction_declined")


def test_a_notice_suspended_in_the_middle_halts_the_yes_and_not_the_no(parties: Parties) -> None:
    asker, asked, one, other = parties
    notice = make.published(other, of=asked)
    made = make.introduction(asker, asked, by=one, notice=notice)
    notices.suspend(notice, by=make.officer("TH"), reason="False.")
    made = Introduction.objects.get(pk=made.pk)
    with pytest.raises(Refused) as refusal:
        introductions.agree(made, by=other)
    assert "was suspended" in reasons(refusal)[0]
    assert Room.objects.count() == 0
    introductions.decline(made, by=other, reason=DeclineReason.OTHER)
    assert made.state == IntroductionState.DECLINED


def test_a_notice_that_ended_is_not_asked_about(parties: Parties) -> None:
    asker, asked, one, other = parties
    notice = make.published(other, of=asked)
    notices.withdraw(notice, by=other)
    with pytest.raises(Refused) as refusal:
        make.introduction(asker, asked, by=one, notice=notice)
    assert reasons(refusal) == ["Only a published notice that is still valid can be asked about."]
    assert Introduction.objects.count() == 0


def test_whoever_asked_takes_it_back_and_nobody_else(parties: Parties) -> None:
    asker, asked, one, other = parties
    made = make.introduction(asker, asked, by=one)
    for by in (other, make.officer("LA"), make.person("LA")):
        with pytest.raises(Refused):
            introductions.withdraw_introduction(made, by=by)
    assert made.state == IntroductionState.ASKED
    introductions.withdraw_introduction(made, by=make.member(asker))
    assert made.state == IntroductionState.WITHDRAWN


@pytest.mark.parametrize(
    "text",
    [
        "Write to kham@example.org please.",
        "Call +856 20 5555 1234.",
        "ໂທ ໐໒໐ ໕໕໕໕ ໑໒໓໔",
        "See https://example.org/us",
        "We are the Golden Husk Cooperative.",
        "My name is Kham Souk.",
    ],
)
def test_a_text_that_gives_a_contact_or_a_name_away_is_refused(text: str) -> None:
    asker, asked = make.organisation("LA", name="Golden Husk Cooperative"), make.organisation("TH")
    make.member(asked)
    with pytest.raises(Refused):
        introductions.ask_introduction(asker, asked, by=make.member(asker, name="Kham Souk"), interest=text)
    assert (Introduction.objects.count(), Letter.objects.count()) == (0, 0)


def test_events_hold_no_words(parties: Parties) -> None:
    asker, asked, one, other = parties
    made = make.introduction(asker, asked, by=one)
    introductions.agree(made, by=other)
    verbs = list(Event.objects.about(made).values_list("verb", flat=True))
    assert verbs == ["introduction.asked", "introduction.agreed", "introduction.accepted"]


def test_two_who_ask_each_other_at_the_same_moment_meet_in_one_room(committed_db: None) -> None:
    asker, asked = make.organisation("LA"), make.organisation("TH")
    one, other = make.member(asker), make.member(asked)
    start = Barrier(2)

    def ask(sides: tuple[Organisation, Organisation, User]) -> None:
        start.wait()
        introductions.ask_introduction(sides[0], sides[1], by=sides[2], **SAID)
        connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(ask, [(asker, asked, one), (asked, asker, other)]))
    assert [made.state for made in Introduction.objects.all()] == [IntroductionState.ACCEPTED]
    assert (Room.objects.count(), RoomSeat.objects.count(), Message.objects.count()) == (1, 2, 1)

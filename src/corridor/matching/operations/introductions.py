"""Verbs of introductions: ask, propose, agree, decline, set aside, take back, pause, remind and let lapse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from corridor.directory.models import Organisation, speakers_of
from corridor.directory.operations.acting import hold_parties
from corridor.directory.operations.networks import managers_of
from corridor.kernel.models import User
from corridor.kernel.operations import hold, move, record, write_letter
from corridor.language.logic.words import tidy
from corridor.matching import rules
from corridor.matching.models import (
    REMINDED_AFTER,
    TIME_TO_ANSWER,
    Consent,
    Decline,
    Introduction,
    Notice,
    Pause,
    Room,
)
from corridor.matching.operations import rooms
from corridor.matching.states import IntroductionState, Side

MOST_TOLD = 5


@transaction.atomic
def ask_introduction(
    asker: Organisation,
    asked: Organisation,
    *,
    by: User,
    notice: Notice | None = None,
    themes: Sequence[str] = (),
    language: str = "",
    **texts: str,
) -> Introduction:
    """Ask an organisation for an introduction. When it has asked this one already, asking back is the yes to that."""
    _hold_parties(asker, asked, by=by)
    said = _tidied(texts)
    if (waiting := _asked_back(asker, asked, notice)) and rules.may_answer_introduction(by, waiting).allowed:
        if room := agree(waiting, by=by):
            rooms.write_message(room, by=by, text="\n\n".join(filter(None, said.values())), language=language)
        return waiting
    rules.may_ask_introduction(by, asker, asked, notice).enforce()
    rules.keeps_contacts_out("\n".join(said.values()), by, asker).enforce()
    made = _begin(asker, asked, IntroductionState.ASKED, by=by, notice=notice, themes=themes, language=language, **said)
    Consent.objects.create(introduction=made, side=Side.ASKER, given_by=by)
    _write(receivers_of(made, Side.ASKED), "introduction_asked", made, key="asked")
    return made


@transaction.atomic
def propose_introduction(
    asker: Organisation,
    asked: Organisation,
    *,
    by: User,
    interest: str,
    notice: Notice | None = None,
    themes: Sequence[str] = (),
    language: str = "",
) -> Introduction:
    """Propose to two organisations that they get to know each other, and why. Each answers for itself."""
    _hold_parties(asker, asked, by=by)
    rules.may_propose_introduction(by, asker, asked, notice).enforce()
    said = _tidied({"interest": interest})
    for party in (asker, asked):
        rules.keeps_contacts_out(said["interest"], by, party).enforce()
    made = _begin(
        asker, asked, IntroductionState.PROPOSED, by=by, notice=notice, themes=themes, language=language, **said
    )
    for side in Side:
        _write(receivers_of(made, side), "introduction_asked", made, key=f"proposed:{side}")
    return made


def _hold_parties(*parties: Organisation, by: User) -> None:
    """Lock the person and both organisations, always in one order: limits count what is there, and two who ask each other meet."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    hold_parties(*parties)


def _hold(introduction: Introduction) -> None:
    """Lock both organisations and then what is between them, as asking does: neither is suspended while it is answered."""
    hold_parties(introduction.asker, introduction.asked)
    hold(introduction)


def _asked_back(asker: Organisation, asked: Organisation, notice: Notice | None) -> Introduction | None:
    """What the other side asks of this one. Whoever asks about an anonymous notice does not learn by it who asked them."""
    if notice is not None and notice.published is not None and notice.published.is_anonymous:
        return None
    waiting = Introduction.objects.filter(
        asker=asked, asked=asker, state__in=[IntroductionState.ASKED, IntroductionState.SET_ASIDE]
    )
    return waiting.filter(notice=notice).first() or waiting.order_by("created_at", "pk").first()


def _begin(asker: Organisation, asked: Organisation, state: str, *, by: User, **facts: Any) -> Introduction:
    made = Introduction.objects.create(
        asker=asker,
        asked=asked,
        begun_by=by,
        state=state,
        is_brokered=state == IntroductionState.PROPOSED,
        is_sample=asker.is_sample or asked.is_sample,
        **{**facts, "themes": list(facts["themes"])},
    )
    notice = facts["notice"].pk if facts["notice"] else None
    record(f"introduction.{state}", made, by=by, asker=asker.pk, asked=asked.pk, notice=notice)
    return made


def _tidied(texts: dict[str, str]) -> dict[str, str]:
    unknown = set(texts) - set(Introduction.PROSE)
    if unknown:
        raise TypeError(f"an introduction has no texts {sorted(unknown)}")
    return {field: tidy(texts.get(field, "")).text for field in Introduction.PROSE if field in texts}


@transaction.atomic
def agree(introduction: Introduction, *, by: User) -> Room | None:
    """A side's yes. With both, a room opens in which they see each other; until then nothing is told. Answers the room."""
    _hold(introduction)
    rules.may_answer_introduction(by, introduction).enforce()
    side = _answering(by, introduction)
    Consent.objects.create(introduction=introduction, side=side, given_by=by)
    record("introduction.agreed", introduction, by=by, side=side)
    if introduction.consents.count() < len(Side):
        return None
    move(introduction, IntroductionState.ACCEPTED, by=by)
    room = rooms.open_room(introduction, by=by)
    told = User.objects.filter(pk__in=room.seats.values("user")).exclude(pk=by.pk)
    for person in told:
        write_letter(person, "introduction_accepted", key=f"accepted:{introduction.pk}:{person.pk}", room=str(room.pk))
    return room


@transaction.atomic
def decline(introduction: Introduction, *, by: User, reason: str) -> None:
    """A side's no, with a reason from the list; whoever asked or proposed is told."""
    _hold(introduction)
    rules.may_decline_introduction(by, introduction).enforce()
    side = _answering(by, introduction)
    Decline.objects.create(introduction=introduction, side=side, declined_by=by, reason=reason)
    move(introduction, IntroductionState.DECLINED, by=by, reason=reason)
    _write(_concerned(introduction) - {by}, "introduction_declined", introduction, key="declined", reason=reason)


def _answering(by: User, introduction: Introduction) -> Side:
    side = rules.side_to_answer(by, introduction)
    assert side is not None  # the rule has seen to it
    return side


@transaction.atomic
def set_aside(introduction: Introduction, *, by: User) -> None:
    """Say nothing. To whoever asked it goes on waiting, and lapses on its day as if nobody had looked."""
    _hold(introduction)
    rules.may_decline_introduction(by, introduction).enforce()
    move(introduction, IntroductionState.SET_ASIDE, by=by)


@transaction.atomic
def withdraw_introduction(introduction: Introduction, *, by: User) -> None:
    """Take a request or a proposal back."""
    hold(introduction)
    rules.may_withdraw_introduction(by, introduction).enforce()
    move(introduction, IntroductionState.WITHDRAWN, by=by)


@transaction.atomic
def pause(organisation: Organisation, *, by: User) -> Pause:
    """Take no requests for introductions until further notice; what was asked before can still be answered."""
    rules.may_pause(by, organisation).enforce()
    made, is_new = Pause.objects.get_or_create(organisation=organisation, ended_at=None, defaults={"paused_by": by})
    if is_new:
        record("organisation.paused", organisation, by=by)
    return made


@transaction.atomic
def resume(organisation: Organisation, *, by: User) -> None:
    """Take requests again."""
    rules.may_pause(by, organisation).enforce()
    if Pause.objects.filter(organisation=organisation, ended_at=None).update(ended_at=timezone.now(), ended_by=by):
        record("organisation.resumed", organisation, by=by)


@transaction.atomic
def follow_up(introduction: Introduction) -> None:
    """Remind whoever has not answered, or let it lapse and tell whoever asked.

    The time to answer runs on from the reminder, and a moment that lies in the future was written by a clock that was wrong:
    whichever way a clock jumps, nobody loses the days between reminder and end, and nothing waits for ever. What rests because a
    side is suspended waits, and those days begin anew when that is lifted.
    """
    _hold(introduction)
    if not introduction.is_open or introduction.rests:
        return
    now, begun, reminded = timezone.now(), introduction.created_at, introduction.reminded_at
    if reminded is None or reminded > now:
        if begun > now or now >= begun + REMINDED_AFTER:
            _remind(introduction)
    elif now >= max(reminded, introduction.rested_until or reminded) + TIME_TO_ANSWER:
        move(introduction, IntroductionState.LAPSED, by=None)
        _write(_concerned(introduction), "introduction_lapsed", introduction, key="lapsed")


def _remind(introduction: Introduction) -> None:
    introduction.reminded_at = timezone.now()
    introduction.save(update_fields=["reminded_at"])
    if introduction.state == IntroductionState.SET_ASIDE:
        return
    given = set(introduction.consents.values_list("side", flat=True))
    for side in [side for side in Side if side not in given]:
        _write(receivers_of(introduction, side), "introduction_reminded", introduction, key=f"reminded:{side}")
    record("introduction.reminded", introduction, by=None)


def receivers_of(introduction: Introduction, side: Side) -> set[User]:
    """Who is told on a side: the notice's author and the managers; where there are none, some who speak for it."""
    party = introduction.party(side)
    speaking = speakers_of(party.pk)
    told = set(managers_of(party))
    notice = introduction.notice
    if notice is not None and notice.organisation_id == party.pk:
        told |= set(speaking.filter(pk=notice.author_id))
    return told or set(speaking.order_by("pk")[:MOST_TOLD])


def _concerned(introduction: Introduction) -> set[User]:
    """Who waits for an answer: the broker, and those who said yes and still speak for their side."""
    waiting = set(User.objects.filter(pk=introduction.begun_by_id, is_active=introduction.is_brokered))
    for consent in introduction.consents.select_related("given_by"):
        party = introduction.party(consent.side)
        waiting |= set(speakers_of(party.pk).filter(pk=consent.given_by_id)) or receivers_of(
            introduction, Side(consent.side)
        )
    return waiting


def _write(readers: Iterable[User], template: str, introduction: Introduction, *, key: str, **facts: object) -> None:
    """Tell people of an introduction. A letter names nobody: it gives the address of the page, where the reader signs in."""
    for reader in readers:
        write_letter(
            reader,
            template,
            key=f"introduction:{introduction.pk}:{key}:{reader.pk}",
            introduction=str(introduction.pk),
            is_brokered=introduction.is_brokered,
            **facts,
        )

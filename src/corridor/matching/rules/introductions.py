"""Rules of introductions: who may ask whom, propose, answer, take back and pause."""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.directory.models import Organisation, speakers_of
from corridor.directory.rules import acts, belongs, takes_part
from corridor.kernel.logic.verdict import Verdict, together, unless
from corridor.kernel.models import User
from corridor.kernel.states import Capability
from corridor.language.logic.words import fold
from corridor.matching.logic.contacts import contacts_in
from corridor.matching.models import Consent, Introduction, IntroductionQuerySet, Notice, Pause
from corridor.matching.rules.notices import may_see_team, names
from corridor.matching.states import IntroductionState, NoticeState, OutcomeKind, Side

# Against spam: how many requests may wait for an answer, and how many one person may send in a day.
MOST_OPEN_OF_A_PERSON = 5
MOST_OPEN_OF_AN_ORGANISATION = 10
MOST_IN_A_DAY = 10
MOST_OPEN_OF_A_BROKER = 20
# After a no, or none at all, the same question is not put again for this long.
QUIET = datetime.timedelta(days=60)

NOT_SPEAKING = _("Only somebody who speaks for this organisation can do this.")
ITSELF = _("This is your own organisation.")
NOBODY = _("Nobody speaks for this organisation here at present.")
PAUSED = _("This organisation takes no requests for introductions at present.")
HALTED = _("The notice it is about was suspended. Nothing can be added until that is lifted.")
ANSWERED = _("This was answered already.")
TALKING_ALREADY = _("The two organisations talk to each other about this already.")
STILL = _("This rests at present. It can be read, and nothing is answered or added until it goes on.")
NOT_OPEN = _("Only a published notice that is still valid can be asked about.")


def speaks(user: User, organisation: Organisation) -> bool:
    """Whether a person speaks for an organisation today, also while it is suspended."""
    return belongs(user, Capability.SPEAK, organisation.pk)


def goes_on(user: User, introduction: Introduction) -> Verdict:
    """Whether something can be answered or added: neither side is suspended. The other side is told that it rests, and not why."""
    own = [side for side in (introduction.asker, introduction.asked) if side.is_suspended and speaks(user, side)]
    if own:
        return takes_part(own[0], user)
    return unless(not introduction.rests, STILL)


def may_ask_introduction(user: User, asker: Organisation, asked: Organisation, notice: Notice | None = None) -> Verdict:
    """Somebody who speaks for one organisation asks another, that is there to answer, within the limits."""
    return together(
        acts(user, Capability.SPEAK, asker, NOT_SPEAKING) if asker.stands else Verdict((NOT_SPEAKING,)),
        _two_sides(user, asker, asked),
        unless(notice is None or notice.is_open, NOT_OPEN),
        _reachable(user, asked),
        _new_subject(asker, asked, notice),
        _rested(asker, asked, notice),
        _within_limits(user, asker),
    )


def may_propose_introduction(
    user: User, asker: Organisation, asked: Organisation, notice: Notice | None = None
) -> Verdict:
    """An officer of either country brings two organisations together, of neither of which they are part."""
    officer = any(user.audience.can(Capability.INTRODUCE, home=party.home) for party in (asker, asked))
    hidden = notice is not None and notice.published is not None and notice.published.is_anonymous
    proposed = Introduction.objects.filter(begun_by=user, state=IntroductionState.PROPOSED).count()
    return together(
        unless(officer, _("Only a focal point of one of the two countries can propose an introduction.")),
        unless(not (speaks(user, asker) or speaks(user, asked)), _("You speak for one of them: ask yourself.")),
        unless(asker.pk != asked.pk, _("Choose two different organisations.")),
        unless(notice is None or notice.is_open, NOT_OPEN),
        unless(
            notice is None or not hidden or may_see_team(user, notice),
            _("Who stands behind this notice is known to its own focal point only."),
        ),
        _reachable(user, asker),
        _reachable(user, asked),
        _new_subject(asker, asked, notice),
        unless(proposed < MOST_OPEN_OF_A_BROKER, _("Many of your proposals wait for an answer. Wait for some first.")),
    )


def _two_sides(user: User, asker: Organisation, asked: Organisation) -> Verdict:
    return unless(asker.pk != asked.pk and not speaks(user, asked), ITSELF)


def _reachable(user: User, organisation: Organisation) -> Verdict:
    paused = Pause.objects.filter(organisation=organisation, ended_at=None).exists()
    return together(
        unless(organisation.stands and speakers_of(organisation.pk).exists(), NOBODY),
        unless(not paused, PAUSED),
        takes_part(organisation, user) if organisation.stands else Verdict(),
    )


def _new_subject(asker: Organisation, asked: Organisation, notice: Notice | None) -> Verdict:
    same = Introduction.objects.between(asker, asked).filter(notice=notice)
    return together(
        unless(not same.open().exists(), _("This was asked already, and an answer is awaited.")),
        unless(not _goes_on(same), TALKING_ALREADY),
    )


def _goes_on(same: IntroductionQuerySet) -> bool:
    accepted = same.filter(state=IntroductionState.ACCEPTED).select_related("room")
    return any(one.room.outcome is None or one.room.outcome.kind != OutcomeKind.WITHDRAWN for one in accepted)


def _rested(asker: Organisation, asked: Organisation, notice: Notice | None) -> Verdict:
    unanswered = Q(state__in=[IntroductionState.DECLINED, IntroductionState.LAPSED])
    before = Introduction.objects.filter(unanswered, asker=asker, asked=asked, notice=notice, is_brokered=False)
    return unless(
        not before.filter(created_at__gte=timezone.now() - QUIET).exists(),
        _("You asked this not long ago. You can ask again two months after you asked."),
    )


def _within_limits(user: User, asker: Organisation) -> Verdict:
    waiting = Introduction.objects.open().filter(is_brokered=False)
    day = timezone.now() - datetime.timedelta(days=1)
    today = Introduction.objects.filter(begun_by=user, is_brokered=False, created_at__gte=day).count()
    return together(
        unless(
            waiting.filter(begun_by=user).count() < MOST_OPEN_OF_A_PERSON and today < MOST_IN_A_DAY,
            _("Several of your requests wait for an answer. Wait for some, or take one back."),
        ),
        unless(
            waiting.filter(asker=asker).count() < MOST_OPEN_OF_AN_ORGANISATION,
            _("Many requests of your organisation wait for an answer. Wait for some, or take one back."),
        ),
    )


def keeps_contacts_out(text: str, user: User, organisation: Organisation | None) -> Verdict:
    """A text that is read before the yes names neither its writer nor the organisation, and gives no way round asking."""
    own_name = fold(user.name)
    return together(
        unless(
            not contacts_in(text),
            _("Leave out e-mail addresses, links and telephone numbers: they are shown after both sides said yes."),
        ),
        unless(
            not (organisation is not None and names(organisation, text))
            and not (len(own_name) > CLEARLY and own_name in fold(text)),
            _("Leave out your own and your organisation's name: they are shown after both sides said yes."),
        ),
    )


# A name of fewer letters stands in many words that mean something else.
CLEARLY = 3


def side_to_answer(user: User, introduction: Introduction) -> Side | None:
    """The side for which a person can say yes or no now."""
    if introduction.state in (IntroductionState.ASKED, IntroductionState.SET_ASIDE):
        return Side.ASKED if speaks(user, introduction.asked) else None
    given = set(Consent.objects.filter(introduction=introduction).values_list("side", flat=True))
    return next((side for side in introduction.sides_of(user) if side not in given), None)


def may_answer_introduction(user: User, introduction: Introduction) -> Verdict:
    """Whoever speaks for the side that has not said yes answers; the other side must still be there."""
    side = side_to_answer(user, introduction)
    other = introduction.party(side.other) if side else None
    notice = introduction.notice
    said_yes = Consent.objects.filter(introduction=introduction, given_by=user).exists()
    return together(
        unless(bool(introduction.sides_of(user)), NOT_SPEAKING),
        unless(introduction.is_open and (side is not None or not introduction.sides_of(user)), ANSWERED),
        unless(
            other is None or speakers_of(other.pk).exclude(pk=user.pk).exists(),
            _("Nobody speaks for the other side any more."),
        ),
        unless(notice is None or notice.state != NoticeState.SUSPENDED, HALTED),
        goes_on(user, introduction),
        unless(not said_yes, _("You said yes for the other side. Somebody else answers for this one.")),
    )


def may_decline_introduction(user: User, introduction: Introduction) -> Verdict:
    """Whoever could say yes can say no, whatever became of the other side; while a side is suspended it stands still."""
    side = side_to_answer(user, introduction)
    return together(
        unless(bool(introduction.sides_of(user)), NOT_SPEAKING),
        unless(introduction.is_open and (side is not None or not introduction.sides_of(user)), ANSWERED),
        goes_on(user, introduction),
    )


def may_withdraw_introduction(user: User, introduction: Introduction) -> Verdict:
    """Whoever asked takes it back until it is answered: the asker's people, or the officer who proposed it."""
    own = introduction.begun_by_id == user.pk if introduction.is_brokered else speaks(user, introduction.asker)
    return together(
        unless(own, _("Only those who asked can take this back.")),
        unless(introduction.is_open, ANSWERED),
    )


def may_pause(user: User, organisation: Organisation) -> Verdict:
    """Those who would answer decide whether their organisation takes requests."""
    return unless(speaks(user, organisation), NOT_SPEAKING)

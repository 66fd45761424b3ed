"""Rules of notices: who may draft, submit, publish, return, suspend and take over them, and answer problems of networks."""

from __future__ import annotations

import re
from collections.abc import Container

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.directory.models import Country, Network, NetworkMembership, Organisation
from corridor.directory.rules import acts, acts_at_all, belongs, takes_part
from corridor.directory.states import NameKind, RequestState
from corridor.kernel.logic.verdict import Verdict, together, unless
from corridor.kernel.models import User
from corridor.kernel.states import Capability, Visibility
from corridor.language.logic.words import fold
from corridor.language.models import Translation
from corridor.language.rules import may_confirm as may_confirm_at_all
from corridor.language.states import Origin
from corridor.matching.models import LONGEST_VALIDITY, Answer, Notice, PostedProblem, SavedSearch, Wording
from corridor.matching.models.authorship import is_own_of
from corridor.matching.models.networks import STANDING as STANDING_ANSWERS
from corridor.matching.states import AnswerState, NoticeKind, NoticeState, WordingState

MOST_SEARCHES = 30
ENDED = (NoticeState.WITHDRAWN, NoticeState.FULFILLED, NoticeState.SUSPENDED)
ENDED_ALREADY = _("This notice has ended and can no longer be changed.")
ONLY_MEMBERS = _("Only confirmed members can translate.")
NOT_YOURS = _("Only the organisation that wrote this notice can do this.")
NOT_YOUR_COUNTRY = _("Only the focal point of this notice's own country can do this.")


def works_on(user: User, notice: Notice) -> bool:
    """Whether it is the person's own: as one of its organisation's people, also while that is suspended, or as its author still."""
    return is_own_of(user.audience, notice)


def holds_office(user: User, notice: Notice) -> bool:
    """Whether the person publishes for the notice's country."""
    return user.audience.can(Capability.PUBLISH, home=notice.home)


def may_draft(user: User) -> Verdict:
    """Everybody who is signed in may begin; it stays private until it is published."""
    return unless(user.is_active and bool(user.pk), _("Sign in to write a notice."))


def may_edit(user: User, notice: Notice) -> Verdict:
    """Its own people may change it as long as it has not ended. Of a suspended organisation they change drafts only."""
    return together(
        unless(works_on(user, notice), NOT_YOURS),
        Verdict() if notice.published_id is None else takes_part(notice.organisation, user),
        unless(notice.state not in ENDED, ENDED_ALREADY),
        unless(
            not notice.wordings.filter(state=WordingState.SUBMITTED).exists(),
            _("This text is waiting for the publisher. Take it back first to change it."),
        ),
    )


def speaks_for(user: User, organisation: Organisation | None) -> bool:
    """Whether the person may speak for the organisation now, or has asked to be confirmed by it."""
    if organisation is None or not organisation.stands:
        return False
    if belongs(user, Capability.SPEAK, organisation.pk):
        return True
    if user.audience.can(Capability.POST_FOR_OTHERS, home=organisation.home):
        return True
    return organisation.requests.filter(user=user, state=RequestState.WAITING).exists()


def says_something(text: str) -> bool:
    """Whether there is a letter or digit of any script in it; signs, pictures and invisible characters say nothing."""
    return any(character.isalnum() for character in text)


def may_submit(user: User, notice: Notice) -> Verdict:
    """A whole text, its organisation, a theme and a date are needed before a publisher reads it."""
    wording = notice.latest
    in_hand = wording.state in (WordingState.DRAFT, WordingState.RETURNED)
    until = notice.valid_until
    today = timezone.now().date()
    return together(
        unless(works_on(user, notice), NOT_YOURS),
        unless(notice.state not in ENDED, ENDED_ALREADY),
        unless(in_hand, _("There is no draft to submit.")),
        unless(says_something(wording.title), _("Write a title in words.")),
        unless(len(wording.text.strip()) >= 20 and says_something(wording.text), _("Describe it in a few sentences.")),
        unless(bool(notice.themes), _("Choose at least one theme.")),
        unless(notice.organisation_id is not None, _("Say for which organisation you write.")),
        unless(
            notice.organisation_id is None or speaks_for(user, notice.organisation),
            _("Ask to be confirmed as a member of this organisation first."),
        ),
        takes_part(notice.organisation, user),
        unless(until is not None and until >= today, _("Choose until when it is valid.")),
        unless(
            until is None or until <= today + LONGEST_VALIDITY,
            _("A notice is valid for one year at most; renew it later."),
        ),
    )


def publishes_itself(user: User, notice: Notice) -> bool:
    """Whether this person's own organisation publishes: it is verified, and its country's setting says so."""
    organisation = notice.organisation
    if organisation is None or not organisation.is_verified:
        return False
    if not belongs(user, Capability.SPEAK, organisation.pk):
        return False
    return Country.objects.filter(pk=notice.home, verified_publish_themselves=True).exists()


def may_decide(user: User, wording: Wording) -> Verdict:
    """Publish or return: the home country's focal point, or a verified organisation itself where the country allows it."""
    notice = wording.notice
    return together(
        unless(
            holds_office(user, notice) or publishes_itself(user, notice),
            _("A notice is published by the focal point of its own country."),
        ),
        unless(wording.state == WordingState.SUBMITTED, _("This text has been decided on in the meantime.")),
    )


def may_be_published(author: User, acting: Container[str] | None = None) -> Verdict:
    """Somebody who takes part must have vouched for the author by then; `acting` as in `acts_at_all`."""
    vouched = acts_at_all(author, Capability.READ_MEMBERS, acting)
    return unless(vouched, _("Confirm its author as a member first."))


def may_publish(user: User, wording: Wording) -> Verdict:
    """As deciding; besides, the author must have been confirmed by then, and the organisation take part."""
    part = takes_part(wording.notice.organisation, user)
    author = User.objects.get(pk=wording.notice.author_id)
    return together(may_decide(user, wording), may_be_published(author) if part else part)


def may_take_back(user: User, notice: Notice) -> Verdict:
    """The author takes a submission back to work on it."""
    return together(
        unless(works_on(user, notice), NOT_YOURS),
        unless(
            notice.wordings.filter(state=WordingState.SUBMITTED).exists(),
            _("Nothing is waiting for the publisher."),
        ),
    )


def may_withdraw(user: User, notice: Notice) -> Verdict:
    """Its own people may end it for good."""
    return together(
        unless(works_on(user, notice), NOT_YOURS),
        unless(NoticeState.WITHDRAWN in notice.moves[notice.state], _("This notice has ended already.")),
    )


def may_fulfil(user: User, notice: Notice) -> Verdict:
    """Its own people say that they found what they looked for."""
    return together(
        unless(works_on(user, notice), NOT_YOURS),
        unless(notice.state == NoticeState.PUBLISHED, _("Only a published notice can be marked as fulfilled.")),
    )


def may_renew(user: User, notice: Notice) -> Verdict:
    """A published or expired notice can run on, each time for one year at most."""
    return together(
        unless(works_on(user, notice), NOT_YOURS),
        takes_part(notice.organisation, user),
        unless(
            notice.state in (NoticeState.PUBLISHED, NoticeState.EXPIRED),
            _("Only a published or expired notice can be renewed."),
        ),
    )


def may_suspend(user: User, notice: Notice) -> Verdict:
    """An officer of its home country takes a public text off the site."""
    return together(
        unless(holds_office(user, notice), NOT_YOUR_COUNTRY),
        unless(NoticeState.SUSPENDED in notice.moves[notice.state], _("Only a published notice can be suspended.")),
    )


def may_lift(user: User, notice: Notice) -> Verdict:
    """An officer of its home country puts it back."""
    return together(
        unless(holds_office(user, notice), NOT_YOUR_COUNTRY),
        unless(notice.state == NoticeState.SUSPENDED, _("This notice is not suspended.")),
    )


def may_post_for_others(user: User, organisation: Organisation | None, home: str) -> Verdict:
    """An officer, or a verified organisation (hubs among them), posts for a problem owner without an account."""
    officer = user.audience.can(Capability.POST_FOR_OTHERS, home=home)
    verified = (
        organisation is not None
        and organisation.is_verified
        and belongs(user, Capability.POST_FOR_OTHERS, organisation.pk)
    )
    if not (officer or verified):
        return Verdict((_("Only a focal point or a verified organisation can post for somebody without an account."),))
    return takes_part(organisation, user)


def may_take_over(user: User, notice: Notice) -> Verdict:
    """Whoever has the paper code takes a notice over while its organisation takes part; the code itself is checked by the verb."""
    return takes_part(notice.organisation, user)


def may_see_team(user: User, notice: Notice) -> bool:
    """Whether the name behind an anonymous notice is shown: to its own people and its own focal point."""
    return works_on(user, notice) or holds_office(user, notice)


# Fewer organisations than this with the same traits, and readers can guess which one it is.
CROWD = 5


def stays_anonymous(organisation: Organisation | None, wording: Wording) -> Verdict:
    """Whether an anonymous text hides its organisation: enough others share its traits, and the text does not name it."""
    if organisation is None:
        return Verdict()
    traits = {"home": organisation.home, "type": organisation.type, "size": organisation.size}
    alike = Organisation.objects.standing().filter(**traits).count()
    return together(
        unless(
            alike >= CROWD,
            _("Fewer than five organisations here have your country, type and size: readers may guess that it is you."),
        ),
        unless(not names(organisation, " ".join(wording.prose.values())), _("The text names your organisation.")),
    )


def names(organisation: Organisation, words: str) -> bool:
    """Whether a text has one of the organisation's names in it."""
    text = fold(words)
    keys = [(fold(name.text), name.kind) for name in organisation.names.all()]
    return any(_stands(key, text, whole=kind == NameKind.ACRONYM) for key, kind in keys if len(key) > 1)


def _stands(key: str, text: str, *, whole: bool) -> bool:
    if not whole:
        return key in text
    return re.search(rf"(?<![a-z0-9]){re.escape(key)}(?![a-z0-9])", text) is not None


def may_see_wishes(user: User) -> Verdict:
    """Members for whom somebody vouches who takes part see what others would like to read, to translate it."""
    return unless(acts_at_all(user, Capability.TRANSLATE), ONLY_MEMBERS)


def may_translate(user: User, notice: Notice, language: str) -> Verdict:
    """Members translate what they can read, and mend what a volunteer wrote.

    What the author wrote, or a second person confirmed, is mended by those people, its own people or its focal point only.
    """
    wording = notice.published or notice.latest
    done = Translation.objects.filter(kind="notice", record_id=notice.pk, version=wording.number, language=language)
    others = done.exclude(translated_by=user).exclude(reviewed_by=user)
    own = works_on(user, notice) or holds_office(user, notice)
    return together(
        unless(own or acts_at_all(user, Capability.TRANSLATE), ONLY_MEMBERS),
        takes_part(notice.organisation, user),
        unless(language != wording.language, _("This text is in that language already.")),
        unless(
            own or not others.filter(origin=Origin.AUTHOR).exists(),
            _("Its author has translated it into this language already."),
        ),
        unless(
            own or not others.filter(origin=Origin.HUMAN, reviewed_by__isnull=False).exists(),
            _("A second person has confirmed the translation into this language. Only those two can mend it now."),
        ),
    )


def may_confirm_translation(user: User, notice: Notice, translation: Translation) -> Verdict:
    """Another member, vouched for by somebody who takes part, confirms a translation of a notice that takes part."""
    return together(
        unless(acts_at_all(user, Capability.TRANSLATE), ONLY_MEMBERS),
        takes_part(notice.organisation, user),
        may_confirm_at_all(user, translation),
    )


def may_post_problem(user: User, notice: Notice, network: Network) -> Verdict:
    """A member's published need, under its own name, once a network."""
    published = notice.published
    joined = NetworkMembership.objects.joined().filter(network=network, organisation=notice.organisation)
    return together(
        unless(belongs(user, Capability.SPEAK, notice.organisation_id), NOT_YOURS),
        takes_part(notice.organisation, user),
        unless(network.is_open, _("This network has been closed.")),
        unless(notice.kind == NoticeKind.NEED, _("Only a need can be posted as a problem.")),
        unless(notice.is_open, _("Only a published notice that is still valid can be posted.")),
        unless(
            published is not None and published.visibility == Visibility.PUBLIC and not published.is_anonymous,
            _("A problem is posted under the organisation's own name, for everybody to read."),
        ),
        unless(joined.exists(), _("The organisation must have joined the network first.")),
        unless(
            not PostedProblem.objects.filter(network=network, notice=notice).exists(),
            _("This problem is posted in the network already."),
        ),
    )


def may_answer_problem(user: User, problem: PostedProblem, organisation: Organisation) -> Verdict:
    """Another member of the network answers, through somebody who speaks for it, once at a time."""
    notice = problem.notice
    joined = NetworkMembership.objects.joined().filter(network=problem.network_id, organisation=organisation)
    return together(
        acts(
            user,
            Capability.SPEAK,
            organisation,
            _("Only somebody who speaks for this organisation can answer for it."),
        ),
        unless(joined.exists(), _("The organisation must have joined the network first.")),
        unless(notice.organisation_id != organisation.pk, _("This is the organisation's own problem.")),
        unless(notice.is_open, _("This problem is no longer open.")),
        unless(
            not problem.answers.filter(organisation=organisation, state__in=STANDING_ANSWERS).exists(),
            _("This organisation has answered already."),
        ),
    )


def may_decide_answer(user: User, answer: Answer) -> Verdict:
    """Whose problem it is decides: whoever speaks for that organisation today. Both sides take part meanwhile."""
    notice = answer.problem.notice
    return together(
        unless(
            belongs(user, Capability.SPEAK, notice.organisation_id),
            _("Only those whose problem it is can decide on an answer."),
        ),
        takes_part(notice.organisation, user),
        takes_part(answer.organisation, user),
        unless(bool(answer.moves[answer.state]), _("This answer has been decided on already.")),
    )


def may_withdraw_answer(user: User, answer: Answer) -> Verdict:
    """Who speaks for the organisation that answered takes it back."""
    own = belongs(user, Capability.SPEAK, answer.organisation_id)
    return together(
        unless(own, _("Only the organisation that answered can take this back.")),
        unless(AnswerState.WITHDRAWN in answer.moves[answer.state], _("This answer has been decided on already.")),
    )


def may_save_search(*, others: int, says: bool) -> Verdict:
    """A search is saved if there is something to look for, and not without end."""
    return together(
        unless(says, _("There is no word in it that search could look for.")),
        unless(
            others < MOST_SEARCHES,
            _("You have saved as many searches as one person can. Remove one that you no longer need."),
        ),
    )


def owns_search(user: User, search: SavedSearch) -> Verdict:
    """A saved search is its owner's alone."""
    return unless(search.user_id == user.pk, _("Only the person who saved this search can do that."))

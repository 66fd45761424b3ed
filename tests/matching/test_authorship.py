"""Whose a notice is: having written it counts until it is the organisation's, in the rule, in the queryset and on the desk alike."""

import pytest

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Letter, User
from corridor.language.operations.find import find
from corridor.matching import rules
from corridor.matching.models import Notice
from corridor.matching.operations import mandates, notices, suggestions
from corridor.web.desk import mine
from corridor.web.waiting import own_counts
from tests import make, waiting

pytestmark = pytest.mark.django_db
WHO = {"owner_name": "Village of Ban Mai", "contact": "020 5555 0000", "consent": "By phone on 3 May."}


def again(user: User) -> User:
    """A person as the next request knows them."""
    return User.objects.get(pk=user.pk)


def is_own(user: User, notice: Notice) -> bool:
    """Whether it is somebody's own; the rule, the filter and the desk must say the same."""
    user, notice = again(user), Notice.objects.get(pk=notice.pk)
    said = {
        rules.works_on(user, notice),
        notice in Notice.objects.own(user),
        notice in mine.works_on(user),
        Notice.objects.own(user).filter(pk=notice.pk).count() == 1,
    }
    assert len(said) == 1
    return said.pop()


def left(notice: Notice) -> User:
    """Its author, who has left the organisation."""
    make.end(notice.author)
    return again(notice.author)


def test_somebody_who_left_neither_reads_nor_acts_on_what_they_published_for_the_organisation():
    notice = make.published(visibility="team", is_anonymous=True)
    colleague = make.member(notice.organisation)
    gone = left(notice)
    notice = Notice.objects.get(pk=notice.pk)
    assert not is_own(gone, notice)
    assert not rules.may_see_team(gone, notice)
    assert not any(
        rule(gone, notice) for rule in (rules.may_edit, rules.may_withdraw, rules.may_fulfil, rules.may_renew)
    )
    assert notice not in Notice.objects.visible_to(gone)
    assert is_own(colleague, notice)
    for act in (notices.withdraw, notices.fulfil, notices.watch):
        with pytest.raises(Refused):
            act(notice, by=gone)
    assert Notice.objects.get(pk=notice.pk).state == "published"


def test_somebody_who_left_does_not_find_what_only_the_team_finds():
    notice = make.published(visibility="team")
    waiting.do_all(but=("kernel.post_letter",))
    found = {
        hit.record_id for hit in find("dryer for parchment coffee", by=again(notice.author), kinds=["notice"]).hits
    }
    assert found == {notice.pk}
    assert find("dryer for parchment coffee", by=left(notice), kinds=["notice"]).hits == []


@pytest.mark.parametrize("state", ["submitted", "taken back", "returned"])
def test_what_was_handed_in_stays_with_the_organisation(state):
    notice = make.submitted()
    if state == "taken back":
        notices.take_back(notice, by=notice.author)
    if state == "returned":
        notices.give_back(notice.latest, by=make.officer(), reason="Say more.")
    gone = left(notice)
    assert not is_own(gone, notice)
    assert notice not in Notice.objects.visible_to(gone)
    assert (mine.returned(gone), mine.drafts(gone), mine.lying(gone), mine.ending(gone)) == ([], [], [], [])
    assert own_counts(gone)["returned"] == 0


def test_a_draft_that_was_never_handed_in_stays_with_whoever_wrote_it():
    notice = make.notice()
    gone = left(notice)
    assert is_own(gone, notice)
    assert notice in Notice.objects.visible_to(gone)
    assert [row.notice for row in mine.drafts(gone)] == [notice]
    alone = notices.draft(by=gone, kind="need", title="A dryer")
    assert is_own(gone, alone)


def test_a_newcomer_works_on_what_waits_for_the_publisher_and_speaks_for_nobody_once_it_is_published():
    own = make.organisation()
    newcomer = make.person()
    asked = make.request(newcomer, of=own)
    notice = make.submitted(newcomer, of=own)
    assert is_own(newcomer, notice)
    make.member(home="LA")
    notices.give_back(notice.latest, by=make.officer(), reason="Say more.")
    assert rules.may_edit(again(newcomer), Notice.objects.get(pk=notice.pk))
    asked.delete()
    assert not is_own(newcomer, notice)


def test_asking_again_after_leaving_brings_nothing_back_before_it_is_answered():
    notice = make.submitted()
    gone = left(notice)
    make.request(gone, of=notice.organisation)
    assert not is_own(gone, notice)


def test_an_officer_who_posted_for_others_works_on_it_as_long_as_the_office_lasts():
    notice = make.published(make.officer("LA"), of=make.organisation("LA"))
    assert is_own(notice.author, notice)
    assert not is_own(left(notice), notice)


def test_a_notice_that_was_taken_over_is_its_problem_owners_and_not_the_first_authors():
    notice = make.notice(make.officer("LA"), of=make.organisation("LA"))
    first, code = notice.author, mandates.mandate(notice, by=notice.author, **WHO)[1]
    notices.submit(notice, by=first)
    owner = make.member(home="LA")
    notices.publish(notice.latest, by=make.officer("LA"))
    mandates.take_over(notice, by=owner, code=code)
    assert is_own(owner, notice)
    assert not is_own(first, notice)


def test_letters_about_it_reach_those_who_speak_for_it_when_its_author_has_left():
    notice = make.published()
    colleague = make.member(notice.organisation)
    gone = left(notice)
    before = Letter.objects.filter(user=gone).count()
    notices.suspend(Notice.objects.get(pk=notice.pk), by=make.officer(), reason="A complaint.")
    assert Letter.objects.filter(user=gone).count() == before
    assert Letter.objects.filter(user=colleague, template="notice_suspended").count() == 1


def test_a_watch_of_somebody_who_left_tells_them_nothing_more():
    asked = make.published()
    notices.watch(asked, by=asked.author)
    gone = left(asked)
    offer = make.published(kind="offer")
    waiting.do_all(but=("kernel.post_letter",))
    suggestions.tell_watchers(str(offer.pk))
    assert not Letter.objects.filter(user=gone, template="suggestion_new").exists()


def test_a_newcomer_who_is_a_member_elsewhere_is_told_when_it_is_published():
    own = make.organisation()
    author = make.member(home="LA")
    make.request(author, of=own)
    notice = make.published(author, of=own)
    assert Letter.objects.filter(user=author, template="notice_published").count() == 1
    assert not is_own(author, notice)

"""Who may read and who may find a published notice: one table for both, five circles and eight kinds of people."""

import pytest

from corridor.kernel.models import User
from corridor.kernel.states import Visibility
from corridor.language.operations.find import find
from corridor.matching.models import Notice
from corridor.matching.operations import notices
from tests import make, waiting

pytestmark = pytest.mark.django_db

EVERYBODY = {
    "visitor", "unvouched", "member of the country", "member of another country", "officer of the country",
    "officer of another country", "author", "operator",
}  # fmt: skip
TEAM = {"author", "officer of the country"}
MEMBERS = EVERYBODY - {"visitor", "unvouched", "operator"}
READERS = {
    Visibility.TEAM: TEAM,
    Visibility.NATIONAL: TEAM | {"member of the country"},
    Visibility.SIX: TEAM | {"officer of another country"},
    Visibility.MEMBERS: MEMBERS,
    Visibility.PUBLIC: EVERYBODY,
}
NOBODY_ELSE = {
    "draft": {"author"},
    "submitted": TEAM,
    "returned": {"author"},
    "suspended": TEAM,
    "withdrawn": TEAM,
}


@pytest.fixture
def cast() -> dict[str, User | None]:
    """One of each kind; the author writes for an organisation of Lao PDR."""
    own = make.organisation("LA", name="Invented mill of the author")
    return {
        "visitor": None,
        "unvouched": make.person("LA"),
        "member of the country": make.member(home="LA"),
        "member of another country": make.member(home="VN"),
        "officer of the country": make.officer("LA"),
        "officer of another country": make.officer("KH"),
        "author": make.member(own),
        "operator": make.operator(),
        "own": own,
    }


def readers(cast: dict[str, User | None], notice: Notice) -> set[str]:
    """Who may read it."""
    return {who for who, user in cast.items() if notice in Notice.objects.visible_to(user)}


def finders(cast: dict[str, User | None], notice: Notice) -> set[str]:
    """Who finds it."""
    hits = {who: find("dryer for parchment coffee", by=user, kinds=["notice"]).hits for who, user in cast.items()}
    return {who for who, found in hits.items() if notice.pk in {hit.record_id for hit in found}}


@pytest.mark.parametrize("circle", Visibility)
def test_who_reads_and_who_finds_a_published_notice(cast, circle):
    own = cast.pop("own")
    notice = make.published(cast["author"], of=own, publisher=cast["officer of the country"], visibility=circle)
    waiting.do_all(but=("kernel.post_letter",))
    assert (readers(cast, notice), finders(cast, notice)) == (READERS[circle], READERS[circle])


@pytest.mark.parametrize("circle", Visibility)
def test_a_colleague_of_the_author_reads_and_finds_what_the_author_does(cast, circle):
    own = cast.pop("own")
    notice = make.published(cast["author"], of=own, publisher=cast["officer of the country"], visibility=circle)
    waiting.do_all(but=("kernel.post_letter",))
    colleague = {"colleague": make.member(own), "manager": make.manager(own)}
    assert (readers(colleague, notice), finders(colleague, notice)) == (set(colleague), set(colleague))


@pytest.mark.parametrize("state", NOBODY_ELSE)
def test_what_is_not_published_is_found_by_nobody_and_read_by_those_who_work_on_it(cast, state):
    own, author, officer = cast.pop("own"), cast["author"], cast["officer of the country"]
    notice = make.notice(author, of=own)
    if state != "draft":
        notices.submit(notice, by=author)
    if state == "returned":
        notices.give_back(notice.latest, by=officer, reason="Say more.")
    if state in ("suspended", "withdrawn"):
        notices.publish(notice.latest, by=officer)
    if state == "suspended":
        notices.suspend(notice, by=officer, reason="A complaint.")
    if state == "withdrawn":
        notices.withdraw(notice, by=author)
    waiting.do_all(but=("kernel.post_letter",))
    assert (readers(cast, notice), finders(cast, notice)) == (NOBODY_ELSE[state], set())


@pytest.mark.parametrize("state", ["fulfilled", "expired"])
def test_what_has_ended_is_read_by_its_circle_and_found_by_nobody(cast, state):
    own, author = cast.pop("own"), cast["author"]
    notice = make.published(author, of=own, visibility="members")
    if state == "fulfilled":
        notices.fulfil(notice, by=author)
    else:
        Notice.objects.filter(pk=notice.pk).update(valid_until="2026-01-01")
        notices.expire(notice)
    waiting.do_all(but=("kernel.post_letter",))
    assert (readers(cast, notice), finders(cast, notice)) == (MEMBERS, set())


def test_a_second_version_is_not_found_before_it_is_published_and_the_first_still_is(cast):
    own = cast.pop("own")
    notice = make.published(cast["author"], of=own)
    notices.write(notice, by=cast["author"], texts={"title": "Secretword dryer", "visibility": "team"})
    notices.submit(notice, by=cast["author"])
    waiting.do_all(but=("kernel.post_letter",))
    assert (readers(cast, notice), finders(cast, notice)) == (EVERYBODY, EVERYBODY)
    assert [hit.terms for hit in find("Secretword", by=cast["author"]).hits if hit.terms] == []
    notices.publish(notice.latest, by=cast["officer of the country"])
    waiting.do_all(but=("kernel.post_letter",))
    assert (readers(cast, notice), finders(cast, notice)) == (TEAM, TEAM)


def test_an_office_that_ended_reads_and_finds_no_more(cast):
    own = cast.pop("own")
    notice = make.published(cast["author"], of=own, visibility="members")
    waiting.do_all(but=("kernel.post_letter",))
    member = cast["member of another country"]
    make.end(member)
    former = {"former": User.objects.get(pk=member.pk)}
    assert (readers(former, notice), finders(former, notice)) == (set(), set())


def test_the_organisation_of_an_anonymous_notice_does_not_lead_to_it(cast):
    own = cast.pop("own")
    open_one = make.published(cast["author"], of=own)
    hidden = make.published(cast["author"], of=own, is_anonymous=True, title="Quiet search for a dryer")
    waiting.do_all(but=("kernel.post_letter",))
    for user in cast.values():
        found = {hit.record_id for hit in find("Invented mill author", by=user, kinds=["notice"]).hits if hit.terms}
        assert found == {open_one.pk}
    assert finders(cast, hidden) == EVERYBODY

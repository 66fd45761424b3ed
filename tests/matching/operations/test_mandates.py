"""Posting for somebody without an account, and taking a notice over with a paper code."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, User
from corridor.language.operations.find import find
from corridor.matching.models import Mandate, Notice
from corridor.matching.operations import notices
from corridor.matching.operations.mandates import ALPHABET, MOST_FAILURES, WRONG, mandate, new_code, take_over
from tests import make, waiting

pytestmark = pytest.mark.django_db
USED = "This notice cannot be taken over with a code. Ask whoever wrote it for you."
WHO = {"owner_name": "Village of Ban Mai", "contact": "020 5555 0000", "consent": "By phone on 3 May."}


def posted(**facts: object) -> tuple[Notice, str]:
    """A notice of an officer for a village, with the code on the paper."""
    notice = make.notice(make.officer("LA"), of=make.organisation("LA"), **facts)
    return notice, mandate(notice, by=notice.author, **WHO)[1]


def refused(notice: Notice, by: User, code: str) -> str:
    """The reason of a refusal that left the notice where it was."""
    author, events = notice.author_id, Event.objects.count()
    with pytest.raises(Refused) as refusal:
        take_over(notice, by=by, code=code)
    row = Notice.objects.get(pk=notice.pk)
    assert (row.author_id, Event.objects.count(), row.mandate.taken_over_at) == (author, events, None)
    return str(refusal.value)


def test_codes_can_be_written_on_paper_and_are_all_different():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {14}
    assert set("".join(codes)) <= set(ALPHABET) | {"-"}
    assert set("0O1IL5S") & set(ALPHABET) == set()


def test_the_code_is_answered_once_and_never_kept():
    notice, code = posted()
    kept = Mandate.objects.values().get()
    assert code not in str(kept)
    assert (kept["owner_name"], kept["contact"], kept["consent"], kept["recorded_by_id"]) == (
        "Village of Ban Mai", "020 5555 0000", "By phone on 3 May.", notice.author_id,
    )  # fmt: skip
    event = Event.objects.about(notice).last()
    assert (event.verb, event.facts) == ("notice.mandated", {})


def test_consent_must_be_recorded():
    notice = make.notice(make.officer("LA"), of=make.organisation("LA"))
    with pytest.raises(IntegrityError), transaction.atomic():
        mandate(notice, by=notice.author, **{**WHO, "consent": ""})
    assert Mandate.objects.count() == 0


@pytest.mark.parametrize("who", ["member", "unvouched author", "foreign officer"])
def test_others_post_for_nobody(who):
    own = make.organisation("LA", is_verified=True)
    author = {
        "member": lambda: make.member(own),
        "unvouched author": lambda: make.person("LA"),
        "foreign officer": lambda: make.officer("VN"),
    }[who]()
    notice = make.notice(author, of=own)
    before = Event.objects.count()
    with pytest.raises(Refused):
        mandate(notice, by=author, **WHO)
    assert (Mandate.objects.count(), Event.objects.count()) == (0, before)


def test_a_verified_organisations_manager_posts_for_a_problem_owner():
    own = make.organisation("LA", is_verified=True)
    notice = make.notice(make.manager(own), of=own)
    made, _ = mandate(notice, by=notice.author, **WHO)
    assert made.recorded_by == notice.author


@pytest.mark.parametrize(
    "shape", [str, str.lower, lambda c: c.replace("-", ""), lambda c: f" {c.replace('-', ' - ')} "]
)
def test_the_owner_takes_the_notice_over_with_the_code_however_it_is_typed(shape):
    notice, code = posted()
    poster, owner = notice.author, make.person("LA")
    take_over(notice, by=owner, code=shape(code))
    row = Notice.objects.get(pk=notice.pk)
    assert (row.author, row.mandate.taken_over_by, row.mandate.taken_over_at is not None) == (owner, owner, True)
    last = Event.objects.about(notice).last()
    assert (last.verb, last.by_id) == ("notice.taken_over", owner.pk)
    assert poster != owner


def test_a_notice_is_taken_over_once():
    notice, code = posted()
    take_over(notice, by=make.person("LA"), code=code)
    with pytest.raises(Refused, match="cannot be taken over"):
        take_over(notice, by=make.person("LA"), code=code)
    assert Event.objects.filter(verb="notice.taken_over").count() == 1


def test_a_notice_that_was_taken_over_gets_no_second_code():
    notice, code = posted()
    take_over(notice, by=make.person("LA"), code=code)
    officer = make.officer("LA")
    held = make.member(notice.organisation)
    with pytest.raises(Refused):
        mandate(notice, by=held, **WHO)
    own_officer = User.objects.get(pk=officer.pk)
    make.grant(own_officer, "member", over=("organisation", notice.organisation_id), home="LA", by=None)
    with pytest.raises(Refused, match="cannot be taken over"):
        mandate(notice, by=User.objects.get(pk=officer.pk), **WHO)
    assert Mandate.objects.get().taken_over_at is not None


def test_a_wrong_code_is_counted_and_after_ten_the_right_one_is_of_no_use():
    notice, code = posted()
    person = make.person("LA")
    said = [refused(notice, person, "AAAA-BBBB-CCCC") for _ in range(MOST_FAILURES)]
    assert set(said) == {str(WRONG)}
    assert Mandate.objects.get().failures == MOST_FAILURES
    assert refused(notice, person, code) == USED
    _, fresh = mandate(notice, by=notice.author, **WHO)
    take_over(notice, by=person, code=fresh)
    assert Notice.objects.get(pk=notice.pk).author == person


def test_a_new_code_makes_the_old_paper_worthless():
    notice, old = posted()
    mandate(notice, by=notice.author, **WHO)
    assert refused(notice, make.person("LA"), old) == str(WRONG)


def test_a_notice_without_a_mandate_is_taken_over_by_nobody():
    notice = make.notice()
    with pytest.raises(Refused, match="cannot be taken over"):
        take_over(notice, by=make.person("LA"), code="AAAA-BBBB-CCCC")


def test_guessing_from_many_places_at_once_is_counted_too(committed_db):
    notice, _ = posted()
    people = [make.person("LA") for _ in range(6)]
    ready = threading.Barrier(6)

    def guess(person: User) -> None:
        try:
            ready.wait(10)
            with pytest.raises(Refused):
                take_over(Notice.objects.get(pk=notice.pk), by=person, code="AAAA-BBBB-CCCC")
        finally:
            connection.close()

    threads = [threading.Thread(target=guess, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Mandate.objects.get().failures == 6


def test_whoever_took_it_over_finds_a_notice_of_the_team():
    notice, code = posted(visibility="team")
    notices.submit(notice, by=notice.author)
    notices.publish(notice.latest, by=notice.author)
    waiting.do_all()
    owner = make.person("LA")
    assert find("dryer", by=owner, kinds=["notice"]).hits == []
    take_over(notice, by=owner, code=code)
    waiting.do_all()
    assert [hit.record_id for hit in find("dryer", by=owner, kinds=["notice"]).hits] == [notice.pk]

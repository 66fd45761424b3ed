"""How a notice ends, comes back, is suspended, reported, watched and translated."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from corridor.kernel.models import Event, Letter
from corridor.language.logic.embedding import EmbeddingUnavailable
from corridor.language.operations.find import find
from corridor.matching.models import Notice, Report, Suspension, Watch
from corridor.matching.operations import notices, translations
from corridor.matching.tasks import expire
from tests import make, waiting
from tests.matching.traces import letters, refused, snapshot, verbs

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_withdrawing_ends_a_notice_for_good_and_takes_it_from_the_index_and_the_queue():
    notice = make.published()
    waiting.do_all()
    notices.write(notice, by=notice.author, texts={"title": "Second"})
    notices.submit(notice, by=notice.author)
    notices.withdraw(notice, by=notice.author, reason="Found at home.")
    notice.refresh_from_db()
    assert (notice.state, notice.withdrawal.reason, notice.latest.state) == ("withdrawn", "Found at home.", "draft")
    waiting.do_all()
    assert find("dryer", by=notice.author, kinds=["notice"]).hits == []
    ended = "This notice has ended and can no longer be changed."
    assert refused(lambda: notices.submit(notice, by=notice.author), notice) == [ended]
    assert refused(lambda: notices.write(notice, by=notice.author, texts={"title": "x"}), notice) == [ended]
    assert refused(lambda: notices.withdraw(notice, by=notice.author), notice) == ["This notice has ended already."]


def test_a_fulfilled_notice_has_ended_and_waits_for_no_publisher():
    notice = make.published()
    waiting.do_all()
    notices.write(notice, by=notice.author, texts={"title": "Second"})
    notices.submit(notice, by=notice.author)
    notices.fulfil(notice, by=notice.author)
    assert (notice.state, notice.latest.state) == ("fulfilled", "draft")
    waiting.do_all()
    assert find("dryer", by=None, kinds=["notice"]).hits == []
    assert refused(lambda: notices.fulfil(notice, by=notice.author), notice) == [
        "Only a published notice can be marked as fulfilled."
    ]


def _ended(notice: Notice) -> None:
    Notice.objects.filter(pk=notice.pk).update(valid_until=make.today() - DAY)


def test_notices_whose_day_has_passed_expire_once_and_their_authors_are_told():
    over, open_one = make.published(), make.published()
    Letter.objects.all().delete()
    _ended(over)
    waiting.do_all()
    for _ in range(2):
        expire(timestamp=0)
    over.refresh_from_db()
    open_one.refresh_from_db()
    assert (over.state, open_one.state, letters()) == ("expired", "published", [("notice_expired", over.author.pk)])
    assert verbs(over).count("notice.expired") == 1
    waiting.do_all()
    assert [hit.record_id for hit in find("dryer", by=None, kinds=["notice"]).hits] == [open_one.pk]


def test_an_expired_notice_is_renewed_and_found_again():
    notice = make.published()
    _ended(notice)
    expire(timestamp=0)
    notices.renew(notice, by=notice.author, until=make.today() + 366 * DAY)
    notice.refresh_from_db()
    assert (notice.state, notice.valid_until, notice.is_open) == ("published", make.today() + 366 * DAY, True)
    waiting.do_all()
    assert [hit.record_id for hit in find("dryer", by=None, kinds=["notice"]).hits] == [notice.pk]


@pytest.mark.parametrize("days", [-1, 367, 4000])
def test_a_notice_is_renewed_for_a_year_at_most_and_not_into_the_past(days):
    notice = make.published()
    said = refused(lambda: notices.renew(notice, by=notice.author, until=make.today() + days * DAY), notice)
    assert said == ["A notice is valid for one year at most; renew it later."]


@pytest.mark.parametrize("state", ["published", "expired", "fulfilled"])
def test_whatever_readers_see_can_be_suspended_and_goes_back_to_where_it_was(state):
    notice, officer = make.published(), make.officer("LA")
    if state == "expired":
        _ended(notice)
        expire(timestamp=0)
    if state == "fulfilled":
        notices.fulfil(notice, by=notice.author)
    waiting.do_all()
    notices.report(notice, by=None, reason="false")
    notices.suspend(notice, by=officer, reason="It may not be true.")
    assert notice.state == "suspended"
    assert notice not in Notice.objects.visible_to(None)
    waiting.do_all()
    assert find("dryer", by=notice.author, kinds=["notice"]).hits == []
    assert (Report.objects.get().answered_by, letters()[-1]) == (officer, ("notice_suspended", notice.author.pk))
    notices.lift(notice, by=officer)
    notice.refresh_from_db()
    suspension = Suspension.objects.get()
    assert (notice.state, suspension.lifted_by, suspension.lifted_at is not None) == (state, officer, True)
    assert notice in Notice.objects.visible_to(None)
    waiting.do_all()
    assert len(find("dryer", by=None, kinds=["notice"]).hits) == (1 if state == "published" else 0)


def test_a_notice_that_ran_out_while_it_was_suspended_expires_after_it_was_lifted():
    notice, officer = make.published(), make.officer("LA")
    notices.suspend(notice, by=officer, reason="A complaint.")
    _ended(notice)
    notices.lift(notice, by=officer)
    expire(timestamp=0)
    assert Notice.objects.get(pk=notice.pk).state == "expired"


def test_another_countrys_officer_suspends_and_lifts_nothing():
    notice, foreign = make.published(), make.officer("VN")
    own = ["Only the focal point of this notice's own country can do this."]
    assert refused(lambda: notices.suspend(notice, by=foreign, reason="x"), notice) == own
    notices.suspend(notice, by=make.officer("LA"), reason="A complaint.")
    assert refused(lambda: notices.lift(notice, by=foreign), notice) == own


def test_suspending_needs_a_reason():
    notice, officer = make.published(), make.officer("LA")
    before = snapshot(notice)
    with pytest.raises(IntegrityError), transaction.atomic():
        notices.suspend(notice, by=officer, reason="")
    assert snapshot(notice) == before


def test_a_suspended_notice_can_be_withdrawn_by_its_own_people_and_nothing_else():
    notice = make.published()
    author = notice.author
    notices.suspend(notice, by=make.officer("LA"), reason="A complaint.")
    ended = ["This notice has ended and can no longer be changed."]
    assert refused(lambda: notices.write(notice, by=author, texts={"title": "x"}), notice) == ended
    notices.withdraw(notice, by=author)
    assert notice.state == "withdrawn"


def test_reports_come_from_everybody_and_are_answered_by_the_home_countrys_focal_point():
    notice, officer, reader = make.published(), make.officer("LA"), make.person("TH")
    notices.report(notice, by=None, reason="spam", remark="Look at this.")
    notices.report(notice, by=reader, reason="secret")
    foreign = make.officer("VN")
    assert refused(lambda: notices.answer_reports(notice, by=foreign), notice) == [
        "Only the focal point of this notice's own country can do this."
    ]
    notices.answer_reports(notice, by=officer)
    notices.answer_reports(notice, by=officer)
    assert list(notice.reports.values_list("answered_by", flat=True)) == [officer.pk] * 2
    assert verbs(notice)[-3:] == ["notice.reported", "notice.reported", "notice.reports_answered"]
    assert Event.objects.get(verb="notice.reports_answered").facts == {"count": 2}
    assert notice.state == "published"


def test_one_watches_ones_own_notice_once_and_nobody_elses():
    notice = make.notice()
    for _ in range(2):
        notices.watch(notice, by=notice.author)
    assert (Watch.objects.count(), verbs(notice).count("notice.watched")) == (1, 1)
    stranger = make.member()
    assert refused(lambda: notices.watch(notice, by=stranger), notice) == [
        "Only the organisation that wrote this notice can do this."
    ]


def test_a_watch_is_ended_by_its_own_person_only():
    notice = make.notice()
    notices.watch(notice, by=notice.author)
    notices.unwatch(notice, by=make.member())
    assert (Watch.objects.count(), verbs(notice).count("notice.unwatched")) == (1, 0)
    for _ in range(2):
        notices.unwatch(notice, by=notice.author)
    assert (Watch.objects.count(), verbs(notice).count("notice.unwatched")) == (0, 1)


def test_a_translation_by_its_own_people_counts_as_the_authors_and_is_found():
    notice, member = make.published(), make.member(home="VN")
    mine = translations.translate(
        notice, by=notice.author, language="vi", texts={"title": "Máy sấy", "text": "Cần máy sấy."}
    )
    theirs = translations.translate(
        notice, by=member, language="th", texts={"title": "เครื่องอบ", "text": "ต้องการเครื่องอบ"}
    )
    assert (mine.origin, theirs.origin, theirs.version) == ("author", "human", 1)
    waiting.do_all()
    for query, language in (("máy sấy", "vi"), ("เครื่องอบ", "th")):
        assert [h.record_id for h in find(query, by=None, languages=[language]).hits] == [notice.pk]


def test_a_translation_of_an_old_version_is_not_found_beside_the_new_text():
    notice = make.published()
    translations.translate(notice, by=notice.author, language="vi", texts={"title": "Máy sấy", "text": "Cần máy sấy."})
    notices.write(notice, by=notice.author, texts={"text": "Now we look for a mill that runs on husk and sun."})
    notices.submit(notice, by=notice.author)
    notices.publish(notice.latest, by=make.officer("LA"))
    waiting.do_all()
    assert find("máy sấy", by=None, languages=["vi"]).hits == []


def test_people_from_outside_can_do_nothing_to_a_notice():
    notice = make.published()
    stranger = make.member()
    deeds = [
        lambda: notices.write(notice, by=stranger, texts={"title": "x"}),
        lambda: notices.withdraw(notice, by=stranger),
        lambda: notices.fulfil(notice, by=stranger),
        lambda: notices.renew(notice, by=stranger, until=make.today()),
        lambda: notices.submit(notice, by=stranger),
        lambda: notices.take_back(notice, by=stranger),
    ]
    said = [refused(deed, notice)[0] for deed in deeds]
    assert said == ["Only the organisation that wrote this notice can do this."] * len(deeds)


def test_publishing_works_while_the_model_is_down_and_meaning_comes_when_the_job_is_tried_again(model):
    model.is_down = True
    notice = make.published(title="Quartzine dryer")
    with pytest.raises(EmbeddingUnavailable, match="model of this test is down"):
        waiting.do_all()
    found = find("quartzine", by=None, kinds=["notice"])
    assert ([hit.record_id for hit in found.hits], found.has_meaning) == ([notice.pk], False)
    model.is_down = False
    waiting.do_all()
    found = find("quartzine dryers", by=None, kinds=["notice"])
    assert ([hit.record_id for hit in found.hits], found.has_meaning) == ([notice.pk], True)

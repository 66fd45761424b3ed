"""The whole life of a notice, step by step, and what a refusal at each step leaves as it was."""

import datetime
import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from tests import make, waiting

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, Letter, User
from corridor.language.logic.embedding import EmbeddingUnavailable
from corridor.language.operations.find import find
from corridor.matching.models import Notice, Report, Return, Suspension, Watch, Wording
from corridor.matching.operations import notices
from corridor.matching.tasks import expire

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
ZAWGYI = "မင္းရဲ႕ ရြာမွာ ေကာ္ဖီ အေျခာက္ခံစက္ လိုအပ္ေနပါတယ္။ ကူညီၾကပါ။"


def verbs(notice: Notice) -> list[str]:
    """What happened to a notice and its versions, in order."""
    keys = [str(notice.pk), *(str(pk) for pk in notice.wordings.values_list("pk", flat=True))]
    return list(Event.objects.filter(subject_id__in=keys).order_by("at", "id").values_list("verb", flat=True))


def snapshot(notice: Notice) -> tuple[object, ...]:
    """Everything that a refused deed must leave alone."""
    row = Notice.objects.filter(pk=notice.pk).values().get()
    texts = list(Wording.objects.filter(notice=notice).order_by("number").values())
    rows = [model.objects.count() for model in (Event, Letter, Return, Suspension, Report, Watch)]
    return row, texts, rows, waiting.waiting()


def refused(deed: Callable[[], object], notice: Notice) -> list[str]:
    """The reasons of a refusal that changed nothing at all."""
    before = snapshot(notice)
    with pytest.raises(Refused) as refusal:
        deed()
    assert snapshot(notice) == before
    return [str(reason) for reason in refusal.value.reasons]


def letters() -> list[tuple[str, object]]:
    """Which letters were written to whom."""
    return list(Letter.objects.order_by("created_at").values_list("template", "user"))


def test_a_draft_begins_private_with_its_first_version():
    author = make.person("VN")
    notice = notices.draft(by=author, kind="offer", title="Máy sấy", text="Chúng tôi có máy sấy.", language="vi")
    assert (notice.state, notice.home, notice.author, notice.organisation) == ("draft", "VN", author, None)
    assert (notice.latest.title, notice.latest.number, notice.latest.state) == ("Máy sấy", 1, "draft")
    assert verbs(notice) == ["notice.drafted"]
    assert waiting.waiting("matching.index_notice") == []


def test_somebody_who_belongs_to_no_country_begins_nothing():
    with pytest.raises(Refused):
        notices.draft(by=make.person(""), kind="need")
    assert (Notice.objects.count(), Event.objects.count()) == (0, 0)


def test_the_same_form_sent_twice_begins_one_notice():
    author, key = make.person(), make.person().pk
    notices.draft(by=author, kind="need", id=key)
    with pytest.raises(IntegrityError), transaction.atomic():
        notices.draft(by=author, kind="need", id=key)
    assert (Notice.objects.count(), Event.objects.filter(verb="notice.drafted").count()) == (1, 1)


def test_a_draft_that_saves_itself_over_and_over_leaves_one_event():
    notice = make.notice()
    for number in range(5):
        notices.write(notice, by=notice.author, texts={"title": f"Title {number}"})
    assert (verbs(notice), notice.latest.title, notice.wordings.count()) == (
        ["notice.drafted", "notice.written"], "Title 4", 1,
    )  # fmt: skip


def test_a_colleague_who_goes_on_writing_leaves_an_event_of_their_own():
    notice = make.notice()
    notices.write(notice, by=make.member(notice.organisation), texts={"title": "Another"})
    assert verbs(notice) == ["notice.drafted", "notice.written", "notice.written"]


def test_facts_that_no_notice_has_are_an_error():
    notice = make.notice()
    with pytest.raises(TypeError, match="state"):
        notices.write(notice, by=notice.author, facts={"state": "published"})


def test_another_organisation_moves_a_draft_to_its_country():
    notice = make.notice(home="LA")
    notices.write(notice, by=notice.author, facts={"organisation": make.organisation("TH")})
    notice.refresh_from_db()
    assert notice.home == "TH"


def test_a_text_in_zawgyi_is_converted_and_what_was_typed_is_kept():
    notice = notices.draft(by=make.person("MM"), kind="need", text=ZAWGYI, language="my")
    assert notice.latest.text != ZAWGYI
    assert notice.latest.original_text == ZAWGYI


def test_a_text_in_an_eighth_language_is_kept_and_published_and_found():
    notice = make.published(
        title="Kami mencari pengering kopi", text="Kopi kami lambat kering di musim hujan.", language=""
    )
    waiting.do_all()
    assert [hit.record_id for hit in find("pengering kopi", by=None, kinds=["notice"]).hits] == [notice.pk]


def test_submitting_hands_the_text_over_and_its_author_can_only_take_it_back():
    notice = make.notice()
    wording = notices.submit(notice, by=notice.author)
    assert (notice.state, wording.state, wording.submitted_at is not None) == ("submitted", "submitted", True)
    assert verbs(notice)[-2:] == ["wording.submitted", "notice.submitted"]
    waits = "This text is waiting for the publisher. Take it back first to change it."
    assert refused(lambda: notices.write(notice, by=notice.author, texts={"title": "New"}), notice) == [waits]
    notices.take_back(notice, by=notice.author)
    assert (notice.state, notice.latest.state) == ("draft", "draft")
    notices.write(notice, by=notice.author, texts={"title": "New"})
    notices.submit(notice, by=notice.author)
    assert notice.latest.title == "New"


def test_submitting_twice_is_refused_and_nothing_happens_twice():
    notice = make.submitted()
    assert refused(lambda: notices.submit(notice, by=notice.author), notice) == ["There is no draft to submit."]


def test_publishing_shows_the_text_tells_the_index_the_watchers_and_the_author():
    notice, officer = make.submitted(), make.officer("LA")
    notices.publish(notice.latest, by=officer)
    notice.refresh_from_db()
    wording = notice.latest
    assert (notice.state, notice.published, wording.state) == ("published", wording, "published")
    assert (wording.decided_by, wording.decided_at is not None, notice.published_at is not None) == (
        officer,
        True,
        True,
    )
    assert verbs(notice)[-2:] == ["wording.published", "notice.published"]
    assert letters() == [("notice_published", notice.author.pk)]
    key = str(notice.pk)
    assert waiting.waiting("matching.index_notice") == [{"notice": key}]
    assert waiting.waiting("matching.tell_watchers") == [{"notice": key}]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name FROM procrastinate_jobs WHERE lock = %s ORDER BY priority DESC", [f"notice:{key}"]
        )
        assert [name for (name,) in cursor.fetchall()] == ["matching.index_notice", "matching.tell_watchers"]


def test_publishing_for_another_country_is_refused_with_the_reason():
    notice = make.submitted(home="LA")
    foreign = make.officer("VN")
    said = refused(lambda: notices.publish(notice.latest, by=foreign), notice)
    assert said == ["A notice is published by the focal point of its own country."]


def test_publishing_twice_is_refused_and_the_second_officer_is_told():
    notice = make.submitted()
    wording, first, second = notice.latest, make.officer("LA"), make.officer("LA")
    notices.publish(wording, by=first)
    said = refused(lambda: notices.publish(Wording.objects.get(pk=wording.pk), by=second), notice)
    assert said == ["This text has been decided on in the meantime."]


def _at_once(*deeds: Callable[[], object]) -> list[object]:
    """What became of deeds that began together, each on a connection of its own."""
    ready, outcomes = threading.Barrier(len(deeds)), []

    def run(deed: Callable[[], object]) -> None:
        try:
            ready.wait(10)
            deed()
            outcomes.append("done")
        except Refused as refusal:
            outcomes.append([str(reason) for reason in refusal.reasons])
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes, key=str)


def test_two_officers_who_publish_at_once_publish_once_and_one_is_told(committed_db):
    notice = make.submitted()
    pk = notice.latest.pk
    officers = [make.officer("LA") for _ in range(2)]
    outcomes = _at_once(*(lambda o=o: notices.publish(Wording.objects.get(pk=pk), by=o) for o in officers))
    assert outcomes == [["This text has been decided on in the meantime."], "done"]
    assert (verbs(notice).count("notice.published"), len(letters())) == (1, 1)
    assert waiting.waiting("matching.index_notice") == [{"notice": str(notice.pk)}]


def test_one_officer_publishes_while_another_returns_and_one_deed_counts(committed_db):
    notice = make.submitted()
    pk, one, other = notice.latest.pk, make.officer("LA"), make.officer("LA")
    outcomes = _at_once(
        lambda: notices.publish(Wording.objects.get(pk=pk), by=one),
        lambda: notices.give_back(Wording.objects.get(pk=pk), by=other, reason="Say more."),
    )
    assert outcomes == [["This text has been decided on in the meantime."], "done"]
    notice.refresh_from_db()
    assert (notice.state, notice.latest.state) in {("published", "published"), ("draft", "returned")}
    assert len(letters()) == 1


def test_an_author_takes_back_while_an_officer_publishes_and_one_deed_counts(committed_db):
    notice = make.submitted()
    pk, officer, author = notice.latest.pk, make.officer("LA"), User.objects.get(pk=notice.author_id)
    outcomes = _at_once(
        lambda: notices.publish(Wording.objects.get(pk=pk), by=officer),
        lambda: notices.take_back(Notice.objects.get(pk=notice.pk), by=author),
    )
    assert outcomes.count("done") == 1
    notice.refresh_from_db()
    assert (notice.state, notice.latest.state) in {("published", "published"), ("draft", "draft")}


def test_a_form_that_is_submitted_twice_at_once_is_submitted_once(committed_db):
    notice = make.notice()
    author = User.objects.get(pk=notice.author_id)
    outcomes = _at_once(*(lambda: notices.submit(Notice.objects.get(pk=notice.pk), by=author) for _ in range(2)))
    assert outcomes == [["There is no draft to submit."], "done"]
    assert verbs(notice).count("notice.submitted") == 1


def test_a_returned_text_says_why_and_can_be_mended_and_submitted_again():
    notice, officer = make.submitted(), make.officer("LA")
    notices.give_back(notice.latest, by=officer, reason="Which coffee?")
    notice.refresh_from_db()
    assert (notice.state, notice.latest.state, notice.published) == ("draft", "returned", None)
    assert (Return.objects.get().reason, letters()) == ("Which coffee?", [("notice_returned", notice.author.pk)])
    notices.write(notice, by=notice.author, texts={"specification": "Parchment coffee, 12 % moisture."})
    assert (notice.latest.state, notice.latest.number) == ("draft", 1)
    notices.submit(notice, by=notice.author)
    notices.publish(notice.latest, by=officer)
    assert Notice.objects.get(pk=notice.pk).state == "published"


def test_a_returned_text_can_be_submitted_again_as_it_is():
    notice = make.submitted()
    notices.give_back(notice.latest, by=make.officer("LA"), reason="Which coffee?")
    notices.submit(notice, by=notice.author)
    assert notice.latest.state == "submitted"


def test_returning_needs_a_reason():
    notice, officer = make.submitted(), make.officer("LA")
    before = snapshot(notice)
    with pytest.raises(IntegrityError), transaction.atomic():
        notices.give_back(notice.latest, by=officer, reason="")
    assert snapshot(notice) == before


def test_facts_of_a_published_notice_count_at_once_and_the_index_follows():
    notice = make.published(themes=["industry"])
    waiting.do_all()
    notices.write(notice, by=notice.author, facts={"themes": ["green"], "trl": 7})
    notice.refresh_from_db()
    assert (notice.themes, notice.trl, notice.wordings.count(), notice.state) == (["green"], 7, 1, "published")
    waiting.do_all()
    assert [hit.record_id for hit in find("dryer", by=None, themes=["green"]).hits] == [notice.pk]


def test_what_a_publisher_read_does_not_change_behind_their_back():
    notice = make.published(problem_owner="Village of Ban Mai")
    facts = {
        "kind": "offer", "organisation": make.organisation("TH"), "problem_owner": "Buy now!", "valid_until": make.today(),
    }  # fmt: skip
    before = Notice.objects.filter(pk=notice.pk).values().get()
    notices.write(notice, by=notice.author, facts=facts)
    assert Notice.objects.filter(pk=notice.pk).values().get() == before


def test_a_new_text_of_a_published_notice_is_a_new_version_that_readers_see_once_it_is_published():
    notice, officer = make.published(title="First", visibility="public"), make.officer("LA")
    notices.write(notice, by=notice.author, texts={"title": "Second", "visibility": "members"})
    notice.refresh_from_db()
    assert (notice.published.title, notice.latest.title, notice.latest.number) == ("First", "Second", 2)
    assert notice.latest.text == notice.published.text
    notices.submit(notice, by=notice.author)
    assert (notice.state, notice.published.title) == ("published", "First")
    published_at = notice.published_at
    notices.publish(notice.latest, by=officer)
    notice.refresh_from_db()
    assert (notice.published.title, notice.published.visibility, notice.published_at) == (
        "Second",
        "members",
        published_at,
    )
    assert [w.state for w in notice.wordings.all()] == ["published", "published"]


def test_a_new_version_that_is_returned_leaves_readers_the_published_one():
    notice = make.published(title="First")
    notices.write(notice, by=notice.author, texts={"title": "Second"})
    notices.submit(notice, by=notice.author)
    notices.give_back(notice.latest, by=make.officer("LA"), reason="No.")
    notice.refresh_from_db()
    assert (notice.state, notice.published.title, notice.latest.state) == ("published", "First", "returned")


def test_writing_the_same_text_again_makes_no_new_version():
    notice = make.published()
    notices.write(notice, by=notice.author, texts={"title": notice.published.title})
    assert notice.wordings.count() == 1


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


def test_a_translation_by_its_own_people_counts_as_the_authors_and_is_found():
    notice, member = make.published(), make.member(home="VN")
    mine = notices.translate(
        notice, by=notice.author, language="vi", texts={"title": "Máy sấy", "text": "Cần máy sấy."}
    )
    theirs = notices.translate(notice, by=member, language="th", texts={"title": "เครื่องอบ", "text": "ต้องการเครื่องอบ"})
    assert (mine.origin, theirs.origin, theirs.version) == ("author", "human", 1)
    waiting.do_all()
    for query, language in (("máy sấy", "vi"), ("เครื่องอบ", "th")):
        assert [h.record_id for h in find(query, by=None, languages=[language]).hits] == [notice.pk]


def test_a_translation_of_an_old_version_is_not_found_beside_the_new_text():
    notice = make.published()
    notices.translate(notice, by=notice.author, language="vi", texts={"title": "Máy sấy", "text": "Cần máy sấy."})
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

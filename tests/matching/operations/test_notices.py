"""The whole life of a notice, step by step, and what a refusal at each step leaves as it was."""

import datetime
import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, User
from corridor.language.operations.find import find
from corridor.matching.models import Notice, Return, Wording
from corridor.matching.operations import notices
from tests import make, waiting
from tests.matching.traces import letters, refused, snapshot, verbs

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
ZAWGYI = "မင္းရဲ႕ ရြာမွာ ေကာ္ဖီ အေျခာက္ခံစက္ လိုအပ္ေနပါတယ္။ ကူညီၾကပါ။"


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

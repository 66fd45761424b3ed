"""Deeds on a notice: who may, who is told why not, and what follows."""

import threading
import uuid

import pytest
from django.db import connection
from django.urls import reverse

from corridor.kernel.models import Event
from corridor.matching.models import Dismissal, Report, Watch
from corridor.matching.operations import notices
from corridor.web.notices.can import seen_of
from tests import make
from tests.web.notices.pages import address, client_of, words

pytestmark = pytest.mark.django_db

DEEDS = [
    *("submission", "taking-back", "publication", "return", "withdrawal", "fulfilment", "renewal", "suspension"),
    *("lifting", "watch", "watch-end", "dismissal", "restoration"),
]


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_is_not_done_by_looking(deed):
    notice = make.published()
    assert client_of(notice.author).get(address(f"notice-{deed}", notice)).status_code == 405


@pytest.mark.parametrize("deed", DEEDS)
def test_a_visitor_does_nothing(deed):
    notice = make.published()
    response = client_of().post(address(f"notice-{deed}", notice), {"reason": "x"})
    assert response.status_code == 403
    assert "You were signed out" in words(response)
    notice.refresh_from_db()
    assert notice.state == "published"


@pytest.mark.parametrize("deed", DEEDS)
def test_what_one_may_not_see_is_not_there(deed):
    notice = make.notice()
    for stranger in (make.member(home="TH"), make.officer("TH"), make.officer("LA")):
        assert client_of(stranger).post(address(f"notice-{deed}", notice), {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("deed", [deed for deed in DEEDS if deed != "submission"])
def test_what_one_may_not_do_is_refused_with_the_reason(deed):
    notice = make.published()
    sent = {"reason": "x", "until": make.today().isoformat(), "kind": "notice", "record": str(uuid.uuid4())}
    if deed == "dismissal":
        sent["reason"] = "far"
    if deed in ("restoration", "watch-end"):
        return  # one's own list only; bringing back or ending nothing is nothing
    response = client_of(make.member(home="LA")).post(address(f"notice-{deed}", notice), sent)
    assert response.status_code == 403
    assert "Nothing was changed. The reason:" in words(response)
    notice.refresh_from_db()
    assert notice.state == "published"


def test_publishing_for_another_country_is_refused_with_the_reason():
    notice = make.published()
    notices.write(notice, by=notice.author, texts={"title": "A newer title"})
    notices.submit(notice, by=notice.author)
    response = client_of(make.officer("TH")).post(address("notice-publication", notice))
    assert response.status_code == 403
    assert "A notice is published by the focal point of its own country." in words(response)
    notice.refresh_from_db()
    assert notice.published.number == 1


def test_of_two_officers_one_publishes_and_the_other_is_told():
    notice = make.submitted()
    sent = {"seen": seen_of(notice.latest)}
    first = client_of(make.officer("LA")).post(address("notice-publication", notice), sent)
    second = client_of(make.officer("LA")).post(address("notice-publication", notice), sent)
    assert first.status_code == 302
    assert second.status_code == 403
    assert "This text has been decided on in the meantime." in words(second)


def test_one_publishes_and_the_other_cannot_return_it_any_more():
    notice = make.submitted()
    client_of(make.officer("LA")).post(address("notice-publication", notice))
    response = client_of(make.officer("LA")).post(address("notice-return", notice), {"reason": "No capacity given."})
    assert response.status_code == 403
    notice.refresh_from_db()
    assert notice.state == "published"


def test_nobody_publishes_a_text_that_was_changed_after_it_was_read():
    notice = make.submitted()
    sent = {"seen": seen_of(notice.latest)}
    notices.take_back(notice, by=notice.author)
    notices.write(notice, by=notice.author, texts={"text": "Buy my pills, they are cheap and good for everybody."})
    notices.submit(notice, by=notice.author)
    response = client_of(make.officer("LA")).post(address("notice-publication", notice), sent)
    assert response.status_code == 403
    assert "This text was changed after you opened it." in words(response)
    notice.refresh_from_db()
    assert notice.state == "submitted"


def test_an_author_nobody_confirmed_is_confirmed_first():
    owner = make.organisation()
    author = make.person()
    make.request(author, of=owner)
    notice = make.submitted(author, of=owner)
    browser = client_of(make.officer("LA"))
    assert "Confirm its author as a member first." in words(browser.get(address("notice", notice)))
    assert browser.post(address("notice-publication", notice)).status_code == 403


def test_a_submission_is_returned_with_a_reason_only():
    notice = make.submitted()
    browser = client_of(make.officer("LA"))
    assert browser.post(address("notice-return", notice), {"reason": "  "}).status_code == 403
    response = browser.post(address("notice-return", notice), {"reason": "Please name the capacity."})
    assert response.url == reverse("country-desk")
    notice.refresh_from_db()
    assert (notice.state, notice.latest.state) == ("draft", "returned")


def test_its_own_people_take_back_withdraw_fulfil_and_renew():
    waiting, published, other = make.submitted(), make.published(), make.published()
    client_of(waiting.author).post(address("notice-taking-back", waiting))
    client_of(published.author).post(address("notice-fulfilment", published))
    until = make.today().replace(month=12, day=30).isoformat()
    client_of(other.author).post(address("notice-renewal", other), {"until": until})
    for notice in (waiting, published, other):
        notice.refresh_from_db()
    assert (waiting.state, published.state, other.valid_until.isoformat()) == ("draft", "fulfilled", until)
    client_of(other.author).post(address("notice-withdrawal", other), {"reason": ""})
    other.refresh_from_db()
    assert other.state == "withdrawn"
    assert client_of().get(address("notice", other)).status_code == 404


def test_a_suspended_text_is_gone_for_others_and_comes_back():
    notice = make.published()
    officer = client_of(make.officer("LA"))
    officer.post(address("notice-suspension", notice), {"reason": "It names a patient."})
    assert client_of().get(address("notice", notice)).status_code == 404
    assert "It names a patient." in words(client_of(notice.author).get(address("notice", notice)))
    officer.post(address("notice-lifting", notice))
    assert client_of().get(address("notice", notice)).status_code == 200


def test_buttons_that_cannot_be_pressed_say_why():
    notice = make.notice(title="")
    page = client_of(notice.author).get(address("notice", notice))
    assert "Write a title in words." in words(page)
    assert " disabled " in page.content.decode()


def test_a_reader_finds_no_buttons_of_others():
    page = words(client_of(make.member()).get(address("notice", make.published())))
    for label in ("Withdraw", "Publish…", "Suspend", "Edit", "Renew", "Not relevant"):
        assert label not in page
    assert "Report this" in page


def test_a_visitor_reports_and_the_focal_point_reads_it():
    notice = make.published()
    response = client_of().post(address("notice-report", notice), {"reason": "spam", "remark": "An advertisement."})
    assert response.status_code == 302
    made = Report.objects.get()
    assert (made.reason, made.reported_by) == ("spam", None)
    officer = client_of(make.officer("LA"))
    assert "An advertisement." in words(officer.get(address("notice", notice)))
    assert "An advertisement." not in words(client_of(notice.author).get(address("notice", notice)))
    officer.post(address("notice-reports-answer", notice))
    assert Report.objects.get().answered_at is not None


def test_a_visitor_who_reports_again_and_again_is_asked_to_wait():
    notice = make.published()
    answers = [client_of().post(address("notice-report", notice), {"reason": "spam"}).status_code for _ in range(6)]
    assert answers == [302, 302, 302, 302, 302, 400]
    assert Report.objects.count() == 5


def test_a_report_needs_a_reason_and_keeps_its_remark():
    response = client_of().post(address("notice-report", make.published()), {"remark": "This is wrong."})
    assert response.status_code == 400
    assert "This is wrong." in words(response)


def test_a_suggestion_is_set_aside_for_oneself_and_brought_back():
    notice = make.published()
    record = str(uuid.uuid4())
    browser = client_of(notice.author)
    sent = {"kind": "organisation", "record": record, "reason": "known"}
    browser.post(address("notice-dismissal", notice), sent)
    browser.post(address("notice-dismissal", notice), sent)
    assert Dismissal.objects.get().reason == "known"
    assert "You set 1 suggestion aside." in words(browser.get(address("notice", notice)))
    assert browser.post(address("notice-dismissal", notice), {**sent, "reason": "ugly"}).status_code == 403
    browser.post(address("notice-restoration", notice))
    assert not Dismissal.objects.exists()


def test_when_nothing_fits_the_page_says_so_and_tells_later():
    notice = make.published()
    browser = client_of(notice.author)
    assert "Nothing fits this text yet." in words(browser.get(address("notice", notice)))
    browser.post(address("notice-watch", notice))
    assert Watch.objects.get().user == notice.author
    assert "We will write to you when something suitable is published." in words(browser.get(address("notice", notice)))
    browser.post(address("notice-watch-end", notice))
    assert not Watch.objects.exists()
    assert "Tell me when something comes" in words(browser.get(address("notice", notice)))


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_press_at_the_same_moment_one_publishes(committed_db):
    notice = make.submitted()
    sent = {"seen": seen_of(notice.latest)}
    officers = [client_of(make.officer("LA")), client_of(make.officer("LA"))]
    together, answers = threading.Barrier(2), []

    def press(browser):
        together.wait()
        answers.append(browser.post(address("notice-publication", notice), sent).status_code)
        connection.close()

    presses = [threading.Thread(target=press, args=[browser]) for browser in officers]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert sorted(answers) == [302, 403]
    assert Event.objects.filter(verb="wording.published").count() == 1

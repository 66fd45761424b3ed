"""The later steps of a notice: its facts, its organisation, its readers, and handing it in."""

import pytest

from corridor.directory.models import MembershipRequest, Organisation
from corridor.kernel.models import Event
from corridor.matching.models import Notice
from corridor.matching.operations import notices
from tests import make
from tests.web.notices.pages import address, begin, client_of, first_step, words

pytestmark = pytest.mark.django_db

FACTS = {
    "themes": ["industry", "green"], "stage": "prototype", "trl": "5", "ip_status": "open", "partnerships": ["training"],
    "partner_types": ["university"], "partner_roles": ["trainer"], "target_countries": ["TH"], "power_kw": "2.5",
    "budget_amount": "1000", "budget_currency": "USD", "problem_owner": "Three villages",
}  # fmt: skip


def test_the_facts_are_kept():
    notice = make.notice()
    until = make.today().replace(month=12, day=31).isoformat()
    sent = {**FACTS, "organisation": str(notice.organisation_id), "valid_until": until, "go": "next"}
    response = client_of(notice.author).post(address("notice-facts", notice), sent)
    assert response.url == address("notice-readers", notice)
    notice.refresh_from_db()
    assert (notice.themes, notice.trl, notice.target_countries) == (["industry", "green"], 5, ["TH"])
    assert (str(notice.power_kw), notice.budget_currency, notice.problem_owner) == ("2.50", "USD", "Three villages")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("trl", "10", "less than or equal to 9"),
        ("valid_until", "2020-01-01", "This day has passed."),
        ("valid_until", "2999-01-01", "one year at most"),
        ("budget_currency", "", "Choose the currency of the budget."),
        ("themes", ["cooking"], "cooking is not one of the available choices"),
        ("power_kw", "-1", "greater than or equal to 0"),
        ("organisation", "019f0000-0000-7000-8000-000000000000", "That choice is not one of the available choices"),
    ],
)
def test_a_wrong_fact_is_said_at_its_field_and_the_rest_is_kept(field, value, sentence):
    notice = make.notice()
    response = client_of(notice.author).post(address("notice-facts", notice), {**FACTS, field: value})
    assert response.status_code == 400
    assert sentence in words(response)
    assert 'value="Three villages"' in response.content.decode()
    notice.refresh_from_db()
    assert notice.themes == ["industry"]


def test_facts_of_a_published_notice_count_at_once_and_its_end_stays():
    notice = make.published()
    sent = {**FACTS, "valid_until": "2999-01-01", "organisation": str(make.organisation().pk)}
    response = client_of(notice.author).post(address("notice-facts", notice), sent, follow=True)
    assert "New facts are seen at once" in words(response)
    before = notice.valid_until, notice.organisation_id
    notice.refresh_from_db()
    assert (notice.themes, (notice.valid_until, notice.organisation_id)) == (["industry", "green"], before)


def test_a_new_text_of_a_published_notice_waits_for_the_publisher():
    notice = make.published()
    browser = client_of(notice.author)
    browser.post(address("notice-text", notice), {"title": "A newer title", "text": make.TEXT, "language": "en"})
    assert "You work on version 2. Readers see version 1" in words(browser.get(address("notice-text", notice)))
    assert make.TITLE in words(client_of().get(address("notice", notice)))


def test_somebody_without_an_organisation_finds_theirs_and_asks_to_be_confirmed():
    user, own = make.person(), make.organisation(name="Paksong Slope Growers")
    begin(user)
    notice = Notice.objects.get()
    browser = client_of(user)
    found = browser.get(address("notice-organisation", notice), {"q": "slope"})
    assert "Paksong Slope Growers" in words(found)
    sent = {"go": "join", "organisation": str(own.pk), "statement": "I keep the books."}
    assert browser.post(address("notice-organisation", notice), sent).url == address("notice-facts", notice)
    notice.refresh_from_db()
    assert notice.organisation == own
    assert MembershipRequest.objects.get().organisation == own


def test_somebody_lists_an_organisation_that_is_not_there():
    user = make.person()
    begin(user)
    notice = Notice.objects.get()
    sent = {
        "go": "list",
        "name": "ສະຫະກອນກາເຟ",
        "type": "cooperative",
        "size": "small",
        "statement": "I keep the books.",
    }
    client_of(user).post(address("notice-organisation", notice), sent)
    made = Organisation.objects.get()
    assert (made.native_name, made.home, made.is_verified) == ("ສະຫະກອນກາເຟ", "LA", False)
    assert Notice.objects.get().organisation == made


@pytest.mark.parametrize("organisation", ["", "x", "019f0000-0000-7000-8000-000000000000"])
def test_an_organisation_has_to_be_chosen(organisation):
    notice = make.notice()
    sent = {"go": "join", "organisation": organisation, "statement": "I keep the books."}
    response = client_of(notice.author).post(address("notice-organisation", notice), sent)
    assert response.status_code == 400


def test_an_organisation_of_another_country_is_not_chosen():
    user, foreign = make.person("LA"), make.organisation("TH")
    begin(user)
    notice = Notice.objects.get()
    sent = {"go": "join", "organisation": str(foreign.pk), "statement": "I keep the books."}
    assert client_of(user).post(address("notice-organisation", notice), sent).status_code == 400
    assert Notice.objects.get().organisation is None


def test_what_lacks_is_all_said_before_handing_in():
    begin(make.person())
    notice = Notice.objects.get()
    browser = client_of(notice.author)
    page = words(browser.get(address("notice-readers", notice)))
    missing = ("Choose at least one theme.", "Say for which organisation you write.", "Choose until when it is valid.")
    assert [sentence for sentence in missing if sentence not in page] == []
    response = browser.post(address("notice-readers", notice), {"visibility": "members", "go": "submit"})
    assert response.status_code == 400
    assert [sentence for sentence in missing if sentence not in words(response)] == []
    assert notice.latest.visibility == "members"  # kept all the same


def test_handed_in_twice_is_handed_in_once():
    notice = make.notice()
    browser, sent = client_of(notice.author), {"visibility": "public", "go": "submit"}
    first = browser.post(address("notice-readers", notice), sent)
    second = browser.post(address("notice-readers", notice), sent)
    assert first.url == second.url == address("notice", notice)
    assert Event.objects.filter(verb="wording.submitted").count() == 1
    assert browser.post(address("notice-submission", notice)).status_code == 302


def test_after_handing_in_one_reads_where_it_lies_and_how_long_that_takes():
    notice = make.submitted()
    page = words(client_of(notice.author).get(address("notice", notice)))
    assert "It lies with the focal point of this country" in page
    assert "not enough decisions yet to say" in page
    for _ in range(3):
        make.published()
    page = words(client_of(notice.author).get(address("notice", notice)))
    assert "This office usually decides within 0 minutes (median of the last 90 days)." in page


def test_a_returned_text_says_why_at_the_top_of_its_form_until_it_is_handed_in_again():
    notice = make.submitted()
    notices.give_back(notice.latest, by=make.officer("LA"), reason="Please name the capacity.")
    browser = client_of(notice.author)
    for name in ("notice", "notice-text", "notice-readers"):
        assert "Please name the capacity." in words(browser.get(address(name, notice)))
    browser.post(address("notice-text", notice), first_step())
    assert "Please name the capacity." in words(browser.get(address("notice-text", notice)))
    browser.post(address("notice-submission", notice))
    shown = words(browser.get(address("notice", notice)))
    assert "Returned by the publisher Please" not in shown.split("What happened so far")[0]


def test_the_preview_is_what_a_stranger_will_see():
    owner = make.organisation(name="Paksong Slope Growers")
    notice = make.notice(of=owner, is_anonymous=True)
    page = client_of(notice.author).get(address("notice-readers", notice)).content.decode()
    preview = page.split('class="preview-sheet"')[1].split("</section>")[0]
    assert "Paksong" not in preview
    assert "Cooperative, 10 to 49 people" in preview


def test_a_text_that_names_its_organisation_is_not_unnamed():
    owner = make.organisation(name="Paksong Slope Growers")
    notice = make.notice(of=owner, is_anonymous=True, text="We, the paksong  slope growers, need a dryer for coffee.")
    assert "The text names your organisation." in words(client_of(notice.author).get(address("notice-readers", notice)))


def test_in_a_crowd_of_five_nobody_is_warned():
    owner = make.organisation(name="Paksong Slope Growers")
    for _ in range(4):
        make.organisation()
    notice = make.notice(of=owner, is_anonymous=True)
    page = words(client_of(notice.author).get(address("notice-readers", notice)))
    assert "Think about this before you stay unnamed" not in page

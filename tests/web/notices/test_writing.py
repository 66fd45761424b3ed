"""Writing a notice in three steps: nothing typed is lost, nothing is sent twice, nothing hostile gets through."""

import threading

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from tests import make
from tests.web.notices.pages import address, client_of, words

from corridor.directory.models import MembershipRequest, Organisation
from corridor.kernel.models import Event
from corridor.matching.models import Notice
from corridor.matching.operations import notices
from corridor.web.notices.beginning import new_number

pytestmark = pytest.mark.django_db

LAO_TITLE = "ຕ້ອງການເຄື່ອງອົບແຫ້ງກາເຟ ສຳລັບສະຫະກອນຂະໜາດນ້ອຍ"
LAO = "ໃນລະດູຝົນ ກາເຟຂອງພວກເຮົາແຫ້ງຊ້າ ແລະ ຂຶ້ນເຊື້ອລາ. ບ້ານຂອງພວກເຮົາມີໄຟຟ້າພຽງແຕ່ຕອນແລງ."
FRENCH = "Nous cherchons un séchoir à café qui fonctionne avec la balle de riz, car la saison des pluies est longue."


def first_step(**changes):
    """What the form of the first step sends."""
    return {"kind": "need", "title": LAO_TITLE, "text": LAO, "language": "detect", "draft": new_number(), **changes}


def begin(user, **changes):
    """Send the first step of a new notice."""
    return client_of(user).post(reverse("notice-new"), first_step(**changes))


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_each_step_is_read_in_each_language(language):
    notice = make.notice()
    browser = client_of(notice.author)
    browser.cookies["django_language"] = language
    pages = [address(f"notice-{step}", notice) for step in ("text", "facts", "readers", "organisation")]
    for page in [reverse("notice-new"), reverse("notice-takeover"), *pages]:
        assert browser.get(page).status_code == 200


def test_a_visitor_signs_in_first():
    response = client_of().get(reverse("notice-new"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_the_first_step_saves_a_draft_in_the_language_it_recognised():
    response = begin(make.member(make.organisation()), go="next")
    notice = Notice.objects.get()
    assert response.url == address("notice-facts", notice)
    assert (notice.state, notice.latest.language, notice.latest.title) == ("draft", "lo", LAO_TITLE)
    assert notice.organisation is not None  # the only one its author speaks for


def test_the_author_corrects_the_language():
    begin(make.person(), language="th")
    assert Notice.objects.get().latest.language == "th"


def test_an_eighth_language_is_kept_and_said_to_match_less_well():
    user = make.person()
    response = client_of(user).post(reverse("notice-new"), first_step(title="Séchoir à café", text=FRENCH), follow=True)
    wording = Notice.objects.get().latest
    assert (wording.language, wording.text) == ("", FRENCH)
    assert "partners are found less well" in words(response)


def test_the_language_is_told_while_one_types():
    response = client_of(make.person()).post(
        reverse("notice-language"), {"text": LAO, "language": "detect"}, headers={"HX-Request": "true"}
    )
    assert words(response) == "This text is in ລາວ (Lao) ."


def test_the_same_form_sent_twice_begins_one_notice():
    user, sent = make.person(), first_step()
    first = client_of(user).post(reverse("notice-new"), {**sent, "go": "next"})
    second = client_of(user).post(reverse("notice-new"), {**sent, "go": "next"})
    assert first.url == second.url
    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_form_pressed_twice_at_once_begins_one_notice(committed_db):
    user, sent, answers = make.person(), first_step(), []

    def press():
        answers.append(client_of(user).post(reverse("notice-new"), {**sent, "go": "next"}).status_code)
        connection.close()

    presses = [threading.Thread(target=press) for _ in range(3)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert answers == [302, 302, 302]
    assert Notice.objects.count() == 1


def test_somebody_elses_number_begins_a_notice_of_ones_own():
    notice = make.notice()
    thief = make.person()
    begin(thief, draft=str(notice.pk))
    assert Notice.objects.filter(author=thief).exclude(pk=notice.pk).count() == 1
    notice.refresh_from_db()
    assert notice.latest.title == make.TITLE


def test_a_draft_saves_itself_from_the_first_words_on():
    user, sent = make.person(), first_step(text="")
    browser = client_of(user)
    told = browser.post(reverse("notice-new-draft"), sent).json()
    notice = Notice.objects.get()
    assert told == {"autosave": address("notice-draft", notice, "text")}
    assert browser.post(told["autosave"], {**sent, "text": LAO}).status_code == 204
    assert browser.post(reverse("notice-new"), {**sent, "text": LAO, "go": "next"}).url == address(
        "notice-facts", notice
    )
    assert Notice.objects.get().latest.text == LAO


def test_a_draft_that_saves_itself_often_is_one_event():
    notice = make.notice()
    browser = client_of(notice.author)
    for number in range(5):
        browser.post(address("notice-draft", notice, "text"), first_step(text=f"{LAO} {number}"))
    assert Event.objects.about(notice).filter(verb="notice.written").count() == 1


def test_what_cannot_be_kept_is_not_said_to_be_saved():
    notice = make.notice()
    browser = client_of(notice.author)
    assert browser.post(address("notice-draft", notice, "text"), first_step(text="x" * 8001)).status_code == 422
    assert browser.post(address("notice-draft", notice, "elsewhere"), first_step()).status_code == 422
    assert notice.latest.text == make.TEXT


def test_facts_of_a_published_notice_do_not_save_themselves():
    notice = make.published()
    sent = {"themes": ["health"]}
    assert client_of(notice.author).post(address("notice-draft", notice, "facts"), sent).status_code == 422
    notice.refresh_from_db()
    assert notice.themes == ["industry"]


def test_signed_out_in_the_middle_the_text_is_given_back():
    response = client_of().post(reverse("notice-new"), first_step())
    assert response.status_code == 403
    assert LAO in words(response)
    autosaved = client_of().post(reverse("notice-new-draft"), first_step(), headers={"X-Requested-With": "autosave"})
    assert autosaved.status_code == 401


def test_too_long_a_text_is_said_at_its_field_and_kept():
    long = "ກາເຟ " * 1700
    response = begin(make.person(), text=long)
    assert response.status_code == 400
    assert 'id="id_text_error"' in response.content.decode()
    assert long.strip() in response.content.decode()
    assert not Notice.objects.exists()


def test_a_title_that_grows_when_converted_is_said_at_its_field():
    response = begin(make.person(), title="\u0958" * 100)  # each becomes two letters in normal form
    assert response.status_code == 400
    assert 'id="id_title_error"' in response.content.decode()


def test_an_empty_form_is_not_a_notice():
    response = begin(make.person(), title=" ", text="")
    assert response.status_code == 400
    assert "Write a title or a text first." in words(response)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("typed", ["a\x00b", "a\u202eb", "a\u202db"])
def test_signs_that_nobody_types_are_left_out(typed):
    begin(make.person(), title=typed)
    assert Notice.objects.get().latest.title == "ab"


@pytest.mark.parametrize("title", ["🌾🔥", "\u200b\u200b", "!!! ???"])
def test_a_title_without_a_letter_is_kept_but_not_handed_in(title):
    notice = make.notice(title=title)
    page = client_of(notice.author).get(address("notice-readers", notice))
    assert "Write a title in words." in words(page)
    client_of(notice.author).post(address("notice-submission", notice))
    notice.refresh_from_db()
    assert notice.state == "draft"


def test_zero_width_spaces_stay_for_display():
    khmer = "ត្រូវការ\u200bម៉ាស៊ីន\u200bសម្ងួត\u200bស្រូវ"
    begin(make.person(home="KH"), title=khmer, text="")
    assert (Notice.objects.get().latest.title, Notice.objects.get().latest.language) == (khmer, "km")


def test_without_a_country_one_is_asked_for_it():
    user = make.person(home="")
    assert "Your country" in words(client_of(user).get(reverse("notice-new")))
    assert begin(user).status_code == 400
    begin(user, home="VN")
    assert Notice.objects.get().home == "VN"


def test_only_its_own_people_edit():
    notice = make.notice()
    for step in ("text", "facts", "readers", "organisation", "mandate"):
        assert client_of(make.member(home="LA")).get(address(f"notice-{step}", notice)).status_code == 404
    published = make.published()
    response = client_of(make.member(home="LA")).get(address("notice-text", published))
    assert response.status_code == 403
    assert "Only the organisation that wrote this notice can do this." in words(response)


def test_what_waits_for_the_publisher_is_taken_back_before_it_is_edited():
    notice = make.submitted()
    response = client_of(notice.author).get(address("notice-text", notice))
    assert response.status_code == 403
    assert "Take it back first" in words(response)


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

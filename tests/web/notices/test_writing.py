"""Writing a notice in three steps: nothing typed is lost, nothing is sent twice, nothing hostile gets through."""

import threading

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from corridor.kernel.models import Event
from corridor.matching.models import Notice
from tests import make
from tests.web.notices.pages import LAO, LAO_TITLE, address, begin, client_of, first_step, words

pytestmark = pytest.mark.django_db

FRENCH = "Nous cherchons un séchoir à café qui fonctionne avec la balle de riz, car la saison des pluies est longue."


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
    assert words(response) == "This text is in ລາວ (Lao)."


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

"""One translation beside its original: who confirms it, who mends it, and what it was before."""

import re

import pytest

from corridor.directory.models import Country
from corridor.language.models import Translation
from corridor.language.operations.translations import add_translation
from corridor.matching.operations import translations
from tests import make
from tests.web.notices.pages import address, client_of, words

pytestmark = pytest.mark.django_db

VI = {"title": "Cần máy sấy cà phê", "text": "Cà phê của chúng tôi khô chậm. Cần máy sấy chạy trấu."}
OTHER = {"title": "Tìm máy sấy cà phê", "text": "Cà phê lâu khô. Tìm máy sấy đốt bằng trấu."}


@pytest.fixture
def translator():
    return make.member(home="VN", name="Thu Quynh")


@pytest.fixture
def made(translator):
    """A volunteer's translation of a published notice."""
    return translations.translate(make.published(), by=translator, language="vi", texts=VI)


def notice_of(made):
    from corridor.matching.models import Notice

    return Notice.objects.get(pk=made.record_id)


def read(made, reader):
    return client_of(reader).get(address("notice-translated", notice_of(made), made.pk))


def confirm(made, reader, edition=1):
    where = address("notice-translation-confirmation", notice_of(made), made.pk)
    return client_of(reader).post(where, {"edition": edition})


def write(made, reader, texts=OTHER, before="vi:1"):
    where = address("notice-translation", notice_of(made))
    return client_of(reader).post(where, {"language": "vi", "before": before, **texts})


def test_a_member_reads_it_beside_the_original_and_confirms_it(made):
    second = make.member(name="Kham")
    page = words(read(made, second))
    assert (make.TITLE in page, VI["title"] in page, "translated by Thu Quynh" in page) == (True, True, True)
    assert "checked by nobody else yet" in page
    assert confirm(made, second).status_code == 302
    made.refresh_from_db()
    assert made.reviewed_by == second
    assert "checked by Kham" in words(read(made, make.member()))
    shown = words(client_of().get(address("notice", notice_of(made))))
    assert ("checked by a second person" in shown, "Kham" in shown, "Quynh" in shown) == (True, False, False)


def test_whoever_translated_it_is_told_why_not_and_cannot_confirm(made, translator):
    page = read(made, translator)
    assert "Somebody else must confirm what you translated." in words(page)
    assert confirm(made, translator).status_code == 403
    made.refresh_from_db()
    assert made.reviewed_by is None


def test_somebody_nobody_confirmed_reads_it_and_confirms_nothing(made):
    person = make.person()
    assert "Only confirmed members can translate." in words(read(made, person))
    assert confirm(made, person).status_code == 403
    made.refresh_from_db()
    assert made.reviewed_by is None


def test_a_visitor_is_asked_to_sign_in(made):
    assert read(made, None).status_code == 302
    assert confirm(made, None).status_code == 403
    made.refresh_from_db()
    assert made.reviewed_by is None


def test_what_one_may_not_read_has_no_translation_either():
    notice = make.published(visibility="team")
    made = translations.translate(notice, by=notice.author, language="vi", texts=VI)
    stranger = make.member()
    assert (read(made, stranger).status_code, confirm(made, stranger).status_code) == (404, 404)
    assert read(made, notice.author).status_code == 200


def test_a_translation_is_not_found_under_another_notice(made):
    other = make.published()
    reader = client_of(make.member())
    assert reader.get(address("notice-translated", other, made.pk)).status_code == 404
    confirmed = reader.post(address("notice-translation-confirmation", other, made.pk), {"edition": 1})
    assert confirmed.status_code == 404


@pytest.mark.parametrize("edition", ["", "x", "0", "2"])
def test_only_the_edition_that_was_read_is_confirmed(made, edition):
    assert confirm(made, make.member(), edition).status_code == 403
    made.refresh_from_db()
    assert made.reviewed_by is None


def test_a_second_member_mends_it_and_everybody_can_read_what_it_was(made, translator):
    second = make.member(name="Kham")
    form = client_of(second).get(address("notice-translation", notice_of(made)), {"language": "vi"})
    assert ("Mend a translation" in words(form), VI["text"] in form.content.decode()) == (True, True)
    assert 'name="before" value="vi:1"' in form.content.decode()
    assert write(made, second).status_code == 302
    page = read(made, make.person())
    assert ("Edition 1" in words(page), VI["text"] in words(page), OTHER["text"] in words(page)) == (True, True, True)
    made.refresh_from_db()
    assert (made.edition, made.translated_by) == (2, second)
    assert confirm(made, translator, 2).status_code == 302


def test_an_earlier_edition_is_what_mending_can_begin_with(made):
    write(made, make.member())
    reader, where = client_of(make.member()), address("notice-translation", notice_of(made))
    assert VI["text"] in reader.get(where, {"language": "vi", "edition": "1"}).content.decode()
    for other in ("9", "x", "1" * 99, "²"):
        assert OTHER["text"] in reader.get(where, {"language": "vi", "edition": other}).content.decode()


@pytest.mark.parametrize("before", ["", "vi", "vi:0", "vi:9", "vi:x", "vi:²", "th:1", ":1"])
def test_what_was_not_seen_is_not_written_over_and_what_was_typed_stays(made, before):
    response = write(made, make.member(), before=before)
    assert (response.status_code, OTHER["text"] in response.content.decode()) == (400, True)
    assert "Somebody has mended this translation since you opened it." in words(response)
    made.refresh_from_db()
    assert (made.texts, made.edition) == (VI, 1)


def test_a_form_with_an_error_still_knows_what_was_seen(made):
    response = write(made, make.member(), texts={"title": "", "text": ""})
    assert response.status_code == 400
    assert 'name="before" value="vi:1"' in response.content.decode()


def test_the_same_words_again_are_refused(made):
    response = write(made, make.member(), texts=VI)
    assert "Nothing is different from the translation that is here." in words(response)
    made.refresh_from_db()
    assert made.edition == 1


def test_a_confirmed_translation_is_for_others_to_read_only(made):
    confirm(made, make.member())
    third = make.member()
    assert "Only those two can mend it now." in words(read(made, third))
    assert write(made, third).status_code == 400
    made.refresh_from_db()
    assert (made.texts, made.edition) == (VI, 1)


def test_of_an_anonymous_notice_no_volunteer_is_named(translator):
    made = translations.translate(make.published(is_anonymous=True), by=translator, language="vi", texts=VI)
    confirm(made, make.member(name="Kham"))
    page = words(read(made, make.member()))
    assert ("Quynh" in page, "Kham" in page, "translated by a volunteer" in page) == (False, False, True)


def test_a_machines_translation_says_so_with_its_engine_and_a_person_can_begin_with_it():
    notice = make.published()
    made = add_translation(notice, by=None, version=1, language="vi", origin="machine", texts=VI, engine="chat/m-1")
    second = make.member()
    page = words(read(made, second))
    assert "machine translation, checked by nobody yet · chat/m-1 · from English" in page
    where = address("notice-translation", notice)
    plain = client_of(second).get(where, {"language": "vi"}).content.decode()
    begun = client_of(second).get(where, {"language": "vi", "begin": "machine"})
    assert (VI["text"] in plain, VI["text"] in begun.content.decode()) == (False, True)
    assert "These are a machine's words." in words(begun)
    assert write(made, second, texts=VI, before="vi:0").status_code == 400
    assert write(made, second, before="vi:0").status_code == 302
    assert (Translation.objects.get().origin, Translation.objects.get().texts) == ("human", OTHER)


def test_who_has_a_machines_translation_can_still_ask_for_a_persons():
    notice = make.published(language="lo")
    add_translation(notice, by=None, version=1, language="en", origin="machine", texts={"title": "x", "text": "y"})
    reader = client_of(make.person())
    assert address("notice-translation-wish", notice) in reader.get(address("notice", notice)).content.decode()
    add_translation(notice, by=None, version=1, language="en", origin="human", texts={"title": "x", "text": "y"})
    assert address("notice-translation-wish", notice) not in reader.get(address("notice", notice)).content.decode()


@pytest.mark.parametrize("allows", [True, False])
def test_who_asks_is_told_of_the_machine_only_where_it_may_translate(settings, allows):
    engine = {"engine": "libretranslate", "url": "http://127.0.0.1:9"}
    settings.TRANSLATION = {**settings.TRANSLATION, **engine}
    Country.objects.filter(pk="LA").update(allows_machine_translation=allows)
    notice = make.published(language="lo")
    page = client_of(make.person()).post(address("notice-translation-wish", notice), follow=True)
    assert ("A machine translation may stand here in a few minutes." in words(page)) is allows


def test_the_page_asks_as_often_for_many_editions_as_for_few(made, django_assert_max_num_queries):
    reader = client_of(make.member())
    reader.get(address("notice-translated", notice_of(made), made.pk))
    with django_assert_max_num_queries(26):
        reader.get(address("notice-translated", notice_of(made), made.pk))
    for number in range(1, 12):
        texts = {**OTHER, "title": f"{OTHER['title']} {number}"}
        translations.translate(notice_of(made), by=make.member(), language="vi", texts=texts, seen=number)
    with django_assert_max_num_queries(26):
        page = reader.get(address("notice-translated", notice_of(made), made.pk))
    assert len(re.findall(r"<summary>Edition", page.content.decode())) == 11

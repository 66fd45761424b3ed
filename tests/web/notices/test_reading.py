"""The page of a notice: who sees what of it."""

import json
import re

import pytest
from django.conf import settings

from corridor.language.models import TranslationRequest
from corridor.language.operations.translations import add_translation
from corridor.language.states import Origin
from corridor.matching.operations import notices, translations
from tests import make
from tests.web.notices.pages import address, client_of, main_of, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_public_notice_is_read_in_each_language(language):
    notice = make.published(power_kw="2.5", budget_amount="250000", budget_currency="LAK", trl=6, stage="prototype")
    browser = client_of()
    browser.cookies["django_language"] = language
    response = browser.get(address("notice", notice))
    assert response.status_code == 200
    assert response.headers["Content-Language"] == language
    assert make.TITLE in words(response)
    assert "kW" in words(response)


def test_the_card_has_units_zone_and_countries_in_their_order():
    notice = make.published(target_countries=["VN", "KH"], water_m3_day=20, partner_types=["university"])
    card = words(client_of().get(address("notice", notice)))
    assert "Partners from Cambodia Viet Nam" in card
    assert "Water 20 m³ a day" in card
    assert "(Lao PDR, UTC+07:00)" in card


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_what_is_not_published_is_not_there_for_others(state):
    notice = {"draft": make.notice, "submitted": make.submitted}[state]()
    for reader in (None, make.person(), make.member(home="TH"), make.officer("TH"), make.operator()):
        assert client_of(reader).get(address("notice", notice)).status_code == 404


def test_an_officer_reads_what_was_handed_in_and_no_draft():
    officer = make.officer("LA")
    draft, submitted = make.notice(), make.submitted()
    assert client_of(officer).get(address("notice", draft)).status_code == 404
    assert client_of(officer).get(address("notice", submitted)).status_code == 200


def test_an_officer_does_not_read_the_next_version_before_it_is_handed_in():
    notice = make.published()
    notices.write(notice, by=notice.author, texts={"text": "A secret second version of this need."})
    browser = client_of(make.officer("LA"))
    assert browser.get(address("notice", notice) + "?version=2").status_code == 404
    assert "secret second version" not in words(browser.get(address("notice", notice)))
    mine = words(client_of(notice.author).get(address("notice", notice) + "?version=2"))
    assert "secret second version" in mine


def test_readers_see_the_published_version_and_its_people_are_told():
    notice = make.published()
    notices.write(notice, by=notice.author, texts={"title": "A newer title"})
    assert "A newer title" not in words(client_of().get(address("notice", notice)))
    told = words(client_of(notice.author).get(address("notice", notice)))
    assert "Readers see version 1 of the text. Version 2: Draft." in told


@pytest.mark.parametrize("odd", ["9", "x", "-1", "1e9", "٢", "99999999999999999999"])
def test_an_odd_version_is_no_fault(odd):
    notice = make.published()
    assert client_of().get(address("notice", notice), {"version": odd}).status_code in (200, 404)


def test_an_anonymous_notice_shows_country_type_and_size_only():
    owner = make.organisation(name="Paksong Slope Growers", place="Paksong")
    author = make.member(owner, name="Noy of Paksong")
    notice = make.published(author, of=owner, is_anonymous=True, problem_owner="Village of Paksong")
    page = client_of().get(address("notice", notice))
    for hidden in ("Paksong", "Noy", str(owner.pk), "ld+json"):
        assert hidden not in page.content.decode()
    assert "Cooperative, 10 to 49 people name not shown" in words(page)


def test_the_team_of_an_anonymous_notice_sees_its_name_and_the_warning():
    owner = make.organisation(name="Paksong Slope Growers")
    notice = make.published(of=owner, is_anonymous=True)
    for reader in (notice.author, make.officer("LA")):
        page = words(client_of(reader).get(address("notice", notice)))
        assert "Paksong Slope Growers" in page
        assert "Fewer than five organisations here" in page


def structured_data(page):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.DOTALL)
    return json.loads(found[1]) if found else None


def test_a_public_need_is_a_demand_for_search_engines():
    notice = make.published(title="</script><script>alert(1)</script> & dryer")
    page = client_of().get(address("notice", notice))
    data = structured_data(page)
    assert data["@type"] == "Demand"
    assert data["name"]["@value"] == "</script><script>alert(1)</script> & dryer"
    assert "noindex" not in page.content.decode()
    assert "<script>alert" not in page.content.decode()


def test_a_public_offer_is_an_offer_by_its_organisation():
    owner = make.organisation(name="Dawn Institute")
    data = structured_data(client_of().get(address("notice", make.published(of=owner, kind="offer"))))
    assert (data["@type"], data["offeredBy"]["name"]) == ("Offer", "Dawn Institute")


@pytest.mark.parametrize("visibility", ["team", "national", "six", "members"])
def test_what_is_not_for_everybody_is_not_for_search_engines(visibility):
    notice = make.published(visibility=visibility)
    assert client_of().get(address("notice", notice)).status_code == 404
    page = client_of(notice.author).get(address("notice", notice))
    assert '<meta name="robots" content="noindex">' in page.content.decode()
    assert structured_data(page) is None


def test_prose_is_shown_as_it_was_typed_and_never_as_markup():
    hostile = "<img src=x onerror=alert(1)> **bold** [link](javascript:alert(1))\n\n<script>alert(2)</script>"
    page = main_of(client_of().get(address("notice", make.published(text=hostile))))
    assert "<img" not in page
    assert "<script>alert" not in page
    assert "<strong>bold" not in page
    assert "&lt;img src=x onerror=alert(1)&gt; **bold** [link](javascript:alert(1))" in page


def test_text_and_translation_stand_apart_each_in_its_language():
    notice = make.published(language="lo", title="ຕ້ອງການເຄື່ອງອົບ", text="ໃນລະດູຝົນ ກາເຟຂອງພວກເຮົາແຫ້ງຊ້າ ແລະ ຂຶ້ນເຊື້ອລາ.")
    texts = {"title": "A dryer is needed", "text": "In the rainy season our coffee dries slowly."}
    add_translation(notice, by=None, version=1, language="en", origin=Origin.MACHINE, texts=texts)
    page = client_of().get(address("notice", notice))
    assert '<h1 lang="lo"' in page.content.decode()
    assert "A dryer is needed" in words(page)
    assert "machine translation, checked by nobody yet" in words(page)
    assert "original" in words(page)


def test_a_person_without_a_name_is_not_shown_by_their_address():
    notice = make.published(language="lo", text="ໃນລະດູຝົນ ກາເຟຂອງພວກເຮົາແຫ້ງຊ້າ ແລະ ຂຶ້ນເຊື້ອລາ.")
    translator = make.member(email="secret.person@example.org")
    type(translator).objects.filter(pk=translator.pk).update(name="")
    translations.translate(
        notice, by=translator, language="en", texts={"title": "A dryer", "text": "A dryer for coffee"}
    )
    for reader in (None, make.member()):
        page = client_of(reader).get(address("notice", notice))
        assert "secret.person" not in page.content.decode()
        assert "translated by a volunteer" in words(page)


def test_a_wish_for_a_translation_reaches_the_volunteers():
    notice = make.published(language="lo")
    reader = make.person(language="vi")
    browser = client_of(reader)
    assert address("notice-translation-wish", notice) in browser.get(address("notice", notice)).content.decode()
    response = browser.post(address("notice-translation-wish", notice))
    assert response.status_code == 302
    assert list(TranslationRequest.objects.values_list("record_id", "language")) == [(notice.pk, "vi")]


def test_a_member_translates_and_others_do_not_overwrite_it():
    notice = make.published(language="lo")
    first, second = make.member(), make.member()
    sent = {"language": "en", "title": "A dryer", "text": "A dryer for coffee that runs on husk."}
    assert client_of(first).post(address("notice-translation", notice), sent).status_code == 302
    refused = client_of(second).post(address("notice-translation", notice), {**sent, "title": "Buy my pills"})
    assert refused.status_code == 400
    assert "Somebody has mended this translation since you opened it." in words(refused)
    assert "Buy my pills" in refused.content.decode()  # what was typed is kept
    page = words(client_of().get(address("notice", notice)))
    assert "A dryer for coffee that runs on husk." in page
    assert "Buy my pills" not in page


def test_somebody_nobody_confirmed_does_not_translate():
    notice = make.published(language="lo")
    sent = {"language": "en", "title": "A dryer", "text": "A dryer for coffee that runs on husk."}
    response = client_of(make.person()).post(address("notice-translation", notice), sent)
    assert response.status_code == 400
    assert "Only confirmed members can translate." in words(response)


def test_zawgyi_is_converted_and_says_so():
    typed = "ကြၽန္ေတာ္တို႔ ေကာ္ဖီသီးမ်ား အေျခာက္ခံစက္ လိုအပ္ပါသည္။ မိုးရာသီတြင္ ေျခာက္ေသြ႕ရန္ ခက္ခဲပါသည္။"
    notice = make.published(text=typed, language="my")
    assert notice.published.original_text == typed
    page = words(client_of().get(address("notice", notice)))
    assert "converted from Zawgyi to Unicode" in page
    assert "ေကာ္ဖီ" not in page


def test_history_is_for_its_own_people_and_its_office():
    notice = make.published()
    assert "What happened so far" not in words(client_of(make.member()).get(address("notice", notice)))
    own = words(client_of(notice.author).get(address("notice", notice)))
    assert "Begun" in own
    assert "Handed to the publisher" in own
    assert "Published" in own


def test_a_page_asks_the_database_a_fixed_number_of_times(django_assert_max_num_queries):
    notice = make.published()
    browser = client_of()
    browser.get(address("notice", notice))
    with django_assert_max_num_queries(22):
        browser.get(address("notice", notice))

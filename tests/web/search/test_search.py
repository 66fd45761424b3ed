"""Search as people use it: one box, seven languages, the reason for each result, and nobody sees what is not theirs."""

import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from corridor.language.logic.embedding import EmbeddingUnavailable
from corridor.language.operations import engines
from corridor.language.operations.translations import add_translation
from corridor.language.states import Origin
from corridor.matching.models import Notice
from corridor.matching.operations import indexing, notices
from corridor.matching.states import NoticeState
from tests import make

LANGUAGES = ["en", "km", "lo", "my", "th", "vi", "zh-hans"]
CHINESE = {
    "title": "提供小型太阳能咖啡烘干设备",
    "text": "设备白天利用太阳能，夜间以咖啡壳为燃料，适合雨季干燥咖啡豆。",
    "language": "zh-hans",
}
KHMER = "ម៉ាស៊ីនសម្ងួតកាហ្វេនៅរដូវវស្សា"
Publish = Callable[..., Notice]


def ask(client: Client, question: str, **filters: str) -> str:
    """The page that answers a question."""
    response = client.get("/search/", {"q": question, **filters})
    assert response.status_code == 200
    return str(response.content.decode())


def titles(page: str) -> list[str]:
    """The titles of the results of a page, in order."""
    rows = re.findall(r'<article class="result">.*?<h3><a [^>]*>(.*?)</a></h3>', page, re.DOTALL)
    return [html.unescape(row) for row in rows]


def links(page: str) -> dict[str, str]:
    """The addresses of a page by their words."""
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return {html.unescape(re.sub("<[^>]+>", "", words)).strip(): html.unescape(url) for url, words in found}


def asked_in(url: str) -> dict[str, str]:
    """What an address of search asks."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_a_khmer_question_finds_a_chinese_offer_and_says_why(client: Client, found: Publish) -> None:
    found(home="CN", kind="offer", **CHINESE)
    found(
        home="VN",
        kind="offer",
        title="Training for nurses in small clinics",
        text="Two weeks, in the district hospital.",
    )
    page = ask(client, KHMER)
    assert titles(page)[0] == CHINESE["title"]
    address = reverse("notice", args=[Notice.objects.get(home="CN").pk])
    assert f'<a href="{address}" lang="zh-hans">' in page
    assert f'<span lang="zh-hans">{CHINESE["text"]}</span>' in page


def test_the_page_says_as_which_language_it_read_the_question(client: Client) -> None:
    page = ask(client, KHMER)
    assert 'We read your question as <span lang="km">ខ្មែរ</span> (Khmer).' in page
    otherwise = page.split('<details class="otherwise">')[1].split("</details>")[0]
    assert asked_in(links(otherwise)["ລາວ"]) == {"q": KHMER, "ql": "lo"}
    assert len(links(otherwise)) == 6


def test_who_says_another_language_is_believed(client: Client) -> None:
    page = ask(client, "kafe", ql="vi")
    assert 'You said that your question is in <span lang="vi">Tiếng Việt</span> (Vietnamese).' in page
    assert asked_in(links(page)["Let search find out"]) == {"q": "kafe"}


def test_when_it_is_unsure_the_page_says_so(client: Client) -> None:
    assert "We are not sure which language your question is in." in ask(client, "PM2.5")


def test_an_eighth_language_is_told_that_matching_is_weaker(client: Client) -> None:
    page = ask(client, "Nous cherchons un séchoir pour notre café pendant la saison des pluies, sans électricité.")
    assert "the same meaning only weakly" in page


def test_words_that_were_asked_for_are_marked(client: Client, found: Publish) -> None:
    found(
        home="TH", kind="offer", title="Air in villages", text="We built a sensor for PM2.5 that a school can repair."
    )
    assert "<mark>PM2.5</mark>" in ask(client, "PM2.5")


def test_an_exact_word_outside_the_sentence_is_named_beside_it(client: Client, listed: Callable[..., object]) -> None:
    listed("TH", name="Institute of Soil and Water (ISW-77)", about="We test soil for farmers.", about_language="en")
    page = ask(client, "testing the soil of a farm, ISW-77")
    assert titles(page) == ["Institute of Soil and Water (ISW-77)"]
    assert '<span class="soft">In both: ISW-77</span>' in page


def test_text_of_people_is_never_markup(client: Client, found: Publish) -> None:
    hostile = "<script>alert('coffee')</script> & dryer"
    found(title=hostile, text=f"{hostile} for a village that grows coffee.")
    page = ask(client, "coffee dryer <b>")
    assert titles(page) == [hostile]
    assert "<script>alert" not in page
    assert "&lt;<mark>" not in page.replace("&lt;script&gt;alert(&#x27;<mark>", "")


def test_a_title_in_the_readers_language_stands_beside_the_original(client: Client, found: Publish) -> None:
    notice = found(home="CN", kind="offer", **CHINESE)
    texts = {"title": "Solar coffee dryer", "text": "It works by day and night."}
    add_translation(notice, by=None, version=1, language="en", origin=Origin.MACHINE, texts=texts)
    page = ask(client, KHMER)
    assert '<p class="translated">Solar coffee dryer (machine translation)</p>' in page
    assert titles(page) == [CHINESE["title"]]


def test_a_reason_from_a_translation_says_so(client: Client, found: Publish) -> None:
    notice = found(home="CN", kind="offer", **CHINESE)
    texts = {"title": "Cà phê", "text": "Máy sấy cà phê chạy bằng vỏ cà phê vào ban đêm."}
    add_translation(notice, by=None, version=1, language="vi", origin=Origin.AUTHOR, texts=texts)
    indexing.follow(str(notice.pk))
    page = ask(client, "máy sấy cà phê", ql="vi")
    assert "(from a translation: Vietnamese)" in page


def test_a_visitor_does_not_find_what_is_for_members(client: Client, found: Publish) -> None:
    notice = found(home="TH", visibility="members", title="Dryer for members")
    assert titles(ask(client, "dryer for members")) == []
    client.force_login(make.member(home="VN"))
    assert titles(ask(client, "dryer for members")) == [notice.published.title]


def test_what_is_national_is_found_at_home_alone(client: Client, found: Publish) -> None:
    notice = found(home="TH", visibility="national", title="Dryer at home")
    client.force_login(make.member(home="VN"))
    assert titles(ask(client, "dryer at home")) == []
    client.force_login(make.member(home="TH"))
    assert titles(ask(client, "dryer at home")) == [notice.published.title]


def test_an_anonymous_notice_shows_country_type_and_size_only(client: Client, found: Publish) -> None:
    owner = make.organisation("LA", name="Mist Mountain Hospital", type="hospital")
    found(of=owner, is_anonymous=True, title="We need a solar fridge")
    page = ask(client, "solar fridge")
    assert "Hospital, 10 to 49 people (name not shown)" in page
    assert "Mist Mountain" not in page
    assert titles(ask(client, "Mist Mountain Hospital fridge", kind="need", language="lo")) == []


def test_the_focal_point_at_home_sees_the_name(client: Client, found: Publish) -> None:
    owner = make.organisation("LA", name="Mist Mountain Hospital", type="hospital")
    found(of=owner, is_anonymous=True, title="We need a solar fridge")
    client.force_login(make.officer("LA"))
    assert "Mist Mountain Hospital" in ask(client, "solar fridge")


def test_a_notice_that_ended_a_moment_ago_is_not_shown(client: Client, found: Publish) -> None:
    notice = found(title="Dryer for one day")
    notices.withdraw(notice, by=notice.author)
    assert titles(ask(client, "dryer for one day")) == []


def test_a_text_in_an_eighth_language_is_a_row_like_others(client: Client, found: Publish) -> None:
    found(title="Séchoir à café demandé", text="Nous perdons un tiers de la récolte pendant la pluie.", language="")
    page = ask(client, "séchoir café")
    assert titles(page) == ["Séchoir à café demandé"]
    assert "another language" in page
    assert 'lang="und"' in page


def test_organisations_are_found_beside_notices_and_alone(
    client: Client, found: Publish, listed: Callable[..., object]
) -> None:
    found(title="Dryer for coffee")
    listed("VN", name="Coffee Dryer Works", type="enterprise")
    listed("TH", name="Coffee Dryer University", type="university")
    assert set(titles(ask(client, "coffee dryer"))) == {
        "Dryer for coffee",
        "Coffee Dryer Works",
        "Coffee Dryer University",
    }
    assert set(titles(ask(client, "coffee dryer", kind="organisation"))) == {
        "Coffee Dryer Works",
        "Coffee Dryer University",
    }
    assert titles(ask(client, "coffee dryer", kind="research")) == ["Coffee Dryer University"]


@pytest.mark.parametrize(
    "narrowed", [{"kind": "offer"}, {"theme": "health"}, {"country": "VN"}, {"country": "vn"}, {"language": "vi"}]
)
def test_each_filter_narrows(client: Client, found: Publish, narrowed: dict[str, str]) -> None:
    found(home="LA", title="Coffee dryer wanted")
    found(home="VN", kind="offer", title="Máy sấy cà phê", language="vi", themes=["health"])
    assert len(titles(ask(client, "coffee dryer"))) == 2
    assert titles(ask(client, "coffee dryer", **narrowed)) == ["Máy sấy cà phê"]


def test_filters_keep_the_question_and_show_what_is_on(client: Client, found: Publish) -> None:
    found()
    page = ask(client, "dryer", kind="need", theme="industry", ql="en")
    assert asked_in(links(page)["Viet Nam"]) == {
        "q": "dryer", "kind": "need", "theme": "industry", "country": "VN", "ql": "en",
    }  # fmt: skip
    assert asked_in(links(page)["Take away: Industry ×"]) == {"q": "dryer", "kind": "need", "ql": "en"}
    assert asked_in(links(page)["Clear all filters"]) == {"q": "dryer", "ql": "en"}
    assert re.search(r'aria-current="page">Needs', page)
    assert re.search(r'aria-current="true">Industry', page)
    assert '<input type="hidden" form="ask" name="theme" value="industry">' in page


def test_organisations_have_neither_theme_nor_end(client: Client) -> None:
    page = ask(client, "dryer", kind="organisation", theme="industry", open="1")
    assert "Take away" not in page
    assert "Open now" not in page
    assert asked_in(links(page)["Hospitals"]) == {"q": "dryer", "kind": "hospital"}


def test_values_that_are_not_known_narrow_nothing(client: Client, found: Publish) -> None:
    found(title="Dryer for all")
    page = ask(client, "dryer", kind="x", theme="<b>", country="XX", language="fr", open="?", page="-3", ql="tlh")
    assert titles(page) == ["Dryer for all"]


def test_open_now_leaves_out_what_has_run_out(client: Client, found: Publish) -> None:
    notice = found(title="Dryer until yesterday")
    Notice.objects.filter(pk=notice.pk).update(valid_until=make.today() - make.datetime.timedelta(days=1))
    indexing.follow(str(notice.pk))
    assert titles(ask(client, "dryer")) == ["Dryer until yesterday"]
    assert titles(ask(client, "dryer", open="1")) == []


def test_the_pager_keeps_question_and_filters(client: Client, found: Publish) -> None:
    for number in range(14):
        found(title=f"Dryer number {number}")
    first = ask(client, "dryer", kind="need")
    assert len(titles(first)) == 12
    following = links(first)["Next→".replace("→", "\xa0→")]
    assert asked_in(following) == {"q": "dryer", "kind": "need", "page": "2"}
    second = client.get(following).content.decode()
    assert len(titles(second)) == 2
    assert not set(titles(first)) & set(titles(second))
    assert asked_in(links(second)["←\xa0Previous"]) == {"q": "dryer", "kind": "need"}
    assert '<ol class="results" start="13">' in second


def test_a_question_in_zawgyi_finds_unicode_and_marks_it(client: Client, found: Publish) -> None:
    found(home="MM", title="ကော်ဖီ အခြောက်ခံစက်", text="ကော်ဖီ အခြောက်ခံစက် လိုအပ်ပါသည်။ မိုးရာသီတွင် သုံးရန်။", language="my")
    page = ask(client, "ေကာ္ဖီ အေျခာက္ခံစက္ လိုအပ္ပါသည္။")
    assert titles(page) == ["ကော်ဖီ အခြောက်ခံစက်"]
    assert "<mark>ကော်ဖီ" in page


def test_nothing_found_says_what_to_do_next(client: Client, found: Publish) -> None:
    found(title="Dryer for coffee", themes=["industry"])
    page = ask(client, "dryer for coffee", country="VN")
    assert "Nothing fits yet" in page
    assert asked_in(links(page)["Post a need with this text"]) == {"kind": "need", "title": "dryer for coffee"}
    assert links(page.split("Nearest themes")[1].split("</div>")[0])["Industry"] == "/themes/industry/"
    assert asked_in(links(page)["Search again without filters"]) == {"q": "dryer for coffee"}
    assert "ask to be told when something comes" in page


def test_signs_without_letters_find_nothing_and_nothing_breaks(client: Client, found: Publish) -> None:
    found()
    for signs in ("☕🌧️", "\u200b\u200b", "…!?", "\x00"):
        assert titles(ask(client, signs)) == []


@pytest.mark.parametrize(
    "text", ["مجفف قهوة", "coffee\u200bdryer ກາເຟ กาแฟ 咖啡", "'; drop table --", "100% \\ & | !(a:*)", "a" * 300]
)
def test_odd_questions_are_answered(client: Client, found: Publish, text: str) -> None:
    found()
    assert html.escape(text, quote=True).replace("&#x27;", "&#x27;") in ask(client, text)


def test_a_question_that_is_too_long_is_kept_and_its_beginning_read(client: Client, found: Publish) -> None:
    found(title="Dryer for coffee")
    text = ("dryer for coffee " * 150).strip()
    page = ask(client, text)
    assert f"It has {len(text)} characters; search read the first 2000." in page
    assert f'value="{text}"' in page
    assert titles(page) == ["Dryer for coffee"]
    begun = asked_in(links(page)["Post a need with this text"])
    assert begun["title"] == text[:150]
    assert begun["text"] == text[:2000]


def test_a_question_longer_than_any_notice_is_refused_kindly(client: Client) -> None:
    response = client.get("/search/", {"q": "a" * 8001})
    assert response.status_code == 400
    assert "Nothing was changed." in response.content.decode()


def test_without_a_question_filters_show_the_newest(client: Client) -> None:
    notice = make.published(title="Newest of all", themes=["green"])
    make.published(title="For members", visibility="members", themes=["green"])
    page = client.get("/search/", {"theme": "green", "kind": "need"}).content.decode()
    assert titles(page) == [notice.published.title]
    empty = client.get("/search/", {"theme": "policy"}).content.decode()
    assert "Nothing is here yet" in empty


def test_without_a_question_organisations_are_listed_by_type_and_country(client: Client) -> None:
    make.organisation("VN", name="Hue Clinic", type="hospital", language="vi")
    make.organisation("TH", name="Nan Clinic", type="hospital", language="th")
    page = client.get("/search/", {"kind": "hospital", "country": "VN", "language": "vi"}).content.decode()
    assert titles(page) == ["Hue Clinic"]


@pytest.fixture
def _model_is_down(settings: Settings) -> Iterator[None]:
    """Meaning comes from an endpoint at which nobody listens."""
    settings.EMBEDDINGS = {"url": "http://127.0.0.1:9/v1", "model": "none", "key": ""}
    for remembered in (engines.embedder, engines.shipped_fairness):
        remembered.cache_clear()
    yield
    for remembered in (engines.embedder, engines.shipped_fairness):
        remembered.cache_clear()


@pytest.mark.usefixtures("_model_is_down")
def test_without_the_model_words_still_find_and_the_page_says_so(client: Client, found: Publish) -> None:
    with pytest.raises(EmbeddingUnavailable):
        found(title="Dryer for coffee", text="We look for a dryer that runs on husk.")
    page = ask(client, "dryer husk")
    assert titles(page) == ["Dryer for coffee"]
    assert "Searched by words only just now" in page
    assert "<mark>dryer</mark>" in page


@pytest.mark.usefixtures("_model_is_down")
def test_the_page_listens_to_names_and_the_feed_of_the_same_search_does_not(client: Client, found: Publish) -> None:
    with pytest.raises(EmbeddingUnavailable):
        found(title="ສະຫວັນນະເຂດ", text="ພວກເຮົາຊອກຫາຄູ່ຮ່ວມງານ.", language="lo")
    assert "A name or place in it sounds like what you typed." in ask(client, "Savannakhet")
    assert "sounds like" not in ask(client, "ສະຫວັນນະເຂດ")
    assert "<entry" not in client.get(reverse("search-feed"), {"q": "Savannakhet"}).content.decode()
    assert "<entry" in client.get(reverse("search-feed"), {"q": "ສະຫວັນນະເຂດ"}).content.decode()


def test_htmx_gets_the_results_alone(client: Client, found: Publish) -> None:
    found(title="Dryer for coffee")
    response = client.get("/search/", {"q": "dryer"}, headers={"HX-Request": "true"})
    part = response.content.decode()
    assert part.startswith('<div id="found"')
    assert "<html" not in part
    assert titles(part) == ["Dryer for coffee"]
    assert "HX-Request" in response["Vary"]


def test_the_number_of_queries_does_not_depend_on_the_number_of_results(
    client: Client, found: Publish, listed: Callable[..., object]
) -> None:
    counts = []
    for many in (1, 5):
        for number in range(many):
            found(home="KH", title=f"Dryer {many} {number}")
            listed("VN", name=f"Dryer works {many} {number}", type="enterprise")
        ask(client, "dryer")
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page = ask(client, "dryer")
        counts.append((len(titles(page)), len(captured)))
    assert [rows for rows, _ in counts] == [2, 12]
    assert counts[0][1] == counts[1][1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_search_opens_in_every_language(client: Client, found: Publish, language: str) -> None:
    found(home="CN", kind="offer", **CHINESE)
    client.cookies["django_language"] = language
    for query in ("", urlencode({"q": KHMER}), "kind=hospital", urlencode({"q": "dryer", "theme": "policy"})):
        response = client.get(f"/search/?{query}")
        assert response.status_code == 200
        assert f'<html lang="{language}"' in response.content.decode()


def test_search_is_asked_by_get_alone(client: Client) -> None:
    assert client.post("/search/", {"q": "dryer"}).status_code == 405


def test_a_suspended_notice_leaves_search_at_once(client: Client, found: Publish) -> None:
    notice = found(title="Dryer that is false")
    notices.suspend(notice, by=make.officer(notice.home), reason="It is false.")
    assert Notice.objects.get(pk=notice.pk).state == NoticeState.SUSPENDED
    assert titles(ask(client, "dryer that is false")) == []

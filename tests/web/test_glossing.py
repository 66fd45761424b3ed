"""Words of another language are told in the reader's: beside a result, and below a notice."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from corridor.language.logic.lexicon import read
from corridor.language.operations import lexicon
from corridor.web import glossing
from tests import make
from tests.web.site import settle

pytestmark = pytest.mark.django_db
LEXICON = """id,themes,ford,broader,gloss,en,km,lo,my,th,vi,zh-hans
coffee,poverty,4.1,,A drink from roasted beans.,coffee,កាហ្វេ,ກາເຟ,ကော်ဖီ,กาแฟ,cà phê,咖啡
system,,2.11,,Parts that work together.,system,ប្រព័ន្ធ,ລະບົບ,စနစ်,ระบบ,hệ thống,系统
dryer,industry,2.3,,A machine that takes out water.,dryer,ម៉ាស៊ីនសម្ងួត,ເຄື່ອງອົບແຫ້ງ,အခြောက်ခံစက်,เครื่องอบแห้ง,máy sấy,干燥机
"""


@pytest.fixture(autouse=True)
def _small_lexicon(settings: Settings, db: None, tmp_path: pytest.TempPathFactory) -> None:
    settle(settings)
    settings.ROOT_URLCONF = "corridor.web.urls"
    path = tmp_path / "small.csv"  # type: ignore[operator]
    path.write_text(LEXICON, encoding="utf-8")
    lexicon.take(read([path]))
    lexicon.forget()


def told(found: tuple[glossing.Glossed, ...]) -> list[tuple[str, str]]:
    """What was said, and what it is called here."""
    return [(word.said, word.name) for word in found]


def test_telling_words_of_another_language_are_told_in_the_readers() -> None:
    with translation.override("vi"):
        (found,) = glossing.beside([("我们需要咖啡干燥机系统", "zh-hans")])
    assert told(found) == [("咖啡", "cà phê"), ("干燥机", "máy sấy")]


def test_what_is_in_the_readers_language_or_named_already_needs_no_gloss(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with translation.override("en"), django_assert_num_queries(0):
        assert glossing.beside([("We need coffee", "en"), ("", "")]) == [(), ()]
    with translation.override("en"):
        assert told(glossing.beside([("咖啡干燥机", "zh-hans")], [("coffee",)])[0]) == [("干燥机", "dryer")]


def test_many_sentences_are_told_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    lexicon.known()
    with translation.override("en"), django_assert_num_queries(1):
        glossing.beside([("咖啡", "zh-hans"), ("กาแฟ", "th"), ("ກາເຟ", "lo")] * 5)


def test_a_notice_tells_its_words_with_a_line_on_each() -> None:
    notice = make.published(
        title="咖啡干燥机", text="我们山上的合作社需要一台咖啡干燥机，系统要省电，雨季也能使用。", language="zh-hans"
    )
    shown = Client(headers={"Accept-Language": "th"}).get(reverse("notice", args=[notice.pk]))
    assert [(word.said, word.name) for word in shown.context["glossed"]] == [("咖啡", "กาแฟ"), ("干燥机", "เครื่องอบแห้ง")]
    assert '<span class="soft" lang="en">A drink from roasted beans.</span>' in shown.content.decode()

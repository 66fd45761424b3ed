"""Writing a translation: the lexicon's words stand beside the original."""

import re

import pytest

from corridor.language.logic.lexicon import Concept as Written
from corridor.language.logic.lexicon import Label, Reading
from corridor.language.models import Term
from corridor.language.operations import lexicon
from corridor.language.states import TermState
from tests import make
from tests.web.notices.pages import address, client_of, words

pytestmark = pytest.mark.django_db

TEXT = "We need a dryer for coffee that runs on husk."
SAID = {
    "coffee": [("en", "coffee"), ("lo", "ກາເຟ")],
    "dryer": [("en", "dryer"), ("lo", "ເຄື່ອງອົບແຫ້ງ"), ("th", "เครื่องอบแห้ง")],
}


@pytest.fixture(autouse=True)
def known():
    concepts = {c: Written(c, (), "4.1", (), "A thing.", tuple(Label(*w) for w in of)) for c, of in SAID.items()}
    lexicon.take(Reading(concepts, []))
    yield
    lexicon.forget()


def usual_words(page: str) -> list[tuple[str, str]]:
    found = re.search('<dl class="usual-words">(.*?)</dl>', page, re.DOTALL)
    return re.findall('<(?:a|span)[^>]* lang="([^"]+)">([^<]+)<', found[1]) if found else []


def test_the_translator_sees_how_the_language_says_the_words_of_the_text():
    notice = make.published(title="Dryer", text=TEXT, language="en")
    response = client_of(make.member()).get(address("notice-translation", notice), {"language": "lo"})
    shown = [("en", "Dryer"), ("lo", "ເຄື່ອງອົບແຫ້ງ"), ("en", "coffee"), ("lo", "ກາເຟ")]
    assert usual_words(response.content.decode()) == shown
    assert ("2 usual words" in words(response), "(confirmed)" in words(response)) == (True, False)


def test_a_confirmed_word_is_marked_and_a_rejected_one_not_shown():
    Term.objects.filter(text="ກາເຟ").update(state=TermState.CONFIRMED)
    Term.objects.filter(text="ເຄື່ອງອົບແຫ້ງ").update(state=TermState.REJECTED)
    notice = make.published(title="Dryer", text=TEXT, language="en")
    response = client_of(make.member()).get(address("notice-translation", notice), {"language": "lo"})
    assert usual_words(response.content.decode()) == [("en", "coffee"), ("lo", "ກາເຟ")]
    assert words(response).count("ກາເຟ (confirmed)") == 1


def test_where_the_lexicon_has_no_words_nothing_is_shown():
    notice = make.published(title="Dryer", text=TEXT, language="en")
    page = client_of(make.member()).get(address("notice-translation", notice), {"language": "vi"})
    assert usual_words(page.content.decode()) == []
    assert "usual word" not in words(page)


def test_a_form_that_must_be_mended_keeps_the_words_of_its_language():
    notice = make.published(title="Dryer", text=TEXT, language="en")
    sent = {"language": "th", "title": "", "text": ""}
    response = client_of(make.member()).post(address("notice-translation", notice), sent)
    assert response.status_code == 400
    assert usual_words(response.content.decode()) == [("en", "Dryer"), ("th", "เครื่องอบแห้ง")]

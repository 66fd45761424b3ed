"""Glosses for readers, usual terms for translators, and the subjects of a record."""

from uuid import uuid4

import pytest

from corridor.language.logic.lexicon import Concept as Written
from corridor.language.logic.lexicon import Label, Reading
from corridor.language.models import Term
from corridor.language.operations import lexicon
from corridor.language.operations.glosses import glosses, subjects_of, terms_for_translation
from corridor.language.operations.index import put
from corridor.language.states import TermState

pytestmark = pytest.mark.django_db

COFFEE = ("coffee", [("en", "coffee"), ("lo", "ກາເຟ"), ("th", "กาแฟ"), ("vi", "cà phê"), ("zh-hans", "咖啡")])
DRYER = ("dryer", [("en", "dryer"), ("lo", "ເຄື່ອງອົບແຫ້ງ"), ("lo", "ຕູ້ອົບ"), ("zh-hans", "烘干机")])
TEXT = "We dry coffee in a dryer; coffee sells."


@pytest.fixture(autouse=True)
def words():
    concepts = {
        code: Written(code, (), "4.1", (), f"What {code} is.", tuple(Label(*label) for label in labels))
        for code, labels in (COFFEE, DRYER)
    }
    lexicon.take(Reading(concepts, []))
    yield
    lexicon.forget()


def test_each_concept_is_glossed_where_it_is_first_said():
    found = glosses(TEXT, "lo")
    assert [(TEXT[g.start : g.end], g.start, g.name.text, g.concept.gloss) for g in found] == [
        ("coffee", 7, "ກາເຟ", "What coffee is."),
        ("dryer", 19, "ເຄື່ອງອົບແຫ້ງ", "What dryer is."),
    ]


def test_a_concept_without_a_word_in_the_readers_language_is_named_in_english():
    assert [(g.name.language, g.name.text) for g in glosses("我们要咖啡烘干机", "th")] == [
        ("th", "กาแฟ"),
        ("en", "dryer"),
    ]


def test_a_rejected_term_names_nothing():
    Term.objects.filter(language__in=("lo", "en"), concept="coffee").update(state=TermState.REJECTED)
    lexicon.forget()
    assert [g.name for g in glosses("咖啡", "lo")] == [None]
    assert terms_for_translation("咖啡", "lo") == []


def test_a_translator_gets_the_usual_term_and_no_synonym_that_nobody_confirmed():
    assert [(a.said, [t.text for t in a.terms]) for a in terms_for_translation("Two Dryers", "lo")] == [
        ("Dryers", ["ເຄື່ອງອົບແຫ້ງ"])
    ]


def test_a_text_that_says_a_synonym_nobody_confirmed_gets_no_advice():
    assert [g.concept.pk for g in glosses("ຕູ້ອົບ", "zh-hans")] == ["dryer"]
    assert terms_for_translation("ຕູ້ອົບ", "zh-hans") == []
    Term.objects.filter(text="ຕູ້ອົບ").update(state=TermState.CONFIRMED)
    assert [t.text for a in terms_for_translation("ຕູ້ອົບ", "zh-hans") for t in a.terms] == ["烘干机"]


def test_a_translator_gets_confirmed_terms_before_the_usual_one():
    Term.objects.filter(text="ຕູ້ອົບ").update(state=TermState.CONFIRMED)
    advice = terms_for_translation(TEXT, "lo")
    assert [(a.said, [t.text for t in a.terms]) for a in advice] == [
        ("coffee", ["ກາເຟ"]),
        ("dryer", ["ຕູ້ອົບ", "ເຄື່ອງອົບແຫ້ງ"]),
    ]
    assert [(a.said, [t.text for t in a.terms]) for a in terms_for_translation(TEXT, "vi")] == [("coffee", ["cà phê"])]


def test_a_text_without_known_words_asks_for_nothing(django_assert_num_queries):
    lexicon.known()
    with django_assert_num_queries(0):
        assert terms_for_translation("nothing of it", "lo") == []
    assert glosses("", "lo") == []


def test_a_long_text_asks_as_often_as_a_short_one(django_assert_num_queries):
    lexicon.known()
    with django_assert_num_queries(2):
        terms_for_translation(TEXT * 50, "lo")
    with django_assert_num_queries(3):
        glosses(TEXT * 50, "lo")


def test_a_record_has_the_subjects_that_its_passages_say_most(model, entry):
    told = entry(TEXT)
    put(told)
    assert subjects_of(told.kind, told.record_id, "lo") == {"coffee": "ກາເຟ", "dryer": "ເຄື່ອງອົບແຫ້ງ"}
    assert list(subjects_of(told.kind, told.record_id, "zh-hans", most=1)) == ["coffee"]
    assert subjects_of(told.kind, uuid4(), "lo") == {}

"""Spotting concepts in texts of seven languages."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.language.logic.fusion import answered, standing_for
from corridor.language.logic.lexicon import read
from corridor.language.logic.spotting import NOTHING, Sense, Spotter, concept_terms, lexemes
from corridor.language.logic.words import query_terms
from corridor.language.logic.words_terms import Term, atoms
from corridor.language.operations.lexicon import FOLDER

TERMS = {
    "coffee": ["coffee", "កាហ្វេ", "ກາເຟ", "ကော်ဖီ", "กาแฟ", "cà phê", "咖啡"],
    "dryer": ["dryer", "ម៉ាស៊ីនសម្ងួត", "ເຄື່ອງອົບແຫ້ງ", "အခြောက်ခံစက်", "เครื่องอบแห้ง", "máy sấy", "烘干机"],
    "solar-dryer": ["solar dryer", "太阳能烘干机"],
    "kettle": ["ກາ"],
    "rice": ["rice", "稻"],
}
SPOTTER = Spotter((text, Sense(code, 0.9)) for code, texts in TERMS.items() for text in texts)


def spotted(text: str) -> list[str]:
    return [spot.senses[0][0] for spot in SPOTTER.spot(text)]


@pytest.mark.parametrize(
    "text",
    [
        "We look for a dryer for coffee.",
        "យើងត្រូវការម៉ាស៊ីនសម្ងួតកាហ្វេ",
        "ພວກເຮົາຕ້ອງການເຄື່ອງອົບແຫ້ງກາເຟ",
        "ကော်ဖီအခြောက်ခံစက် လိုအပ်သည်",
        "เราต้องการเครื่องอบแห้งกาแฟ",
        "Chúng tôi cần máy sấy cà phê.",
        "我们需要咖啡烘干机。",
    ],
)
def test_concepts_are_spotted_in_every_language(text):
    assert set(spotted(text)) == {"coffee", "dryer"}


def test_the_longest_term_wins_and_nothing_is_said_twice():
    assert spotted("A solar dryer, and a dryer.") == ["solar-dryer", "dryer"]
    assert spotted("太阳能烘干机") == ["solar-dryer"]


def test_plurals_count_as_their_singular():
    assert spotted("Two dryers, two solar dryers") == ["dryer", "solar-dryer"]


def test_a_syllable_inside_a_word_is_no_word():
    assert spotted("ກາເຟ") == ["coffee"]
    assert spotted("ກາ") == ["kettle"]


def test_a_single_chinese_character_is_never_a_term():
    assert spotted("稻") == []


def test_an_abbreviation_counts_in_its_own_capitals_only():
    spotter = Spotter([("AIDS", Sense("hiv", 0.9, True, "AIDS"))])
    assert [len(spotter.spot(text)) for text in ("AIDS", "aids", "hearing aids")] == [1, 0, 0]


def test_a_spot_tells_where_it_stands():
    text = "A good solar dryer"
    (spot,) = SPOTTER.spot(text)
    assert (text[spot.start : spot.end], spot.first, spot.last) == ("solar dryer", 3, 4)


def test_mentions_weigh_how_much_of_a_text_is_said_in_known_words():
    mentions = SPOTTER.mentions("coffee dryer")
    assert (dict(mentions.worths), mentions.share) == ({"coffee": 0.9, "dryer": 0.9}, 1.0)
    assert SPOTTER.mentions("coffee of the hills over there").share == pytest.approx(1 / 6)
    assert SPOTTER.mentions("nothing of it") == NOTHING


@given(st.text(max_size=200))
def test_spotting_never_raises_and_stays_inside_the_text(text):
    for spot in SPOTTER.spot(text):
        assert 0 <= spot.start < spot.end <= len(text)
        assert 1 <= spot.first <= spot.last <= len(atoms(text).texts)


def test_positions_are_those_of_the_questions_words():
    question = "a dryer for ກາເຟ"
    positions = {term.lexeme: term.position for term in query_terms(question)}
    (dryer, coffee) = SPOTTER.spot(question)
    assert (dryer.first, coffee.first) == (positions["dryer"], positions["ກາເຟ"])


def test_the_index_keeps_what_is_said_and_what_is_wider_apart():
    assert lexemes(["coffee", "dryer"], ["crop", "dryer"]) == ["§coffee", "§dryer", "§^crop"]


def test_a_concept_stands_for_the_words_it_was_said_in_and_for_no_others():
    terms = [Term("solar", "word", 1), Term("dryer", "word", 2), Term("cheap", "word", 3)]
    terms += concept_terms(SPOTTER.spot("solar dryer cheap"))
    weights = standing_for(terms, np.array([1.0, 2.0, 4.0, 9.0, 9.0]))
    assert weights.tolist() == pytest.approx([1.0, 2.0, 4.0, 2.7, 1.08])

    # A passage in another language that says the concept answers both of its words, worth as much as the term is.
    matches = np.array([[False, False, False, True, False], [False, True, False, False, False]])
    values = answered(matches, terms)
    assert values[:, :3].tolist() == [[0.9, 0.9, 0.0], [0.0, 1.0, 0.0]]


@pytest.mark.parametrize(
    "text", ["It is solar. Dryer parts follow", "solar (dryer)", "太阳能，烘干机", "ກາ. ເຟ", "太阳能。烘干机"]
)
def test_no_term_goes_over_the_end_of_a_clause(text):
    assert not {"solar-dryer", "coffee"} & set(spotted(text))


@pytest.mark.parametrize("text", ["solar dryer", "solar-dryer", "solar\ndryer", "Solar / dryer", "太阳能 烘干机"])
def test_a_term_goes_over_blanks_and_hyphens(text):
    assert spotted(text) == ["solar-dryer"]


def test_every_term_that_ships_is_spotted_where_it_is_written():
    labels = [
        (label, concept.code)
        for concept in read(sorted(FOLDER.glob("*.csv"))).concepts.values()
        for label in concept.labels
    ]
    spotter = Spotter((label.text, Sense(code, 0.9, label.is_short, label.text)) for label, code in labels)
    missed = [
        (code, label.text)
        for label, code in labels
        if not any(code in dict(spot.senses) for spot in spotter.spot(label.text))
        and not (label.language == "zh-hans" and len(label.text) == 1)
    ]
    assert missed == []


@given(st.lists(st.sampled_from([text for texts in TERMS.values() for text in texts] + [" ", ", ", "。", "x", "ກ"])))
def test_spots_follow_one_another_without_overlap_and_say_what_they_stand_on(parts):
    text = "".join(parts)
    spots = SPOTTER.spot(text)
    assert [spot.first for spot in spots] == sorted({spot.first for spot in spots})
    assert all(one.last < other.first for one, other in pairwise(spots))
    for spot in spots:
        code = spot.senses[0][0]
        assert " ".join(atoms(text[spot.start : spot.end]).texts) in {" ".join(atoms(t).texts) for t in TERMS[code]}

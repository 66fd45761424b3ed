"""British and American spellings meet, and different words stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.language.logic.spelling import spelling
from corridor.language.logic.spotting import Sense, Spotter

PAIRS = [
    "fertiliser fertilizer", "mechanisation mechanization", "sterilised sterilized", "analyse analyze", "colour color",
    "labour labor", "vapour vapor", "behavioural behavioral", "centre center", "fibre fiber", "metre meter",
    "catalogue catalog", "modelling modeling", "labelled labeled", "sulphur sulfur", "anaemia anemia",
    "haemorrhage hemorrhage", "paediatric pediatric", "orthopaedic orthopedic", "oestrogen estrogen", "diarrhoea diarrhea",
    "archaeology archeology", "anaesthesia anesthesia", "foetal fetal", "aluminium aluminum", "programme program",
    "mould mold", "tyre tire", "defence defense", "licence license", "ageing aging",
]  # fmt: skip

APART = (
    "four for hour tour our floor flour wise size rise tire tier fire store acre more score fence hence filling filing"
)


@pytest.mark.parametrize("pair", PAIRS)
def test_both_spellings_have_one_form(pair):
    british, american = pair.split()
    assert spelling(british) == spelling(american)


def test_other_words_do_not_meet():
    words = APART.split()
    assert len({spelling(word) for word in words}) == len(words)


@given(st.text(max_size=30))
def test_the_form_of_a_form_is_itself_for_words_that_are_not_english(word):
    assert word.isascii() or spelling(word) == word


def test_a_term_in_one_spelling_is_spotted_in_the_other():
    spotter = Spotter([("fertilizer", Sense("fertiliser", 1.0)), ("fibre centre", Sense("hub", 1.0))])
    texts = ["Organic fertilisers", "ORGANIC FERTILIZERS", "two fiber centers"]
    assert [[spot.senses[0][0] for spot in spotter.spot(text)] for text in texts] == [
        ["fertiliser"], ["fertiliser"], ["hub"],
    ]  # fmt: skip

"""Texts in passages: whole sentences, an overlap, a limit, and no letter lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.language.logic.cutting import Cut, cut, tokens
from corridor.language.logic.sentences import sentences
from tests.language.logic.engine_cache import LANGUAGES, rows

SEVEN = [" ".join(row[language] for row in rows()) for language in LANGUAGES]


def covered(text: str, cuts: list[Cut]) -> set[int]:
    return {place for piece in cuts for place in range(piece.start, piece.end)}


def visible(text: str) -> set[int]:
    return {place for place, character in enumerate(text) if not character.isspace()}


def test_a_short_text_is_one_passage_without_the_blanks_at_its_ends() -> None:
    text = "  We need a dryer. It must be cheap.\n"
    assert cut(text, sentences(text)) == [Cut(2, 36, "We need a dryer. It must be cheap.")]


def test_a_blank_text_has_no_passages() -> None:
    assert [cut(text, sentences(text)) for text in ("", " ", "\n\t\u3000")] == [[], [], []]


def test_a_passage_ends_at_a_sentence_and_the_next_begins_with_its_last_sentence() -> None:
    text = "One is here. Two is here. Three is here. Four is here. Five is here."
    cuts = [piece.text for piece in cut(text, sentences(text), limit=8)]
    assert cuts == ["One is here. Two is here.", "Two is here. Three is here.", "Three is here. Four is here.",
                    "Four is here. Five is here."]  # fmt: skip


def test_an_overlap_of_nought_repeats_nothing() -> None:
    text = "One is here. Two is here. Three is here. Four is here."
    cuts = [piece.text for piece in cut(text, sentences(text), limit=8, overlap=0)]
    assert cuts == ["One is here. Two is here.", "Three is here. Four is here."]


def test_an_overlap_that_leaves_no_room_is_left_out() -> None:
    text = "A first sentence of some length stands here. B second one of the same length is here."
    cuts = [piece.text for piece in cut(text, sentences(text), limit=12)]
    assert cuts == ["A first sentence of some length stands here.", "B second one of the same length is here."]


@pytest.mark.parametrize("text", SEVEN, ids=LANGUAGES)
def test_a_text_in_any_of_the_seven_languages_keeps_every_letter_and_the_limit(text: str) -> None:
    cuts = cut(text, sentences(text), limit=60)
    assert len(cuts) > 3
    assert visible(text) - covered(text, cuts) == set()
    assert [piece for piece in cuts if tokens(piece.text) > 60] == []
    assert [piece.text for piece in cuts] == [text[piece.start : piece.end] for piece in cuts]


def test_a_single_overlong_sentence_is_split_between_words() -> None:
    text = "nitrogen fertiliser " * 50
    cuts = cut(text, [(0, len(text))], limit=20, overlap=0)
    assert {word for piece in cuts for word in piece.text.split()} == {"nitrogen", "fertiliser"}
    assert " ".join(piece.text for piece in cuts) == text.strip()


def test_a_word_without_borders_is_split_between_characters_and_no_mark_leaves_its_letter() -> None:
    text = "ក្រុំ" * 400
    cuts = cut(text, [], limit=50, overlap=0)
    assert "".join(piece.text for piece in cuts) == text
    assert {piece.text[0] for piece in cuts} == {"ក"}


def test_what_lies_between_sentences_goes_with_the_earlier_one() -> None:
    cuts = cut("abc def ghi jkl", [(0, 3), (8, 11)], limit=2, overlap=0)
    assert [piece.text for piece in cuts] == ["abc def", "ghi jkl"]


def test_a_hundred_thousand_characters_are_cut() -> None:
    text = "稻" * 100_000
    cuts = cut(text, sentences(text))
    assert visible(text) - covered(text, cuts) == set()
    assert max(tokens(piece.text) for piece in cuts) <= 200


@pytest.mark.parametrize(("limit", "overlap"), [(0, 1), (10, -1)])
def test_a_limit_or_an_overlap_that_cannot_be_kept_is_an_error(limit: int, overlap: int) -> None:
    with pytest.raises(ValueError, match="a passage needs a limit"):
        cut("text", [], limit=limit, overlap=overlap)


@given(
    st.text(alphabet=st.characters(), max_size=300),
    st.lists(st.tuples(st.integers(-5, 320), st.integers(-5, 320)), max_size=8),
    st.integers(1, 40),
    st.integers(0, 3),
)
def test_whatever_the_text_and_its_borders_no_visible_character_is_lost(
    text: str, spans: list[tuple[int, int]], limit: int, overlap: int
) -> None:
    cuts = cut(text, spans, limit, overlap)
    assert visible(text) - covered(text, cuts) == set()
    assert [piece.text for piece in cuts] == [text[piece.start : piece.end] for piece in cuts]
    assert sorted({piece.start for piece in cuts}) == [piece.start for piece in cuts]

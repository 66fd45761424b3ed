"""Sounds of names: alike in seven writings, told apart where they differ, and none where a text is no name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.language.logic.sounds import INSIDE, LONGEST_LINE, MARK, sound, sounds_asked, sounds_of


@pytest.mark.parametrize(
    ("writings", "said"),
    [
        (["Savannakhet", "ສະຫວັນນະເຂດ", "สะหวันนะเขต"], "swnkt"),
        (["Battambang", "បាត់ដំបង", "พัตตัมบัง"], "ptmpn"),
        (["Mandalay", "မန္တလေး", "มัณฑะเลย์", "曼德勒", "ម៉ាន់ដាឡេ", "ມັນດາເລ"], "mntl"),
        (["Casablanca", "កាសាប្លង់កា", "คาซาบลังกา"], "ksplnk"),
        (["Kabul", "ကဘူးလ်", "คาบูล", "喀布尔", "កាប៊ុល"], "kpl"),
    ],
)
def test_one_name_sounds_the_same_in_every_writing(writings, said):
    assert {writing: sound(writing) for writing in writings} == dict.fromkeys(writings, said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("aeiou", ""),
        ("42 %", ""),
        ("Xishuangbanna", "snpn"),
        ("Mexico", "mksk"),
        ("Mát-xcơ-va", "mtskw"),  # x is s in Vietnamese
        ("แฮมเบอร์เกอร์", "mpk"),  # silent letters are not heard
        ("ဗီယင်နာ", "wn"),
        ("Đà Nẵng", "tn"),
        ("HANOI", "n"),
    ],
)
def test_what_each_orthography_leaves_out_or_writes_together(text, said):
    assert sound(text) == said


def test_a_name_gives_the_sounds_of_itself_and_those_that_may_stand_inside_a_line():
    assert sounds_of("Bali") == ["≈^p", "≈pl", "≈l$", "≈^pl", "≈pl$", "≋^pl", "≋pl$", "≋^pl$"]
    assert set(sounds_of("Lao\nKabul")) == {*sounds_of("Lao"), *sounds_of("Kabul")}


def test_a_longer_line_gives_what_may_stand_inside_it_with_the_borders_of_its_words():
    line = sounds_of("Institute of Forestry, Kampong Chhnang Campus")
    assert not [piece for piece in line if piece.startswith(MARK)]
    asked = {piece for piece in sounds_asked("ຈໍາປາສັກ") if piece.startswith(INSIDE)}
    assert asked
    assert asked <= set(sounds_of("Institute of Forestry and Water, Champasak Campus"))
    assert not asked <= set(line)


def test_a_sentence_is_no_name_and_gives_none():
    assert sounds_of("Bali " * 30) == []
    assert sounds_of("Bali " * 30 + "\nBali") == sounds_of("Bali")


@pytest.mark.parametrize(
    "text",
    ["", " ", "oui", "Lao", "Bali", "a\nKabul", "x" * (LONGEST_LINE + 1), "Mekong river delta commission of water"],
)
def test_what_is_too_short_too_long_or_of_several_lines_asks_for_no_sound(text):
    assert sounds_asked(text) == []


def test_a_short_name_asks_names_only_and_a_longer_one_also_what_stands_inside_lines():
    assert {piece[0] for piece in sounds_asked(" Kabul ")} == {MARK}
    assert {piece[0] for piece in sounds_asked("Savannakhet")} == {MARK, INSIDE}
    assert set(sounds_asked("Savannakhet")) == set(sounds_of("Savannakhet"))


@given(st.text(max_size=300))
def test_any_text_at_all_gives_lexemes_that_an_index_can_hold(text):
    assert re.fullmatch("[ptkslwmn]*", sound(text))
    for lexeme in (*sounds_of(text), *sounds_asked(text)):
        assert re.fullmatch("[≈≋][\\^ptkslwmn][ptkslwmn]{0,2}[ptkslwmn$]", lexeme)

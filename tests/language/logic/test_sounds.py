"""Sounds of names: alike in seven writings, told apart where they differ, and none where a text is no name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.language.logic.sounds import FEWEST, LONGEST_LINE, MARK, MOST, sound, sounds_asked, sounds_of


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


def test_a_text_gives_the_sounds_of_its_lines_and_of_their_words():
    assert sounds_of("Bali") == [f"{MARK}{piece}" for piece in ("^p", "pl", "l$", "^pl", "pl$")]
    assert set(sounds_of("Bali")) < set(sounds_of("Institute of Bali"))
    assert set(sounds_of("Lao\nBali")) == {*sounds_of("Lao"), *sounds_of("Bali")}


def test_a_long_line_is_no_name_and_gives_none():
    assert sounds_of("Bali " * 30) == []
    assert sounds_of("Bali " * 30 + "\nBali") == sounds_of("Bali")


@pytest.mark.parametrize(
    "text", ["", " ", "oui", "Lao", "a\nBali", "x" * (LONGEST_LINE + 1), "Mekong river delta commission of water"]
)
def test_what_is_too_short_too_long_or_of_several_lines_asks_for_no_sound(text):
    assert sounds_asked(text) == []


def test_a_name_asks_with_all_its_sounds():
    assert sounds_asked(" Bali ") == sounds_of("Bali")


@given(st.text(max_size=300))
def test_any_text_at_all_gives_lexemes_that_an_index_can_hold(text):
    assert re.fullmatch("[ptkslwmn]*", sound(text))
    for lexeme in sounds_of(text):
        assert re.fullmatch(f"{MARK}[\\^ptkslwmn][ptkslwmn]?[ptkslwmn$]", lexeme)
    asked = sounds_asked(text)
    assert not asked or FEWEST <= len(sound(text.strip())) <= MOST

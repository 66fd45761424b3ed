"""Which language a text is in, and how sure that is."""

import math
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.language.logic.identify import Guess, identify
from corridor.language.logic.tongues import LANGUAGES

SAID = [
    ("We are looking for a partner to test a solar dryer for coffee.", "en"),
    ("យើងត្រូវការម៉ាស៊ីនបូមទឹកដើរដោយថាមពលព្រះអាទិត្យ", "km"),
    ("ພວກເຮົາຕ້ອງການຈັກສູບນ້ຳພະລັງງານແສງອາທິດ", "lo"),
    ("နေရောင်ခြည်စွမ်းအင်သုံး ရေစုပ်စက် လိုချင်ပါတယ်", "my"),
    ("เราต้องการเครื่องสูบน้ำพลังงานแสงอาทิตย์", "th"),
    ("Chúng tôi cần máy bơm chạy bằng năng lượng mặt trời", "vi"),
    ("Chung toi can may bom chay bang nang luong mat troi", "vi"),
    ("我们需要太阳能水泵", "zh-hans"),
    ("我們需要太陽能水泵", "zh-hans"),
    ("ទឹក", "km"), ("ນ້ຳ", "lo"), ("ရေ", "my"), ("น้ำ", "th"), ("nước", "vi"), ("水泵", "zh-hans"),
    ("công nghệ", "vi"), ("cong nghe sinh hoc", "vi"), ("water pump", "en"), ("rice mill", "en"),
    ("ေနေရာင္ျခည္စြမ္းအင္သုံး ေရစုပ္စက္ လိုခ်င္ပါတယ္", "my"),
    ("យើងត្រូវការ sensor សម្រាប់វាស់គុណភាពទឹក", "km"),
    ("ต้องการเครื่องวัด PM2.5 ยี่ห้อ LoRaWAN Gateway", "th"),
    ("The 科技部 has published a call for joint laboratories in all six countries.", "en"),
]  # fmt: skip

OTHER = [
    "Kami mencari mitra untuk memproduksi pupuk organik.",
    "Nous cherchons un fabricant de capteurs pour nos serres.",
    "小さな村の診療所で使える冷蔵庫が必要です。",
    "排水処理装置",
    "မႂ်ႇသုင်ၶႃႈ ႁဝ်းၶႃႈ ၶႂ်ႈလႆႈ ၼမ်ႉလီ",
    "ပှၤကညီဖိ တၢ်ဆိၣ်တၢ်ဟံ",
    "ကောန်ၚာ်ညးမၞိဟ် ဂၠံၚ်တရဴ",
    "Naghahanap kami ng gagawa ng makina para sa abaka.",
    "солнечный насос",
    "مضخة شمسية",
    "태양광 펌프",
]

NOTHING_TO_TELL = ["", " ", "2026", "😀👍", "—…!", "\u200b\u200d", "១២៣", "၁၀", "\ud800", "\x00"]


@pytest.mark.parametrize(("text", "language"), SAID)
def test_a_text_in_one_of_the_seven_is_told(text: str, language: str) -> None:
    guess = identify(text)
    assert (guess.language, guess.sure, guess.other) == (language, True, False)
    assert max(guess.probabilities, key=lambda code: guess.probabilities[code]) == language


@pytest.mark.parametrize("text", OTHER)
def test_a_text_in_an_eighth_language_is_told_as_other(text: str) -> None:
    guess = identify(text)
    assert (guess.language, guess.other) == (None, True)


@pytest.mark.parametrize("text", NOTHING_TO_TELL)
def test_a_text_without_letters_leaves_all_languages_even(text: str) -> None:
    even = dict.fromkeys(LANGUAGES, 1 / 7)
    assert identify(text) == Guess(language=None, sure=False, probabilities=even, other=False, script="", shares={})


@pytest.mark.parametrize("text", ["can", "may say", "NUOL", "LoRaWAN", "IR64"])
def test_a_word_that_could_be_in_several_languages_is_unsure(text: str) -> None:
    guess = identify(text)
    assert (guess.language, guess.sure, guess.other) == (None, False, False)


def test_a_text_half_in_one_language_and_half_in_another_shares_its_probability() -> None:
    guess = identify("เราต้องการเครื่องสูบน้ำ ພວກເຮົາຕ້ອງການຈັກສູບນ້ຳ")
    assert (guess.language, guess.sure) == (None, False)
    assert guess.shares.keys() == {"th", "lo"}
    assert guess.probabilities["th"] == pytest.approx(guess.shares["th"])
    assert 0.4 < guess.shares["th"] < 0.6


def test_the_script_with_most_letters_is_named() -> None:
    assert [identify(text).script for text in ("pump", "ទឹក LoRaWAN ស្អាត", "水", "насос", "ポンプ")] == [
        "latin", "khmer", "han", "cyrillic", "kana",
    ]  # fmt: skip


@given(
    st.text(
        st.one_of(st.characters(), st.characters(categories=["Cs"]), st.sampled_from("ăcông nghệ thิงកခအ技の")),
        max_size=60,
    )
)
@settings(max_examples=400, deadline=None)
def test_probabilities_sum_to_one_for_any_string(text: str) -> None:
    guess = identify(text)
    assert tuple(guess.probabilities) == LANGUAGES
    assert math.isclose(sum(guess.probabilities.values()), 1)
    assert all(0 <= chance <= 1 for chance in guess.probabilities.values())
    assert math.isclose(sum(guess.shares.values()), 1 if guess.script else 0)
    if guess.language:
        assert guess.sure


def test_a_very_long_text_is_told_by_its_beginning() -> None:
    assert identify("ទឹក " * 50_000).language == "km"


def test_threads_tell_the_same() -> None:
    texts = [text for text, _ in SAID] * 5
    alone = [identify(text) for text in texts]
    together: dict[int, list[Guess]] = {}
    threads = [
        threading.Thread(target=lambda name=name: together.__setitem__(name, [identify(text) for text in texts]))
        for name in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(together.values()) == [alone] * 4

"""Search keys, words and terms of seven languages."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.language.logic.tongues import LANGUAGES, html_lang, native_name, normalise_code
from corridor.language.logic.words import Term, fold, index_terms, query_terms, tidy, toneless, words
from corridor.language.logic.words_terms import INDEX_BYTES, LAST_POSITION, LEXEME_BYTES, POSITIONS_EACH

SAME_KEY = [
    pytest.param("វិទ្យាសាស្ត្រ", "វិទ្យាសាស្រ្ត", id="Khmer subscripts in either order"),
    pytest.param("ស្ត្រី", "ស្រ្តី", id="Khmer subscripts before a vowel"),
    pytest.param("បណ្តុះបណ្តាល", "បណ្ដុះបណ្ដាល", id="Khmer subscript ta and da look alike"),
    pytest.param("បច្ចេក\u200bវិទ្យា", "បច្ចេកវិទ្យា", id="Khmer zero width space"),
    pytest.param("ឲ្យ", "ឱ្យ", id="the two Khmer letters for 'give'"),
    pytest.param("កោ", "ក\u17c1\u17b6", id="a Khmer vowel typed in two halves"),
    pytest.param("ស៊ី", "ស\u17b8\u17ca", id="a Khmer register sign after its vowel"),
    pytest.param("ນຳ", "ນໍາ", id="Lao sara am in one sign or two"),
    pytest.param("ນ້ຳ", "ນໍ້າ", id="Lao sara am around a tone"),
    pytest.param("ແລະ", "ເເລະ", id="Lao ae typed as two e"),
    pytest.param("ໜັງສື", "ຫນັງສື", id="Lao digraph ho no"),
    pytest.param("ໝູ່", "ຫມູ່", id="Lao digraph ho mo"),
    pytest.param("ຫຼວງພະບາງ", "ຫລວງພະບາງ", id="Lao lo as a sign or a letter"),
    pytest.param("ຫຼ້າ", "ຫລ້າ", id="Lao lo as a sign or a letter under a tone"),
    pytest.param("น้ำ", "น\u0e49\u0e4d\u0e32", id="Thai sara am in two signs"),
    pytest.param("น้ำ", "น\u0e4d\u0e49\u0e32", id="Thai sara am around a tone"),
    pytest.param("และ", "เเละ", id="Thai ae typed as two e"),
    pytest.param("ที่", "ท\u0e48\u0e35", id="Thai tone before its vowel"),
    pytest.param("အဝတ်", "အ၀တ်", id="Burmese zero inside a word"),
    pytest.param("ဝယ်", "၀ယ်", id="Burmese zero at the beginning of a word"),
    pytest.param("သဘာဝ", "သဘာ၀", id="Burmese zero at the end of a word"),
    pytest.param("၁၀၀", "၁ဝဝ", id="Burmese letter wa inside a number"),
    pytest.param("ရှိ", "၇ှိ", id="Burmese seven for ra"),
    pytest.param("၎င်း", "၄င်း", id="Burmese four in the abbreviation"),
    pytest.param("စီးပွား", "စီးပွါး", id="the two Burmese aa"),
    pytest.param("ဉာဏ်", "ဥာဏ်", id="Burmese u typed for nnya"),
    pytest.param("ဩဂုတ်", "သြဂုတ်", id="Burmese au typed as sa and ra"),
    pytest.param("ကို", "က\u102f\u102d", id="Burmese vowels in the other order"),
    pytest.param("ခွင့်", "ခွင\u103a\u1037", id="Burmese dot below after asat"),
    pytest.param("hoá", "hóa", id="Vietnamese tone on oa"),
    pytest.param("khoẻ", "khỏe", id="Vietnamese tone on oe"),
    pytest.param("thuỷ", "thủy", id="Vietnamese tone on uy"),
    pytest.param("Hoà Bình", "HÒA BÌNH", id="Vietnamese tone in capitals"),
    pytest.param("kỹ thuật", "kĩ thuật", id="Vietnamese y and i"),
    pytest.param("quý", "qúy", id="Vietnamese tone put on the u of qu"),
    pytest.param("tiếng Việt", unicodedata.normalize("NFD", "tiếng Việt"), id="Vietnamese decomposed"),
    pytest.param("Đà Nẵng", "\u00d0à Nẵng", id="Icelandic eth for the Vietnamese d"),
    pytest.param("២០២៦", "2026", id="Khmer digits"),
    pytest.param("໒໐໒໖", "2026", id="Lao digits"),
    pytest.param("၂၀၂၆", "2026", id="Burmese digits"),
    pytest.param("๒๐๒๖", "2026", id="Thai digits"),
    pytest.param("ＣＯ２", "co2", id="full width"),
    pytest.param("CO₂", "co2", id="subscript digit"),
    pytest.param("澜湄合作，创新。", "澜湄合作, 创新.", id="Chinese and Latin punctuation"),
    pytest.param("Lancang–Mekong", "lancang-mekong", id="dashes"),
    pytest.param("farmers’ co‐op", "farmers' co-op", id="apostrophes and hyphens"),
    pytest.param("rice\u00a0 mill\n", "rice mill", id="blanks"),
    pytest.param("drug\u00ad\u200bstore", "drugstore", id="soft hyphen"),
]

DIFFERENT_KEYS = [
    pytest.param("技術", "技术", id="Traditional and Simplified Chinese"),
    pytest.param("ma", "má", id="Vietnamese tones"),
    pytest.param("กา", "ก้า", id="Thai tones"),
    pytest.param("ດີ", "ດິ", id="Lao vowels"),
    pytest.param("កា", "គា", id="Khmer letters"),
    pytest.param("၁၀", "၁ဝက", id="Burmese ten and a word"),
]

# Letters of every script that matters, marks alone, invisible signs, directions, emoji, controls, surrogates.
strange = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cs", "Cc", "Cf", "Mn", "Mc"]),
        st.sampled_from("ក្រស្តេាើ៊់ំ\u200bນໍາ້ຳເຫนํา้ำเ၀ဝမ္က်ြေါာိုံ့းဥသ၁hoáÀqúyĐð技，。ｶﾞ。1.5-& ~\u0301\ud83d\ude00"),
    ),
    max_size=40,
)
written = st.text(
    st.one_of(
        st.characters(min_codepoint=0x0E01, max_codepoint=0x0EDF),
        st.characters(min_codepoint=0x1000, max_codepoint=0x109F),
        st.characters(min_codepoint=0x1780, max_codepoint=0x17E9),
        st.sampled_from("abcđêế ÀỞ 技术创新0123.,-"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(("one", "other"), SAME_KEY)
def test_what_readers_take_for_the_same_has_the_same_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT_KEYS)
def test_what_readers_tell_apart_has_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Trường Đại học Thuỷ lợi", "trường đại học thuỷ lợi"),
        ("hóa", "hoá"),
        ("giếng", "giếng"),
        ("già", "già"),
        ("quả", "quả"),
        ("Nguyễn", "nguyễn"),
        ("café", "café"),
        ("été à Nîmes", "été à nîmes"),
    ],
)
def test_the_tone_moves_only_where_vietnamese_spells_it_in_two_ways(text: str, key: str) -> None:
    assert fold(text) == key


@given(st.one_of(strange, written))
@settings(max_examples=600, deadline=None)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@pytest.mark.parametrize(("one", "other"), SAME_KEY)
def test_composed_and_decomposed_writings_have_the_same_key(one: str, other: str) -> None:
    assert {fold(unicodedata.normalize(form, one)) for form in ("NFC", "NFD")} == {fold(other)}


@given(strange)
@settings(max_examples=400, deadline=None)
def test_nothing_raises_on_any_string(text: str) -> None:
    fold(text)
    toneless(fold(text))
    tidied = tidy(text)
    for word in words(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.key
        assert word.weight_class in ("A", "B")
    for lexeme, positions in index_terms(tidied.text).items():
        assert 0 < len(lexeme.encode()) <= LEXEME_BYTES
        assert positions == sorted(set(positions))
        assert 1 <= positions[0] <= positions[-1] <= LAST_POSITION
        assert "\x00" not in lexeme
    query_terms(text)


@pytest.mark.parametrize("sign", ["a", "က", "ក", "ก", "技", "\u0301", "😀", "\u200b", "ا", " ", ".", "က္", "ေ", "1"])
def test_a_hundred_thousand_characters_are_read(sign: str) -> None:
    text = sign * (100_000 // len(sign))
    assert fold(fold(text)) == fold(text)
    assert len(tidy(text).text) == len(unicodedata.normalize("NFC", text))
    terms = index_terms(text)
    assert sum(len(lexeme.encode()) for lexeme in terms) <= INDEX_BYTES + LEXEME_BYTES
    assert all(len(positions) <= POSITIONS_EACH for positions in terms.values())


def test_a_text_with_many_different_words_stays_within_the_limits_of_a_tsvector() -> None:
    terms = index_terms(" ".join(f"word{number}" for number in range(60_000)))
    assert sum(len(lexeme.encode()) for lexeme in terms) <= INDEX_BYTES + LEXEME_BYTES
    assert max(map(max, terms.values())) == LAST_POSITION


def test_toneless_keys_are_what_people_type_without_tones() -> None:
    assert toneless(fold("Đổi mới sáng tạo, chuyển giao công nghệ")) == "doi moi sang tao, chuyen giao cong nghe"
    assert toneless(fold("Résumé")) == "resume"
    assert toneless(fold("น้ำ ນ້ຳ ទឹក ရေ 水")) == fold("น้ำ ນ້ຳ ទឹក ရေ 水")


@given(strange)
@settings(max_examples=200, deadline=None)
def test_toneless_twice_is_toneless_once(text: str) -> None:
    bare = toneless(fold(text))
    assert toneless(bare) == bare


class TestTidying:
    def test_nul_and_controls_go_and_every_line_break_is_one_sign(self) -> None:
        assert tidy("wa\x00ter\x07 pump\r\nnext\x0bline\x85end").text == "water pump\nnext\nline\nend"

    def test_the_text_as_it_came_is_kept(self) -> None:
        assert tidy("a\x00b").original == "a\x00b"

    def test_letters_are_composed(self) -> None:
        assert tidy("e\u0301").text == "é"

    def test_halves_of_a_pair_become_their_character_and_lone_halves_a_replacement(self) -> None:
        assert tidy("\ud83d\ude00 \ud83d").text == "😀 \ufffd"

    def test_zero_width_spaces_stay_for_display(self) -> None:
        assert tidy("បច្ចេក\u200bវិទ្យា").text == "បច្ចេក\u200bវិទ្យា"

    def test_the_burmese_zero_is_mended_without_calling_it_a_conversion(self) -> None:
        assert tidy("အ၀တ် ၁၀ ထည်") == ("အဝတ် ၁၀ ထည်", "အ၀တ် ၁၀ ထည်", False)

    @given(strange)
    @settings(max_examples=300, deadline=None)
    def test_tidying_twice_is_tidying_once_for_text_without_burmese(self, text: str) -> None:
        plain = "".join(character for character in text if not 0x1000 <= ord(character) <= 0x109F)
        assert tidy(tidy(plain).text).text == tidy(plain).text

    @given(strange)
    @settings(max_examples=300, deadline=None)
    def test_no_other_character_is_lost(self, text: str) -> None:
        def kept(string: str) -> str:
            return "".join(
                character
                for character in unicodedata.normalize("NFC", string)
                if unicodedata.category(character) not in ("Cc", "Cs", "Cn")
                and not 0x1000 <= ord(character) <= 0x109F
                and character not in "\u2028\u2029\ufffd"
            )

        # Pairs of halves make a character of their own, so they are left out of the comparison.
        whole = "".join(character for character in text if unicodedata.category(character) != "Cs")
        assert kept(tidy(whole).text) == kept(whole)


class TestWords:
    @pytest.mark.parametrize(
        ("text", "keys"),
        [
            ("科技创新走廊", ["科技", "创新", "走廊"]),
            ("น้ำดื่มสะอาด", ["น้ำ", "ดื่ม", "สะอาด"]),
            ("ປະຊາຊົນລາວ", ["ປະຊາຊົນ", "ລາວ"]),
            ("စီးပွါးရေးပြဿနာ", ["စီးပွားရေး", "ပြဿနာ"]),
            ("វិទ្យាសាស្រ្តនិងបច្ចេកវិទ្យា", ["វិទ្យាសាស្ត្រ", "និង", "បច្ចេកវិទ្យា"]),
            ("Đổi mới sáng tạo", ["đổi", "mới", "sáng", "tạo"]),
            ("Rice mills, and more.", ["rice", "mills", "and", "more"]),
        ],
    )
    def test_words_are_found_by_dictionary_or_by_blanks_and_punctuation_is_dropped(
        self, text: str, keys: list[str]
    ) -> None:
        assert [word.key for word in words(text)] == keys

    def test_offsets_point_into_the_text_as_it_is_written(self) -> None:
        text = "😀 ប្រើ\u200bLoRaWAN នៅ៣០០ ΑΒΓ ｶﾞｽ hóa"
        assert [(word.key, text[word.start : word.end]) for word in words(text)] == [
            ("ប្រើ", "ប្រើ\u200b"),
            ("lorawan", "LoRaWAN"),
            ("នៅ", "នៅ"),
            ("300", "៣០០"),
            ("αβγ", "ΑΒΓ"),
            ("ガス", "ｶﾞｽ"),
            ("hoá", "hóa"),
        ]

    def test_latin_inside_a_script_without_blanks_stands_alone(self) -> None:
        assert [word.key for word in words("ค่าPM2.5ใน5Gปี2568") if word.key != "pm"] == [
            "ค่า", "pm2.5", "2.5", "ใน", "5g", "ปี", "2568",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("PM2.5", "pm2.5"), ("CO2", "co2"), ("CO₂", "co2"), ("COVID-19", "covid19"), ("pH", "ph"),
            ("3.5 kW", "3.5kw"), ("3.5kW", "3.5kw"), ("3,5 kW", "3.5kw"), ("៣.៥ kW", "3.5kw"), ("NUOL", "nuol"),
            ("IR64", "ir64"), ("e-mail", "email"), ("R&D", "r&d"), ("H2O", "h2o"), ("LoRaWAN", "lorawan"),
            ("ISO/IEC", "isoiec"), ("C++", "c++"), ("12,000 kg", "12000kg"), ("SARS-CoV-2", "sarscov2"),
        ],
    )  # fmt: skip
    def test_exact_tokens_stay_whole_and_are_exact_in_a_query(self, text: str, key: str) -> None:
        exact = {term.lexeme for term in query_terms(f"sensor {text} village")}
        assert key in exact
        assert key in index_terms(f"Sensors ({text}), villages.")


class TestFindingWordsInTexts:
    """A text that contains a word is found by it, whatever words the dictionary saw there."""

    @pytest.mark.parametrize(
        ("query", "text"),
        [
            ("技术", "生物技术"),
            ("水", "节水灌溉"),
            ("病虫害", "水稻病虫害防治"),
            ("นา", "ชาวนาปลูกข้าว"),
            ("ยาง", "สวนยางพารา"),
            ("ໜັງສື", "ຮ້ານຂາຍຫນັງສືລາວ"),
            ("ນ້ຳ", "ຊັບພະຍາກອນນໍ້າ"),
            ("ទឹក", "ធនធានទឹកស្អាត"),
            ("វិទ្យា", "បច្ចេកវិទ្យា"),
            ("ဆေး", "ကာကွယ်ဆေး"),
            ("စီးပွါး", "အထူးစီးပွားရေးဇုန်"),
            ("vaccines", "a vaccine fridge"),
            ("vaccine", "two vaccines"),
            ("COVID 19", "after COVID-19"),
            ("e mail", "by e-mail"),
            ("email", "by e-mail"),
            ("PM 2.5", "PM2.5 in the north"),
            ("cong nghe", "công nghệ sinh học"),
            ("hóa", "chuyển hoá"),
        ],
    )
    def test_every_part_of_the_query_is_in_the_index_of_the_text(self, query: str, text: str) -> None:
        index = index_terms(text)
        terms = query_terms(query)
        parts = [term for term in terms if term.kind == "part"]
        assert terms
        assert all(term.lexeme in index for term in parts or terms)

    @given(written, written, written)
    @settings(max_examples=300, deadline=None)
    def test_parts_of_any_words_are_found_in_any_text_around_them(self, before: str, middle: str, after: str) -> None:
        index = index_terms(f"{before} {middle} {after}")
        parts = {term.lexeme for term in query_terms(middle) if term.lexeme.startswith("~")}
        assert parts - index.keys() == set()

    def test_the_toned_word_in_a_text_answers_to_both_spellings_of_a_query(self) -> None:
        index = index_terms("Công nghệ")
        assert index == {"công": [1], "cong": [1], "nghệ": [2], "nghe": [2]}
        assert query_terms("nghệ") == [Term("nghệ", "word"), Term("nghe", "toneless")]
        assert query_terms("nghe") == [Term("nghe", "word")]

    def test_positions_follow_each_other_as_in_the_text(self) -> None:
        assert index_terms("5G技术 pumps") == {
            "5g": [1],
            "技术": [2], "~技": [2], "~技术": [2], "~术": [3],
            "pumps": [4], "pump": [4],
        }  # fmt: skip

    def test_names_in_latin_letters_inside_another_script_are_exact(self) -> None:
        kinds = {term.lexeme: term.kind for term in query_terms("មហាវិទ្យាល័យ Chulalongkorn នៅបាងកក")}
        assert kinds["chulalongkorn"] == "exact"
        assert query_terms("Chulalongkorn") == [Term("chulalongkorn", "word")]

    def test_a_text_in_capitals_is_no_list_of_acronyms(self) -> None:
        assert [term.kind for term in query_terms("CHUYEN GIAO CONG NGHE SINH HOC")] == ["word"] * 6

    def test_nothing_but_signs_gives_no_terms(self) -> None:
        for text in ("", " \n", "!?…", "😀👍🏽", "\u200b\u2060", "។៕", "©® — ★"):
            assert query_terms(text) == []
            assert index_terms(text) == {}


class TestTongues:
    @pytest.mark.parametrize(
        ("code", "language"),
        [
            ("zh", "zh-hans"), ("zho", "zh-hans"), ("zh-CN", "zh-hans"), ("zh_Hans_CN", "zh-hans"), ("cmn", "zh-hans"),
            ("khm", "km"), ("lao", "lo"), ("mya", "my"), ("bur", "my"), ("tha", "th"), ("vie", "vi"), ("eng", "en"),
            ("en-US-u-ca-gregory", "en"), ("VI-vn", "vi"), (" my ", "my"), ("id", None), ("", None), ("ja-JP", None),
        ],
    )  # fmt: skip
    def test_codes_of_all_kinds_name_one_of_the_seven_or_none(self, code: str, language: str | None) -> None:
        assert normalise_code(code) == language

    def test_every_language_has_its_own_name_and_a_tag_for_pages(self) -> None:
        assert [html_lang(code) for code in LANGUAGES] == ["en", "km", "lo", "my", "th", "vi", "zh-Hans"]
        assert [native_name(code) for code in LANGUAGES] == [
            "English", "ខ្មែរ", "ລາວ", "မြန်မာဘာသာ", "ไทย", "Tiếng Việt", "简体中文",
        ]  # fmt: skip

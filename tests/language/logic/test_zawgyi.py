"""Burmese in the old encoding Zawgyi: found, converted, and nothing else touched."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.language.logic.words import fold, tidy
from corridor.language.logic.zawgyi import to_unicode, zawgyi_probability

# Each pair was written for this test and compared by eye: the same word in both encodings.
PAIRS = [
    ("ျမန္မာ", "မြန်မာ"),
    ("ႏိုင္ငံ", "နိုင်ငံ"),
    ("အဂၤလိပ္", "အင်္ဂလိပ်"),
    ("ကမၻာ", "ကမ္ဘာ"),
    ("သိပၸံႏွင့္နည္းပညာ", "သိပ္ပံနှင့်နည်းပညာ"),
    ("မဂၤလာပါ", "မင်္ဂလာပါ"),
    ("ဝန္ႀကီးဌာန", "ဝန်ကြီးဌာန"),
    ("ေက်ာင္းသားမ်ား", "ကျောင်းသားများ"),
    ("ေရႊ", "ရွှေ"),
    ("ၿပီး", "ပြီး"),
    ("ဖြံ႔ၿဖိဳးတိုးတက္မႈ", "ဖွံ့ဖြိုးတိုးတက်မှု"),
    ("ဥာဏ္", "ဉာဏ်"),
    ("ဦးေဆာင္", "ဦးဆောင်"),
    ("အေ႐ွ႕", "အရှေ့"),
    ("ေၾကာင့္", "ကြောင့်"),
    ("ျပႆနာ", "ပြဿနာ"),
    ("၄င္း", "၎င်း"),
    ("ပုဂၢိဳလ္", "ပုဂ္ဂိုလ်"),
    ("တကၠသိုလ္", "တက္ကသိုလ်"),
    ("သေဘၤာ", "သင်္ဘော"),
    ("စက္တင္ဘာ", "စက်တင်ဘာ"),
    ("ဗုဒၶ", "ဗုဒ္ဓ"),
    ("၀န္ထမ္း", "ဝန်ထမ်း"),
    ("ဓာတ္ခြဲခန္း", "ဓာတ်ခွဲခန်း"),
    ("ေရအရင္းအျမစ္မ်ား", "ရေအရင်းအမြစ်များ"),
    ("ကာကြယ္ေဆး", "ကာကွယ်ဆေး"),
    ("စြမ္းအင္", "စွမ်းအင်"),
    ("ပူးေပါင္းေဆာင္ရြက္မႈ", "ပူးပေါင်းဆောင်ရွက်မှု"),
    ("ေစ်းကြက္", "ဈေးကွက်"),
    ("ေပၚ", "ပေါ်"),
    ("ၾသဂုတ္", "သြဂုတ်"),
    ("၂၀၂၆ ခုႏွစ္", "၂၀၂၆ ခုနှစ်"),
]

UNICODE_SENTENCES = [
    "ကျွန်တော်တို့ရွာမှာ သောက်ရေမရှိဘူး။",
    "နေရောင်ခြည်စွမ်းအင်သုံး ရေစုပ်စက် လိုချင်ပါတယ်။",
    "သိပ္ပံနှင့်နည်းပညာဝန်ကြီးဌာန",
    "တက္ကသိုလ်",
    "ကမ္ဘာ့ကျန်းမာရေးအဖွဲ့",
]

OTHER_LANGUAGES = [
    pytest.param("မႂ်ႇသုင်ၶႃႈ", id="Shan greeting"),
    pytest.param("လိၵ်ႈတႆး ပဵၼ်လိၵ်ႈဢၼ်ၸႂ်ႉတႅမ်ႈၽႃႇသႃႇတႆး", id="Shan sentence"),
    pytest.param("ႁဝ်းၶႃႈ ၶႂ်ႈလႆႈ ၼမ်ႉလီ တႃႇၵိၼ်", id="Shan need"),
    pytest.param("ရးမန်ညဂှ် နွံပ္ဍဲဍုင်ဗၟာ", id="Mon sentence"),
    pytest.param("ကောန်ၚာ်ညးမၞိဟ် ဂၠံၚ်တရဴ", id="Mon words"),
    pytest.param("ပှၤကညီဖိ", id="Karen people"),
    pytest.param("တၢ်ဆိၣ်တၢ်ဟံ ဒီးတၢ်ကူၣ်တၢ်ကျဲ", id="Karen words"),
    pytest.param("ထံလၢအကဆှဲ ကမၤစၢၤပှၤသူၣ်တၢ်ဖိ", id="Karen sentence"),
]

# From Unicode back to Zawgyi for simple syllables: enough to check that nothing is lost on the way there and back.
_TO_ZAWGYI = {"\u103a": "\u1039", "\u103b": "\u103a", "\u103d": "\u103c", "\u103e": "\u103d"}
_SIMPLE = st.lists(
    st.tuples(
        st.sampled_from("ကခဂဃငစဆဇညတထဒဓနပဖဗဘမယရလဝသဟအ"),
        st.sampled_from(["", "\u103b", "\u103c", "\u103d", "\u103e", "\u103b\u103d", "\u103d\u103e"]),
        st.sampled_from(
            ["", "\u1031", "\u102d", "\u102e", "\u1032", "\u102f", "\u1030", "\u1031\u102c", "\u102d\u102f"]
        ),
        st.sampled_from(["", "က\u103a", "င\u103a\u1038", "\u1038", "\u1036", "\u1037"]),
    ),
    min_size=1,
    max_size=6,
)


def in_zawgyi(syllables: list[tuple[str, str, str, str]]) -> str:
    """The syllables as a Zawgyi keyboard stores them: the vowel e and medial ra before their letter."""
    written = []
    for letter, medials, vowels, final in syllables:
        before = "\u1031" * ("\u1031" in vowels) + "\u103b" * ("\u103c" in medials)
        after = medials.replace("\u103c", "") + vowels.replace("\u1031", "") + final
        written.append(before + letter + "".join(_TO_ZAWGYI.get(sign, sign) for sign in after))
    return "".join(written)


@pytest.mark.parametrize(("zawgyi", "burmese"), PAIRS)
def test_a_word_in_zawgyi_becomes_the_same_word_in_unicode(zawgyi: str, burmese: str) -> None:
    assert to_unicode(zawgyi) == unicodedata.normalize("NFC", burmese)


@given(_SIMPLE)
@settings(max_examples=400, deadline=None)
def test_syllables_survive_the_way_to_zawgyi_and_back(syllables: list[tuple[str, str, str, str]]) -> None:
    burmese = "".join("".join(parts) for parts in syllables).replace("စ\u103b", "ဈ")
    assert fold(to_unicode(in_zawgyi(syllables))) == fold(burmese)


@given(st.text(st.characters(min_codepoint=0x1000, max_codepoint=0x109F), max_size=40))
@settings(max_examples=300, deadline=None)
def test_converting_never_raises_and_loses_no_letter(text: str) -> None:
    # Two letters are written as one with what follows them: cha and ya as jha, sa in the interjection au. A wa among digits is a zero.
    consonants = [character for character in text if "က" <= character <= "အ" and character not in "စသဝ"]
    converted = to_unicode(text)
    assert [character for character in consonants if character not in converted] == []


@pytest.mark.parametrize(("zawgyi", "burmese"), [pair for pair in PAIRS if len(pair[0]) > 7])
def test_zawgyi_is_told_from_unicode_in_words_of_some_length(zawgyi: str, burmese: str) -> None:
    assert zawgyi_probability(zawgyi) > 0.95
    assert zawgyi_probability(burmese) < 0.6


@pytest.mark.parametrize("text", [*OTHER_LANGUAGES, *UNICODE_SENTENCES])
def test_unicode_in_any_language_of_myanmar_is_not_converted(text: str) -> None:
    assert tidy(text) == (unicodedata.normalize("NFC", text), text, False)


def test_text_without_burmese_is_not_looked_at() -> None:
    assert zawgyi_probability("rice ข้าว 稻 \u200b") == 0.0
    assert zawgyi_probability("") == 0.0


def test_each_sentence_is_judged_by_itself() -> None:
    mixed = "ေနေရာင္ျခည္စြမ္းအင္သုံး ေရစုပ္စက္ လိုခ်င္ပါတယ္။ ကျွန်တော်တို့ရွာမှာ သောက်ရေမရှိဘူး။ Solar pump."
    tidied = tidy(mixed)
    assert tidied.text == unicodedata.normalize(
        "NFC", "နေရောင်ခြည်စွမ်းအင်သုံး ရေစုပ်စက် လိုချင်ပါတယ်။ ကျွန်တော်တို့ရွာမှာ သောက်ရေမရှိဘူး။ Solar pump."
    )
    assert tidied.converted is True
    assert tidied.original == mixed


def test_a_word_too_short_to_tell_goes_with_the_rest_of_its_text() -> None:
    assert tidy("မဂၤလာပါ").converted is False
    assert tidy("မဂၤလာပါ\nေနေရာင္ျခည္စြမ္းအင္သုံး ေရစုပ္စက္ လိုခ်င္ပါတယ္။").text.split("\n")[0] == "မင်္ဂလာပါ"


def test_a_query_in_zawgyi_has_the_key_of_the_same_query_in_unicode() -> None:
    assert fold(tidy("ေရအရင္းအျမစ္မ်ား").text) == fold("ရေအရင်းအမြစ်များ")

"""What of a line is a proper name: what is left without words that are known and those that many names share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.directory.logic.subdivisions import GENERIC, subdivisions
from corridor.language.logic.proper import names_a_body, proper
from corridor.language.logic.sounds import sound
from corridor.language.logic.spotting import Sense, Spotter

KNOWN = Spotter(
    (term, Sense(code, 1.0))
    for code, terms in {
        "university": ("university", "ມະຫາວິທະຍາໄລ", "มหาวิทยาลัย", "đại học", "大学", "សាកលវិទ្យាល័យ", "တက္ကသိုလ်"),
        "forestry": ("forestry", "ປ່າໄມ້", "ป่าไม้", "lâm nghiệp", "林业", "ព្រៃឈើ", "သစ်တော"),
    }.items()
    for term in terms
)


def named(line: str) -> list[str]:
    return proper(line, KNOWN.spot(line))


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Doi Lan University of Forestry", ["Doi Lan"]),
        ("National University of Forestry, Doi Lan", ["Doi Lan"]),
        ("มหาวิทยาลัยป่าไม้ดอยลาน", ["ดอยลาน"]),
        ("ມະຫາວິທະຍາໄລແຫ່ງຊາດພູຂາວ", ["ພູຂາວ"]),
        ("Trường Đại học Lâm nghiệp Sông Mây", ["Sông Mây"]),
        ("岭湖林业大学", ["岭湖"]),
        ("岭湖大学和云海大学", ["岭湖", "云海"]),
        ("សាកលវិទ្យាល័យព្រៃឈើទន្លេលើ", ["ទន្លេលើ"]),
        ("ရွှေတောင် သစ်တော တက္ကသိုလ် (၂)", ["ရွှေတောင်"]),
        ("University of Forestry", []),
        ("No. 2", []),
        ("Savannakhet", ["Savannakhet"]),
        ("Trường Đại học Hải Phòng", ["Hải Phòng"]),  # phòng is an office only with văn before it
        ("Đại học Thủ Dầu Một", ["Thủ Dầu Một"]),
        ("Công ty cổ phần Gia Lai", ["Gia Lai"]),
        ("Xi'an University", ["Xi'an"]),  # an is no article there
        ("Co To University", ["Co To"]),
        ("呼和浩特大学", ["呼和浩特"]),  # 和 is no "and" within a word
        ("โรงพยาบาลเชียงของ", ["เชียงของ"]),
        ("សាកលវិទ្យាល័យធម្មជាតិ", ["ធម្មជាតិ"]),
        ("", []),
        (" ,(", []),
    ],
)
def test_names_are_what_is_left(line, names):
    assert named(line) == names


@pytest.mark.parametrize("line", ["rice?", "大学《》", "大学 — « »", "+", "🌾", "ๆ", "大学の 42"])
def test_signs_and_numbers_are_no_names(line):
    assert not [name for name in named(line) if not any(sign.isalpha() for sign in name)]
    assert named("大学《》") == named("大学 — « »") == []


@pytest.mark.parametrize(
    ("line", "terms", "names"),
    [
        ("Đại học Đồng Nai", ("Đồng",), ["Đồng Nai"]),  # copper
        ("Mỏ Đồng bằng sông", ("Đồng",), ["Mỏ", "bằng sông"]),  # small words go on a phrase
        ("Da Nang", ("da",), ["Da Nang"]),  # skin
        ("Tai'an", ("tai",), ["Tai'an"]),  # ear
        ("the people's mill", ("people",), ["s mill"]),
    ],
)
def test_a_term_that_is_a_syllable_of_a_name_by_chance_stays_with_it(line, terms, names):
    spotter = Spotter((term, Sense(term, 1.0)) for term in terms)
    assert proper(line, spotter.spot(line)) == names


@pytest.mark.parametrize(
    ("line", "is_body"),
    [
        ("Doi Lan University", True),
        ("Doi Lan Hospital", True),
        ("โรงพยาบาลดอยลาน", True),
        ("Bệnh viện Sông Mây", True),
        ("岭湖公司", True),
        ("forestry at Doi Lan", False),
        ("cheap rice dryer", False),
    ],
)
def test_a_line_says_whether_it_names_a_body(line, is_body):
    assert names_a_body(line, KNOWN.spot(line)) is is_body


def test_a_body_within_a_longer_term_is_none():
    meals = Spotter([("school meal", Sense("school-meal", 1.0))])
    assert not names_a_body("cheap school meal", meals.spot("cheap school meal"))
    assert names_a_body("Doi Lan School meal", Spotter([]).spot(""))


def test_every_province_of_the_six_keeps_its_name():
    eaten = [
        (row.code, local)
        for country in ("KH", "CN", "LA", "MM", "TH", "VN")
        for row in subdivisions(country)
        for code in ("en", "km", "lo", "my", "th", "vi", "zh-hans")
        if (local := GENERIC.sub(" ", row.called(code)).strip())
        and proper(local, []) not in ([local], local.split(" – "))
    ]
    assert eaten == []


def test_one_name_in_two_languages_sounds_alike_once_what_is_known_is_gone():
    assert {sound(" ".join(named(line))) for line in ("Doi Lan University", "มหาวิทยาลัยดอยลาน")} == {"tln"}


@given(st.text(max_size=200))
def test_names_stand_in_the_line_in_order_and_have_no_blanks_around_them(line):
    place = 0
    for name in named(line):
        assert name == name.strip()
        assert any(sign.isalpha() for sign in name)
        place = line.index(name, place) + len(name)

"""What of a line is a proper name: what is left without words that are known and those that many names share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.language.logic.proper import proper
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
        ("", []),
        (" ,(", []),
    ],
)
def test_names_are_what_is_left(line, names):
    assert named(line) == names


def test_one_name_in_two_languages_sounds_alike_once_what_is_known_is_gone():
    assert {sound(" ".join(named(line))) for line in ("Doi Lan University", "มหาวิทยาลัยดอยลาน")} == {"tln"}


@given(st.text(max_size=200))
def test_names_stand_in_the_line_in_order_and_have_no_blanks_around_them(line):
    place = 0
    for name in named(line):
        assert name == name.strip() != ""
        place = line.index(name, place) + len(name)

"""Where sentences end in seven languages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.language.logic.sentences import LONGEST, sentences

strange = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cs", "Cc", "Cf"]),
        st.sampled_from("ab. !?。！។៕။ๆ ฯ\n\u200b😀กขคກຂກ ကခ ខគ 技术"),
    ),
    max_size=120,
)


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We need a pump. Who has one? Thanks!", ["We need a pump.", "Who has one?", "Thanks!"]),
        ("我们需要水泵。谁有？谢谢！", ["我们需要水泵。", "谁有？", "谢谢！"]),
        ("យើងត្រូវការម៉ាស៊ីន។ តើអ្នកណាមាន? អរគុណ៕", ["យើងត្រូវការម៉ាស៊ីន។", "តើអ្នកណាមាន?", "អរគុណ៕"]),
        ("ရေစုပ်စက်လိုချင်ပါတယ်။ ဘယ်သူမှာရှိလဲ။", ["ရေစုပ်စက်လိုချင်ပါတယ်။", "ဘယ်သူမှာရှိလဲ။"]),
        ("ရေစုပ်စက်လိုချင်ပါတယ်။ဘယ်သူမှာရှိလဲ။", ["ရေစုပ်စက်လိုချင်ပါတယ်။", "ဘယ်သူမှာရှိလဲ။"]),
        ("Chúng tôi cần máy bơm. Ai có?", ["Chúng tôi cần máy bơm.", "Ai có?"]),
        ("เราต้องการปั๊มน้ำ\nใครมีบ้าง", ["เราต้องการปั๊มน้ำ", "ใครมีบ้าง"]),
        ("Dr. Somsak and Prof. Li met at 3.5 km. They agreed.", ["Dr. Somsak and Prof. Li met at 3.5 km.", "They agreed."]),
        ("See Fig. 2 and No. 7, e.g. Mekong.", ["See Fig. 2 and No. 7, e.g. Mekong."]),
        ("  \n ", []),
        ("", []),
        ("pump", ["pump"]),
        ("😀 Good. 😀 Bad.", ["😀 Good.", "😀 Bad."]),
    ],
)  # fmt: skip
def test_sentences_end_where_readers_end_them(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_a_long_run_in_thai_is_cut_at_blanks_between_its_clauses() -> None:
    clause = "สหกรณ์ของเราปลูกข้าวและต้องการเครื่องอบแห้งที่ใช้พลังงานแสงอาทิตย์"
    found = parts(" ".join([clause] * 6))
    assert len(found) == 3
    assert {part.replace(clause, "x") for part in found} == {"x x"}


def test_a_short_run_in_thai_stays_whole() -> None:
    text = "ต้องการเครื่องอบ ขนาดเล็ก ราคา 5 หมื่นบาท"
    assert parts(text) == [text]


@pytest.mark.parametrize("sign", ["ก", "技", "a", "က", "ក", "ກ", "😀", "\u0301", "\ud800", "."])
def test_a_run_without_any_border_is_cut_at_the_longest_length(sign: str) -> None:
    found = sentences(sign * 5000)
    assert max(end - start for start, end in found) <= LONGEST
    assert sum(end - start for start, end in found) == 5000


@given(strange)
@settings(max_examples=500, deadline=None)
def test_spans_cover_every_character_that_is_no_white_space_once_and_in_order(text: str) -> None:
    found = sentences(text)
    covered = [place for start, end in found for place in range(start, end)]
    assert covered == sorted(set(covered))
    assert [place for place in range(len(text)) if not text[place].isspace() and place not in set(covered)] == []
    for start, end in found:
        assert text[start:end] == text[start:end].strip() != ""
        assert end - start <= LONGEST

"""What cannot be a translation is not taken for one; what people translated is."""

from __future__ import annotations

import itertools

import pytest

from corridor.language.logic.translation_checks import DENSITY, fault
from tests.engines import meanings

TEXT = "We need a dryer for parchment coffee that runs on husk. There is no steady power in the village."
VI = "Chúng tôi cần máy sấy cà phê thóc chạy bằng vỏ trấu. Trong làng không có điện ổn định."
LO = "ພວກເຮົາຕ້ອງການເຄື່ອງອົບແຫ້ງກາເຟກະລາທີ່ໃຊ້ແກບ. ໃນບ້ານບໍ່ມີໄຟຟ້າທີ່ໝັ້ນຄົງ."
ZH = "我们需要一台以谷壳为燃料的带壳咖啡豆烘干机。村里没有稳定的电力供应。"
TH = "เราต้องการเครื่องอบแห้งกาแฟกะลาที่ใช้แกลบ ในหมู่บ้านไม่มีไฟฟ้าที่มั่นคง"


def wrong(answer: str, target: str = "vi", text: str = TEXT, source: str = "en") -> str | None:
    return fault({"text": text}, {"text": answer}, source, target)


@pytest.mark.parametrize(("answer", "target"), [(VI, "vi"), (LO, "lo"), (ZH, "zh-hans"), (TH, "th")])
def test_a_translation_is_taken(answer: str, target: str) -> None:
    assert wrong(answer, target) is None


@pytest.mark.parametrize(("source", "target"), list(itertools.permutations(DENSITY, 2)))
def test_hardly_a_text_of_the_sample_is_refused(source: str, target: str) -> None:
    rows = [row for row in meanings() if len(row["en"]) >= 40]
    refused = [row["id"] for row in rows if wrong(row[target], target, row[source], source)]
    assert len(refused) <= 0.02 * len(rows), refused


REFUSED = [
    ("", "empty"),
    ("  \n ", "empty"),
    ("... !!", "empty"),
    (TEXT, "identical"),
    (TEXT.upper(), "identical"),
    (VI[:15], "length"),
    (VI * 4, "length"),
    ("a" * 200_000, "length"),
    (f"<b>{VI}</b>", "markup"),
    (f"{VI}<script>alert(1)</script>", "markup"),
    (f"{VI} &lt;", "markup"),
    (f"{VI}\0", "control"),
    (f"{VI}\x1b[2J", "control"),
    (f"{VI} \u202ecba", "control"),
    (f"{VI}\U000e0041", "control"),
    (f"{VI} https://evil.example/x", "link"),
    (f"{VI} www.evil.example", "link"),
    (f"{VI} pay@evil.example", "link"),
    (f"{VI} javascript:alert(1)", "link"),
    (TH, "script"),
    ("Мы ищем сушилку для кофе, которая работает на шелухе. В деревне нет тока.", "script"),
    (
        "Necesitamos una secadora de café que funcione con cáscara. No hay electricidad estable en el pueblo.",
        "language",
    ),
    ("I am sorry, but I cannot help with the translation of this text for you today.", "language"),
]


@pytest.mark.parametrize(("answer", "why"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_translation_is_refused_with_the_reason(answer: str, why: str) -> None:
    assert wrong(answer) == why


def test_a_neighbours_script_is_not_the_languages_own() -> None:
    assert (wrong(TH, "lo"), wrong(LO, "th"), wrong(VI, "zh-hans")) == ("script",) * 3


def test_names_and_units_of_the_text_do_not_count_against_the_script() -> None:
    text = "ISO 9001, HACCP, GMP, BRC, IFS and FSSC 22000 for the dryer DR-500 Turbo"
    assert wrong("ເຄື່ອງອົບ DR-500 Turbo: ISO 9001, HACCP, GMP, BRC, IFS ແລະ FSSC 22000", "lo", text) is None


def test_what_the_text_has_itself_its_translation_may_have() -> None:
    text = f"{TEXT} See https://coffee.example/dryer or write to us@coffee.example, power < 5 kW <b>"
    assert wrong(f"{VI} Xem https://coffee.example/dryer hoặc us@coffee.example, < 5 kW <b>", "vi", text) is None


def test_a_word_that_is_the_same_everywhere_stays() -> None:
    texts = {"title": "DR-500", "text": TEXT}
    assert fault(texts, {"title": "DR-500", "text": VI}, "en", "vi") is None


def test_a_part_too_few_or_too_many_is_refused() -> None:
    assert fault({"title": "Dryer", "text": TEXT}, {"text": VI}, "en", "vi") == "count"
    assert fault({"text": TEXT}, {"text": VI, "title": "Máy sấy"}, "en", "vi") == "count"


def test_each_part_is_looked_at_alone() -> None:
    texts = {"title": "We need a dryer", "text": TEXT}
    assert fault(texts, {"title": "", "text": VI}, "en", "vi") == "empty"
    assert fault(texts, {"title": "Cần máy sấy <i>x</i>", "text": VI}, "en", "vi") == "markup"

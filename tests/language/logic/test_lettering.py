"""Lao in Thai letters, and models that read it twice."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.language.logic.embedding_port import unit
from corridor.language.logic.lettering import SECOND_WEIGHT, Lettered, is_lao, thai_letters
from corridor.language.logic.scripts import script_counts


@pytest.mark.parametrize(
    ("lao", "thai"),
    [
        ("ລະບົບຂໍ້ມູນ", "ละบบข้อมูน"),
        ("ຮຽນ", "เรียน"),
        ("ເຢັນ", "เย็น"),
        ("ເດີນ", "เดิน"),
        ("ນ້ຳ", "น้ำ"),
        ("ນໍ້າ", "น้ำ"),
        ("ໝໍ", "หมอ"),
        ("ຕົວ", "ตัว"),
        ("ມື", "มือ"),
        ("ວິທະຍາ", "วิทะยา"),
    ],
)
def test_lao_words_come_near_to_their_thai_spelling(lao, thai):
    assert thai_letters(lao) == thai


def test_nothing_but_lao_is_touched():
    assert thai_letters("pH 7.5 ແລະ 水 ຄື ไทย") == "pH 7.5 และ 水 คือ ไทย"


@given(st.text(alphabet=st.characters(min_codepoint=0x0E80, max_codepoint=0x0EFF)) | st.text())
def test_no_letter_that_thai_has_stays_lao(text):
    assert not set(thai_letters(text)) & set(map(chr, range(0x0E81, 0x0EDC)))


class Counting:
    """A model of two numbers a text: how long it is, and how many Thai letters it has."""

    name, version, dimension = "counting", "1", 2

    def embed(self, texts, kind):
        return unit(np.array([[len(t), script_counts(t)["thai"]] for t in texts], dtype=np.float32).reshape(-1, 2))


def test_only_lao_texts_are_read_twice():
    model = Lettered(Counting())
    texts = ["water", "ນ້ຳ ແລະ ດິນ", "น้ำ"]
    plain, read = Counting().embed(texts, "query"), model.embed(texts, "query")
    second = Counting().embed([thai_letters(texts[1])], "query")
    assert [is_lao(text) for text in texts] == [False, True, False]
    assert np.array_equal(read[[0, 2]], plain[[0, 2]])
    assert np.allclose(read[1], unit((1 - SECOND_WEIGHT) * plain[1:2] + SECOND_WEIGHT * second)[0])


def test_its_vectors_are_kept_apart_from_the_plain_models():
    model = Lettered(Counting())
    assert (model.name, model.version, model.dimension) == ("counting", "1+thai1", 2)


def test_no_texts_give_no_vectors():
    assert Lettered(Counting()).embed([], "passage").shape == (0, 2)

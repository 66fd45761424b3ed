"""The fast engine: what it promises about every vector."""

import threading

import numpy as np
import pytest

from corridor.language.logic.engine import conversion, fast, tokens
from corridor.language.logic.engine.fast import FastEmbedder
from corridor.language.logic.engine.wheel import WheelEmbedder
from tests.language.logic.engine_cache import converted, engine, rows, texts

AWKWARD = [
    "",
    " ",
    "a\0b",
    "<s>",
    "</s>",
    "<pad><mask>",
    "\ud800",
    "\udfff\ud800",
    "🙂" * 50,
    "\u200b",
    "؟مرحبا",
    "\x01",
]


def lengths(vectors: np.ndarray) -> np.ndarray:
    return np.linalg.norm(vectors, axis=1)


def test_vectors_come_in_order_of_length_one_and_as_float32() -> None:
    many = texts()
    vectors = engine().embed(many, "passage")
    assert (vectors.shape, vectors.dtype) == ((len(many), 384), np.float32)
    assert lengths(vectors) == pytest.approx(1, abs=1e-5)
    alone = np.concatenate([engine().embed([text], "passage") for text in many[:21]])
    assert (alone @ vectors.T).argmax(axis=1).tolist() == list(range(21))


def test_a_vector_hardly_depends_on_its_neighbours() -> None:
    many = texts()
    together = engine().embed(many, "query")
    alone = np.concatenate([engine().embed([text], "query") for text in many])
    assert (together * alone).sum(axis=1).min() > 0.997


def test_no_texts_give_no_vectors() -> None:
    assert engine().embed([], "query").shape == (0, 384)


@pytest.mark.parametrize("text", AWKWARD)
def test_an_awkward_text_has_a_vector_and_the_same_one_twice(text: str) -> None:
    first, second = engine().embed([text], "query"), engine().embed([text], "query")
    assert lengths(first) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(first, second)


def test_a_hundred_thousand_characters_have_one_vector() -> None:
    vectors = engine().embed(["rice " * 20_000, "rice " * (tokens.LONGEST // 5)], "passage")
    assert lengths(vectors) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(vectors[0], vectors[1])


def test_queries_and_passages_are_told_apart() -> None:
    text = rows()[0]["en"]
    query, passage = engine().embed([text], "query")[0], engine().embed([text], "passage")[0]
    assert 0.5 < float(query @ passage) < 0.99


def test_translations_are_nearer_than_other_sentences() -> None:
    english = engine().embed([row["en"] for row in rows()], "query")
    thai = engine().embed([row["th"] for row in rows()], "passage")
    assert (english @ thai.T).argmax(axis=1).tolist() == list(range(len(rows())))


def test_texts_beyond_a_window_are_placed_where_the_wheel_places_them() -> None:
    long = [" ".join(row[language] for row in rows()) * 4 for language in ("km",)]
    assert min(engine().token_count(text, "passage") for text in long) > fast.WINDOW
    cosines = (engine().embed(long, "passage") * WheelEmbedder().embed(long, "passage")).sum(axis=1)
    assert cosines.min() > 0.995


def test_batches_keep_their_size_and_every_window() -> None:
    windows = [fast._Window(number, [5] * length) for number, length in enumerate([1, 510, 3, 100, 99, 98, 97, 7, 200])]
    batches = list(fast._batches(windows))
    assert sorted(window.text for batch in batches for window in batch) == list(range(9))
    assert max(len(batch) * max(len(window.ids) + 2 for window in batch) for batch in batches) <= fast.BATCH


def test_one_engine_serves_many_threads_at_once() -> None:
    many = texts()[:28]
    expected, got = engine().embed(many, "query"), {}

    def embed(number: int) -> None:
        got[number] = engine().embed(many, "query")

    threads = [threading.Thread(target=embed, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [np.array_equal(got[number], expected) for number in range(4)] == [True] * 4


def test_one_thread_and_two_give_the_same_vectors() -> None:
    single = FastEmbedder(converted(), conversion.tag(), threads=1)
    assert np.array_equal(single.embed(texts(), "query"), engine().embed(texts(), "query"))

"""Many questions against many passages at once: the scores of one search each."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.language.logic import fusion
from corridor.language.logic.bulk import Standing
from corridor.language.logic.words import Term

LEXEMES = [f"w{number}" for number in range(6)]
CONCEPTS = ["§rice", "§grain"]


@st.composite
def questions(draw):
    """A question of a few words, some of them exact, with concepts that stand for some of them."""
    words = draw(st.lists(st.sampled_from(LEXEMES), max_size=5))
    terms = [Term(word, draw(st.sampled_from(["word", "exact", "part"])), place) for place, word in enumerate(words, 1)]
    for concept in draw(st.lists(st.sampled_from(CONCEPTS), max_size=3)):
        first = draw(st.integers(1, 5))
        terms.append(
            Term(concept, "concept", first, first + draw(st.integers(0, 2)), draw(st.sampled_from([0.4, 1.0])))
        )
    return terms, [draw(st.floats(0.05, 8)) for _ in terms]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(questions(), min_size=1, max_size=5),
    st.lists(st.sets(st.sampled_from([*LEXEMES, *CONCEPTS])), min_size=1, max_size=6),
    st.integers(0, 2**32 - 1),
)
def test_every_pair_has_the_score_that_a_search_alone_gives_it(asked, texts, seed):
    numbers = np.random.default_rng(seed)
    vectors = numbers.normal(size=(len(asked), 8)).astype(np.float32)
    passages = numbers.normal(size=(len(texts), 8)).astype(np.float32)
    standing = Standing(vectors, [terms for terms, _ in asked], [weights for _, weights in asked])
    found = standing.scores(passages, texts)
    for place, (terms, weights) in enumerate(asked):
        matches = np.array([[term.lexeme in text for term in terms] for text in texts], dtype=bool)
        matches = matches.reshape(len(texts), len(terms))
        alone = fusion.fuse((passages @ vectors[place]).astype(float), matches, np.array(weights), terms)
        np.testing.assert_allclose(found[place], alone, atol=1e-4)


def test_pairs_that_reach_the_threshold_are_told_step_by_step_with_their_places(monkeypatch):
    monkeypatch.setattr("corridor.language.logic.bulk.CELLS", 2)
    vectors = np.eye(3, dtype=np.float32)
    standing = Standing(vectors[:2], [[], []], [[], []])
    steps = list(standing.near(vectors, [set(), set(), set()], least=[0.5, 0.5]))
    pairs = [(int(q), int(p), float(s)) for qs, ps, ss in steps for q, p, s in zip(qs, ps, ss, strict=True)]
    assert (len(steps), pairs) == (3, [(0, 0, 1.0), (1, 1, 1.0)])


def test_a_passage_without_meaning_reaches_nothing():
    standing = Standing(np.eye(2, dtype=np.float32), [[Term("w", "exact", 1)], []], [[1.0], []])
    empty = np.full((1, 2), np.nan, dtype=np.float32)
    assert [len(found) for found, _, _ in standing.near(empty, [{"w"}], least=[-9.0, -9.0])] == [0]

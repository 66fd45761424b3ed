"""Questions asked side by side."""

import threading

import pytest

from corridor.launch.evaluation.side_by_side import each


@pytest.mark.parametrize("hands", [0, 1, 2, 3, 50])
def test_answers_come_in_the_order_of_the_questions(hands: int):
    done: list[int] = []
    assert each(range(7), lambda n: n * n, progress=done.append, hands=hands) == [0, 1, 4, 9, 16, 25, 36]
    assert done == [1] * 7


def test_no_questions_have_no_answers():
    assert each([], str, progress=print) == []


def test_hands_work_at_the_same_time():
    both = threading.Barrier(2, timeout=10)
    assert sorted(each([0, 1], lambda n: both.wait(), progress=lambda n: None, hands=2)) == [0, 1]


def test_a_question_that_fails_is_not_passed_over():
    with pytest.raises(ZeroDivisionError):
        each([1, 0, 2], lambda n: 1 // n, progress=lambda n: None, hands=2)

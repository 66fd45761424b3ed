"""Verdicts say no with every reason."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from corridor.kernel.logic.verdict import Refused, Verdict, together, unless


def test_a_verdict_without_reasons_is_yes_and_enforcing_it_does_nothing():
    verdict = unless(True, "never said")
    assert (bool(verdict), verdict.allowed, verdict.reasons) == (True, True, ())
    verdict.enforce()


def test_a_verdict_with_a_reason_is_no_and_enforcing_it_refuses_with_it():
    verdict = unless(False, "The text is empty.")
    assert (bool(verdict), verdict.allowed) == (False, False)
    with pytest.raises(Refused) as refused:
        verdict.enforce()
    assert refused.value.reasons == ("The text is empty.",)


def test_together_gives_all_reasons_in_order_and_none_twice():
    verdict = together(Verdict(("one", "two")), Verdict(), Verdict(("two", "three")))
    assert verdict.reasons == ("one", "two", "three")
    assert str(Refused(verdict.reasons)) == "one two three"


def test_together_of_nothing_is_yes():
    assert together() == Verdict()


def test_reasons_are_put_into_words_for_whoever_reads_them():
    refused = Refused([gettext_lazy("Delete")])
    with translation.override("vi"):
        vietnamese = str(refused)
    with translation.override("en"):
        assert (str(refused), vietnamese) == ("Delete", "Xóa")

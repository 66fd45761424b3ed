"""Who may ask for a translation and who may write one."""

import pytest

from corridor.language import rules
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("original", "language", "allowed"),
    [("en", "lo", True), ("lo", "en", True), ("", "en", True), ("en", "en", False), ("en", "fr", False)],
)
def test_everybody_who_is_signed_in_may_ask_for_another_of_the_seven_languages(original, language, allowed):
    assert rules.may_ask_translation(make.person(), original=original, language=language).allowed is allowed


def test_somebody_who_was_switched_off_asks_for_nothing():
    person = make.person()
    person.is_active = False
    verdict = rules.may_ask_translation(person, original="en", language="en")
    assert [str(r) for r in verdict.reasons] == [
        "Sign in to ask for a translation.",
        "This text is in that language already.",
    ]


def test_members_and_focal_points_translate_and_nobody_else():
    own = make.organisation()
    cast = {
        "unvouched": make.person(), "member": make.member(own), "manager": make.manager(own), "officer": make.officer(),
        "head": make.head(), "operator": make.operator(),
    }  # fmt: skip
    may = {who for who, user in cast.items() if rules.may_translate(user)}
    assert may == {"member", "manager", "officer", "head"}

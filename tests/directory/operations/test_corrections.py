"""Readers tell what is wrong in an entry; whoever looks after it answers, once."""

import pytest

from corridor.directory.models import Correction, CorrectionAnswer, Organisation
from corridor.directory.operations.corrections import answer_correction, suggest_correction
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, Letter, User
from tests import make

pytestmark = pytest.mark.django_db


def told(by: User | None = None, *, home: str = "LA") -> Correction:
    """A correction that waits."""
    organisation = make.organisation(home, website="https://old.example.org")
    return suggest_correction(organisation, by=by, aspect="website", text="It moved to new.example.org.")


def test_a_correction_changes_nothing_by_itself() -> None:
    correction = told()
    kept = Organisation.objects.get(pk=correction.organisation_id)
    assert (kept.website, list(Correction.objects.waiting())) == ("https://old.example.org", [correction])
    event = Event.objects.about(correction).get()
    assert (event.verb, event.home, event.facts["aspect"]) == ("correction.suggested", "LA", "website")


@pytest.mark.parametrize("is_taken_up", [True, False])
def test_the_focal_point_answers_and_the_reader_is_told(is_taken_up: bool) -> None:
    reader, officer = make.person("VN"), make.officer("LA")
    correction = told(reader)
    answer_correction(correction, by=officer, is_taken_up=is_taken_up, reason="Looked at the site.")
    assert (correction.answer.is_taken_up, correction.answer.answered_by) == (is_taken_up, officer)
    letter = Letter.objects.get(user=reader)
    assert (letter.template, letter.facts["is_taken_up"]) == ("correction_answered", is_taken_up)


def test_the_organisations_manager_answers() -> None:
    correction = told()
    answer_correction(correction, by=make.manager(correction.organisation), is_taken_up=True, reason="Right.")
    assert not Correction.objects.waiting().exists()


def test_a_reader_without_an_account_is_written_to_by_nobody() -> None:
    answer_correction(told(), by=make.officer("LA"), is_taken_up=False, reason="It is right as it is.")
    assert not Letter.objects.exists()


@pytest.mark.parametrize("who", ["another country's officer", "a member", "the reader"])
def test_who_may_not_answer_changes_nothing(who: str) -> None:
    reader = make.person("LA")
    correction = told(reader)
    people = {
        "another country's officer": lambda: make.officer("KH"),
        "a member": lambda: make.member(correction.organisation),
        "the reader": lambda: reader,
    }
    with pytest.raises(Refused) as refusal:
        answer_correction(correction, by=people[who](), is_taken_up=True, reason="So be it.")
    assert [str(one) for one in refusal.value.reasons] == [
        "Only the organisation's own manager or its focal point can change this entry."
    ]
    assert (CorrectionAnswer.objects.count(), Letter.objects.count()) == (0, 0)


def test_what_was_answered_is_not_answered_again() -> None:
    correction = told()
    answer_correction(correction, by=make.officer("LA"), is_taken_up=True, reason="Mended.")
    with pytest.raises(Refused) as refusal:
        answer_correction(correction, by=make.officer("LA"), is_taken_up=False, reason="No.")
    assert [str(one) for one in refusal.value.reasons] == ["This correction has been answered already."]
    assert CorrectionAnswer.objects.get().reason == "Mended."

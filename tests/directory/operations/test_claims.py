"""Claiming an entry: the focal point decides, and an impostor gets nothing."""

import pytest
from django.db import IntegrityError, transaction

from corridor.directory.models import MembershipRequest
from corridor.directory.operations.membership import answer_membership, ask_membership
from corridor.directory.rules import may_edit
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Grant, User
from corridor.kernel.states import Office
from tests import make

pytestmark = pytest.mark.django_db


def claim(user: User, home: str = "LA", *, is_verified: bool = False) -> MembershipRequest:
    """Somebody claims an entry."""
    organisation = make.organisation(home, is_verified=is_verified)
    return ask_membership(
        user, home=home, organisation=organisation, statement="I am its director.", is_claim=True, by=user
    )


def test_a_claim_that_is_granted_makes_the_person_the_manager() -> None:
    person = make.person("LA")
    asked = claim(person)
    answer_membership(asked, by=make.officer("LA"), is_confirmed=True, reason="Telephoned.", as_manager=True)
    assert may_edit(User.objects.get(pk=person.pk), asked.organisation).allowed


def test_an_impostors_claim_gives_nothing_while_it_waits_and_nothing_when_it_is_declined() -> None:
    impostor = make.person("LA", email="director@free-mail.example")
    asked = claim(impostor)
    assert not may_edit(impostor, asked.organisation).allowed
    answer_membership(asked, by=make.officer("LA"), is_confirmed=False, reason="They do not know this person.")
    assert not may_edit(User.objects.get(pk=impostor.pk), asked.organisation).allowed
    assert not Grant.objects.filter(user=impostor).exists()


def test_an_impostor_does_not_answer_their_own_claim_even_as_an_officer() -> None:
    officer = make.officer("LA")
    asked = claim(officer)
    with pytest.raises(Refused) as refusal:
        answer_membership(asked, by=officer, is_confirmed=True, reason="It is me.", as_manager=True)
    assert [str(one) for one in refusal.value.reasons] == ["Nobody can vouch for themselves."]
    assert not Grant.objects.filter(user=officer, office=Office.ORGANISATION_MANAGER).exists()


def test_the_present_manager_does_not_answer_a_claim_and_nothing_is_granted() -> None:
    asked = claim(make.person("LA"), is_verified=True)
    with pytest.raises(Refused):
        answer_membership(asked, by=make.manager(asked.organisation), is_confirmed=True, reason="A colleague.")
    assert not Grant.objects.filter(user=asked.user).exists()


def test_another_countrys_officer_does_not_answer_a_claim() -> None:
    asked = claim(make.person("LA"))
    with pytest.raises(Refused):
        answer_membership(asked, by=make.officer("VN"), is_confirmed=True, reason="I know them.", as_manager=True)
    assert not Grant.objects.filter(user=asked.user).exists()


def test_an_entry_in_another_country_is_not_claimed() -> None:
    person, organisation = make.person("KH"), make.organisation("LA")
    with pytest.raises(Refused) as refusal:
        ask_membership(person, home="KH", organisation=organisation, statement="Mine.", is_claim=True, by=person)
    assert [str(one) for one in refusal.value.reasons] == ["This organisation is in another country."]
    assert not MembershipRequest.objects.exists()


def test_a_claim_names_the_entry() -> None:
    person = make.person("LA")
    with pytest.raises(Refused) as refusal:
        ask_membership(person, home="LA", organisation_text="Unlisted", statement="Mine.", is_claim=True, by=person)
    assert [str(one) for one in refusal.value.reasons] == [
        "Choose from the directory the organisation whose entry you claim."
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipRequest.objects.create(user=person, home="LA", statement="Mine.", is_claim=True)
    assert not MembershipRequest.objects.exists()

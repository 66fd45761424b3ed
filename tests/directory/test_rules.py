"""Who may verify, answer, list, mend and set, for everybody who might try."""

import pytest

from corridor.directory import rules
from corridor.directory.models import Country, Organisation
from corridor.kernel.models import User
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Organisation:
    """A verified organisation of Lao PDR."""
    return make.organisation("LA", is_verified=True)


@pytest.fixture
def cast(own: Organisation) -> dict[str, User]:
    """Everybody who might try."""
    return {
        "unvouched": make.person("LA"),
        "member": make.member(own),
        "manager": make.manager(own),
        "other manager": make.manager(make.organisation("LA", is_verified=True)),
        "officer": make.officer("LA"),
        "head": make.head("LA"),
        "officer of Cambodia": make.officer("KH"),
        "head of China": make.head("CN"),
        "operator": make.operator(),
    }


def test_an_organisation_is_verified_by_the_focal_point_of_its_own_country(cast):
    new = make.organisation("LA")
    assert {who for who, user in cast.items() if rules.may_verify(user, new)} == {"officer", "head"}
    verdict = rules.may_verify(cast["officer of Cambodia"], new)
    assert [str(r) for r in verdict.reasons] == ["Only the focal point of its own country can verify an organisation."]


def test_a_verified_organisation_is_not_verified_again_and_all_reasons_are_given(cast, own):
    assert {who for who, user in cast.items() if rules.may_verify(user, own)} == set()
    assert [str(r) for r in rules.may_verify(cast["member"], own).reasons] == [
        "Only the focal point of its own country can verify an organisation.",
        "This organisation is verified already.",
    ]


def test_a_request_of_a_country_is_answered_by_its_focal_point(cast):
    request = make.request(make.person("LA"))
    assert {who for who, user in cast.items() if rules.may_answer(user, request)} == {"officer", "head"}


def test_a_request_for_a_verified_organisation_is_answered_by_its_manager_too(cast, own):
    request = make.request(make.person("LA"), of=own)
    assert {who for who, user in cast.items() if rules.may_answer(user, request)} == {"manager", "officer", "head"}


def test_the_manager_of_an_organisation_nobody_verified_answers_nothing():
    unverified = make.organisation("LA")
    request = make.request(make.person("LA"), of=unverified)
    assert not rules.may_answer(make.manager(unverified), request)


def test_nobody_answers_for_themselves_not_even_an_officer():
    officer = make.officer("LA")
    verdict = rules.may_answer(officer, make.request(officer))
    assert [str(r) for r in verdict.reasons] == ["Nobody can vouch for themselves."]


def test_a_request_that_was_answered_is_not_answered_again(cast):
    request = make.request(make.person("LA"))
    request.state = "declined"
    verdict = rules.may_answer(cast["officer"], request)
    assert [str(r) for r in verdict.reasons] == ["This request has been answered already."]


def test_an_entry_is_mended_by_its_manager_and_its_focal_point(cast, own):
    assert {who for who, user in cast.items() if rules.may_edit(user, own)} == {"manager", "officer", "head"}


def test_how_a_country_publishes_is_set_by_the_head_of_its_focal_point(cast):
    lao = Country.objects.get(pk="LA")
    assert {who for who, user in cast.items() if rules.may_set_country(user, lao)} == {"head"}


def test_organisations_are_listed_by_people_of_the_same_country(cast):
    listing = {who for who, user in cast.items() if rules.may_list(user, "LA")}
    assert listing == set(cast) - {"officer of Cambodia", "head of China", "operator"}

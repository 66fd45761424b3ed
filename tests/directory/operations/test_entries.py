"""Who may enter an organisation, and what mending an entry keeps."""

import pytest

from corridor.directory.models import Organisation
from corridor.directory.operations.organisations import edit_organisation, list_organisation
from corridor.directory.rules import MOST_LISTED_IN_A_DAY
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event
from tests import make

pytestmark = pytest.mark.django_db
NAMES = [("official", "lo", "ສະຫະກອນ"), ("alias", "fr", "Coopérative")]


def kept(organisation: Organisation) -> list[tuple[str, str, str]]:
    """The names in the database."""
    return sorted(organisation.names.values_list("kind", "language", "text"))


def test_a_person_lists_an_organisation_of_their_own_country() -> None:
    person = make.person("LA")
    made = list_organisation(by=person, names=NAMES, home="LA", type="cooperative")
    assert kept(made) == sorted(NAMES)
    assert Event.objects.about(made).values_list("verb", "by_id").get() == ("organisation.listed", person.pk)


@pytest.mark.parametrize(
    ("home", "reason"),
    [
        ("KH", "You can list organisations of your own country only."),
        ("", "Say in your account in which country you are first."),
    ],
)
def test_another_countrys_organisation_is_refused_and_nothing_is_entered(home: str, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        list_organisation(by=make.person(home), names=NAMES, home="LA", type="cooperative")
    assert [str(one) for one in refusal.value.reasons] == [reason]
    assert (Organisation.objects.count(), Event.objects.filter(verb="organisation.listed").count()) == (0, 0)


def test_mending_a_fact_leaves_the_names_alone() -> None:
    organisation = list_organisation(by=None, names=NAMES, home="LA", type="cooperative")
    edit_organisation(organisation, by=make.officer("LA"), place="Pakse")
    organisation.refresh_from_db()
    assert (organisation.place, kept(organisation)) == ("Pakse", sorted(NAMES))
    assert Event.objects.about(organisation).last().facts == {"fields": ["place"]}


def test_mending_nothing_writes_nothing() -> None:
    organisation = list_organisation(by=None, names=NAMES, home="LA", type="cooperative")
    edit_organisation(organisation, by=make.officer("LA"), names=list(reversed(NAMES)), type="cooperative")
    assert [event.verb for event in Event.objects.about(organisation)] == ["organisation.listed"]


def test_another_countrys_officer_mends_nothing() -> None:
    organisation = list_organisation(by=None, names=NAMES, home="LA", type="cooperative")
    with pytest.raises(Refused):
        edit_organisation(organisation, by=make.officer("KH"), names=[("official", "lo", "ອື່ນ")])
    assert kept(organisation) == sorted(NAMES)


def test_nobody_lists_more_in_a_day_than_one_person_knows() -> None:
    person = make.person("LA")
    for number in range(MOST_LISTED_IN_A_DAY):
        list_organisation(by=person, names=[("official", "en", f"Mill {number}")], home="LA", type="enterprise")
    with pytest.raises(Refused, match="many organisations today"):
        list_organisation(by=person, names=NAMES, home="LA", type="cooperative")
    assert Organisation.objects.count() == MOST_LISTED_IN_A_DAY
    list_organisation(by=make.person("LA"), names=NAMES, home="LA", type="cooperative")

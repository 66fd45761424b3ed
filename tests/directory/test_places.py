"""Where an organisation can lie, for everybody who enters one."""

from decimal import Decimal

import pytest

from corridor.directory.logic.coordinates import Doubt
from corridor.directory.models import Organisation
from corridor.directory.operations.organisations import edit_organisation, list_organisation
from corridor.directory.rules import may_lie
from corridor.directory.rules.places import DOUBTS
from corridor.kernel.logic.verdict import Refused
from corridor.matching.operations.sample import read
from tests import make

pytestmark = pytest.mark.django_db
NAMES = [("official", "en", "Invented Works")]
SWAPPED = {"latitude": Decimal("102.6"), "longitude": Decimal("17.9667")}


def test_every_doubt_has_its_sentence() -> None:
    assert set(DOUBTS) == set(Doubt)


def test_a_swapped_place_is_refused_and_nothing_is_listed() -> None:
    with pytest.raises(Refused) as refusal:
        list_organisation(by=make.person("LA"), names=NAMES, home="LA", type="enterprise", **SWAPPED)
    assert refusal.value.reasons == (DOUBTS[Doubt.SWAPPED],)
    assert Organisation.objects.count() == 0


def test_an_entry_is_not_moved_into_the_sea() -> None:
    organisation = make.organisation("TH", latitude=Decimal("13.75"), longitude=Decimal("100.5"))
    with pytest.raises(Refused):
        edit_organisation(
            organisation, by=make.manager(organisation), latitude=Decimal("9.5"), longitude=Decimal("101.5")
        )
    organisation.refresh_from_db()
    assert (organisation.latitude, organisation.longitude) == (Decimal("13.75000"), Decimal("100.50000"))


def test_an_older_doubtful_place_does_not_keep_anybody_from_mending_the_rest() -> None:
    organisation = make.organisation("LA", latitude=Decimal("21.0"), longitude=Decimal("105.8"))
    edit_organisation(organisation, by=make.manager(organisation), place="Pakse")
    organisation.refresh_from_db()
    assert organisation.place == "Pakse"


def test_every_organisation_of_the_sample_is_on_the_map_in_its_own_country() -> None:
    rows = read("organisations.json")
    assert [row["code"] for row in rows if not may_lie(row["country"], row["latitude"], row["longitude"])] == []
    assert len({(row["latitude"], row["longitude"]) for row in rows}) > 40

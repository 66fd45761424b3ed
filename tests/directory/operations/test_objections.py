"""Who hears what is said against a suspension, and how what it takes out of the index is found."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.directory.operations.suspensions import OWNED, object_to, suspend_organisation
from corridor.kernel.models import Letter
from tests import make

pytestmark = pytest.mark.django_db
WHY = "Several people were asked for money in its name."


def test_all_officers_of_its_country_are_told_also_when_the_one_who_suspended_it_has_left() -> None:
    organisation, gone, officer, head = make.organisation("LA"), make.officer("LA"), make.officer("LA"), make.head("LA")
    make.officer("TH"), make.member(home="LA")
    against = suspend_organisation(organisation, by=gone, reason=WHY)
    make.end(gone)
    object_to(against, by=make.member(organisation), text="It was somebody else.")
    told = Letter.objects.filter(template="organisation_objected").values_list("user", flat=True)
    assert sorted(told) == sorted([officer.pk, head.pk])


def test_what_leaves_the_index_is_found_by_kind_and_country() -> None:
    organisation = make.organisation("LA")
    with CaptureQueriesContext(connection) as seen:
        suspend_organisation(organisation, by=make.officer("LA"), reason=WHY)
    gone = next(query["sql"] for query in seen if 'DELETE FROM "language_passage"' in query["sql"])
    assert all(f'"{column}"' in gone for column in ("kind", "home", "owner"))
    assert set(OWNED) | {"organisation"} == {"organisation", "facility", "notice"}

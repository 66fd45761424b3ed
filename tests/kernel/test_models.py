"""People, the offices they hold, and what the database itself refuses."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from corridor.kernel.models import Audience, Event, Grant, User
from corridor.kernel.operations import record
from corridor.kernel.states import Capability, Office, Scope
from tests import make

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def held(user: User, **facts: object) -> Grant:
    """A grant as it might stand in the database."""
    row = {"office": Office.MEMBER, "scope": Scope.COUNTRY, "scope_id": "LA", "home": "LA", **facts}
    return Grant.objects.create(user=user, **row)


def test_an_address_signs_in_once_whatever_its_capitals():
    make.person(email="mali@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.person(email="Mali@Example.org")
    assert User.objects.get_by_natural_key("MALI@EXAMPLE.ORG").email == "mali@example.org"


@pytest.mark.parametrize(
    ("starts", "ends", "is_current"),
    [(0, None, True), (-1, 1, True), (-1, 0, False), (1, None, False), (0, 0, False), (-9, -3, False)],
)
def test_an_office_is_in_force_from_its_first_day_to_the_day_before_its_last(starts, ends, is_current):
    today = timezone.now().date()
    made = held(make.person(), starts_on=today + starts * DAY, ends_on=None if ends is None else today + ends * DAY)
    assert list(Grant.objects.current()) == ([made] if is_current else [])


def test_an_office_that_ends_in_three_days_is_over_in_three_days():
    today = timezone.now().date()
    made = held(make.person(), starts_on=today, ends_on=today + 3 * DAY)
    assert [list(Grant.objects.current(on=today + n * DAY)) for n in (2, 3)] == [[made], []]


@pytest.mark.parametrize(
    "facts",
    [
        {"office": "king"},
        {"scope": "planet"},
        {"home": ""},
        {"home": "la"},
        {"starts_on": datetime.date(2026, 5, 2), "ends_on": datetime.date(2026, 5, 1)},
    ],
)
def test_the_database_refuses_offices_that_cannot_be(facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        held(make.person(), **facts)
    assert Grant.objects.count() == 0


def test_the_database_refuses_the_same_open_office_twice():
    person = make.person()
    held(person)
    with pytest.raises(IntegrityError), transaction.atomic():
        held(person)
    assert person.grants.count() == 1


def test_a_person_who_was_switched_off_may_nothing():
    officer = make.officer("LA")
    officer.is_active = False
    assert Audience.of(officer) == Audience(None)
    assert Audience.of(officer).principals == []


def test_nobody_in_particular_may_nothing():
    assert Audience.of(None) == Audience(None)
    assert {c for c in Capability if Audience(None).can(c)} == set()


def test_an_office_over_one_country_says_nothing_over_another():
    audience = make.officer("LA").audience
    assert [audience.can(Capability.PUBLISH, home=home) for home in ("LA", "VN", "")] == [True, False, False]
    assert (audience.homes, audience.offices_of) == (("LA",), ("LA",))


def test_an_office_over_one_organisation_says_nothing_over_another_or_over_its_country():
    own, other = make.organisation("LA"), make.organisation("LA")
    audience = make.member(own).audience
    assert audience.can(Capability.SPEAK, organisation=own.pk) is True
    assert audience.can(Capability.SPEAK, organisation=other.pk) is False
    assert audience.can(Capability.SPEAK, home="LA") is False
    assert (audience.organisations, audience.homes, audience.offices_of) == ((str(own.pk),), ("LA",), ())


def test_the_audience_is_read_with_one_query_and_remembered():
    officer = make.officer("LA")
    officer = User.objects.get(pk=officer.pk)
    count = _Count()
    with connection.execute_wrapper(count):
        assert (officer.audience.is_member, officer.audience.homes) == (True, ("LA",))
    assert count.number == 1


class _Count:
    """Counts statements."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute, sql, params, many, context):
        self.number += 1
        return execute(sql, params, many, context)


def test_events_outlive_their_subject_and_their_author():
    officer, person = make.officer("LA"), make.person("LA")
    event = record("thing.done", person, by=officer)
    person.delete()
    event.refresh_from_db()
    assert Event.objects.get(pk=event.pk).by_id == officer.pk
    assert [field.name for field in Event._meta.get_fields() if field.is_relation] == []

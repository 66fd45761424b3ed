"""Countries, focal points as offices held over time, and names in many languages."""

import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation

from corridor.directory.models import Country, FocalPoint, Identifier, MembershipRequest, Organisation
from corridor.directory.operations.organisations import list_organisation
from corridor.directory.operations.starter import load_starter, read
from tests import make

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "km", "lo", "my", "th", "vi", "zh-hans"]


def test_there_are_six_countries_in_the_agreed_order_each_named_in_seven_languages():
    countries = list(Country.objects.all())
    assert [country.code for country in countries] == ["KH", "CN", "LA", "MM", "TH", "VN"]
    assert [sorted(country.names) for country in countries] == [LANGUAGES] * 6
    assert [str(country) for country in countries] == [
        "Cambodia",
        "China",
        "Lao PDR",
        "Myanmar",
        "Thailand",
        "Viet Nam",
    ]


def test_a_country_is_named_in_the_readers_language():
    with translation.override("zh-hans"):
        assert Country.objects.get(pk="CN").name == "中国"


def test_time_zones_are_those_of_the_six():
    noon = datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.UTC)
    offsets = {c.code: noon.astimezone(c.zone).utcoffset() / datetime.timedelta(hours=1) for c in Country.objects.all()}
    assert offsets == {"KH": 7.0, "CN": 8.0, "LA": 7.0, "MM": 6.5, "TH": 7.0, "VN": 7.0}


def test_starter_data_names_one_focal_point_a_country_and_loading_it_twice_is_nothing():
    count = load_starter()
    before = (Organisation.objects.count(), FocalPoint.objects.count())
    assert (count, load_starter()) == (len(read("focal_points.json")) + len(read("starter_organisations.json")), 0)
    assert (Organisation.objects.count(), FocalPoint.objects.count()) == before
    assert sorted(FocalPoint.objects.values_list("home", flat=True)) == ["CN", "KH", "LA", "MM", "TH", "VN"]


def test_one_focal_point_a_country_holds_the_office_at_a_time():
    first, second = make.organisation("LA", type="ministry"), make.organisation("LA", type="ministry")
    held = FocalPoint.objects.create(home="LA", organisation=first, starts_on=datetime.date(2020, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        FocalPoint.objects.create(home="LA", organisation=second, starts_on=datetime.date(2026, 1, 1))
    FocalPoint.objects.filter(pk=held.pk).update(ends_on=datetime.date(2026, 1, 1))
    FocalPoint.objects.create(home="LA", organisation=second, starts_on=datetime.date(2026, 1, 1))
    held.refresh_from_db()
    days = [
        datetime.date(2019, 12, 31),
        datetime.date(2020, 1, 1),
        datetime.date(2025, 12, 31),
        datetime.date(2026, 1, 1),
    ]
    assert [held.held_on(day) for day in days] == [False, True, True, False]


def test_the_office_of_focal_point_does_not_end_before_it_begins():
    ministry = make.organisation("LA", type="ministry")
    day = datetime.date(2026, 1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        FocalPoint.objects.create(home="LA", organisation=ministry, starts_on=day, ends_on=day)


def test_an_organisation_shows_its_name_in_the_readers_language_else_in_english_else_the_official_one():
    made = list_organisation(
        by=None,
        names=[("official", "lo", "ສະຖາບັນກະສິກຳ"), ("translation", "en", "Farm Institute"), ("acronym", "th", "FI")],
        home="LA",
        type="institute",
    )
    shown = {}
    for language in LANGUAGES:
        with translation.override(language):
            shown[language] = Organisation.objects.get(pk=made.pk).name
    assert shown == dict.fromkeys(LANGUAGES, "Farm Institute") | {"lo": "ສະຖາບັນກະສິກຳ"}
    assert Organisation.objects.get(pk=made.pk).native_name == "ສະຖາບັນກະສິກຳ"


@pytest.mark.parametrize("facts", [{"home": "lao"}, {"home": ""}, {"type": "palace"}, {"latitude": 91, "longitude": 0}])
def test_the_database_refuses_organisations_that_cannot_be(facts):
    with pytest.raises(DatabaseError), transaction.atomic():
        Organisation.objects.create(**{"home": "LA", "type": "institute", **facts})
    assert Organisation.objects.count() == 0


def test_an_identifier_of_a_register_names_one_organisation():
    Identifier.objects.create(organisation=make.organisation(), scheme="ror", value="01abc")
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier.objects.create(organisation=make.organisation(), scheme="ror", value="01abc")


def test_the_database_keeps_one_waiting_request_a_person():
    person = make.person("LA")
    make.request(person)
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipRequest.objects.create(user=person, home="LA", statement="Again.")

"""The page of an organisation, and the list of all."""

import json
import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from corridor.directory.models import FocalPoint, Identifier, OrganisationName
from corridor.directory.operations.indexing import follow
from corridor.matching.operations import notices
from tests import make

As = Callable[..., Client]
LANGUAGES = [code for code, _ in settings.LANGUAGES]


def at(organisation: object) -> str:
    """The address of an organisation."""
    return reverse("organisation", args=[organisation.pk])


def linked_data(text: str) -> dict[str, object]:
    """What the page says to search engines."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    assert found is not None
    return json.loads(found[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_pages_read_in_every_language(as_: As, language: str) -> None:
    organisation = make.organisation(
        is_verified=True, about="We dry coffee.", about_language="en", website="https://a.example"
    )
    make.published(make.member(organisation), of=organisation)
    client = as_(None, language)
    assert [client.get(url).status_code for url in (at(organisation), reverse("organisations"))] == [200, 200]


def test_names_stand_in_every_script_with_their_language(as_: As) -> None:
    organisation = make.organisation(name="ມະຫາວິທະຍາໄລ ຕົວຢ່າງ", language="lo")
    OrganisationName.objects.create(
        organisation=organisation, kind="translation", language="th", text="มหาวิทยาลัยตัวอย่าง"
    )
    text = as_().get(at(organisation)).content.decode()
    assert '<span lang="lo" dir="auto">ມະຫາວິທະຍາໄລ ຕົວຢ່າງ</span>' in text
    assert '<span lang="th" dir="auto">มหาวิทยาลัยตัวอย่าง</span>' in text


def test_a_name_in_a_language_that_nobody_knows_breaks_no_page(as_: As) -> None:
    organisation = make.organisation(name="Nom sans langue", language="")
    OrganisationName.objects.create(organisation=organisation, kind="alias", language="xx", text="Other")
    OrganisationName.objects.create(organisation=organisation, kind="alias", language="bo", text="Third")
    assert as_().get(at(organisation)).status_code == 200


def test_the_web_site_passes_nothing_on(as_: As) -> None:
    text = as_().get(at(make.organisation(website="https://a.example/"))).content.decode()
    assert '<a href="https://a.example/" rel="nofollow noopener">https://a.example/</a>' in text


def test_identifiers_lead_to_their_register_and_inner_ones_stay_hidden(as_: As) -> None:
    organisation = make.organisation()
    for scheme, value in (("ror", "https://ror.org/04xtpk854"), ("starter", "inner-code")):
        Identifier.objects.create(organisation=organisation, scheme=scheme, value=value)
    text = as_().get(at(organisation)).content.decode()
    assert '<a href="https://ror.org/04xtpk854" rel="noopener">04xtpk854</a>' in text
    assert "inner-code" not in text


def test_an_entry_from_public_facts_says_that_it_is_no_member_until_somebody_speaks_for_it(as_: As) -> None:
    organisation = make.organisation(source="public facts")
    sentence = "A directory entry compiled from public facts, not a member."
    assert sentence in as_().get(at(organisation)).content.decode()
    make.member(organisation)
    assert sentence not in as_().get(at(organisation)).content.decode()


def test_a_verified_one_says_by_which_focal_point_and_never_by_whom(as_: As) -> None:
    ministry = make.organisation(name="Ministry of Examples", type="ministry")
    FocalPoint.objects.create(home="LA", organisation=ministry, starts_on=make.today())
    organisation = make.organisation()
    make.organisations.verify(organisation, by=make.officer("LA", name="Khampha"), reason="Letter of Mrs X seen.")
    text = as_().get(at(organisation)).content.decode()
    assert "Verified by the focal point: Ministry of Examples" in text
    assert ("Khampha" in text, "Mrs X" in text) == (False, False)


def test_open_notices_stand_under_its_name_but_anonymous_ones_never(as_: As) -> None:
    organisation = make.organisation()
    member = make.member(organisation)
    make.published(member, of=organisation, title="With our name")
    make.published(member, of=organisation, title="Without our name", is_anonymous=True)
    make.published(member, of=organisation, title="For members", visibility="members")
    make.notice(member, of=organisation, title="A draft")
    make.submitted(member, of=organisation, title="A submission")
    visitors = [row.title for row in as_().get(at(organisation)).context["rows"]]
    own = [row.title for row in as_(member).get(at(organisation)).context["rows"]]
    officers = [row.title for row in as_(make.officer("KH")).get(at(organisation)).context["rows"]]
    for reader in (make.person(), make.operator()):
        assert [row.title for row in as_(reader).get(at(organisation)).context["rows"]] == ["With our name"]
    assert visitors == ["With our name"]
    assert sorted(own) == sorted(officers) == ["For members", "With our name"]


def test_notices_that_ended_or_are_suspended_do_not_stand_there(as_: As) -> None:
    organisation = make.organisation()
    member = make.member(organisation)
    notices.suspend(make.published(member, of=organisation), by=make.officer("LA"), reason="To be checked.")
    notices.fulfil(make.published(member, of=organisation), by=member)
    assert as_().get(at(organisation)).context["rows"] == []


def test_linked_data_holds_names_in_all_scripts_and_cannot_end_its_element(as_: As) -> None:
    organisation = make.organisation(name="A </script><b>name</b> & more", place="Pakse", type="university")
    OrganisationName.objects.create(organisation=organisation, kind="translation", language="lo", text="ຊື່")
    text = as_().get(at(organisation)).content.decode()
    data = linked_data(text)
    assert (data["@type"], data["name"], data["alternateName"]) == (
        "CollegeOrUniversity", "A </script><b>name</b> & more", ["ຊື່"]
    )  # fmt: skip
    assert data["address"] == {"@type": "PostalAddress", "addressLocality": "Pakse", "addressCountry": "LA"}
    assert "<b>name</b>" not in text


def test_parent_and_parts_lead_to_one_another(as_: As) -> None:
    parent = make.organisation(name="The university")
    part = make.organisation(name="The faculty", parent=parent)
    assert at(parent) in as_().get(at(part)).content.decode()
    assert at(part) in as_().get(at(parent)).content.decode()


def test_mending_is_offered_to_its_manager_and_its_focal_point_alone(as_: As) -> None:
    organisation = make.organisation()
    url = reverse("organisation-entry", args=[organisation.pk])
    may = [make.manager(organisation), make.officer("LA")]
    may_not = [None, make.person(), make.member(organisation), make.officer("KH"), make.operator()]
    assert [url in as_(person).get(at(organisation)).content.decode() for person in (*may, *may_not)] == [True] * 2 + [
        False
    ] * 5


def test_whoever_works_there_is_not_asked_to_join_or_to_meet_it(as_: As) -> None:
    organisation = make.organisation()
    joining, meeting = "I work here", reverse("introduction-new")
    for reader in (make.member(organisation), make.manager(organisation)):
        page = as_(reader).get(at(organisation)).content.decode()
        assert (joining in page, meeting in page) == (False, False)
    for reader in (make.member(make.organisation()), make.officer("LA"), None):
        page = as_(reader).get(at(organisation)).content.decode()
        assert (joining in page, meeting in page) == (True, True)


def test_the_page_asks_as_often_for_15_notices_as_for_3(
    as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    organisation, officer = make.organisation(is_verified=True), make.officer("LA")
    member = make.member(organisation)
    for _ in range(3):
        make.published(member, of=organisation, publisher=officer)
    client = as_()
    with django_assert_num_queries(12):
        client.get(at(organisation))
    for _ in range(12):
        make.published(member, of=organisation, publisher=officer)
    with django_assert_num_queries(12):
        client.get(at(organisation))


def test_the_list_asks_as_often_for_60_as_for_3(as_: As, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(3):
        make.organisation()
    client = as_()
    with django_assert_num_queries(3):
        client.get(reverse("organisations"))
    for _ in range(57):
        make.organisation()
    with django_assert_num_queries(3):
        client.get(reverse("organisations"))


def test_filters_narrow_the_list(as_: As) -> None:
    make.organisation("LA", name="Lao cooperative", is_verified=True)
    make.organisation("LA", name="Lao hospital", type="hospital")
    make.organisation("KH", name="Khmer cooperative")
    client = as_()

    def names(**wanted: str) -> list[str]:
        return [line.title for line in client.get(reverse("organisations"), wanted).context["lines"]]

    assert names() == ["Khmer cooperative", "Lao cooperative", "Lao hospital"]
    assert names(country="LA") == ["Lao cooperative", "Lao hospital"]
    assert names(type="cooperative", country="LA") == ["Lao cooperative"]
    assert names(verified="yes") == ["Lao cooperative"]
    assert names(country="XX", type="castle", verified="perhaps") == names()


def test_pages_keep_the_filters(as_: As) -> None:
    for _ in range(25):
        make.organisation("LA")
    page = as_().get(reverse("organisations"), {"country": "LA"})
    assert (len(page.context["lines"]), page.context["next_url"]) == (
        20,
        f"{reverse('organisations')}?country=LA&page=2",
    )
    second = as_().get(page.context["next_url"])
    assert (len(second.context["lines"]), second.context["next_url"]) == (5, "")


def test_names_are_found_in_any_script_through_the_one_index(as_: As) -> None:
    wanted = make.organisation(name="ມະຫາວິທະຍາໄລ ຕົວຢ່າງ", language="lo", is_verified=True)
    other = make.organisation(name="Rice mill of Takeo")
    for organisation in (wanted, other):
        follow(str(organisation.pk))
    client = as_()
    found = client.get(reverse("organisations"), {"q": "ມະຫາວິທະຍາໄລ", "verified": "yes"}).context["lines"]
    assert [line.organisation.pk for line in found] == [wanted.pk]


def test_what_is_not_there_is_404(as_: As) -> None:
    assert as_().get("/directory/organisations/00000000-0000-0000-0000-000000000000/").status_code == 404

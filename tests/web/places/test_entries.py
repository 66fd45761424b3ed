"""Listing a new organisation and mending an entry."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from corridor.directory.models import Organisation
from tests import make

As = Callable[..., Client]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
SAID = {"official": "ສະຫະກອນກາເຟ ຕົວຢ່າງ", "official_language": "lo", "type": "cooperative", "place": "Pakse"}


def names_of(organisation: Organisation) -> list[tuple[str, str, str]]:
    """All names as they are kept."""
    return sorted(organisation.names.values_list("kind", "language", "text"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_forms_read_in_every_language(as_: As, language: str) -> None:
    organisation = make.organisation()
    client = as_(make.manager(organisation), language)
    urls = [reverse("organisation-new"), reverse("organisation-entry", args=[organisation.pk])]
    assert [client.get(url).status_code for url in urls] == [200, 200]


def test_anybody_who_is_signed_in_lists_an_organisation_of_their_own_country(as_: As) -> None:
    said = {**SAID, "name_en": "Example Coffee Cooperative", "aliases": "ECC\nCoffee people"}
    answer = as_(make.person("LA")).post(reverse("organisation-new"), said)
    made = Organisation.objects.get()
    assert answer["Location"] == reverse("organisation", args=[made.pk])
    assert (made.home, made.type, made.place, made.source, made.is_verified) == (
        "LA",
        "cooperative",
        "Pakse",
        "",
        False,
    )
    assert names_of(made) == [
        ("acronym", "", "ECC"),
        ("alias", "", "Coffee people"),
        ("official", "lo", "ສະຫະກອນກາເຟ ຕົວຢ່າງ"),
        ("translation", "en", "Example Coffee Cooperative"),
    ]


def test_a_visitor_signs_in_first(as_: As) -> None:
    assert as_().get(reverse("organisation-new"))["Location"].startswith(reverse("account_login"))


def test_whoever_has_said_no_country_is_told_to(as_: As) -> None:
    client = as_(make.person(""))
    assert (
        "Say in your account in which country you are first."
        in client.get(reverse("organisation-new")).content.decode()
    )
    assert client.post(reverse("organisation-new"), SAID).status_code == 403
    assert Organisation.objects.count() == 0


def test_what_is_listed_already_is_shown_first_and_nothing_typed_is_lost(as_: As) -> None:
    listed = make.organisation(name="Bolaven Coffee Cooperative")
    client = as_(make.person("LA"))
    said = {**SAID, "official": "BOLAVEN  coffee-cooperative", "official_language": "en"}
    page = client.post(reverse("organisation-new"), said)
    assert [line.organisation for line in page.context["similar"]] == [listed]
    assert "BOLAVEN  coffee-cooperative" in page.content.decode()
    assert Organisation.objects.count() == 1
    client.post(reverse("organisation-new"), {**said, "is_another": "yes"})
    assert Organisation.objects.count() == 2


def test_vietnamese_without_tone_marks_is_known_again(as_: As) -> None:
    listed = make.organisation("VN", name="Hợp tác xã Cà phê Ví Dụ", language="vi")
    said = {**SAID, "official": "Hop tac xa Ca phe Vi Du", "official_language": "vi"}
    page = as_(make.person("VN")).post(reverse("organisation-new"), said)
    assert [line.organisation for line in page.context["similar"]] == [listed]


def test_an_organisation_of_another_country_with_the_same_name_is_no_duplicate(as_: As) -> None:
    make.organisation("KH", name="Bolaven Coffee Cooperative")
    as_(make.person("LA")).post(reverse("organisation-new"), {**SAID, "official": "Bolaven Coffee Cooperative"})
    assert Organisation.objects.filter(home="LA").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"official": ""},
        {"official": "🙂🙂"},
        {"website": "javascript:alert(1)"},
        {"type": "castle"},
        {"official": "x" * 301},
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(as_: As, wrong: dict[str, str]) -> None:
    page = as_(make.person("LA")).post(reverse("organisation-new"), {**SAID, "about": "We dry coffee.", **wrong})
    assert page.status_code == 200
    assert "We dry coffee." in page.content.decode()
    assert Organisation.objects.count() == 0


def test_its_manager_mends_an_entry_and_names_keep_their_language(as_: As) -> None:
    organisation = make.organisation(name="ຊື່ເກົ່າ", language="lo")
    organisation.names.create(kind="alias", language="fr", text="Ancien nom")
    client, url = as_(make.manager(organisation)), reverse("organisation-entry", args=[organisation.pk])
    form = client.get(url).context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    client.post(url, {**said, "name_vi": "Tên mới", "place": "Pakse"})
    organisation.refresh_from_db()
    assert organisation.place == "Pakse"
    assert names_of(Organisation.objects.get()) == [
        ("alias", "fr", "Ancien nom"), ("official", "lo", "ຊື່ເກົ່າ"), ("translation", "vi", "Tên mới")
    ]  # fmt: skip


def test_nobody_else_mends_it(as_: As) -> None:
    organisation = make.organisation(place="Pakse")
    url = reverse("organisation-entry", args=[organisation.pk])
    for person in (make.person("LA"), make.member(organisation), make.officer("KH"), make.operator()):
        client = as_(person)
        assert [client.get(url).status_code, client.post(url, {**SAID, "place": "Elsewhere"}).status_code] == [403, 403]
    organisation.refresh_from_db()
    assert organisation.place == "Pakse"

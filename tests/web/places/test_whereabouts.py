"""Saying where an organisation is: towns while typing, coordinates from a town, a choice among several, and what cannot be."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from corridor.directory.models import Organisation
from tests import make

As = Callable[..., Client]
SAID = {"official": "Invented Coffee Works", "official_language": "en", "type": "enterprise"}


def where(organisation: Organisation) -> tuple[str, str, Decimal | None, Decimal | None]:
    """Its place as it is kept."""
    organisation.refresh_from_db()
    return organisation.place, organisation.province, organisation.latitude, organisation.longitude


def kept(client: Client, organisation: Organisation) -> dict[str, str]:
    """What the form of an entry shows."""
    form = client.get(reverse("organisation-entry", args=[organisation.pk])).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


@pytest.mark.parametrize(
    ("country", "text", "options"),
    [
        ("LA", "ປາກເ", '<option value="ປາກເຊ">Pakse, Champasak</option>'),
        ("la", "Pakse", '<option value="Pakse">Pakse, Champasak</option>'),
        ("VN", "hue", '<option value="Huế">Huế</option>'),
        ("LA", "p", ""),
        ("LA", "", ""),
        ("FR", "Paris", ""),
        ("LA", "\x00", ""),
    ],
)
def test_towns_are_suggested_while_typing(as_: As, country: str, text: str, options: str) -> None:
    answer = as_(make.person("LA")).get(reverse("town-suggestions"), {"country": country, "place": text})
    assert answer.content.decode().strip() == options


def test_a_reader_sees_towns_in_their_own_script_too(as_: As) -> None:
    answer = as_(make.person("LA"), "lo").get(reverse("town-suggestions"), {"country": "LA", "place": "Pakse"})
    assert answer.content.decode().strip() == '<option value="Pakse">ປາກເຊ, Pakse, ຈຳປາສັກ</option>'


def test_suggestions_are_for_those_who_are_signed_in(as_: As) -> None:
    assert as_().get(reverse("town-suggestions"), {"country": "LA", "place": "Pakse"}).status_code == 302


def test_a_known_town_brings_its_province_and_coordinates(as_: As) -> None:
    as_(make.person("LA")).post(reverse("organisation-new"), {**SAID, "place": "ປາກເຊ"})
    assert where(Organisation.objects.get()) == ("ປາກເຊ", "Champasak", Decimal("15.12022"), Decimal("105.79898"))


def test_an_unknown_place_is_kept_as_it_was_written(as_: As) -> None:
    as_(make.person("LA")).post(reverse("organisation-new"), {**SAID, "place": "Ban Nowhere"})
    assert where(Organisation.objects.get()) == ("Ban Nowhere", "", None, None)


def test_of_several_towns_one_is_chosen_and_nothing_typed_is_lost(as_: As) -> None:
    client = as_(make.person("CN"))
    said = {**SAID, "place": "Honghe", "about": "It roasts."}
    page = client.post(reverse("organisation-new"), said)
    form = page.context["form"]
    assert (Organisation.objects.count(), form.is_ambiguous, len(form.candidates)) == (0, True, 3)
    assert page.content.decode().count('type="radio" name="town"') == 4
    assert "It roasts." in page.content.decode()
    chosen = form.candidates[1]
    client.post(reverse("organisation-new"), {**said, "town": str(chosen.id)})
    assert where(Organisation.objects.get())[:2] == ("Honghe", "Gansu")


def test_none_of_these_leaves_the_coordinates_out(as_: As) -> None:
    as_(make.person("CN")).post(reverse("organisation-new"), {**SAID, "place": "Honghe", "town": "none"})
    assert where(Organisation.objects.get()) == ("Honghe", "", None, None)


def test_a_province_decides_between_towns_of_one_name(as_: As) -> None:
    as_(make.person("CN")).post(reverse("organisation-new"), {**SAID, "place": "Honghe", "province": "Gansu"})
    assert where(Organisation.objects.get())[1:] == ("Gansu", Decimal("34.40972"), Decimal("105.39000"))


@pytest.mark.parametrize(
    ("latitude", "longitude", "reason"),
    [
        ("102.6", "17.9667", "Latitude and longitude are probably swapped"),
        ("9.5", "101.5", "This place lies in the sea."),
        ("17.9667", "", "Give latitude and longitude both, or neither."),
        ("north", "102.6", "Write degrees as a number"),
        ("21.0", "105.8", "in the neighbourhood of another one"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_nothing_is_listed(
    as_: As, latitude: str, longitude: str, reason: str
) -> None:
    said = {**SAID, "place": "Vientiane", "latitude": latitude, "longitude": longitude}
    page = as_(make.person("LA")).post(reverse("organisation-new"), said)
    assert reason in " ".join(page.context["form"].errors["latitude"])
    assert f'value="{latitude}"' in page.content.decode()
    assert Organisation.objects.count() == 0


def test_a_coordinate_in_the_sea_is_said_so(as_: As) -> None:
    page = as_(make.person("TH")).post(reverse("organisation-new"), {**SAID, "latitude": "9.5", "longitude": "101.5"})
    assert page.context["form"].errors["latitude"][0].startswith("This place lies in the sea.")
    assert Organisation.objects.count() == 0


def test_own_coordinates_are_not_replaced_by_those_of_the_town(as_: As) -> None:
    said = {**SAID, "place": "Pakse", "latitude": "15,2", "longitude": "105.85"}
    as_(make.person("LA")).post(reverse("organisation-new"), said)
    assert where(Organisation.objects.get())[2:] == (Decimal("15.20000"), Decimal("105.85000"))


def test_an_older_province_stays_and_can_be_chosen(as_: As) -> None:
    organisation = make.organisation("LA", province="The old province", place="Ban Nowhere")
    client = as_(make.manager(organisation))
    said = kept(client, organisation)
    assert said["province"] == "The old province"
    client.post(reverse("organisation-entry", args=[organisation.pk]), {**said, "aliases": "IOP"})
    assert where(organisation)[1] == "The old province"


def test_whoever_moves_takes_the_coordinates_of_the_new_town(as_: As) -> None:
    organisation = make.organisation("LA", place="Pakse", latitude=Decimal("15.12022"), longitude=Decimal("105.79898"))
    client = as_(make.manager(organisation))
    said = kept(client, organisation)
    client.post(reverse("organisation-entry", args=[organisation.pk]), {**said, "place": "Vientiane", "province": ""})
    assert where(organisation) == ("Vientiane", "Vientiane Capital", Decimal("17.96667"), Decimal("102.60000"))


def test_whoever_takes_coordinates_away_gets_none_back(as_: As) -> None:
    organisation = make.organisation("LA", place="Pakse", latitude=Decimal("15.12022"), longitude=Decimal("105.79898"))
    client = as_(make.manager(organisation))
    said = kept(client, organisation)
    client.post(reverse("organisation-entry", args=[organisation.pk]), {**said, "latitude": "", "longitude": ""})
    assert where(organisation) == ("Pakse", "", None, None)


def test_mending_something_else_asks_for_no_town(as_: As) -> None:
    organisation = make.organisation("CN", place="Honghe")
    client = as_(make.manager(organisation))
    client.post(
        reverse("organisation-entry", args=[organisation.pk]), {**kept(client, organisation), "about": "It roasts."}
    )
    assert where(organisation) == ("Honghe", "", None, None)
    assert organisation.about == "It roasts."

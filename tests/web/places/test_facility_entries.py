"""Adding, mending, closing and opening again: who may, what is wrong at which field, and that nothing typed is lost."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from corridor.directory.models import Facility, FacilityClosing, Organisation
from corridor.directory.operations import facilities
from corridor.kernel.models import User
from tests import make

As = Callable[..., Client]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
SAID = {"kind": "test", "name": "ກວດນ້ຳ", "name_language": "lo", "opening": "unsaid", "source_on": "2026-05-01"}
NOT_YOURS = "Only the organisation&#x27;s own manager or its focal point can say what it has to give."


def new(organisation: Organisation) -> str:
    """Where one adds."""
    return reverse("facility-new", args=[organisation.pk])


def mending(facility: Facility) -> str:
    """Where one mends."""
    return reverse("facility-entry", args=[facility.pk])


def closing(facility: Facility) -> str:
    """Where one closes."""
    return reverse("facility-closing", args=[facility.pk])


def reopening(facility: Facility) -> str:
    """Where one opens again."""
    return reverse("facility-reopening", args=[facility.pk])


@pytest.fixture
def own() -> Organisation:
    """An organisation of Lao PDR that nobody verified."""
    return make.organisation("LA")


@pytest.fixture
def manager(own: Organisation) -> User:
    """Its manager."""
    return make.manager(own, email="kham@a.example", language="lo")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_forms_read_in_every_language(as_: As, own: Organisation, manager: User, language: str) -> None:
    facility = make.facility(own)
    client = as_(manager, language)
    assert [client.get(url).status_code for url in (new(own), mending(facility), closing(facility))] == [200] * 3


def test_its_manager_adds_and_the_page_says_so(as_: As, own: Organisation, manager: User) -> None:
    said = {
        **SAID, "about": "ກວດ  24 ຊົ່ວໂມງ", "about_language": "lo", "capacity": "12.5", "capacity_unit": "samples_day",
        "spoken": ["lo", "th"], "themes": ["health"], "contact": " lab@a.example ", "is_office": "on", "price": "ຟຣີ",
    }  # fmt: skip
    answer = as_(manager).post(new(own), said)
    made = Facility.objects.get()
    assert answer["Location"] == reverse("facility", args=[made.pk])
    assert (made.organisation, made.home, made.kind, made.name, made.capacity, made.capacity_unit) == (
        own, "LA", "test", "ກວດນ້ຳ", Decimal("12.5"), "samples_day",
    )  # fmt: skip
    assert (made.spoken, made.themes, made.contact, made.price, made.source_on) == (
        ["lo", "th"], ["health"], "lab@a.example", "ຟຣີ", datetime.date(2026, 5, 1),
    )  # fmt: skip


def test_nobodys_own_address_stands_in_an_empty_form(as_: As, own: Organisation, manager: User) -> None:
    form = as_(manager).get(new(own)).context["form"]
    assert (form["contact"].value(), form["is_office"].value()) == (None, None)
    assert (form["name_language"].value(), form["about_language"].value()) == ("lo", "lo")


def test_a_visitor_signs_in_first(as_: As, own: Organisation) -> None:
    facility = make.facility(own, name="Oven")
    for url in (new(own), mending(facility), closing(facility)):
        assert as_().get(url)["Location"].startswith(reverse("account_login"))
    facilities.close(facility, by=make.officer("LA"), reason="Sold.")
    sent = [as_().post(url, SAID) for url in (new(own), mending(facility), reopening(facility))]
    assert [answer.status_code for answer in sent] == [403] * 3
    assert (Facility.objects.get().name, FacilityClosing.objects.count()) == ("Oven", 1)


@pytest.mark.parametrize("who", ["outsider", "member", "other manager", "officer of Cambodia", "operator"])
def test_others_are_refused_with_the_reason_and_nothing_happens(as_: As, own: Organisation, who: str) -> None:
    facility, closed = make.facility(own, name="Oven"), make.facility(own, name="Closed oven")
    facilities.close(closed, by=make.officer("LA"), reason="Sold.")
    person = {
        "outsider": make.person,
        "member": lambda: make.member(own),
        "other manager": lambda: make.manager(make.organisation("LA")),
        "officer of Cambodia": lambda: make.officer("KH"),
        "operator": make.operator,
    }[who]()
    client = as_(person)
    sent = [
        client.get(new(own)), client.post(new(own), SAID), client.get(mending(facility)),
        client.post(mending(facility), SAID), client.get(closing(facility)),
        client.post(closing(facility), {"reason": "Because."}), client.post(reopening(closed)),
    ]  # fmt: skip
    assert [(answer.status_code, NOT_YOURS in answer.content.decode()) for answer in sent] == [(403, True)] * 7
    assert sorted(Facility.objects.values_list("name", flat=True)) == ["Closed oven", "Oven"]
    assert list(FacilityClosing.objects.values_list("facility", flat=True)) == [closed.pk]
    shown = client.get(reverse("facility", args=[facility.pk])).content.decode()
    assert (mending(facility) in shown, closing(facility) in shown) == (False, False)
    assert new(own) not in client.get(reverse("organisation", args=[own.pk])).content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "castle"}, "kind"),
        ({"name": ""}, "name"),
        ({"name": "🙂🙂"}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"name": "Oven"}, "name"),
        ({"about": "x" * 3001}, "about"),
        ({"about_language": "tlh"}, "about_language"),
        ({"capacity": "5"}, "capacity_unit"),
        ({"capacity_unit": "ha"}, "capacity"),
        ({"capacity": "-5", "capacity_unit": "ha"}, "capacity"),
        ({"capacity": "NaN", "capacity_unit": "ha"}, "capacity"),
        ({"capacity": "many", "capacity_unit": "ha"}, "capacity"),
        ({"opening": "perhaps"}, "opening"),
        ({"spoken": ["lo", "tlh"]}, "spoken"),
        ({"themes": ["castles"]}, "themes"),
        ({"contact": "lab@a.example"}, "is_office"),
        ({"contact": "KHAM@a.example", "is_office": "on"}, "contact"),
        ({"source_on": ""}, "source_on"),
        ({"source_on": "2999-01-01"}, "source_on"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
    as_: As, own: Organisation, manager: User, wrong: dict[str, object], field: str
) -> None:
    make.facility(own, name="Oven")
    page = as_(manager).post(new(own), {**SAID, "admission": "Samples come frozen.", **wrong})
    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])
    assert "Samples come frozen." in page.content.decode()
    assert Facility.objects.count() == 1


def test_a_name_is_kept_as_text_without_what_nobody_types(as_: As, own: Organisation, manager: User) -> None:
    as_(manager).post(new(own), {**SAID, "name": "  <b>Oven</b>\n 2\x07 ", "about": "Two\r\nlines"})
    made = Facility.objects.get()
    assert (made.name, made.about) == ("<b>Oven</b> 2", "Two\nlines")


def test_mending_begins_with_what_is_there_and_keeps_it(as_: As, own: Organisation, manager: User) -> None:
    facts = {
        "about": "It weighs.", "about_language": "en", "capacity": Decimal("12.50"), "capacity_unit": "ha",
        "spoken": ["lo"], "themes": ["green"], "contact": "lab@a.example", "opening": "open", "price": "Free",
    }  # fmt: skip
    facility = make.facility(own, name="Oven", **facts)
    client = as_(manager)
    form = client.get(mending(facility)).context["form"]
    said = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    answer = client.post(mending(facility), {**said, "price": "100 a day"})
    assert answer["Location"] == reverse("facility", args=[facility.pk])
    assert Facility.objects.values(*facts, "name").get() == {**facts, "name": "Oven", "price": "100 a day"}


def test_an_officer_of_its_country_mends_what_a_manager_wrote(as_: As, own: Organisation) -> None:
    facility = make.facility(own, name="Oven")
    as_(make.officer("LA")).post(mending(facility), {**SAID, "name": "Large oven"})
    assert Facility.objects.get().name == "Large oven"


def test_closing_needs_a_reason_and_is_told_to_everybody(as_: As, own: Organisation, manager: User) -> None:
    facility, client = make.facility(own), as_(manager)
    assert list(client.post(closing(facility), {"reason": " "}).context["form"].errors) == ["reason"]
    assert FacilityClosing.objects.count() == 0
    answer = client.post(closing(facility), {"reason": "It <b>burnt</b> down."})
    assert answer["Location"] == reverse("facility", args=[facility.pk])
    shown = as_().get(answer["Location"]).content.decode()
    assert "It &lt;b&gt;burnt&lt;/b&gt; down." in shown
    again = client.post(closing(facility), {"reason": "Again."})
    assert (again.status_code, "This is closed already." in again.content.decode()) == (200, True)
    assert FacilityClosing.objects.get().reason == "It <b>burnt</b> down."


def test_opening_again_is_one_press_and_only_a_press(as_: As, own: Organisation, manager: User) -> None:
    facility, client = make.facility(own), as_(manager)
    assert client.post(reopening(facility)).status_code == 403
    facilities.close(facility, by=manager, reason="Sold.")
    assert client.get(reopening(facility)).status_code == 405
    assert FacilityClosing.objects.count() == 1
    assert client.post(reopening(facility))["Location"] == reverse("facility", args=[facility.pk])
    assert FacilityClosing.objects.count() == 0


def test_what_is_not_there_is_404(as_: As, manager: User) -> None:
    client, nothing = as_(manager), ["00000000-0000-0000-0000-000000000000"]
    names = ("facility-new", "facility-entry", "facility-closing")
    assert [client.get(reverse(name, args=nothing)).status_code for name in names] == [404] * 3
    assert client.post(reverse("facility-reopening", args=nothing)).status_code == 404

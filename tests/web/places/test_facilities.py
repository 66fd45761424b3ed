"""What organisations have to give: the list, the page of one, the part of an organisation's page, the table to take away."""

import csv
import html
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from corridor.directory.models import Facility
from corridor.directory.operations import facilities, facility_index
from tests import make

As = Callable[..., Client]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
HOSTILE = '</a><script>alert("1")</script>\'&'


def at(facility: Facility) -> str:
    """The address of its page."""
    return reverse("facility", args=[facility.pk])


def names(client: Client, **wanted: object) -> list[str]:
    """The names that the list shows."""
    return [line.facility.name for line in client.get(reverse("facilities"), wanted).context["lines"]]


def table(client: Client, **wanted: str) -> list[list[str]]:
    """The rows of the table to take away, without its head."""
    answer = client.get(reverse("facilities"), {**wanted, "format": "csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))[1:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_read_in_every_language(as_: As, language: str) -> None:
    facility = make.facility(
        about="It weighs.", about_language="lo", capacity=1500, capacity_unit="ha", spoken=["lo", "km"],
        themes=["health"], contact="lab@a.example", price="Free", admission="Ask.", opening="open", source="A letter",
    )  # fmt: skip
    client = as_(None, language)
    urls = (reverse("facilities"), at(facility), reverse("organisation", args=[facility.organisation_id]))
    assert [client.get(url).status_code for url in urls] == [200] * 3


def test_filters_narrow_the_list_and_what_is_not_known_narrows_nothing(as_: As) -> None:
    lao, khmer = make.organisation("LA"), make.organisation("KH")
    make.facility(lao, name="Oven", themes=["industry"], spoken=["lo", "en"], opening="open")
    make.facility(lao, name="Plot", kind="land")
    make.facility(khmer, name="Course", kind="programme", themes=["talent", "industry"], spoken=["km"])
    client = as_()
    assert names(client) == ["Course", "Plot", "Oven"]
    assert names(client, kind="land") == ["Plot"]
    assert names(client, country="LA") == ["Plot", "Oven"]
    assert names(client, theme="industry") == ["Course", "Oven"]
    assert names(client, opening="open") == ["Oven"]
    assert names(client, opening="unsaid") == ["Course", "Plot"]
    assert names(client, spoken="km") == ["Course"]
    assert names(client, organisation=str(khmer.pk)) == ["Course"]
    assert names(client, theme="industry", country="LA", spoken="en", kind="equipment") == ["Oven"]
    unknown = {"kind": "castle", "country": "XX", "theme": "<b>", "opening": "?", "spoken": "tlh", "organisation": "x"}
    assert names(client, **unknown, id=["x", "\0"], page="-3", q="\0") == ["Course", "Plot", "Oven"]


def test_clearing_the_filters_keeps_what_was_chosen(as_: As) -> None:
    facility = make.facility(name="Oven")
    make.facility(name="Plot", kind="land")
    page = as_().get(reverse("facilities"), {"kind": "land", "clear": "1", "id": str(facility.pk)})
    assert [(line.facility.name, line.is_chosen) for line in page.context["lines"]] == [("Plot", False), ("Oven", True)]


def test_words_in_any_language_are_found_through_the_one_index(as_: As) -> None:
    wanted = make.facility(name="ຕູ້ອົບແຫ້ງ", name_language="lo", spoken=["lo"])
    closed = make.facility(name="ຕູ້ອົບແຫ້ງ ເກົ່າ", name_language="lo", spoken=["lo"])
    for facility in (wanted, closed, make.facility(name="Plot of land")):
        facility_index.follow(str(facility.pk))
    facilities.close(closed, by=make.officer("LA"), reason="Sold.")
    client = as_()
    assert names(client, q="ຕູ້ອົບແຫ້ງ", spoken="lo", country="LA", kind="equipment") == ["ຕູ້ອົບແຫ້ງ"]
    assert names(client, q="ຕູ້ອົບແຫ້ງ", spoken="th") == []


def test_search_finds_it_beside_notices_and_organisations_and_leads_to_it(as_: As) -> None:
    facility = make.facility(
        make.organisation("TH", name="Canal Institute"), name="Spectrometer", kind="test", themes=["health"]
    )
    facility_index.follow(str(facility.pk))
    client = as_()
    for wanted in (
        {"q": "spectrometer"},
        {"q": "spectrometer", "kind": "facility", "theme": "health"},
        {"kind": "facility"},
    ):
        (row,) = client.get(reverse("search"), wanted).context["answer"].rows
        assert (row.title, row.url, row.country, row.organisation, str(row.kind)) == (
            "Spectrometer", at(facility), "TH", "Canal Institute", "Test or measurement",
        )  # fmt: skip
    for other in (
        {"kind": "organisation"},
        {"kind": "facility", "theme": "green"},
        {"kind": "facility", "country": "VN"},
    ):
        assert client.get(reverse("search"), {"q": "spectrometer", **other}).context["answer"].rows == []
    facilities.close(facility, by=make.officer("TH"), reason="Sold.")
    assert client.get(reverse("search"), {"q": "spectrometer"}).context["answer"].rows == []
    assert client.get(reverse("search"), {"kind": "facility"}).context["answer"].rows == []


def test_what_is_chosen_stays_chosen_under_other_filters_and_on_other_pages(as_: As) -> None:
    oven, plot = make.facility(name="Oven"), make.facility(name="Plot", kind="land")
    page = as_().get(reverse("facilities"), {"kind": "land", "id": [str(oven.pk), str(plot.pk), str(oven.pk)]})
    assert [(line.facility.name, line.is_chosen) for line in page.context["lines"]] == [("Plot", True)]
    assert [facility.name for facility in page.context["elsewhere"]] == ["Oven"]
    boxes = re.findall(
        r'<input type="checkbox" form="wanted" name="id" value="([^"]+)"[^>]* checked>', page.content.decode()
    )
    assert sorted(boxes) == sorted([str(oven.pk), str(plot.pk)])


def test_pages_are_turned_by_the_same_form(as_: As) -> None:
    organisation = make.organisation()
    for _ in range(25):
        make.facility(organisation)
    client = as_()
    first = client.get(reverse("facilities"), {"country": "LA"})
    assert len(first.context["lines"]) == 20
    assert '<button class="button quiet" form="wanted" name="page" value="2">' in first.content.decode()
    assert len(client.get(reverse("facilities"), {"country": "LA", "page": "2"}).context["lines"]) == 5


def test_an_empty_list_says_what_to_do(as_: As) -> None:
    assert "Nothing like this is listed yet" in as_().get(reverse("facilities")).content.decode()


def test_the_list_asks_as_often_for_20_as_for_3(as_: As, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = [make.facility(make.organisation(home), spoken=["lo"], themes=["health"]) for home in ("LA", "KH", "VN")]
    client = as_()
    chosen = {"id": [str(first[0].pk), str(first[1].pk)]}
    with django_assert_num_queries(3):
        client.get(reverse("facilities"))
    for _ in range(25):
        make.facility(make.organisation("TH"), spoken=["th"], themes=["green"])
    with django_assert_num_queries(3):
        client.get(reverse("facilities"))
    with django_assert_num_queries(4):  # and one for those that were chosen elsewhere
        client.get(reverse("facilities"), chosen)
    with django_assert_num_queries(2):
        client.get(reverse("facilities"), {"format": "csv"})


def test_the_page_of_one_says_everything_and_leads_on(as_: As) -> None:
    organisation = make.organisation("VN", name="Viện Cá", language="vi", place="Huế")
    facility = make.facility(
        organisation, name="Máy đo", name_language="vi", about="Đo nước.", about_language="vi", price="Miễn phí",
        capacity="1500.50", capacity_unit="kg_day", spoken=["vi", "en"], opening="agreement",
        contact="https://a.example/x", source="A catalogue", admission="Báo trước.", themes=["green"],
    )  # fmt: skip
    page = as_().get(at(facility))
    text = page.content.decode()
    facts = {str(fact.label): [str(value) for value in fact.shown] for fact in page.context["facts"]}
    assert (facts["How much or how many"], facts["Languages spoken there"]) == (["1,500.5"], ["English", "Vietnamese"])
    assert (facts["Place"], facts["Partners from abroad"]) == (["Huế"], ["foreign partners by agreement"])
    assert facts["Where to ask"] == [
        '<a href="https://a.example/x" rel="nofollow noopener" dir="auto">https://a.example/x</a>'
    ]
    assert '<h1 lang="vi" dir="auto">Máy đo</h1>' in text
    assert '<dd lang="vi">Miễn phí</dd>' in text
    assert reverse("organisation", args=[organisation.pk]) in text
    assert "A catalogue" in text


def test_what_was_not_said_does_not_stand_there(as_: As) -> None:
    labels = [str(fact.label) for fact in as_().get(at(make.facility())).context["facts"]]
    assert labels == ["Kind", "Organisation", "Country", "As of"]


@pytest.mark.parametrize(
    "contact", ["javascript:alert(1)", HOSTILE, "data:text/html,x", 'https://a.example/"onclick="x']
)
def test_hostile_words_are_words_and_never_links(as_: As, contact: str) -> None:
    organisation = make.organisation(type="zone")
    facility = make.facility(
        organisation,
        name=f"Oven {HOSTILE}",
        about=HOSTILE,
        admission=HOSTILE,
        price=HOSTILE,
        contact=contact,
        source=HOSTILE,
    )
    other = make.facility(organisation, name=f"Other {HOSTILE}", contact=contact)
    client = as_()
    compared = f"{reverse('facility-comparison')}?id={facility.pk}&id={other.pk}"
    for url in (reverse("facilities"), at(facility), reverse("organisation", args=[organisation.pk]), compared):
        text = client.get(url).content.decode()
        assert "<script>alert" not in text
        assert html.escape(HOSTILE) in text
        links = [html.unescape(link) for link in re.findall(r'href="([^"]*)"', text)]
        assert [link for link in links if link == contact or link.startswith(("javascript:", "data:"))] == []


def test_a_closed_one_keeps_its_page_and_leaves_every_list(as_: As) -> None:
    organisation = make.organisation()
    facility = make.facility(organisation, name="Oven")
    facilities.close(facility, by=make.officer("LA", name="Khampha"), reason="It burnt down.")
    client = as_()
    text = client.get(at(facility)).content.decode()
    assert ("It burnt down." in text, "Khampha" in text, 'content="noindex"' in text) == (True, False, True)
    assert names(client) == []
    assert table(client) == []
    assert at(facility) not in client.get(reverse("organisation", args=[organisation.pk])).content.decode()
    own = as_(make.manager(organisation)).get(reverse("organisation", args=[organisation.pk])).content.decode()
    assert at(facility) in own


@pytest.mark.parametrize("kind", ["zone", "park", "incubator"])
def test_zones_parks_and_incubators_begin_with_what_they_have_to_give(as_: As, kind: str) -> None:
    organisation = make.organisation(type=kind, about="We lie at the river.", about_language="en")
    page = reverse("organisation", args=[organisation.pk])
    empty = as_().get(page).content.decode()
    assert "Nothing is said about it yet." in empty
    facility = make.facility(organisation)
    text = as_().get(page).content.decode()
    assert text.index(at(facility)) < text.index("We lie at the river.") < text.index("At a glance")


def test_others_say_it_below_and_only_where_there_is_something(as_: As) -> None:
    organisation = make.organisation(type="hospital", about="We heal.", about_language="en")
    page = reverse("organisation", args=[organisation.pk])
    assert "What it has to give" not in as_().get(page).content.decode()
    facility = make.facility(organisation)
    text = as_().get(page).content.decode()
    assert text.index("We heal.") < text.index(at(facility)) < text.index("Open notices")


def test_a_long_row_is_cut_and_leads_to_all(as_: As) -> None:
    organisation = make.organisation()
    for _ in range(13):
        make.facility(organisation)
    page = as_().get(reverse("organisation", args=[organisation.pk]))
    assert (len(page.context["giving"].open), page.context["giving"].all_url) == (
        12, f"{reverse('facilities')}?organisation={organisation.pk}",
    )  # fmt: skip
    assert (
        len(names(as_(), **{k: v[0] for k, v in parse_qs(urlsplit(page.context["giving"].all_url).query).items()}))
        == 13
    )


def test_the_organisations_page_asks_as_often_for_12_as_for_none(
    as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    organisation = make.organisation(is_verified=True)
    page, client = reverse("organisation", args=[organisation.pk]), as_()
    with django_assert_num_queries(10):
        client.get(page)
    for _ in range(12):
        make.facility(organisation)
    with django_assert_num_queries(10):
        client.get(page)


def test_the_table_holds_codes_and_texts_and_no_addresses_of_people(as_: As) -> None:
    organisation = make.organisation("VN", name="Viện Cá", place="Huế", province="Thừa Thiên")
    facility = make.facility(
        organisation, name="Máy, đo", name_language="vi", capacity="12.50", capacity_unit="kg_day", spoken=["vi", "en"],
        themes=["green"], opening="agreement", contact="lab@a.example", price="Free", source="A catalogue",
        source_on="2026-05-01", admission="Ask\nfirst.",
    )  # fmt: skip
    answer = as_().get(reverse("facilities"), {"format": "csv", "country": "VN"})
    (head, row) = list(csv.reader(answer.content.decode("utf-8-sig").splitlines(keepends=True)))
    assert dict(zip(head, row, strict=True)) == {
        "address": f"http://testserver{at(facility)}", "kind": "equipment", "name": "Máy, đo", "language": "vi",
        "organisation": "Viện Cá", "country": "VN", "place": "Huế, Thừa Thiên", "capacity": "12.50", "unit": "kg_day",
        "opening": "agreement", "spoken": "vi en", "themes": "green", "admission": "Ask\nfirst.", "price": "Free",
        "source": "A catalogue", "as_of": "2026-05-01",
    }  # fmt: skip
    assert "lab@a.example" not in answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="facilities.csv"'
    assert table(as_(), country="KH") == []


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
def test_no_cell_of_the_table_is_a_formula(as_: As, beginning: str) -> None:
    text = f'{beginning}HYPERLINK("https://evil.example")'
    organisation = make.organisation(name=text)
    make.facility(organisation, name=text, admission=text, price=text, source=text)
    answer = as_().get(reverse("facilities"), {"format": "csv"})
    (row,) = list(csv.reader(answer.content.decode("utf-8-sig").splitlines(keepends=True)))[1:]
    assert [cell for cell in row if cell.lstrip(" ")[:1] in ("=", "+", "-", "@", "\t", "\r", "＝")] == []
    assert [cell[:1] for cell in row if "HYPERLINK" in cell] == ["'"] * 5


def test_what_is_not_there_is_404(as_: As) -> None:
    assert as_().get("/directory/facilities/00000000-0000-0000-0000-000000000000/").status_code == 404
    assert as_().get("/directory/facilities/x/").status_code == 404

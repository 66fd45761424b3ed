"""What programs that collect pages are told: what is open, and nothing about who wants to stay unnamed."""

import re

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from corridor.web.home import sitemap
from tests import make


def places(client: Client, path: str) -> list[str]:
    """The addresses that a list of places names."""
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    return [
        address.removeprefix("http://testserver")
        for address in re.findall("<loc>(.*?)</loc>", response.content.decode())
    ]


def test_the_list_of_lists_names_each_part(client: Client) -> None:
    assert places(client, "/sitemap.xml") == [
        "/sitemap-pages.xml",
        "/sitemap-notices.xml",
        "/sitemap-organisations.xml",
        "/sitemap-facilities.xml",
    ]


def test_long_lists_come_in_parts(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap.Notices, "limit", 2)
    kept = [make.published() for _ in range(3)]
    assert "/sitemap-notices.xml?p=2" in places(client, "/sitemap.xml")
    assert places(client, "/sitemap-notices.xml?p=2") == [f"/notices/{kept[2].pk}/"]


def test_only_what_everybody_may_read_is_listed(client: Client) -> None:
    public = make.published()
    make.published(visibility="members")
    make.published(visibility="national")
    make.submitted()
    make.notice()
    assert places(client, "/sitemap-notices.xml") == [f"/notices/{public.pk}/"]
    client.force_login(make.officer(public.home))
    assert places(client, "/sitemap-notices.xml") == [f"/notices/{public.pk}/"]


def test_nothing_tells_who_stands_behind_an_anonymous_notice(client: Client) -> None:
    owner = make.organisation("LA", name="Mist Mountain Hospital")
    notice = make.published(of=owner, is_anonymous=True)
    listed = client.get("/sitemap-notices.xml").content.decode()
    assert str(notice.pk) in listed
    assert str(owner.pk) not in listed
    assert "Mist Mountain" not in listed


def test_organisations_and_pages_are_listed(client: Client) -> None:
    organisation = make.organisation("VN")
    assert f"/directory/organisations/{organisation.pk}/" in places(client, "/sitemap-organisations.xml")
    listed = places(client, "/sitemap-pages.xml")
    assert len(listed) == 5 + 8 + 10
    assert [client.get(path).status_code for path in listed] == [200] * len(listed)


def test_a_list_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/sitemap-people.xml").status_code == 404


def test_a_development_site_is_not_collected(client: Client) -> None:
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"


def test_a_site_for_real_use_is_collected_except_for_desks_and_searches(client: Client, settings: Settings) -> None:
    settings.DEVELOPMENT = False
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines == [
        "User-agent: *",
        "Disallow: /search/",
        "Disallow: /account/",
        "Disallow: /desk/",
        "Disallow: /country-desk/",
        "Disallow: /mailbox/",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_the_old_name_of_the_small_picture_leads_to_it(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"] == "/static/corridor/mark.svg"

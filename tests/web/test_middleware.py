"""Every answer is in its reader's language and says what its page may load."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from corridor.web.middleware import CONTENT_SECURITY
from tests.web.site import settle


@pytest.fixture(autouse=True)
def _small_site(settings: Settings) -> None:
    settle(settings)


def test_a_page_loads_from_its_own_site_alone_and_runs_nothing_written_into_it(client: Client) -> None:
    answer = client.get("/sign-in/")
    assert answer["Content-Security-Policy"] == CONTENT_SECURITY
    assert "unsafe" not in CONTENT_SECURITY
    assert answer["Permissions-Policy"].startswith("camera=(), geolocation=()")


@pytest.mark.parametrize(
    ("cookie", "browser", "language"),
    [
        ("", "", "en"),
        ("", "zh-CN,zh;q=0.9", "zh-hans"),
        ("", "my-MM", "my"),
        ("", "fr-FR,fr", "en"),
        ("km", "vi", "km"),
        ("xx", "vi-VN", "vi"),
    ],
)
def test_the_language_is_the_one_picked_else_the_browsers(
    client: Client, cookie: str, browser: str, language: str
) -> None:
    if cookie:
        client.cookies["django_language"] = cookie
    answer = client.get("/sign-in/", headers={"Accept-Language": browser})
    assert answer["Content-Language"] == language
    assert {"Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))


def test_the_gallery_is_a_page_and_its_results_are_a_part_of_it(client: Client) -> None:
    whole = client.get("/gallery/")
    part = client.get("/gallery/", headers={"HX-Request": "true"})
    back = client.get("/gallery/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    starts = [answer.content.decode().lstrip()[:19] for answer in (whole, part, back)]
    assert starts == ["<!doctype html>\n<ht", '<ol class="results"', "<!doctype html>\n<ht"]
    assert "HX-Request" in whole["Vary"].split(", ")


def test_there_is_no_gallery_in_an_installation_for_real_use(client: Client, settings: Settings) -> None:
    settings.DEVELOPMENT = False
    assert client.get("/gallery/").status_code == 404

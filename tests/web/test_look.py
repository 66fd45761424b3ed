"""The look holds: small on a slow line, readable on a small screen, open to everybody, in every script."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import BrowserContext, Route, sync_playwright
from pytest_django.fixtures import Settings

import corridor.web
from tests.web.site import settle

STATIC = Path(corridor.web.__file__).parent / "static"
HOST = "http://localhost"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGUAGES = ["en", "km", "lo", "my", "th", "vi", "zh-hans"]
OFFLINE = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def _small_site(settings: Settings) -> None:
    settle(settings)


@pytest.fixture(scope="module")
def browser_context(chromium: Path) -> Iterator[BrowserContext]:
    """A browser whose every request is answered by the test client: no server, no network, no database."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=OFFLINE)
        context = browser.new_context()
        context.route("**/*", answer)
        yield context
        browser.close()


def answer(route: Route) -> None:
    """Answer one request of the browser from the files or the pages of the small site."""
    path = route.request.url.removeprefix(HOST)
    if path.startswith("/static/"):
        route.fulfill(path=str(finders.find(path.removeprefix("/static/"))))
        return
    reply = Client(headers=route.request.headers).get(path)
    route.fulfill(status=reply.status_code, headers=dict(reply.items()), body=reply.content)


def open_gallery(context: BrowserContext, *, language: str, width: int) -> tuple[object, list[str]]:
    """The gallery in a language and a width, with what the browser complained about."""
    context.add_cookies([{"name": "django_language", "value": language, "url": HOST}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{HOST}/gallery/")
    page.wait_for_load_state("networkidle")
    return page, complaints


def test_a_first_visit_without_fonts_stays_within_150_kilobytes(client: Client) -> None:
    page = client.get("/gallery/").content
    files = set(re.findall(r'(?:href|src)="/static/([^"]*)"', page.decode())) | {"corridor/river.svg"}
    sent = len(gzip.compress(page)) + sum(len(gzip.compress((STATIC / path).read_bytes())) for path in files)
    assert sent < 150_000


def test_every_file_that_a_style_sheet_names_is_there() -> None:
    named = [
        (sheet.parent / address).resolve()
        for sheet in STATIC.rglob("*.css")
        for address in re.findall(r"url\([\"']?([^\"')]+)", sheet.read_text(encoding="utf-8"))
        if not address.startswith("data:")
    ]
    assert [path for path in named if not path.is_file()] == []


def test_each_font_is_for_one_script_in_two_weights() -> None:
    fonts = sorted(path.name for path in (STATIC / "corridor" / "fonts").glob("*.woff2"))
    scripts = ("khmer", "lao", "latin", "latin-ext", "myanmar", "thai", "vietnamese")
    assert fonts == sorted(f"{script}-{weight}.woff2" for script in scripts for weight in (400, 600))


@pytest.mark.journey
@pytest.mark.parametrize(
    ("language", "width"), [("en", 1280), ("en", 360), ("km", 360), ("my", 1280), ("zh-hans", 360)]
)
def test_axe_finds_nothing_and_the_browser_does_not_complain(
    browser_context: BrowserContext, language: str, width: int
) -> None:
    page, complaints = open_gallery(browser_context, language=language, width=width)
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    page.close()
    assert ([(rule["id"], rule["nodes"][0]["target"]) for rule in found], complaints) == ([], [])


@pytest.mark.journey
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_reflows_on_a_screen_of_320_pixels(browser_context: BrowserContext, language: str) -> None:
    page, _ = open_gallery(browser_context, language=language, width=320)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert wide == 320


@pytest.mark.journey
def test_tall_letters_fit_into_the_fields_of_a_form(browser_context: BrowserContext) -> None:
    page, _ = open_gallery(browser_context, language="en", width=360)
    page.locator("#id_title").fill("မြွှေ ကြွှဲ ស្ត្រី៉ ញ៉ាំ ຫຼື້ນ້ຳ ที่ปู่")
    cut = page.evaluate(
        """() => [...document.querySelectorAll("input.form-control, select.form-select")]
             .filter((field) => field.scrollHeight > field.clientHeight).map((field) => field.name)"""
    )
    page.close()
    assert cut == []


@pytest.mark.journey
def test_a_page_fetches_only_the_fonts_of_the_scripts_it_shows(browser_context: BrowserContext) -> None:
    browser_context.add_cookies([{"name": "django_language", "value": "en", "url": HOST}])
    page = browser_context.new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.rsplit("/", 1)[-1]))
    page.goto(f"{HOST}/no-such-page/")
    page.wait_for_load_state("networkidle")
    page.close()
    assert sorted(name for name in fetched if name.endswith(".woff2")) == ["latin-400.woff2", "latin-600.woff2"]


@pytest.mark.journey
def test_menus_open_by_keyboard_and_close_with_escape(browser_context: BrowserContext) -> None:
    page, _ = open_gallery(browser_context, language="en", width=1280)
    page.locator("summary", has_text="Themes").press("Enter")
    opened = page.locator("details.menu[open]").count()
    page.keyboard.press("Escape")
    state = (opened, page.locator("details.menu[open]").count(), page.evaluate("document.activeElement.tagName"))
    page.close()
    assert state == (1, 0, "SUMMARY")

"""The pages of notices in a browser: open to everybody, readable on a small screen, printed on one page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from playwright.sync_api import Page, Route, sync_playwright

from corridor.language.models import Translation
from corridor.language.operations.translations import add_translation
from corridor.language.states import Origin
from corridor.matching.operations import notices
from tests import make
from tests.web.notices.pages import LAO, LAO_TITLE, address, client_of

HOST = "http://localhost"
TRANSLATED = "A dryer for parchment coffee is needed"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OFFLINE = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


@contextmanager
def shown(chromium: Path, answer: object, width: int) -> Iterator[tuple[Page, list[str]]]:
    """A page that was made before, in a browser that reaches no server; and what the browser complains about.

    While a browser runs, the database may not be asked: so everything is made before, and each page has its own.
    """
    made = {"status": answer.status_code, "headers": dict(answer.items()), "body": answer.content}
    complaints: list[str] = []

    def give(route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        if path.startswith("/static/"):
            route.fulfill(path=str(finders.find(path.removeprefix("/static/"))))
        else:
            route.fulfill(**made)

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(chromium), args=OFFLINE)
        page = started.new_context(viewport={"width": width, "height": 900}).new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.route("**/*", give)
        page.goto(f"{HOST}/page/")
        page.wait_for_load_state("networkidle")
        yield page, complaints
        started.close()


@pytest.fixture
def notice():
    """A published need with a full card, in Lao, with a newer version in hand."""
    made = make.published(
        title=LAO_TITLE, text=f"{LAO}\n" * 6, language="lo", stage="prototype", trl=5, ip_status="open", power_kw="2.5",
        partnerships=["training", "supply"], partner_types=["university"], partner_roles=["trainer", "adapter"],
        target_countries=["TH", "VN"], power_source="off_grid", upkeep="owner", internet="mobile", water_m3_day=20,
        budget_amount="250000", budget_currency="LAK", problem_owner="Three villages",
    )  # fmt: skip
    texts = {"title": TRANSLATED, "text": f"{make.TEXT} " * 5}
    add_translation(made, by=None, version=1, language="en", origin=Origin.HUMAN, texts=texts)
    notices.write(made, by=made.author, texts={"title": f"{LAO_TITLE} 2"})
    return made


@pytest.mark.parametrize(
    ("name", "language", "width"),
    [
        ("notice", "my", 320),
        ("notice", "en", 1280),
        ("notice-text", "km", 320),
        ("notice-facts", "th", 320),
        ("notice-readers", "vi", 320),
        ("notice-organisation", "lo", 320),
        ("notice-translation", "zh-hans", 1280),
        ("notice-translated", "en", 320),
        ("notice-translated", "my", 1280),
        ("notice-report", "en", 320),
        ("notices", "en", 320),
        ("notice-new", "my", 320),
        ("notice-takeover", "lo", 320),
    ],
)
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(chromium, notice, name, language, width):
    person = client_of(notice.author)
    person.cookies["django_language"] = language
    more = [Translation.objects.get().pk] if name == "notice-translated" else []
    path = reverse(name) if name in ("notices", "notice-new", "notice-takeover") else address(name, notice, *more)
    with shown(chromium, person.get(path), width) as (page, complaints):
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        wide = page.evaluate("document.documentElement.scrollWidth")
    assert ([(rule["id"], rule["nodes"][0]["target"]) for rule in found], complaints) == ([], [])
    assert wide == width


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_notice_prints_on_one_page_in_the_readers_language(chromium, notice, language):
    reader = client_of()
    reader.cookies["django_language"] = language
    with shown(chromium, reader.get(address("notice", notice)), 1280) as (page, _complaints):
        paper = page.pdf(format="A4", prefer_css_page_size=True)
        page.emulate_media(media="print")
        title, translated = page.locator("h1").is_visible(), page.get_by_text(TRANSLATED).first.is_visible()
    assert len(re.findall(rb"/Type /Page\b", paper)) == 1
    assert (title, translated) == (language != "en", language == "en")

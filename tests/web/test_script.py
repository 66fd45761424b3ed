"""The small script saves drafts, counts and copies; and nothing on a page waits for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect, sync_playwright
from pytest_django.fixtures import Settings

from tests.web.site import settle
from tests.web.test_look import HOST, OFFLINE, answer

pytestmark = pytest.mark.journey


class Desk:
    """What the site answers to a draft, and what it was sent."""

    def __init__(self) -> None:
        self.status = 200
        self.drafts: list[str] = []

    def answer(self, route: Route) -> None:
        """Take drafts; everything else is answered by the small site."""
        if route.request.method != "POST":
            answer(route)
            return
        self.drafts.append(route.request.post_data or "")
        route.fulfill(status=self.status, content_type="application/json", body="{}")


@pytest.fixture
def desk() -> Desk:
    """A desk that takes every draft until told otherwise."""
    return Desk()


@pytest.fixture
def context(chromium: Path, settings: Settings, desk: Desk) -> Iterator[BrowserContext]:
    """A browser that may copy."""
    settle(settings)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=OFFLINE)
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], locale="en-GB")
        context.route("**/*", desk.answer)
        yield context
        browser.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """The gallery, opened."""
    page = context.new_page()
    page.goto(f"{HOST}/gallery/")
    return page


def test_a_draft_saves_itself_soon_after_typing_and_says_so(page: Page, desk: Desk) -> None:
    page.locator("#id_title").fill("ເຄື່ອງອົບ")
    expect(page.locator(".autosave")).to_have_text("Saved", timeout=5000)
    assert [("ເຄື່ອງອົບ" in draft) for draft in desk.drafts] == [True]


def test_a_draft_that_could_not_be_saved_is_tried_again(page: Page, desk: Desk) -> None:
    desk.status = 503
    page.locator("#id_title").fill("first")
    expect(page.locator(".autosave")).to_have_text("Not saved; trying again", timeout=5000)
    desk.status = 200
    expect(page.locator(".autosave")).to_have_text("Saved", timeout=8000)
    assert len(desk.drafts) == 2


def test_letters_are_counted_as_the_server_counts_them(page: Page) -> None:
    typed = "ນ້ຳ 👩‍🌾\nស្ត្រ"
    page.locator("#id_text").fill(typed)
    expect(page.locator("[data-counts=id_text]")).to_have_text(
        f"{len(typed.replace(chr(10), chr(13) + chr(10)))} / 500"
    )


def test_a_link_is_copied_in_full(page: Page) -> None:
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{HOST}/gallery/#"


def test_without_javascript_menus_open_and_what_needs_it_is_absent(chromium: Path, settings: Settings) -> None:
    settle(settings)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=OFFLINE)
        context = browser.new_context(java_script_enabled=False)
        context.route("**/*", answer)
        page = context.new_page()
        page.goto(f"{HOST}/gallery/")
        page.locator("summary", has_text="Themes").click()
        seen = (
            page.get_by_role("link", name="Public health").first.is_visible(),
            page.locator(".js-only:visible").count(),
            page.locator("form.top-search").get_attribute("method"),
        )
        browser.close()
    assert seen == (True, 0, "get")

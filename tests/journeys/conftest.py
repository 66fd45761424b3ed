"""One browser and one served site for all journeys, on the database of the tests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client, override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from corridor.kernel.models import User
from corridor.language.operations import engines
from corridor.launch.preparation import collect_static
from tests.database import Seeds
from tests.journeys.reader import PHONE, Reader

# The threads of the model wait for each other on a busy machine; read once, when its library is loaded.
os.environ.setdefault("OMP_NUM_THREADS", "1")

OFFLINE = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
PATIENCE = 20_000  # milliseconds: another test may keep the machine busy

Opener = Callable[..., Page]


@pytest.fixture(scope="package")
def browser(chromium: Path) -> Iterator[Browser]:
    """The browser. Its event loop runs in the thread of the tests, where Django would refuse to ask the database."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=str(chromium), args=OFFLINE)
        yield started
        started.close()


@pytest.fixture(scope="package")
def site(seeded_database: Seeds, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The whole site with its files collected and compressed, as people reach it; mail goes into the mailbox."""
    facts: dict[str, Any] = {
        # A folder in a folder of its own: what says that the files are collected is written beside it.
        "STATIC_ROOT": tmp_path_factory.mktemp("site") / "static",
        "MEDIA_ROOT": tmp_path_factory.mktemp("files"),
        "WHITENOISE_USE_FINDERS": False,
        "EMAIL_BACKEND": "corridor.web.mailbox.backend.MailboxBackend",
    }
    with override_settings(**facts):
        collect_static()
        server = LiveServerThread("localhost", lambda pages: pages)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        assert server.error is None
        address = f"http://localhost:{server.port}"
        with override_settings(SITE_URL=address, NODE={**settings.NODE, "url": address}):
            yield address
        server.terminate()


@pytest.fixture(autouse=True)
def _fresh(committed_db: None) -> Iterator[None]:
    """Nobody has tried anything yet, and no test remembers the engine row of another."""
    cache.clear()
    engines.forget()
    yield
    cache.clear()
    engines.forget()


@pytest.fixture
def opened(browser: Browser, site: str) -> Iterator[Opener]:
    """Opens windows of people who share nothing: `opened(user, language="lo", width=360)`; in one without, none was picked."""
    contexts: list[BrowserContext] = []

    def open_window(user: User | None = None, *, language: str = "en", width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=site, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        cookies = {"django_language": language} if language else {}
        if user is not None:
            cookies["sessionid"] = session_of(user)
        context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def reader(opened: Opener) -> Callable[..., Reader]:
    """A person who reads in a language, at a telephone unless told; `is_picked`: whether they picked it on this device."""

    def begin(
        user: User | None = None,
        *,
        language: str,
        names: Sequence[str] = (),
        width: int = PHONE,
        is_picked: bool = True,
    ) -> Reader:
        return Reader(opened(user, language=language if is_picked else "", width=width), language, names)

    return begin


@contextmanager
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser complains about meanwhile."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    yield told


def session_of(user: User) -> str:
    """The key of a session in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value

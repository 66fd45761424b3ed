"""A first visit costs little on a slow line."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests import make
from tests.journeys.conftest import Opener
from tests.journeys.jobs import run_jobs

MOST = 150_000
pytestmark = pytest.mark.journey


def transferred(page: Page, address: str) -> int:
    """Bytes that came over the line without fonts, heads of answers included."""
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    line = page.context.new_cdp_session(page)
    line.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))
    line.on("Network.loadingFinished", lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}))
    line.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    return int(sum(size for request, size in sizes.items() if kinds[request] != "Font"))


def test_the_first_visit_of_each_page_that_people_land_on_stays_below_150_kilobytes(opened: Opener) -> None:
    notice = make.published()
    run_jobs()
    sizes = {path: transferred(opened(), path) for path in ("/", "/search/?q=coffee", f"/notices/{notice.pk}/")}
    assert {path: size for path, size in sizes.items() if not 5_000 < size <= MOST} == {}

"""A researcher confirms her ORCID iD in a real browser: to another site and back, with nothing but links."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page
from pytest_django.fixtures import Settings

from corridor.directory.models import Profile
from tests import make
from tests.ministry.process import CLIENT, running

ID = "0000-0002-1825-0097"


def test_an_id_is_confirmed_at_orcid_and_read_so(
    opened: Callable[..., Page], site: str, settings: Settings, tmp_path: Path
) -> None:
    profile = make.profile(orcid="0000-0001-5109-3700", shown={"name": "public", "orcid": "public"})
    with running(tmp_path, callback=f"{site}/people/me/orcid/return/") as orcid:
        settings.ORCID = {**CLIENT, "settings": {"server_url": orcid}}
        page = opened(profile.user, width=360, java_script_enabled=False)
        page.goto(f"{orcid}/door/?email=noy@orcid.example&name={ID}&verified=yes")
        page.goto(f"{site}/people/me/")
        page.get_by_role("link", name="Confirm it by signing in at ORCID").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.get_by_role("link", name="Go on to ORCID").click()
        page.wait_for_url(f"{site}/people/me/")
    assert "ORCID confirmed your iD." in page.locator("#messages").inner_text()
    assert Profile.objects.get().orcid == ID
    stranger = opened()
    stranger.goto(f"{site}/people/{profile.pk}/")
    assert "Confirmed at ORCID on" in stranger.locator("main").inner_text()

"""Every page that people use is open to everybody: by keyboard, on a small screen, with a screen reader, in every script."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page

from corridor.directory.operations.people import Spoken
from corridor.directory.operations.roster import join_roster
from corridor.directory.states import CONSENT_VERSION
from corridor.kernel.models import User
from tests import make
from tests.journeys.conftest import Opener, complaints
from tests.journeys.people import publish_answers
from tests.journeys.reader import width_of

pytestmark = pytest.mark.journey
LANGUAGES = [code for code, _name in settings.LANGUAGES]
READ_ALOUD = ("en", "km", "my", "zh-hans")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALLEST = 320
PARTS_OF_A_DATE = 4  # a date field stops at its day, month, year and calendar
NUMBERED = """() => {
    const controls = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
        .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled && one.type !== "hidden");
    const heard = controls.filter(one => one.type !== "radio" || one.checked
        || !document.querySelector(`input[name="${one.name}"]:checked`));
    heard.forEach((one, number) => one.dataset.number = number);
    return heard.length;
}"""


def scene() -> tuple[User, list[str]]:
    """Somebody who writes, speaks for an organisation and sits at a country desk; and the pages of their day."""
    user = make.officer("LA")
    cooperative = make.organisation("LA", is_verified=True)
    answers = publish_answers()
    own = make.notice(by=make.manager(cooperative), of=cooperative)
    make.submitted(of=cooperative)
    make.request(make.person("LA"), of=cooperative)
    mine = make.notice(by=user, of=cooperative)
    assert own.home == mine.home
    oven, plot = (
        make.facility(cooperative, about="It dries.", about_language="en"),
        make.facility(kind="land", spoken=["lo"]),
    )
    profile = make.profile(user, shown={"name": "public", "headline": "public"}, languages=[Spoken("lo", speaks=True)])
    join_roster(profile, by=user, theme="health", visibility="public", words=CONSENT_VERSION)
    steps = [f"/notices/{mine.pk}/{step}/" for step in ("text", "facts", "readers")]
    return user, [
        "/", "/search/?q=coffee+dryer", f"/notices/{answers['TH'].pk}/", *steps, "/country-desk/",
        f"/directory/organisations/{cooperative.pk}/", "/account/", f"/directory/facilities/?kind=land&id={oven.pk}",
        f"/directory/facilities/comparison/?id={oven.pk}&id={plot.pk}",
        f"/people/{profile.pk}/", "/people/me/", "/people/me/description/", "/people/roster/",
    ]  # fmt: skip


def violations(page: Page, width: int) -> list[tuple[str, object]]:
    """What axe finds in a window of that width."""
    page.set_viewport_size({"width": width, "height": 900})
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES)["violations"]
    return [(rule["id"], rule["nodes"][0]["target"]) for rule in found]


def test_axe_finds_nothing_and_nothing_runs_over_the_edge(opened: Opener) -> None:
    user, paths = scene()
    faults, wide = {}, {}
    for language in LANGUAGES:
        page = opened(user, language=language)
        with complaints(page) as told:
            for path in paths:
                page.goto(path, wait_until="load")
                if language in READ_ALOUD:
                    page.evaluate(Axe().axe_script)
                    for width in (1280, 360):
                        faults[language, path, width] = violations(page, width)
                wide[language, path] = width_of(page, SMALLEST)
            faults[language, "console", 0] = told
    assert {where: found for where, found in faults.items() if found} == {}
    assert {where: width for where, width in wide.items() if width > SMALLEST} == {}


def test_the_first_press_of_the_tabulator_offers_to_skip_to_the_content_and_others_reach_everything(
    opened: Opener,
) -> None:
    user, paths = scene()
    page = opened(user)
    missed = {}
    for path in paths:
        page.goto(path)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        many = page.evaluate(NUMBERED)
        reached = set()
        for _press in range(many + PARTS_OF_A_DATE):
            reached.add(page.evaluate("document.activeElement.dataset.number ?? ''"))
            page.keyboard.press("Tab")
        missed[path] = [
            page.locator(f'[data-number="{number}"]').evaluate("one => one.outerHTML.slice(0, 120)")
            for number in range(many)
            if str(number) not in reached
        ]
    assert {path: controls for path, controls in missed.items() if controls} == {}


def test_the_skip_link_leads_to_the_content(opened: Opener) -> None:
    page = opened()
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

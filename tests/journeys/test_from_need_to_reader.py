"""A need said in Lao is confirmed, published, and found by a researcher who reads Thai; answers cross languages."""

from __future__ import annotations

import re
import secrets

import pytest
from playwright.sync_api import Page, expect

from corridor.directory.models import Organisation
from corridor.kernel.states import Theme
from tests import make
from tests.journeys.conftest import Opener, complaints
from tests.journeys.jobs import run_jobs
from tests.journeys.letters import letter_to, path_in
from tests.journeys.people import (
    ANSWERS,
    KHMER_QUESTION,
    LAO_TEXT,
    LAO_TITLE,
    THAI_QUESTION,
    choose_theme,
    in_words,
    press,
    publish_answers,
    publish_from_desk,
    search,
    titles,
    write_text,
)

pytestmark = pytest.mark.journey
COOPERATIVE = "ສະຫະກອນກາເຟ ພູສູງ"
LAO = re.compile("[\u0e80-\u0eff]")


def join(page: Page, email: str) -> None:
    """Sign up, and press the button behind the link in the mail."""
    page.goto("/account/signup/")
    page.locator("#id_email").fill(email)
    page.locator("#id_password1").fill(make.PASSWORD)
    page.locator("#id_name").fill("ນາງ ຄຳ")
    page.locator("#id_home").select_option("LA")
    page.locator("main form .buttons button").click()
    page.wait_for_url("**/confirm-email/")
    letter = letter_to(email)
    assert LAO.search(letter.subject)
    page.goto(path_in(letter.text))
    with page.expect_navigation():
        page.locator("main form .buttons button").click()


def list_organisation(page: Page) -> None:
    """In the second step: the organisation is not in the directory yet, so add it and ask to be confirmed."""
    press(page, "organisation")
    page.locator("main #q").fill(COOPERATIVE)
    with page.expect_navigation():
        page.locator("main form[role=search] button").click()
    page.locator("#new_type").select_option("cooperative")
    page.locator("#new_statement").fill("ຂ້ອຍເປັນຫົວໜ້າສະຫະກອນ")
    press(page, "list")


def confirm_person(page: Page) -> None:
    """The officer answers the one person who waits."""
    page.goto("/country-desk/people/")
    page.locator("details.decide summary").click()
    page.locator("textarea[name=reason]").fill("ຮູ້ຈັກກັນດີ")
    press(page, "confirm", name="decision")
    run_jobs()


def test_a_need_in_lao_is_confirmed_published_and_found_in_thai(opened: Opener) -> None:
    publish_answers()
    owner = opened(language="lo", width=360)
    with complaints(owner) as told:
        join(owner, f"kham.{secrets.token_hex(6)}@example.org")  # mail of earlier runs still lies in the box
        owner.goto("/notices/new/")
        write_text(owner)
        press(owner, "next")
        choose_theme(owner)
        list_organisation(owner)
        press(owner, "next")
        press(owner, "submit")
        expect(owner.locator("h1")).to_have_text(LAO_TITLE)
        assert (owner.locator("html").get_attribute("lang"), told) == ("lo", [])
    officer = opened(make.officer("LA", language="lo"), language="lo")
    confirm_person(officer)
    assert Organisation.objects.get(names__text=COOPERATIVE).home == "LA"
    publish_from_desk(officer)
    researcher = opened(make.person("TH", language="th"), language="th")
    search(researcher, THAI_QUESTION)
    found = researcher.locator("article.result", has_text=LAO_TITLE)
    assert titles(researcher).index(LAO_TITLE) < 4
    assert found.locator(".why [lang=lo]").inner_text() in LAO_TEXT
    found.locator("h3 a").click()
    expect(researcher.locator("h1")).to_have_text(LAO_TITLE)
    expect(researcher.locator("h1")).to_have_attribute("lang", "lo")
    expect(researcher.locator("section.facts dl")).to_contain_text(in_words(Theme.INDUSTRY, "th"))
    expect(researcher.locator(".texts")).to_contain_text(LAO_TEXT)


def test_a_visitor_who_asks_in_khmer_finds_chinese_thai_and_vietnamese_answers_first(opened: Opener) -> None:
    publish_answers()
    visitor = opened(language="km", width=360)
    search(visitor, KHMER_QUESTION)
    answers = [title for _language, title, _text in ANSWERS.values()]
    assert sorted(titles(visitor)[:3]) == sorted(answers)
    languages = visitor.locator("ol.results article h3 a").evaluate_all("links => links.map(link => link.lang)")
    assert sorted(languages[:3]) == ["th", "vi", "zh-hans"]
    assert visitor.locator("article.result .why").count() >= 3

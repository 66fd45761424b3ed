"""A need leads to an introduction, a yes, a conversation and an agreement, between three languages of the interface."""

from __future__ import annotations

import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from corridor.matching.models import Notice, Outcome, ProposedDate, Room
from corridor.matching.operations import outcomes, rooms
from tests import make
from tests.journeys.conftest import Opener, complaints
from tests.journeys.jobs import run_jobs
from tests.journeys.letters import mail_to, path_in
from tests.journeys.people import LAO_TEXT, LAO_TITLE
from tests.journeys.reader import width_of
from tests.journeys.test_open_to_all import SMALLEST, violations

pytestmark = pytest.mark.journey
COOPERATIVE, MAKER = "ສະຫະກອນກາເຟ ພູສູງ", "云岭烘干设备厂"
WISH = "愿意在下一个雨季提供一台样机试用。"
SAID = "您好！我们的小型烘干机烧稻壳，雨季也能用。"


def sent(page: Page, form: str) -> None:
    """Send the form that goes to an address, and wait for the page that follows."""
    with page.expect_navigation():
        page.locator(f'form[action$="{form}"] button').last.click()


def propose_date(page: Page) -> None:
    """Propose half past nine by the clock of Lao PDR, in five days."""
    page.locator('form[action$="/dates/"]').locator("xpath=ancestor::details/summary").click()
    page.locator("#date-day").fill(str(timezone.now().date() + datetime.timedelta(days=5)))
    page.locator("#date-time").fill("09:30")
    page.locator("#date-home").select_option("LA")
    sent(page, "/dates/")


def ask(page: Page, need: Notice) -> None:
    """From the page of a need, ask for an introduction."""
    page.goto(f"/notices/{need.pk}/")
    page.locator('a[href^="/introductions/new/"]').first.click()
    page.locator("#id_who_we_are").fill("我们生产小型农产品烘干设备。")
    page.locator("#id_interest").fill(WISH)
    with page.expect_navigation():
        page.locator("main form .buttons button").click()
    expect(page.locator("main")).to_contain_text(WISH)


def say_yes(page: Page, mailed: str) -> None:
    """From the mail, read what is asked without a name, and say yes."""
    page.goto(path_in(mailed))
    expect(page.locator("main")).not_to_contain_text(MAKER)
    expect(page.locator("main")).to_contain_text(WISH)
    sent(page, "/agreement/")
    expect(page.locator("h1")).to_contain_text(MAKER)


def click_in_mail(page: Page, mailed: str) -> None:
    """Open the link that says 'agreed' without signing in; only the button says it."""
    page.goto(path_in(mailed, r"http://\S+/agreed/"))
    page.locator("#id_agreement").select_option("supply")
    assert not Outcome.objects.exists()
    with page.expect_navigation():
        page.locator("main form .buttons button").click()
    expect(page.locator("main")).to_contain_text("Saved. Thank you.")


def test_from_a_need_to_an_agreement_in_three_languages(opened: Opener) -> None:
    cooperative = make.organisation("LA", name=COOPERATIVE, language="lo")
    maker = make.organisation("CN", name=MAKER, language="zh-hans", type="enterprise")
    owner = make.member(cooperative, name="ນາງ ຄຳ", language="lo")
    engineer = make.member(maker, name="李工", language="zh-hans")
    need = make.published(owner, of=cooperative, language="lo", title=LAO_TITLE, text=LAO_TEXT)
    run_jobs()
    asking, answering = opened(engineer, language="zh-hans", width=360), opened(owner, language="lo", width=360)
    with complaints(asking) as told:
        ask(asking, need)
        assert told == []
    say_yes(answering, mail_to(owner.email))
    room = Room.objects.get()
    asking.goto(f"/introductions/rooms/{room.pk}/")
    expect(asking.locator(".aside")).to_contain_text(owner.email)
    asking.locator("#message-text").fill(SAID)
    sent(asking, "/messages/")
    answering.reload()
    expect(answering.locator(".talk .words[lang=zh-hans]")).to_contain_text(SAID)
    propose_date(answering)
    asking.reload()
    expect(asking.locator("#dates ~ ul")).to_contain_text("10:30")
    sent(asking, "/agreement/")
    assert ProposedDate.objects.get().is_agreed
    Room.objects.filter(pk=room.pk).update(created_at=timezone.now() - datetime.timedelta(days=31))
    outcomes.ask_outcome(Room.objects.get(pk=room.pk))
    click_in_mail(opened(language="en"), mail_to(engineer.email))
    (said,) = Outcome.objects.all()
    assert (said.kind, said.agreement, said.said_by) == ("agreed", "supply", engineer)


def test_a_stranger_who_guesses_the_address_of_a_room_finds_nothing(opened: Opener) -> None:
    room = make.room(make.organisation("LA"), make.organisation("CN"))
    stranger = opened(make.member(make.organisation("TH")), language="th")
    answer = stranger.goto(f"/introductions/rooms/{room.pk}/")
    assert answer is not None
    assert answer.status == 404


def test_the_pages_are_open_to_all_and_fit_the_smallest_screen(opened: Opener) -> None:
    own, other = make.organisation("MM"), make.organisation("CN")
    one = make.member(own)
    room = make.room(own, other, by=one)
    rooms.write_message(room, by=one, text="မင်္ဂလာပါ", language="my")
    rooms.propose_date(room, by=one, starts_at=timezone.now() + datetime.timedelta(days=2), minutes=30)
    asked = make.introduction(make.organisation("VN"), own)
    third = make.organisation_with_somebody("TH")
    paths = [
        "/introductions/", f"/introductions/{asked.pk}/", f"/introductions/rooms/{room.pk}/",
        f"/introductions/rooms/{room.pk}/outcome/", f"/introductions/new/?organisation={third.pk}", "/introductions/counts/",
    ]  # fmt: skip
    faults = {}
    page = opened(one, language="my")
    with complaints(page) as told:
        for path in paths:
            page.goto(path, wait_until="load")
            page.evaluate(Axe().axe_script)
            faults[path] = (violations(page, 1280) + violations(page, 360), width_of(page, SMALLEST) > SMALLEST)
    assert {path: found for path, found in faults.items() if found != ([], False)} == {}
    assert told == []

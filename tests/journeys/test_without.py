"""Without JavaScript, without a session, without being first: nothing is lost and everything can be done."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from corridor.matching.models import Notice
from corridor.matching.states import NoticeState
from tests import make
from tests.journeys.conftest import Opener
from tests.journeys.jobs import run_jobs
from tests.journeys.people import (
    LAO_TEXT,
    LAO_TITLE,
    choose_theme,
    press,
    publish_from_desk,
    search,
    titles,
    write_text,
)

pytestmark = pytest.mark.journey


def test_without_javascript_a_need_is_saved_handed_in_published_and_found(opened: Opener) -> None:
    cooperative = make.organisation("LA", is_verified=True)
    author = opened(make.member(cooperative), java_script_enabled=False)
    author.goto("/notices/new/")
    write_text(author)
    press(author, "save")
    assert Notice.objects.get().state == NoticeState.DRAFT
    expect(author.locator("#id_text")).to_have_value(LAO_TEXT)
    press(author, "next")
    choose_theme(author)
    press(author, "next")
    press(author, "submit")
    publish_from_desk(opened(make.officer("LA"), java_script_enabled=False))
    assert Notice.objects.get().state == NoticeState.PUBLISHED
    visitor = opened(java_script_enabled=False)
    search(visitor, "coffee dryer")
    assert titles(visitor)[0] == LAO_TITLE


def test_a_text_typed_in_a_session_that_ran_out_is_given_back_and_sent_again(opened: Opener) -> None:
    user = make.member()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    author = opened(user)
    author.goto("/notices/new/")
    write_text(author)
    Session.objects.all().delete()
    press(author, "save")
    expect(author.locator("textarea.kept", has_text=LAO_TEXT)).to_be_visible()
    assert Notice.objects.count() == 0
    with author.expect_popup() as popup:
        author.locator("main ol a[target=_blank]").click()
    window = popup.value
    window.locator("#id_login").fill(user.email)
    window.locator("#id_password").fill(make.PASSWORD)
    with window.expect_navigation():
        window.locator("main form .buttons button").click()
    with author.expect_navigation():
        author.locator("form[data-again] button").click()
    assert [(one.author, one.latest.title, one.latest.text) for one in Notice.objects.all()] == [
        (user, LAO_TITLE, LAO_TEXT)
    ]


def test_of_two_officers_who_decide_at_once_the_second_is_told_what_the_first_did(opened: Opener) -> None:
    notice = make.submitted()
    first, second = make.officer("LA", name="Officer Dao"), make.officer("LA", name="Officer Noy")
    windows = [opened(officer) for officer in (first, second)]
    for window in windows:
        window.goto(f"/country-desk/submissions/{notice.latest.pk}/")
    for window in windows:
        press(window, "publish", name="decision")
    expect(windows[0].locator("#messages")).to_contain_text("Published. Readers see it now.")
    expect(windows[1].locator("#messages")).to_contain_text("Officer Dao published this text in the meantime.")
    assert Notice.objects.get().published.decided_by == first


def test_of_an_organisation_that_stays_unnamed_a_visitor_sees_country_type_and_size_only(opened: Opener) -> None:
    hidden = "Phou Hidden Coffee Works"
    works = make.organisation("LA", name=hidden, type="enterprise", size="small")
    notice = make.published(of=works, is_anonymous=True, themes=["industry"])
    make.published(of=make.organisation("KH"), title="Looking for a solar dryer", themes=["industry"])
    run_jobs()
    visitor = opened()
    about_notices = [
        f"/notices/{notice.pk}/", "/notices/", "/", "/search/?q=dryer+for+parchment+coffee&kind=need", "/search/?kind=need",
        "/themes/industry/", "/sitemap.xml",
    ]  # fmt: skip
    sources = {}
    for path in about_notices:
        visitor.goto(path)
        sources[path] = visitor.content()
    assert [path for path, source in sources.items() if hidden in source or str(works.pk) in source] == []
    assert [path for path, source in sources.items() if make.TITLE not in source] == ["/sitemap.xml"]
    visitor.goto(f"/directory/organisations/{works.pk}/")
    assert (hidden in visitor.content(), str(notice.pk) in visitor.content()) == (True, False)
    visitor.goto(f"/notices/{notice.pk}/")
    assert visitor.locator(".notice-head .dots span").all_inner_texts() == [
        "Need", "Lao PDR", "Enterprise, 10 to 49 people", "name not shown",
    ]  # fmt: skip

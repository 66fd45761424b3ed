"""A passkey in a real browser, with the browser's own virtual authenticator: made, asked for, and enough alone."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from tests import make
from tests.journeys.conftest import Opener, complaints
from tests.journeys.factors import give_key

pytestmark = pytest.mark.journey


def sign_out(page: Page) -> None:
    """Sign out."""
    page.goto("/account/logout/")
    with page.expect_navigation():
        page.locator("main form button").click()


def with_password(page: Page, email: str) -> None:
    """Sign in with the password."""
    page.goto("/account/login/")
    page.fill("#id_login", email)
    page.fill("#id_password", make.PASSWORD)
    with page.expect_navigation():
        page.locator("main form button").first.click()


def test_a_passkey_is_made_asked_for_and_signs_in_alone(opened: Opener) -> None:
    user = make.person("LA")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    page = opened()
    give_key(page)
    with complaints(page) as told:
        with_password(page, user.email)
        page.goto("/account/second-factor/webauthn/add/")
        page.fill("#id_password", make.PASSWORD)
        with page.expect_navigation():
            page.locator("main form button").first.click()
        page.check("#id_passwordless")
        with page.expect_navigation(url="**/recovery-codes/"):
            page.locator("main form button").first.click()
        assert Authenticator.objects.filter(user=user, type="webauthn").count() == 1
        sign_out(page)
        with_password(page, user.email)
        page.wait_for_url("**/second-factor/authenticate/")
        with page.expect_navigation(url="**/desk/"):
            page.locator("form[data-passkey] button").click()
        sign_out(page)
        page.goto("/account/login/")
        with page.expect_navigation(url="**/desk/"):
            page.locator("form[data-passkey] button").click()
        assert told == []


def test_without_a_key_the_page_says_so_and_a_code_does(opened: Opener) -> None:
    user = make.second_factor(make.person("LA"))
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    page = opened(java_script_enabled=False)
    with_password(page, user.email)
    expect(page.locator("noscript p")).to_have_text("A passkey needs JavaScript; a code does not.")

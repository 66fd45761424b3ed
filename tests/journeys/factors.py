"""Second factors in a browser: an app that shows codes, a passkey of the browser's own authenticator, and signing in with either."""

from __future__ import annotations

import time

from playwright.sync_api import Page

from tests import make
from tests.codes import app_code
from tests.journeys.reader import Reader


def give_key(page: Page) -> None:
    """A key that answers at once, as if a finger lay on it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**kind, "isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def proves(reader: Reader) -> None:
    """Give the password once more, as is asked before something that matters."""
    reader.reads("Your password once more")
    reader.types(Password=make.PASSWORD)
    reader.presses("Go on")


def sets_up_app(reader: Reader) -> str:
    """From the page of second factors: read the key that is shown, and type what an app with it shows. Answers the key."""
    reader.follows("Set up an app")
    proves(reader)
    key = reader.main.get_by_role("code").inner_text()
    reader.field("Code that the app shows").fill(app_code(key))
    reader.presses("Set it up")
    reader.reads("Recovery codes")
    return key


def adds_passkey(reader: Reader) -> None:
    """From the page of second factors: a passkey, which the browser makes at once."""
    give_key(reader.page)
    reader.follows("Add a passkey")
    proves(reader)
    reader.presses("Add it", url="**/second-factor/**")
    reader.reads("Recovery codes")


def signs_in(reader: Reader, email: str) -> None:
    """On the page that asks for it: address and password."""
    reader.field("E-mail address").fill(email)
    reader.types(Password=make.PASSWORD)
    reader.presses("Sign in")


def signs_out(reader: Reader) -> None:
    """Sign out on this device."""
    reader.goes("/account/logout/")
    reader.presses("Sign out")


def gives_code(reader: Reader, key: str) -> None:
    """The page asks for the second factor: the code that the app shows half a minute later, since each is for one use."""
    reader.field("Code from the app, or a recovery code").fill(app_code(key, at=time.time() + 30))
    reader.presses("Sign in")


def gives_passkey(reader: Reader, path: str) -> None:
    """The page asks for the second factor: the passkey, which leads on to that address."""
    reader.presses("Use a passkey", url=f"**{path}")

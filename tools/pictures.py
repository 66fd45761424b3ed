"""Takes the pictures of the documentation from a running site in development, with the sample loaded.

CORRIDOR_DEVELOPMENT=true CORRIDOR_VAR=/tmp/pictures CORRIDOR_PORT=8123 .venv/bin/corridor serve
.venv/bin/python -m tools.pictures http://localhost:8123
"""

from __future__ import annotations

import base64
import json
import struct
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import NONE, find_chromium

CHECKOUT = Path(__file__).resolve().parents[1]
FOLDER = CHECKOUT / "docs" / "pictures"
QUESTIONS = CHECKOUT / "src" / "corridor" / "matching" / "data" / "sample" / "queries.json"
PASSWORD = "corridor-sample"
WIDTHS = {"": 1280, "-360": 360}
TALLEST = 2400
ZONE = "Asia/Vientiane"  # where those live who sign in below
LARGEST = 300_000
OFFLINE = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]

UNPACKED = """async shot => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${shot}`)).blob());
    const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    canvas.drawImage(picture, 0, 0);
    const data = canvas.getImageData(0, 0, picture.width, picture.height).data;
    let text = "";
    for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
    return btoa(text);
}"""


@dataclass(frozen=True)
class Picture:
    """What a picture shows, to whom, and in which language of the interface."""

    name: str
    go: Callable[[Page], object]
    language: str = "en"
    email: str = ""


def to_search(page: Page) -> None:
    """The first sample question in Khmer, whose answers are in other languages."""
    question = json.loads(QUESTIONS.read_text())["km"][0]
    page.goto(f"/search/?{urlencode({'q': question})}")


def to_own_notice(page: Page) -> None:
    """The newest published notice of the organisation that the person manages."""
    page.goto("/desk/notices/?view=open")
    page.goto(str(page.locator('main a[href^="/notices/"]:not([href*="/new"])').first.get_attribute("href")))


def to_country_desk(page: Page) -> None:
    """The queue of an officer, with the first text opened for a decision."""
    page.goto("/country-desk/")
    page.locator("details.decide summary").first.click()
    page.mouse.move(0, 0)


PICTURES = (
    Picture("home", lambda page: page.goto("/")),
    Picture("search", to_search, language="km"),
    Picture("notice", to_own_notice, email="manager.la@example.org"),
    Picture("country-desk", to_country_desk, email="officer.la@example.org"),
)


def take(picture: Picture, browser: Browser, address: str) -> None:
    """One picture, at every width."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}, timezone_id=ZONE)
    context.add_cookies([{"name": "django_language", "value": picture.language, "url": address}])
    page = context.new_page()
    if picture.email:
        sign_in(page, picture.email)
    picture.go(page)
    for suffix, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready.then(() => true)")
        height = min(TALLEST, int(page.evaluate("document.documentElement.scrollHeight")))
        path = FOLDER / f"{picture.name}{suffix}.png"
        shot = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
        path.write_bytes(with_palette(pixels(shot, browser)))
        print(f"{path.relative_to(CHECKOUT)}  {width} x {height}  {path.stat().st_size // 1000} kB")
        if path.stat().st_size > LARGEST:
            sys.exit(f"{path.name} is larger than {LARGEST // 1000} kB.")
    context.close()


def pixels(shot: bytes, browser: Browser) -> np.ndarray:
    """The picture as an array (height, width, 3), unpacked by the browser on an empty page."""
    page = browser.new_page()
    raw = base64.b64decode(page.evaluate(UNPACKED, base64.b64encode(shot).decode()))
    page.close()
    width, height = struct.unpack(">II", shot[16:24])
    return np.frombuffer(raw, np.uint8).reshape(height, width, 4)[:, :, :3]


def with_palette(picture: np.ndarray) -> bytes:
    """A PNG of the 256 commonest colours, about a third as large: letters on paper need few more, and lose nothing to see."""
    height, width, _ = picture.shape
    colours, places, counts = np.unique(picture.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    palette = colours[np.argsort(counts)[::-1][:256]]
    apart = ((colours[:, None, :].astype(int) - palette[None].astype(int)) ** 2).sum(axis=2)
    rows = apart.argmin(axis=1).astype(np.uint8)[places.reshape(height, width)]
    lines = np.hstack([np.zeros((height, 1), np.uint8), rows])  # each line of a PNG begins with its filter: none
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(lines.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def sign_in(page: Page, email: str) -> None:
    """As one of the people of the sample."""
    page.goto("/account/login/")
    page.locator("#id_login").fill(email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form .buttons button").click()
    page.wait_for_url("**/desk/")


def main() -> None:
    """Take every picture from the site whose address is given."""
    found = find_chromium()
    if len(sys.argv) != 2 or not found:
        sys.exit(__doc__ if found else NONE)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(found), args=OFFLINE)
        for picture in PICTURES:
            take(picture, browser, sys.argv[1].rstrip("/"))
        browser.close()


if __name__ == "__main__":
    main()

"""Somebody who reads pages in one language: finds all by its name there, and notices what is wrong on each page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, pgettext
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from tests.journeys.letters import letter_to
from tools.translating import catalogue

PHONE = 360
SCRIPTS = {
    "km": re.compile("[\u1780-\u17ff]{3}"),
    "lo": re.compile("[\u0e80-\u0eff]{3}"),
    "my": re.compile("[\u1000-\u109f]{3}"),
    "th": re.compile("[\u0e00-\u0e7f]{3}"),
    "zh-hans": re.compile("[\u4e00-\u9fff]{3}"),
}
OWN_NAMES = {name for _code, name in settings.LANGUAGES}  # a list of languages names each as its speakers do
SENTENCE = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2}")
HOLES = re.compile(r"%\(\w+\)[sd]|<[^>]+>")
# Every text of a page that people read or hear: in which language it says it is, and whether somebody else wrote it.
TEXTS = """() => {
    const texts = [], silent = "script, style, noscript, template, textarea, code";
    const add = (text, element) => texts.push([
        text.replace(/\\s+/g, " ").trim(), element.closest("[lang]")?.lang ?? "", element.closest("[dir=auto], option") !== null,
    ]);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        if (!walker.currentNode.parentElement.closest(silent)) add(walker.currentNode.data, walker.currentNode.parentElement);
    }
    for (const name of ["placeholder", "aria-label", "title", "alt"]) {
        for (const element of document.body.querySelectorAll(`[${name}]`)) add(element.getAttribute(name), element);
    }
    add(document.title, document.documentElement);
    return texts.filter(([text]) => text);
}"""


class Reader:
    """A person at a window. `names` are what people and organisations are called, which stays as it is in every language."""

    def __init__(self, page: Page, language: str, names: Sequence[str] = ()) -> None:
        self.page = page
        self.language = language
        self.names = names
        self.faults: list[tuple[str, str]] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append((self.path, str(error))))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append((self.path, message.text))

    @property
    def path(self) -> str:
        """Where the window is."""
        return urlsplit(self.page.url).path

    @property
    def main(self) -> Locator:
        """The content of the page."""
        return self.page.get_by_role("main")

    def word(self, english: str, context: str = "", **facts: object) -> str:
        """A text of the interface as this person reads it; there is a translation."""
        with translation.override(self.language):
            said = pgettext(context, english) if context else gettext(english)
        assert said != english
        return said % facts if facts else said

    def goes(self, path: str, *, status: int = 200) -> None:
        """Open an address that answers so."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status
        if status != 200:  # the browser complains about each such answer
            self.faults = [
                one for one in self.faults if f"the server responded with a status of {status}" not in one[1]
            ]
        self.looks()

    def button(self, english: str, *, anywhere: bool = False) -> Locator:
        """A button of the content, or of the whole page, by its name."""
        return self._place(anywhere).get_by_role("button", name=self.word(english), exact=True)

    def presses(self, english: str, *, url: str = "**", anywhere: bool = False) -> None:
        """Press a button, and read the page that follows."""
        with self.page.expect_navigation(url=url):
            self.button(english, anywhere=anywhere).click()
        self.looks()

    def follows(self, english: str, *, anywhere: bool = False) -> None:
        """Follow a link by its name, and read where it leads."""
        self.follows_title(self.word(english), anywhere=anywhere)

    def follows_title(self, title: str, *, url: str = "**", anywhere: bool = False) -> None:
        """Follow a link that somebody named in words of their own."""
        with self.page.expect_navigation(url=url):
            self._place(anywhere).get_by_role("link", name=title, exact=True).click()
        self.looks()

    def _place(self, anywhere: bool) -> Locator:
        return self.page.locator("body") if anywhere else self.main

    def chooses(self, english: str, context: str = "") -> None:
        """Choose one of several."""
        self.page.get_by_role("radio", name=self.word(english, context), exact=True).check()

    def field(self, english: str) -> Locator:
        """A field of the content by its label."""
        return self.main.get_by_label(self.word(english), exact=True)

    def types(self, **said: str) -> None:
        """Fill fields; what is written with an underline in Python has a blank on the page."""
        for name, text in said.items():
            self.field(name.replace("_", " ")).fill(text)

    def reads(self, *texts: str, **facts: object) -> None:
        """The page says this, in the language of this person."""
        for english in texts:
            expect(self.page.locator("body")).to_contain_text(self.word(english, **facts))

    def gets(self, email: str) -> str:
        """The newest letter to this person's address, which is in their language."""
        letter = letter_to(email)
        self.hears(letter.subject, letter.text)
        return letter.text

    def hears(self, *texts: str) -> None:
        """Notice lines of a letter that are not in this person's language."""
        for line in "\n".join(texts).splitlines():
            if line.strip() and (fault := self._fault_of(line.strip(), is_others=False)):
                self.faults.append(("letter", f"{fault}: {line}"))

    def looks(self) -> None:
        """Notice what is wrong on this page: its language, texts that nobody translated or marked, and a page wider than a phone."""
        path = self.path
        if self.page.locator("html").get_attribute("lang") != self.language:
            self.faults.append((path, "the page does not say its language"))
        wide = width_of(self.page, PHONE)
        if wide > PHONE:
            self.faults.append((path, f"the page is {wide} pixels wide"))
        for text, language, is_others in self.page.evaluate(TEXTS):
            if language == self.language and (fault := self._fault_of(text, is_others=is_others)):
                self.faults.append((path, f"{fault}: {text}"))

    def _fault_of(self, text: str, *, is_others: bool) -> str:
        for name in self.names:
            text = text.replace(name, "")
        if is_others and text in OWN_NAMES:
            return ""
        if is_untranslated(text, self.language):
            return "not translated"
        if is_others:
            return ""
        foreign = [code for code, script in SCRIPTS.items() if code != self.language and script.search(text)]
        if foreign or (self.language in SCRIPTS and SENTENCE.search(text)):
            return "in another language without saying so"
        return ""


def faults_of(*readers: Reader) -> list[tuple[str, str, str]]:
    """What was wrong on the pages that these people read, each once."""
    found = dict.fromkeys((one.language, *fault) for one in readers for fault in one.faults)
    return list(found)


def is_untranslated(text: str, language: str) -> bool:
    """Whether a text of the interface stands in English that has a translation into this language."""
    whole, parts = english_texts(language)
    return text in whole or any(part in text for part in parts)


@cache
def english_texts(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """English texts that are translated into a language: those without holes, and the longer parts of the others."""
    whole: dict[str, set[str]] = {}
    parts = set()
    for (english, _context), said in catalogue.read(language).texts.items():
        pieces = [" ".join(piece.split()) for piece in HOLES.split(english)]
        if len(pieces) == 1:
            whole.setdefault(pieces[0], set()).add(" ".join(said.split()))
        else:
            parts |= {piece for piece in pieces if len(piece) > 12 and " " in piece and piece not in said}
    return frozenset(english for english, said in whole.items() if english not in said and said != {""}), tuple(parts)


def width_of(page: Page, width: int) -> int:
    """How wide the page lies in a window of that width; the window is as before afterwards."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 900})
    found = int(page.evaluate("document.documentElement.scrollWidth"))
    if before is not None:
        page.set_viewport_size(before)
    return found

"""Every template compiles, brings no style or script of its own, and says nothing that cannot be translated."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, Token, TokenType
from django.template.loader import get_template

from tests.house.reading import TEMPLATES, templates

# Pages for developers alone, in English.
ENGLISH_ONLY = {"gallery.html"}
# Words that are the same in every language.
NAMES = {"Corridor", "htmx", "OpenAPI", "JSON", "CSV", "XLSX", "ROR", "PDF", "UTC"}
READ_ALOUD = {"alt", "title", "placeholder", "aria-label", "aria-description", "label"}
WORD = re.compile(r"[^\W\d_]{2,}")
ATTRIBUTE = re.compile(
    r"""\b[a-z-]+="[^"<>]*["]"""
)  # a block can hold the attributes of a tag that another template opens
ARGUMENT = re.compile(r"""(?<=\s)(\w+)=(?:"([^"]*)"|'([^']*)')""")
SPOKEN_ARGUMENTS = {
    "heading",
    "label",
    "title",
    "text",
    "hint",
    "previous_label",
    "next_label",
    "action_label",
    "empty",
}


def name_of(path: Path) -> str:
    """How Django names a template."""
    return path.relative_to(TEMPLATES).as_posix()


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_every_template_compiles(path):
    assert get_template(name_of(path)).origin.template_name == name_of(path)


def test_there_are_templates():
    assert len(templates()) > 50


@pytest.mark.parametrize("path", [path for path in templates() if path.suffix == ".html"], ids=name_of)
def test_no_page_brings_style_or_script_of_its_own(path):
    source = path.read_text(encoding="utf-8")
    scripts = re.findall(r"<script\b([^>]*)>", source)
    assert re.findall(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", source) == []
    assert [tag for tag in scripts if "src=" not in tag and 'type="application/ld+json"' not in tag] == []


@pytest.mark.parametrize("path", [path for path in templates() if name_of(path) not in ENGLISH_ONLY], ids=name_of)
def test_everything_a_page_says_can_be_translated(path):
    assert list(untranslatable(path)) == []


def untranslatable(path: Path) -> Iterator[str]:
    """Words in a template that stand outside of what is translated."""
    source = ""
    for token in spoken(Lexer(path.read_text(encoding="utf-8")).tokenize()):
        source += token.contents if token.token_type == TokenType.TEXT else "\N{OBJECT REPLACEMENT CHARACTER}"
        if token.token_type == TokenType.BLOCK and not token.contents.startswith(("translate ", "url ")):
            for name, double, single in ARGUMENT.findall(token.contents):
                if name in SPOKEN_ARGUMENTS and WORD.search(double or single):
                    yield f"{name}={double or single!r}"
    parser = Said()
    parser.feed(source if path.suffix == ".html" else f"<pre>{source}</pre>")
    for text in parser.said:
        if set(WORD.findall(text)) - NAMES:
            yield text.strip()


def spoken(tokens: list[Token]) -> Iterator[Token]:
    """Tokens outside blocktranslate, comment and the notes of developers."""
    silent = ""
    for token in tokens:
        word = token.contents.split()[0] if token.token_type == TokenType.BLOCK else ""
        if silent:
            silent = "" if word == f"end{silent}" else silent
        elif word in ("blocktranslate", "blocktrans", "comment"):
            silent = word
        elif token.token_type != TokenType.COMMENT:
            yield token


class Said(HTMLParser):
    """Collects what a reader sees or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = [tag] if tag in ("script", "style") else self._inside
        self.said += [value or "" for name, value in attrs if name in READ_ALOUD]

    def handle_endtag(self, tag: str) -> None:
        self._inside = [] if [tag] == self._inside else self._inside

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.said.append(ATTRIBUTE.sub("", data))

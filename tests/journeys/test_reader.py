"""Those who read in the journeys see what is wrong on a page, and nothing where all is right."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import translation
from django.utils.translation import gettext

from tests.journeys.reader import Reader, faults_of

pytestmark = pytest.mark.journey
FAULTY = {
    "not translated: Sign in": "<p>Sign in</p>",
    "not translated: Search": '<input aria-label="Search">',
    "not translated: You are signed in as somebody@example.org.": "<p>You are signed in as somebody@example.org.</p>",
    "in another language without saying so: อบแห้งกาแฟ": "<p>อบแห้งกาแฟ</p>",
    "in another language without saying so: Words that nobody translated": "<p>Words that nobody translated</p>",
    "the page is 700 pixels wide": '<div style="width: 700px; height: 9px"></div>',
}


def page_of(content: str, language: str = "lo") -> str:
    """A page that has nothing else."""
    return (
        f'<html lang="{language}"><head><title>Corridor</title></head><body style="margin: 0">{content}</body></html>'
    )


@pytest.mark.parametrize("fault", list(FAULTY))
def test_a_reader_notices(reader: Callable[..., Reader], fault: str) -> None:
    her = reader(language="lo")
    her.page.set_content(page_of(FAULTY[fault]))
    her.looks()
    assert [found for _language, _path, found in faults_of(her)] == [fault]


def test_a_reader_notices_a_page_of_another_language_and_what_the_browser_complains_of(
    reader: Callable[..., Reader],
) -> None:
    her = reader(language="lo")
    her.page.set_content(page_of("", "en"))
    her.page.evaluate("console.error('broken')")
    her.looks()
    assert [found for _language, _path, found in faults_of(her)] == ["broken", "the page does not say its language"]


def test_a_reader_finds_nothing_where_all_is_right(reader: Callable[..., Reader]) -> None:
    her = reader(language="lo", names=["สหกรณ์กาแฟ"])
    with translation.override("lo"):
        said = gettext("Sign in")
    her.page.set_content(
        page_of(
            f'<p>{said}</p><p lang="th">อบแห้งกาแฟ</p><p dir="auto">Words of a person</p><p>สหกรณ์กาแฟ</p><code>Sign in</code>'
        )
    )
    her.looks()
    assert faults_of(her) == []

"""Where to ask: only a page and a mail address become links, whatever somebody types."""

import pytest

from corridor.directory.logic.contact import Route, mail_addresses, route_of


@pytest.mark.parametrize(
    "address", ["https://lab.example.org/book?x=1&y=2#now", "http://a.example:8080/", "https://中国.example.org/"]
)
def test_a_page_is_linked_to_as_it_is(address):
    assert route_of(address) == Route("page", address, address)


def test_the_mail_of_an_office_opens_a_letter():
    assert route_of("lab@a.example") == Route("mail", "lab@a.example", "mailto:lab@a.example")
    assert route_of("lab?cc=x@a.example").url == "mailto:lab%3Fcc%3Dx@a.example"


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Room 4, second floor",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "https://",
        "https://localhost",
        "https://bank.example@evil.example/",
        "https://a.example/ and more",
        'https://a.example/"onmouseover="x',
        "https://a.example/<b>",
        "https://[::1",
        "https://a.example:0/",
        "https://a.example:99999/",
        "//a.example/",
        "lab@a",
        "lab@a.example, other@b.example",
        "lab@a.example\nBcc: all@b.example",
    ],
)
def test_all_else_stays_words(words):
    assert route_of(words) == Route("words", words)


def test_mail_addresses_are_found_among_words():
    assert mail_addresses("Write to lab@a.example or to Office@B.example.org.") == [
        "lab@a.example",
        "Office@B.example.org",
    ]
    assert mail_addresses("Room 4 @ noon") == []


def test_a_long_row_of_letters_is_read_at_once():
    assert mail_addresses("a" * 300 + "@" + "a-" * 150) == []

"""The list of notices and the table to take away."""

import csv
import io

import pytest
from django.conf import settings
from django.urls import reverse

from tests import make
from tests.web.notices.pages import client_of, words

pytestmark = pytest.mark.django_db


def titles(response):
    """The titles that the list shows, in order."""
    return [row.title for row in response.context["rows"]]


def table(response):
    """The rows of the table, by column."""
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_list_is_read_in_each_language(language):
    make.published()
    browser = client_of()
    browser.cookies["django_language"] = language
    assert browser.get(reverse("notices")).status_code == 200


def test_newest_first_and_only_what_one_may_see():
    make.notice(title="A draft")
    make.submitted(title="Waiting")
    make.published(title="For members", visibility="members")
    make.published(title="First")
    make.published(title="Second")
    assert titles(client_of().get(reverse("notices"))) == ["Second", "First"]
    assert titles(client_of(make.member()).get(reverse("notices"))) == ["Second", "First", "For members"]


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"kind": "offer"}, ["Thai offer"]),
        ({"theme": "health"}, ["Thai offer"]),
        ({"country": "LA"}, ["Lao need"]),
        ({"language": "th"}, ["Thai offer"]),
        ({"kind": "offer", "country": "LA"}, []),
        ({"kind": "rubbish", "theme": "x'; drop table", "country": "XX", "language": "??"}, ["Thai offer", "Lao need"]),
        ({"page": "99"}, ["Thai offer", "Lao need"]),
        ({"page": "x"}, ["Thai offer", "Lao need"]),
    ],
)
def test_the_list_is_narrowed_by_links(narrowed, found):
    make.published(title="Lao need")
    make.published(of=make.organisation("TH"), kind="offer", themes=["health"], language="th", title="Thai offer")
    assert titles(client_of().get(reverse("notices"), narrowed)) == found


def test_an_empty_list_says_what_to_do_next():
    assert "Be the first" in words(client_of().get(reverse("notices")))
    assert "Nothing with these filters yet" in words(client_of().get(reverse("notices"), {"kind": "need"}))


def test_the_next_page_keeps_what_was_chosen():
    owner = make.organisation()
    author, publisher = make.member(owner), make.officer("LA")
    for _ in range(21):
        make.published(author, of=owner, publisher=publisher)
    response = client_of().get(reverse("notices"), {"kind": "need"})
    assert response.context["next_url"] == "/notices/?kind=need&page=2"
    assert len(titles(client_of().get(response.context["next_url"]))) == 1


@pytest.mark.parametrize("reader", ["visitor", "officer"])
def test_three_and_thirty_rows_ask_the_database_as_often(reader, django_assert_num_queries):
    browser = client_of(make.officer("LA") if reader == "officer" else None)
    publisher = make.officer("LA")
    counts = []
    for number in (3, 17):
        for _ in range(number):
            make.published(publisher=publisher)
        browser.get(reverse("notices"))
        with django_assert_num_queries(counts[0] if counts else 6 if reader == "visitor" else 10, exact=False) as asked:
            browser.get(reverse("notices"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_table_has_what_one_may_see():
    make.notice(title="A draft")
    make.published(title="For members", visibility="members")
    make.published(title="Lao need", of=make.organisation(name="Slope Growers"))
    rows = table(client_of().get(reverse("notices"), {"format": "csv"}))
    assert [(row["title"], row["organisation"], row["country"], row["kind"]) for row in rows] == [
        ("Lao need", "Slope Growers", "LA", "need")
    ]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK('http://x')", "＝1"])
def test_no_cell_of_the_table_is_a_formula(formula):
    make.published(title=f"{formula} dryer", of=make.organisation(name=f"{formula} Growers"))
    (row,) = table(client_of().get(reverse("notices"), {"format": "csv"}))
    assert (row["title"], row["organisation"]) == (f"'{formula} dryer", f"'{formula} Growers")


def test_no_unnamed_organisation_is_in_the_table_not_even_for_its_own_people():
    owner = make.organisation(name="Slope Growers", place="Paksong")
    notice = make.published(of=owner, is_anonymous=True)
    for reader in (None, notice.author, make.officer("LA")):
        response = client_of(reader).get(reverse("notices"), {"format": "csv"})
        assert "Slope Growers" not in response.content.decode()
        assert str(owner.pk) not in response.content.decode()
        assert table(response)[0]["organisation"] == "Cooperative, 10 to 49 people"

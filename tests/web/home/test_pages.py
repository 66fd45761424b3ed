"""Themes, articles, and what the site says about itself: true, whole, in every language."""

import html
import re

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from corridor.kernel.states import Theme
from corridor.web.home.articles import ARTICLES
from corridor.web.home.themes import STORIES
from tests import make

LANGUAGES = ["en", "km", "lo", "my", "th", "vi", "zh-hans"]
PLAIN = ["/about/", "/principles/", "/privacy/", "/help/"]
OPEN = [*PLAIN, *(f"/articles/{number}/" for number in range(1, 11)), *(f"/themes/{code}/" for code in Theme.values)]


def read(client: Client, path: str) -> str:
    """An open page."""
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def words(page: str) -> str:
    """The words of a page."""
    return html.unescape(" ".join(re.sub("<[^>]+>", " ", page).split()))


def titles(page: str, kind: str) -> list[str]:
    """The titles in one list of a theme page."""
    part = page.split(f'<h2 id="list-{kind}">')[1].split("</section>")[0]
    return [html.unescape(title) for title in re.findall(r"<h3><a [^>]*>(.*?)</a></h3>", part)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_opens_in_every_language(client: Client, language: str) -> None:
    make.published(home="MM", themes=["green"])
    client.cookies["django_language"] = language
    for path in OPEN:
        assert f'<html lang="{language}"' in read(client, path)


def test_no_link_of_these_pages_leads_nowhere(client: Client) -> None:
    make.published(home="MM", themes=["green"])
    links = {html.unescape(link) for path in OPEN for link in re.findall(r'href="(/[^"]*)"', read(client, path))}
    statuses = {link: client.get(link).status_code for link in sorted(links) if not link.startswith("/static/")}
    assert {link: status for link, status in statuses.items() if status not in (200, 302)} == {}


@pytest.mark.parametrize("path", ["/themes/money/", "/articles/0/", "/articles/11/"])
def test_what_does_not_exist_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_every_article_says_what_it_proposes_what_exists_and_what_does_not(client: Client) -> None:
    assert [article.number for article in ARTICLES] == list(range(1, 11))
    for article in ARTICLES:
        page = words(read(client, f"/articles/{article.number}/"))
        assert "What it proposes" in page
        assert "Not built yet" in page
        for sentence in (*article.proposes, *article.today, *article.not_yet):
            assert str(sentence) in page


def test_articles_lead_to_each_other(client: Client) -> None:
    first, middle, last = (read(client, f"/articles/{number}/") for number in (1, 5, 10))
    assert 'rel="prev"' not in first
    assert 'rel="next" href="/articles/2/"' in first
    assert 'rel="prev" href="/articles/4/"' in middle
    assert 'rel="next" href="/articles/6/"' in middle
    assert 'rel="next"' not in last


def test_every_theme_names_its_articles() -> None:
    assert {theme.value: story.articles for theme, story in STORIES.items()} == {
        "talent": (1, 2), "poverty": (1, 3), "industry": (1, 4), "health": (1, 5),
        "digital": (1, 6), "green": (1, 7), "innovation": (1, 8), "policy": (1, 9),
    }  # fmt: skip


def test_a_theme_gathers_its_newest_by_kind(client: Client) -> None:
    make.published(title="A need", themes=["health", "green"])
    make.published(title="An offer", kind="offer", themes=["health"])
    make.published(title="A search", kind="partner", themes=["health"])
    make.published(title="Something else", themes=["policy"])
    page = read(client, "/themes/health/")
    assert [titles(page, kind) for kind in ("need", "offer", "partner")] == [["A need"], ["An offer"], ["A search"]]


def test_a_theme_counts_by_country_in_the_order_of_the_six(client: Client) -> None:
    make.published(home="TH", themes=["health"])
    make.published(home="KH", kind="offer", themes=["health"])
    make.published(home="KH", themes=["health"], visibility="members")
    table = read(client, "/themes/health/").split("<tbody>")[1].split("</tbody>")[0]
    rows = [words(row) for row in table.split("<tr>")[1:]]
    assert rows == [
        "Cambodia 0 1 0",
        "China 0 0 0",
        "Lao PDR 0 0 0",
        "Myanmar 0 0 0",
        "Thailand 1 0 0",
        "Viet Nam 0 0 0",
    ]


def test_an_anonymous_organisation_is_neither_named_nor_counted_in_a_theme(client: Client) -> None:
    owner = make.organisation("LA", name="Mist Mountain Hospital", type="hospital")
    make.published(of=owner, is_anonymous=True, themes=["health"])
    make.published(home="VN", themes=["health"])
    page = read(client, "/themes/health/")
    assert "Mist Mountain" not in page
    assert "1 organisation has an open notice in this theme under its own name." in page


def test_an_empty_theme_says_what_to_do(client: Client) -> None:
    page = read(client, "/themes/policy/")
    assert "Nobody has said a need in this theme yet." in page
    assert 'href="/notices/new/?kind=partner&amp;theme=policy">Say whom you look for</a>' in page


def test_a_theme_shows_a_visitor_public_notices_alone(client: Client) -> None:
    make.published(home="TH", title="For members", visibility="members", themes=["health"])
    assert titles(read(client, "/themes/health/"), "need") == []
    client.force_login(make.member(home="KH"))
    assert titles(read(client, "/themes/health/"), "need") == ["For members"]


def test_a_theme_asks_the_database_equally_often_with_few_and_many(
    client: Client, django_assert_num_queries: object
) -> None:
    for many in (1, 6):
        for number in range(many):
            for kind in ("need", "offer", "partner"):
                make.published(home="LA", kind=kind, themes=["health"], title=f"{kind} {number}")
        with django_assert_num_queries(10):  # type: ignore[operator]
            read(client, "/themes/health/")


def test_about_names_who_runs_it(client: Client, settings: Settings) -> None:
    settings.NODE = {"name": "Mekong node", "operator": "Institute <of> Rivers"}
    page = read(client, "/about/")
    assert "This installation is called Mekong node and is run by Institute &lt;of&gt; Rivers." in page
    assert "Corridor is not the platform of any government" in page
    assert "Apache licence" in page


def test_about_says_when_nobody_has_said_who_runs_it(client: Client, settings: Settings) -> None:
    settings.NODE = {"name": "Corridor", "operator": ""}
    assert "Nobody has said yet who runs it" in read(client, "/about/")
    assert "Do not enter real personal data before you know." in read(client, "/privacy/")


def test_help_says_after_how_many_days_a_submission_is_overdue(client: Client, settings: Settings) -> None:
    settings.OVERDUE_WORKING_DAYS = 4
    assert "After 4 working days it counts as overdue" in read(client, "/help/")


def test_privacy_says_what_is_kept_and_how_it_goes(client: Client) -> None:
    page = words(read(client, "/privacy/"))
    for part in ("Your e-mail address", "Who sees it", "What is not kept", "How to change it or have it removed"):
        assert part in page


@pytest.mark.parametrize("path", ["/", *PLAIN, "/articles/1/", "/themes/green/"])
def test_open_pages_are_read_only(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405

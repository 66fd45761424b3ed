"""The first page shows the main job, treats six countries alike, and shows nobody what is not theirs."""

import datetime
import gzip
import html
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from corridor.directory.models import FocalPoint
from corridor.directory.operations import organisations
from corridor.directory.states import NameKind
from corridor.language.operations.translations import add_translation
from corridor.language.states import Origin
from corridor.matching.models import Notice
from corridor.matching.operations import sample
from tests import make

LANGUAGES = ["en", "km", "lo", "my", "th", "vi", "zh-hans"]
SIX = ["Cambodia", "China", "Lao PDR", "Myanmar", "Thailand", "Viet Nam"]
QUERIES = 11


def first_page(client: Client) -> str:
    """The first page as a browser gets it."""
    response = client.get("/")
    assert response.status_code == 200
    return str(response.content.decode())


def bank(page: str, heading: str) -> list[str]:
    """The titles on one bank of the river, in order."""
    part = page.split(f">{heading}</a></h3>")[1].split("</ol>")[0].split('<span class="home-river"')[0]
    return [html.unescape(title) for title in re.findall(r'<p class="title"><a [^>]*>(.*?)</a>', part)]


def tiles(page: str) -> list[str]:
    """The words of each tile, in order."""
    part = page.split('<ul class="tiles six">')[1].split("</ul>")[0]
    return [" ".join(re.sub("<[^>]+>", " ", tile).split()) for tile in part.split("<li>")[1:]]


def ago(notice: Notice, days: int) -> None:
    """Let a notice have been published some days ago."""
    Notice.objects.filter(pk=notice.pk).update(published_at=timezone.now() - datetime.timedelta(days=days))


def test_the_first_thing_is_a_box_for_the_main_question(client: Client) -> None:
    page = first_page(client)
    assert '<h1 id="question-heading">What do you need? What can you offer?</h1>' in page
    assert page.count('type="search"') == 1
    assert 'action="/search/"' in page
    assert 'href="/notices/new/?kind=need">Say what you need</a>' in page
    assert 'href="/notices/new/?kind=offer">Say what you offer</a>' in page


def test_it_says_that_it_is_independent_and_unofficial(client: Client) -> None:
    assert "Independent and unofficial: not the platform of any government." in first_page(client)


def test_a_busy_country_does_not_push_out_a_quiet_one(client: Client) -> None:
    quiet = make.published(home="KH", title="The only need of a quiet country")
    ago(quiet, 40)
    own = make.organisation("CN")
    for number in range(5):
        ago(make.published(of=own, title=f"Need {number} of a busy country"), number)
    assert bank(first_page(client), "Newest needs") == ["Need 0 of a busy country", "The only need of a quiet country"]


def test_needs_and_offers_stand_on_two_banks_each_in_its_own_language(client: Client) -> None:
    need = make.published(home="KH", title="ត្រូវការម៉ាស៊ីនសម្ងួត", language="km")
    offer = make.published(home="CN", kind="offer", title="提供烘干设备", language="zh-hans")
    page = first_page(client)
    assert bank(page, "Newest needs") == [need.published.title]
    assert bank(page, "Newest offers") == [offer.published.title]
    assert f'<a href="/notices/{offer.pk}/" lang="zh-hans">提供烘干设备</a>' in page
    assert f'<a href="/notices/{need.pk}/" lang="km">' in page


def test_each_row_says_from_where_from_whom_and_until_when(client: Client) -> None:
    make.published(of=make.organisation("MM", type="hospital"), valid_until=make.today() + datetime.timedelta(days=30))
    page = first_page(client)
    assert '<span class="from">Myanmar</span><span>Hospital</span>' in page
    assert "Until" in page
    assert "(Myanmar, UTC+06:30)" in page


def test_a_title_in_the_readers_language_stands_beside_the_original(client: Client) -> None:
    need = make.published(home="KH", title="ត្រូវការម៉ាស៊ីនសម្ងួត", language="km")
    for origin, title in ((Origin.MACHINE, "Dryer it needs"), (Origin.HUMAN, "We need a dryer")):
        add_translation(need, by=None, version=1, language="en", origin=origin, texts={"title": title, "text": "x"})
    page = first_page(client)
    assert '<p class="translated">We need a dryer</p>' in page
    assert "Dryer it needs" not in page


def test_a_visitor_sees_public_notices_alone(client: Client) -> None:
    make.published(home="TH", visibility="members", title="For members")
    make.published(home="VN", visibility="national", title="For Viet Nam")
    make.submitted(home="LA", title="Not published yet")
    page = first_page(client)
    assert bank(page, "Newest needs") == []
    assert [tile for tile in tiles(page) if "0 open notices" not in tile] == []
    client.force_login(make.member(home="VN"))
    assert sorted(bank(first_page(client), "Newest needs")) == ["For Viet Nam", "For members"]


def test_nothing_yet_invites_to_be_the_first(client: Client) -> None:
    page = first_page(client)
    assert "Nobody has said a need yet. Yours can be the first." in page
    assert "Nobody has made an offer yet. Yours can be the first." in page


def test_an_anonymous_organisation_is_not_named(client: Client) -> None:
    owner = make.organisation("LA", name="Mist Mountain Hospital", type="hospital")
    make.published(of=owner, is_anonymous=True)
    page = first_page(client)
    assert "<span>Hospital</span>" in page
    assert "Mist Mountain" not in page


def test_six_equal_tiles_stand_in_the_order_of_the_six(client: Client) -> None:
    make.published(home="TH")
    found = tiles(first_page(client))
    assert [tile.split(" 0")[0].split(" 1")[0] for tile in found] == SIX
    assert found[4] == "Thailand 1 open notice 1 organisation"


def test_a_tile_names_the_focal_point_that_holds_the_office_today(client: Client) -> None:
    day = make.today()
    for acronym, starts, ends in (("OLD", day.replace(year=2020), day), ("NEW", day, None)):
        names = [(NameKind.OFFICIAL, "en", f"Ministry {acronym}"), (NameKind.ACRONYM, "", acronym)]
        ministry = organisations.list_organisation(by=None, names=names, home="LA", type="ministry")
        FocalPoint.objects.create(home="LA", organisation=ministry, starts_on=starts, ends_on=ends)
    page = first_page(client)
    assert tiles(page)[2] == "Lao PDR 0 open notices 2 organisations Focal point: NEW"
    assert '<abbr title="Ministry NEW">NEW</abbr>' in page


def test_eight_themes_with_their_open_notices(client: Client) -> None:
    make.published(themes=["green", "health"])
    make.published(themes=["green"])
    part = first_page(client).split('<ul class="themes plain">')[1].split("</ul>")[0]
    counts = dict(re.findall(r'href="/themes/(\w+)/">[^<]*</a> <span class="count">(\d+)</span>', part))
    assert counts == {
        "talent": "0", "poverty": "0", "industry": "0", "health": "1",
        "digital": "0", "green": "2", "innovation": "0", "policy": "0",
    }  # fmt: skip


def test_ten_doors(client: Client) -> None:
    part = first_page(client).split('<ol class="doors">')[1].split("</ol>")[0]
    assert re.findall(r'href="/articles/(\d+)/"', part) == [str(number) for number in range(1, 11)]


def test_examples_are_the_samples_questions_while_the_sample_is_loaded(client: Client) -> None:
    make.organisation(is_sample=True)
    client.cookies["django_language"] = "km"
    part = first_page(client).split('<div class="examples-side">')[1].split("</ul>")[0]
    asked = re.findall(r'href="/search/\?q=[^"]+" lang="km">(.*?)</a>', part)
    assert [html.unescape(text) for text in asked] == sample.read("queries.json")["km"][:5]


def test_without_the_sample_examples_are_the_newest_titles_own_language_first(client: Client) -> None:
    make.published(home="CN", title="需要烘干设备 & 零件", language="zh-hans")
    ago(make.published(home="LA", title="Dryer & parts"), 3)
    part = first_page(client).split('<div class="examples-side">')[1].split("</ul>")[0]
    assert re.findall(r'href="(.*?)" lang="(.*?)">', part)[0] == ("/search/?q=Dryer%20%26%20parts", "en")
    assert re.findall(r'lang="(.*?)">', part) == ["en", "zh-hans"]


def test_the_sample_is_marked(client: Client) -> None:
    notice = make.published()
    Notice.objects.filter(pk=notice.pk).update(is_sample=True)
    assert '<span class="badge tone-sample">Sample</span>' in first_page(client)


def test_the_number_of_queries_is_fixed(client: Client) -> None:
    ministry = make.organisation("LA", type="ministry")
    FocalPoint.objects.create(home="LA", organisation=ministry, starts_on=make.today())
    counts = []
    for many in (1, 10):
        for home in ("KH", "LA", "VN"):
            for number in range(many):
                make.published(home=home, kind="offer" if number % 2 else "need")
        first_page(client)
        with CaptureQueriesContext(connection) as captured:
            first_page(client)
        counts.append(len(captured))
    assert counts == [QUERIES, QUERIES]


def test_the_first_visit_is_small(client: Client) -> None:
    for home in make_six():
        make.published(home=home, kind="need", title="ត្រូវការម៉ាស៊ីនសម្ងួតស្រូវដែលប្រើអង្កាមជាឥន្ធនៈ" * 3, language="km")
        make.published(home=home, kind="offer", title="提供小型太阳能咖啡烘干设备" * 8, language="zh-hans")
    client.cookies["django_language"] = "my"
    page = client.get("/").content
    names = re.findall(rb'(?:href|src)="/static/([^"]+)"', page)
    pieces = [page, *(Path(str(finders.find(name.decode()))).read_bytes() for name in names)]
    pieces += [Path(str(finders.find(f"corridor/{name}"))).read_bytes() for name in ("river.svg", "home-river.svg")]
    assert sum(len(gzip.compress(piece)) for piece in pieces) < 150_000


def make_six() -> list[str]:
    """The codes of the six in their order."""
    return ["KH", "CN", "LA", "MM", "TH", "VN"]


def test_machines_read_what_the_site_is(client: Client, settings: Settings) -> None:
    settings.NODE = {"name": "</script><b>Node & Co", "operator": ""}
    page = first_page(client)
    told = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    facts = json.loads(told)
    assert facts["@type"] == "WebSite"
    assert facts["name"] == "</script><b>Node & Co"
    assert facts["potentialAction"]["target"]["urlTemplate"] == "http://testserver/search/?q={query}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_in_every_language(client: Client, language: str) -> None:
    make.published(home="VN")
    client.cookies["django_language"] = language
    assert f'<html lang="{language}"' in first_page(client)


def test_no_link_leads_nowhere(client: Client) -> None:
    make.published(home="VN")
    links = {html.unescape(url) for url in re.findall(r'href="(/[^"]*)"', first_page(client))}
    pages = sorted(link for link in links if not link.startswith("/static/"))
    broken = {link: client.get(link).status_code for link in pages}
    assert {link: status for link, status in broken.items() if status not in (200, 302)} == {}
    assert len(pages) > 30

"""What the home page and the theme pages gather from the records, each in a fixed number of queries."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.conf import settings
from django.db.models import CharField, Count, F, Func, Prefetch
from django.utils import timezone

from corridor.directory.models import Country, FocalPoint, Organisation
from corridor.directory.states import NameKind
from corridor.kernel.models import User
from corridor.kernel.states import Theme
from corridor.matching.models import Notice, NoticeQuerySet
from corridor.matching.operations import sample
from corridor.matching.states import NoticeKind
from corridor.web.components.names import reader_language
from corridor.web.results import Row, rows_of_notices

EXAMPLES = 5
SHOWN = 4


@dataclass(frozen=True)
class Tile:
    """One of the six on the home page."""

    country: Country
    notices: int
    organisations: int
    focal_point: str
    ministry: str


@dataclass(frozen=True)
class Example:
    """A question to begin with, in its language."""

    text: str
    language: str


@dataclass(frozen=True)
class CountryFigures:
    """How many open notices of each kind a country has in a theme."""

    code: str
    needs: int
    offers: int
    partners: int


def open_notices(by: User | None) -> NoticeQuerySet:
    """The notices that this reader may read and answer today."""
    return Notice.objects.visible_to(by).open()


def newest_of_each_country(by: User | None) -> dict[str, list[Row]]:
    """The newest need and the newest offer of every country, newest first: nobody is pushed out by a busy neighbour."""
    found = (
        open_notices(by)
        .filter(kind__in=(NoticeKind.NEED, NoticeKind.OFFER))
        .order_by("kind", "home", "-published_at", "pk")
        .distinct("kind", "home")
        .for_reading()
    )
    listed = sorted(found, key=lambda notice: (notice.published_at, str(notice.pk)), reverse=True)
    return by_kind(listed, by)


def tiles(by: User | None) -> list[Tile]:
    """Six equal tiles in the order of the six."""
    notices = dict(open_notices(by).values_list("home").annotate(Count("pk")).order_by())
    organisations = dict(Organisation.objects.standing().values_list("home").annotate(Count("pk")).order_by())
    ministries = focal_points()
    return [
        Tile(
            country=country,
            notices=notices.get(country.code, 0),
            organisations=organisations.get(country.code, 0),
            focal_point=short_name(ministries.get(country.code)),
            ministry=ministries[country.code].name if country.code in ministries else "",
        )
        for country in Country.objects.all()
    ]


def focal_points() -> dict[str, Organisation]:
    """The ministry that holds each country's office today, with its names."""
    today = timezone.now().date()
    ministries = Prefetch("organisation", queryset=Organisation.objects.with_names())
    return {
        held.home: held.organisation
        for held in FocalPoint.objects.order_by("starts_on").prefetch_related(ministries)
        if held.held_on(today)
    }


def short_name(ministry: Organisation | None) -> str:
    """How people call a ministry; its whole name where it has no short one."""
    return (ministry.named(NameKind.ACRONYM) or ministry.name) if ministry else ""


def theme_counts(by: User | None) -> list[tuple[Theme, int]]:
    """The eight themes with the number of their open notices."""
    themes = Func(F("themes"), function="unnest", output_field=CharField())
    counted = dict(open_notices(by).annotate(theme=themes).values_list("theme").annotate(Count("pk")).order_by())
    return [(theme, counted.get(theme.value, 0)) for theme in Theme]


def examples(newest: list[Row]) -> list[Example]:
    """Questions to begin with: the sample's in the reader's language while it is loaded, else the newest titles."""
    language = reader_language()
    if sample.is_loaded():
        return [Example(text, language) for text in sample.read("queries.json")[language][:EXAMPLES]]
    own_first = sorted(newest, key=lambda row: row.language != language)
    return [Example(row.title, row.language) for row in own_first[:EXAMPLES]]


def newest_in_theme(theme: Theme, by: User | None) -> dict[str, list[Row]]:
    """The newest open notices of each kind in a theme."""
    found: list[Notice] = []
    for kind in NoticeKind.values:
        notices = open_notices(by).filter(themes__contains=[theme], kind=kind)
        found += notices.for_reading().order_by("-published_at", "pk")[:SHOWN]
    return by_kind(found, by)


def by_kind(notices: list[Notice], by: User | None) -> dict[str, list[Row]]:
    """The lines of these notices, in their order, for every kind."""
    pairs = list(zip(notices, rows_of_notices(notices, by=by), strict=True))
    return {kind: [row for notice, row in pairs if notice.kind == kind] for kind in NoticeKind.values}


def figures_of_theme(theme: Theme, by: User | None) -> list[CountryFigures]:
    """Open notices of a theme by country and kind, in the order of the six."""
    counted = (
        open_notices(by).filter(themes__contains=[theme]).values_list("home", "kind").annotate(Count("pk")).order_by()
    )
    numbers = {(home, kind): number for home, kind, number in counted}
    return [
        CountryFigures(code, *(numbers.get((code, kind), 0) for kind in NoticeKind.values))
        for code in Country.objects.values_list("pk", flat=True)
    ]


def named_organisations(theme: Theme, by: User | None) -> int:
    """How many organisations have an open notice in a theme under their own name."""
    named = open_notices(by).filter(themes__contains=[theme], published__is_anonymous=False)
    return named.values("organisation").distinct().count()


def linked_data(name: str, home_url: str, search_url: str) -> str:
    """The site and its search in the words of schema.org, safe to stand in a page."""
    facts = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": name,
        "url": home_url,
        "inLanguage": [code for code, _name in settings.LANGUAGES],
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search_url}?q={{query}}"},
            "query-input": "required name=query",
        },
    }
    return json.dumps(facts, ensure_ascii=False).translate(HARMLESS)


HARMLESS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}

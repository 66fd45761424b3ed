"""Searches as Atom feeds (RFC 4287): what everybody may read, the newest first."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from corridor.directory.models import Facility, Organisation
from corridor.kernel.models import Audience
from corridor.language.operations.find import find_like, today
from corridor.language.operations.questions import Method, ask
from corridor.language.operations.sieve import near_enough
from corridor.matching.models import Notice
from corridor.web.components.names import country_in_words, reader_language
from corridor.web.results import Row, rows_of_hits
from corridor.web.search.answers import newest
from corridor.web.search.asked import Asked

ENTRIES: Final = 50
SUMMARY: Final = 400
NOBODY: Final = Audience(None)
FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no XML may hold."""


class LanguageFeed(Atom1Feed):
    """A feed in which every entry says its own language, and in which an empty one stays the same from hour to hour."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """BCP 47, where it is known."""
        return {"xml:lang": item["language"]} if item["language"] else {}

    def latest_post_date(self) -> datetime.datetime:
        """When the newest entry was published; of none, the beginning of the day."""
        days = [item["updateddate"] for item in self.items]
        return max(days) if days else timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)


@login_not_required
@cache_control(public=True, max_age=900)
@conditional_page
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """One search, or one country, as a feed for programs that look by themselves. Signed in or not, it is the same."""
    asked = Asked.read(request.GET)
    if not (asked.text or asked.is_narrowed):
        raise Http404
    address = f"{settings.SITE_URL}{request.get_full_path()}"
    made = LanguageFeed(
        title=title_of(asked),
        link=f"{settings.SITE_URL}{asked.url()}",
        description="",
        language=reader_language(),
        feed_url=address,
        feed_guid=f"{settings.SITE_URL}{asked.other_url('search-feed')}",
        author_name=settings.NODE["name"] or "Corridor",
    )
    for row, born in sorted(rows_of(asked), key=lambda pair: pair[1], reverse=True):
        made.add_item(**entry_of(row, born))
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def title_of(asked: Asked) -> str:
    """What a feed is about, in the reader's language."""
    parts = [
        clean(Truncator(asked.heard).chars(80)),
        country_in_words(asked.country) if asked.country else "",
    ]
    about = " · ".join(part for part in parts if part) or _("Search")
    return f"{settings.NODE['name'] or 'Corridor'}: {about}"


def rows_of(asked: Asked) -> list[tuple[Row, datetime.datetime]]:
    """What the search finds for nobody in particular, of that what is near enough to be told of, with since when it is there."""
    if not asked.heard:
        rows = newest(replace(asked, page=1), by=None, most=ENTRIES).rows
    else:
        question = ask(asked.heard, language=asked.spoken or None, method=Method(sounds=False))  # as saved searches do
        facets = asked.facets(today())
        found = find_like(question, audience=NOBODY, facets=facets, limit=ENTRIES)
        near = near_enough(question, found.hits, audience=NOBODY, facets=facets) if found.has_meaning else found.hits
        rows = rows_of_hits(near, by=None)
    return [(row, born) for row in rows if (born := since_of(row)) is not None]


def since_of(row: Row) -> datetime.datetime | None:
    """Since when a record says what it says. People have none: what a program has copied cannot be taken back."""
    if isinstance(row.record, Notice):
        return (row.record.published and row.record.published.decided_at) or row.record.published_at
    return row.record.created_at if isinstance(row.record, Organisation | Facility) else None


def entry_of(row: Row, born: datetime.datetime) -> dict[str, Any]:
    """One record as an entry. Its summary is HTML by the standard, so what was written is escaped."""
    text = row.record.published.text if isinstance(row.record, Notice) and row.record.published else ""
    told = " · ".join(str(part) for part in (row.kind, country_in_words(row.country), row.organisation) if part)
    return {
        "title": clean(row.title),
        "link": f"{settings.SITE_URL}{row.url}",
        "description": escape(clean(f"{told}\n{Truncator(text).chars(SUMMARY)}".strip())),
        "unique_id": f"urn:uuid:{row.record.pk}",
        "pubdate": born,
        "updateddate": born,
        "categories": row.themes,
        "language": "" if row.language == "und" else row.language,
    }


def clean(text: str) -> str:
    """A text without the characters that no XML may hold."""
    return FORBIDDEN.sub("", text)

"""What a digest says at the moment it is posted: each saved search with its records, as its reader may read them now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from corridor.kernel.models import Letter
from corridor.matching.models import Digest, SavedSearch
from corridor.matching.operations.alerts import told_by
from corridor.matching.operations.saved_searches import ending_of
from corridor.web.results import Row, rows_of_hits

MOST: Final = 10


@dataclass(frozen=True)
class Section:
    """One saved search with what came in for it."""

    search: SavedSearch
    rows: list[Row]
    more: int
    news_url: str

    @property
    def title(self) -> str:
        """What was asked, at a length that a letter bears."""
        return self.search.text


def written(letter: Letter) -> Mapping[str, Any] | None:
    """What a digest tells; None when nothing of it is left that its reader may read and wants to hear of."""
    digest = Digest.objects.filter(pk=letter.facts["digest"], user__is_active=True).select_related("user").first()
    if digest is None:
        return None
    sections = []
    for search, hits in told_by(digest):
        rows = rows_of_hits(hits, by=digest.user)
        if rows:
            url = site(reverse("saved-search", args=[search.pk]))
            sections.append(Section(search, rows[:MOST], max(len(rows) - MOST, 0), url))
    if not sections:
        return None
    return {
        "sections": sections,
        "count": sum(len(section.rows) + section.more for section in sections),
        "rhythm": digest.rhythm,
        "saved_url": site(reverse("saved-searches")),
        "unsubscribe_url": site(reverse("letters-end", args=[ending_of(digest.user)])),
    }


def site(path: str) -> str:
    """A whole address, for texts that are read elsewhere."""
    return f"{settings.SITE_URL}{path}"


def search_url(search: SavedSearch) -> str:
    """The results of a saved search as they are now."""
    return f"{reverse('search')}?{urlencode(search.asked)}"

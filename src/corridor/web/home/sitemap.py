"""The open pages of this installation, listed for programs that collect pages."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from corridor.directory.models import Facility, Organisation
from corridor.kernel.states import Theme
from corridor.matching.models import Notice
from corridor.web.home.articles import ARTICLES

Place = tuple[str, tuple[Any, ...]]
PLAIN = ("home", "about", "principles", "privacy", "help")
LIMIT = 10_000


class Pages(Sitemap):
    """The pages that are not of a record."""

    def items(self) -> Iterable[Place]:
        """Their names with their arguments."""
        return [
            *((name, ()) for name in PLAIN),
            *(("theme", (code,)) for code in Theme.values),
            *(("article", (article.number,)) for article in ARTICLES),
        ]

    def location(self, item: Place) -> str:
        """Where the page is."""
        return reverse(item[0], args=item[1])


class Notices(Sitemap):
    """Notices that everybody may read. Of an anonymous one there is its page and nothing of its organisation."""

    limit = LIMIT

    def items(self) -> QuerySet[Notice]:
        """In the order in which they were begun, so that the parts of a long list stay as they are."""
        return Notice.objects.visible_to(None).open().only("pk", "published_at").order_by("pk")

    def location(self, item: Notice) -> str:
        """Where the notice is."""
        return reverse("notice", args=[item.pk])

    def lastmod(self, item: Notice) -> datetime.date | None:
        """The day it was published."""
        return item.published_at.date() if item.published_at else None


class Organisations(Sitemap):
    """The organisations of the directory, all of which are open."""

    limit = LIMIT

    def items(self) -> QuerySet[Organisation]:
        """In the order in which they were entered."""
        return Organisation.objects.standing().only("pk").order_by("pk")

    def location(self, item: Organisation) -> str:
        """Where the organisation is."""
        return reverse("organisation", args=[item.pk])


class Facilities(Sitemap):
    """What organisations have to give, without what is closed."""

    limit = LIMIT

    def items(self) -> QuerySet[Facility]:
        """In the order in which they were said."""
        return Facility.objects.open().only("pk").order_by("pk")

    def location(self, item: Facility) -> str:
        """Where it is."""
        return reverse("facility", args=[item.pk])


SECTIONS: dict[str, type[Sitemap] | Sitemap] = {
    "pages": Pages,
    "notices": Notices,
    "organisations": Organisations,
    "facilities": Facilities,
}


@login_not_required
@require_safe
def sitemaps(request: HttpRequest) -> HttpResponse:
    """The list of lists."""
    return index(request, sitemaps=SECTIONS, template_name="home/sitemaps.xml", sitemap_url_name="sitemap-section")


@login_not_required
@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """One list, in parts where it is long."""
    return sitemap(request, sitemaps=SECTIONS, section=section, template_name="home/sitemap.xml")

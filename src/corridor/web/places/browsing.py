"""The directory as a list: by country, type and verification, or by name through the one index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from corridor.directory.models import Organisation, OrganisationName, OrganisationQuerySet
from corridor.directory.states import NameKind, OrganisationType
from corridor.kernel.models import User
from corridor.language.operations.find import CANDIDATES, find
from corridor.web.components.names import country_in_words, reader_language, shipped_countries
from corridor.web.components.parts import Choice, Crumb, FilterGroup
from corridor.web.page import page, reader
from corridor.web.places.lines import Line, line_of

PAGE: Final = 20
VERIFIED: Final = ("yes", "no")
AREA: Final = re.compile(r"-?\d{1,3}(\.\d{1,4})?(,-?\d{1,3}(\.\d{1,4})?){3}")


@dataclass(frozen=True)
class Wanted:
    """What is looked for. Empty means everything; a value that is not known counts as empty."""

    text: str = ""
    country: str = ""
    type: str = ""
    verified: str = ""
    area: str = ""
    page_name: str = "organisations"

    @classmethod
    def read(cls, sent: QueryDict, page_name: str = "organisations") -> Wanted:
        """What the address of the list, or of the map, says."""
        country, kind, verified = sent.get("country", "").upper(), sent.get("type", ""), sent.get("verified", "")
        return cls(
            text=" ".join(sent.get("q", "").replace("\0", " ").split())[:300],
            country=country if country in shipped_countries() else "",
            type=kind if kind in OrganisationType.values else "",
            verified=verified if verified in VERIFIED else "",
            area=area if AREA.fullmatch(area := sent.get("area", "")) else "",
            page_name=page_name,
        )

    def url(self, page_number: int = 1, **changes: Any) -> str:
        """The address of the same list with something changed."""
        now = replace(self, **changes)
        values: dict[str, Any] = {
            "q": now.text,
            "country": now.country,
            "type": now.type,
            "verified": now.verified,
            "area": now.area,
        }
        if page_number > 1:
            values["page"] = page_number
        query = urlencode({key: value for key, value in values.items() if value})
        return f"{reverse(now.page_name)}?{query}" if query else reverse(now.page_name)

    def narrow(self, found: OrganisationQuerySet) -> OrganisationQuerySet:
        """Those among the found that fit."""
        wanted = Q()
        if self.country:
            wanted &= Q(home=self.country)
        if self.type:
            wanted &= Q(type=self.type)
        if self.verified:
            wanted &= Q(verification__isnull=self.verified == "no")
        if self.area:
            west, south, east, north = map(Decimal, self.area.split(","))
            wanted &= Q(longitude__gte=west, longitude__lt=east, latitude__gte=south, latitude__lt=north)
        return found.filter(wanted)


def by_name(found: OrganisationQuerySet) -> OrganisationQuerySet:
    """In the order of the names that this reader is shown."""
    ranks = Case(
        When(language=reader_language(), then=Value(0)),
        When(language="en", then=Value(1)),
        When(kind=NameKind.OFFICIAL, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    names = OrganisationName.objects.filter(organisation=OuterRef("pk")).exclude(kind=NameKind.ACRONYM)
    shown = names.annotate(rank=ranks).order_by("rank", "pk").values("text")[:1]
    return found.annotate(shown_name=Lower(Subquery(shown))).order_by("shown_name", "pk")


def found_by_text(wanted: Wanted, by: User | None) -> list[Organisation]:
    """Organisations by name, alias or acronym in any script, or by what they do; the best first."""
    hits = find(
        wanted.text,
        by=by,
        kinds=["organisation"],
        countries=[wanted.country] if wanted.country else [],
        directions=[wanted.type] if wanted.type else [],
        limit=CANDIDATES,
    ).hits
    keys = [hit.record_id for hit in hits]
    listed = wanted.narrow(with_facts(Organisation.objects.standing())).in_bulk(keys)
    return [listed[key] for key in keys if key in listed]


def with_facts(found: OrganisationQuerySet) -> OrganisationQuerySet:
    """With what a line shows, in two queries."""
    return found.select_related("verification").with_names()


@login_not_required
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by plain links."""
    wanted = Wanted.read(request.GET)
    by = reader(request)
    everything = wanted.narrow(Organisation.objects.standing())
    found: Any = found_by_text(wanted, by) if wanted.text else by_name(with_facts(everything))
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    where = {"first": shown.start_index(), "last": shown.end_index(), "all": shown.paginator.count}
    context = {
        "wanted": wanted,
        "lines": lines_of(shown.object_list),
        "filters": filters_of(wanted),
        "clear_url": reverse("organisations") if wanted != Wanted() else "",
        "map_url": replace(wanted, page_name="organisations-map").url(),
        "whole_url": wanted.url(area="") if wanted.area else "",
        "previous_url": wanted.url(shown.number - 1) if shown.has_previous() else "",
        "next_url": wanted.url(shown.number + 1) if shown.has_next() else "",
        "position": _("%(first)s to %(last)s of %(all)s") % where,
        "trail": (Crumb(_("Start page"), reverse("home")), Crumb(_("Directory"), reverse("directory")), Crumb(_("Organisations"))),
    }  # fmt: skip
    return page(request, "places/organisations.html", context, partial="found")


def lines_of(listed: Iterable[Organisation]) -> list[Line]:
    """The lines of a page of the list."""
    return [line_of(organisation) for organisation in listed]


def filters_of(wanted: Wanted) -> list[FilterGroup]:
    """Country, type and verification as rows of links."""
    countries = [(code, country_in_words(code)) for code in shipped_countries()]
    types = [(kind.value, str(kind.label)) for kind in OrganisationType]
    verified = [("yes", _("Verified by a focal point")), ("no", _("Not verified"))]
    return [
        FilterGroup(_("Country"), links(wanted, "country", countries)),
        FilterGroup(_("Type"), links(wanted, "type", types)),
        FilterGroup(_("Verification"), links(wanted, "verified", verified)),
    ]


def links(wanted: Wanted, name: str, values: Sequence[tuple[str, str]]) -> tuple[Choice, ...]:
    """All, and one link for each value."""
    current = getattr(wanted, name)
    everything = Choice(pgettext("filter", "All"), wanted.url(1, **{name: ""}), is_current=not current)
    return (everything, *(Choice(label, wanted.url(1, **{name: value}), value == current) for value, label in values))

"""The directory as a map: organisations of a neighbourhood gathered into circles, with the table behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Avg, Count, F, IntegerField
from django.db.models.functions import Cast, Floor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from corridor.directory.logic.atlas import RIVER, Place, View, fitting, kept_land, line, outline, radius
from corridor.directory.models import Organisation, OrganisationQuerySet
from corridor.web.components.names import country_in_words, shipped_countries
from corridor.web.components.parts import Crumb
from corridor.web.page import page
from corridor.web.places.browsing import Wanted, filters_of

CELL: Final = 1.5  # degrees: what lies nearer than this is one circle when all six are shown
NEAR_CELL: Final = 0.5  # and when one country is
FINER: Final = frozenset({"0.5", "0.1", "0.02"})
MOST_CIRCLES: Final = 3000

# Where the name of each country stands, so that it covers no town.
LABELS: Final[dict[str, Place]] = {
    "KH": (104.6, 12.9),
    "CN": (105.5, 29.5),
    "LA": (103.2, 19.3),
    "MM": (95.6, 20.6),
    "TH": (100.9, 15.6),
    "VN": (108.4, 13.3),
}


@dataclass(frozen=True)
class Circle:
    """Organisations of one neighbourhood."""

    count: int
    x: float
    y: float
    radius: float
    places: str
    country: str
    url: str


@login_not_required
@require_safe
def organisations_map(request: HttpRequest) -> HttpResponse:
    """Show where the organisations are that fit the filters."""
    wanted = replace(Wanted.read(request.GET, "organisations-map"), text="", area="")
    found = wanted.narrow(Organisation.objects.standing())
    cell = NEAR_CELL if wanted.country else CELL
    rows = neighbourhoods(found, cell)
    view = fitting([(row["x"], row["y"]) for row in rows], always=() if wanted.country and rows else RIVER)
    context = {
        "circles": (drawn := circles(rows, view, wanted, cell)),
        "rows": in_order_of_countries(drawn),
        "view": view,
        "said": {"bounds": [[view.west, view.north], [view.east, view.south]], "river": list(RIVER), "labels": named_places()},
        "places_url": replace(wanted, page_name="organisations-map-places").url(),
        "land": outline(kept_land(settings.MAP_FILE), view),
        "river": line(RIVER, view),
        "labels": labels(view),
        "filters": filters_of(wanted),
        "clear_url": wanted.url(country="", type="", verified="") if wanted != Wanted(page_name=wanted.page_name) else "",
        "list_url": replace(wanted, page_name="organisations").url(),
        "elsewhere": found.filter(latitude=None).count(),
        "trail": (Crumb(_("Start page"), reverse("home")), Crumb(_("Directory"), reverse("directory")), Crumb(_("Map"))),
    }  # fmt: skip
    return page(request, "places/map.html", context)


@login_not_required
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """The circles as JSON, for the map to zoom in: the same filters, the cells as fine as they are asked for."""
    wanted = replace(Wanted.read(request.GET, "organisations-map"), text="", area="")
    asked = request.GET.get("cell", "")
    cell = float(asked) if asked in FINER else NEAR_CELL if wanted.country else CELL
    rows = neighbourhoods(wanted.narrow(Organisation.objects.standing()), cell)[:MOST_CIRCLES]
    return JsonResponse([circle_in_words(row, wanted, cell) for row in rows], safe=False)


def circle_in_words(row: dict[str, Any], wanted: Wanted, cell: float) -> dict[str, Any]:
    """One circle by its place on earth, what it says, and where it leads."""
    towns = ", ".join(town for town in row["towns"] if town)[:120]
    return {
        "x": round(row["x"], 4),
        "y": round(row["y"], 4),
        "count": row["count"],
        "says": f"{towns} ({row['count']})" if towns else str(row["count"]),
        "url": replace(wanted, page_name="organisations").url(country=row["home"], area=area(row, cell)),
    }


@login_not_required
@require_safe
@cache_control(public=True, max_age=86400)
def outline_file(request: HttpRequest) -> HttpResponse:
    """The outline of land that this installation draws, as GeoJSON."""
    feature = {"type": "Feature", "properties": {"name": ""}, "geometry": kept_land(settings.MAP_FILE)}
    return JsonResponse({"type": "FeatureCollection", "features": [feature]})


def named_places() -> list[tuple[str, float, float]]:
    """The names of the six with where they stand on earth, in their order."""
    return [(country_in_words(code), *LABELS[code]) for code in shipped_countries()]


def neighbourhoods(found: OrganisationQuerySet, cell: float) -> list[dict[str, Any]]:
    """How many organisations lie in each cell, where on average, and in which towns: one query, whatever their number."""
    cells = found.exclude(latitude=None).annotate(
        column=Cast(Floor(F("longitude") / cell), IntegerField()), row=Cast(Floor(F("latitude") / cell), IntegerField())
    )
    gathered = cells.values("column", "row", "home").annotate(
        count=Count("pk"),
        x=Avg("longitude", output_field=None),
        y=Avg("latitude"),
        towns=ArrayAgg("place", distinct=True, default=[]),
    )
    rows = [{**row, "x": float(row["x"]), "y": float(row["y"])} for row in gathered]
    return sorted(rows, key=lambda row: (-row["count"], row["x"]))


def circles(rows: Iterable[dict[str, Any]], view: View, wanted: Wanted, cell: float) -> list[Circle]:
    """The circles, largest first so that small ones lie on top; each leads to its organisations in the list."""
    listed = list(rows)
    largest = max((row["count"] for row in listed), default=1)
    return [
        Circle(
            row["count"],
            *view.at(row["x"], row["y"]),
            radius(row["count"], largest),
            ", ".join(town for town in row["towns"] if town)[:120],
            row["home"],
            replace(wanted, page_name="organisations").url(country=row["home"], area=area(row, cell)),
        )
        for row in listed
    ]


def in_order_of_countries(drawn: Iterable[Circle]) -> list[Circle]:
    """The circles as the table lists them: by country in the order of the six, then by the names of their towns."""
    order = list(shipped_countries())
    return sorted(
        drawn,
        key=lambda circle: (order.index(circle.country) if circle.country in order else len(order), circle.places),
    )


def area(row: dict[str, Any], cell: float) -> str:
    """West, south, east and north of a cell, as the list's address says them."""
    west, south = row["column"] * cell, row["row"] * cell
    return ",".join(f"{edge:g}" for edge in (west, south, west + cell, south + cell))


def labels(view: View) -> list[tuple[str, float, float]]:
    """The names of the six where they are in view, in their order."""
    inside = [
        (code, LABELS[code])
        for code in shipped_countries()
        if view.west < LABELS[code][0] < view.east and view.south < LABELS[code][1] < view.north
    ]
    return [(country_in_words(code), *view.at(*place)) for code, place in inside]

"""The six countries in their order, and the page of each."""

from __future__ import annotations

from dataclasses import dataclass

from babel.numbers import get_currency_name
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corridor.directory.models import Country, FocalPoint, Organisation
from corridor.directory.states import OrganisationType
from corridor.kernel.models import User
from corridor.matching.models import Notice
from corridor.web.components.names import country_in_words, reader_locale
from corridor.web.components.parts import Choice, Crumb
from corridor.web.page import page, reader
from corridor.web.places.lines import Line, line_of
from corridor.web.results import rows_of_notices

NEWEST = 8


@dataclass(frozen=True)
class Held:
    """The office of focal point as one ministry held it."""

    office: FocalPoint
    line: Line
    is_current: bool


@dataclass(frozen=True)
class Tile:
    """One of the six."""

    country: Country
    ministry: Line | None
    notices: int
    organisations: int


def offices_held(**which: object) -> list[Held]:
    """Focal points with their ministries' names, the present one of a country first."""
    today = timezone.now().date()
    named = Prefetch("organisation", queryset=Organisation.objects.with_names())
    found = FocalPoint.objects.filter(**which).order_by("-starts_on", "pk").prefetch_related(named)
    return [Held(held, line_of(held.organisation), held.held_on(today)) for held in found]


@login_not_required
@require_safe
def six(request: HttpRequest) -> HttpResponse:
    """Six equal tiles, in the order of the seed."""
    by = reader(request)
    counted = Organisation.objects.standing().order_by().values_list("home").annotate(Count("pk"))
    organisations = dict(counted)
    notices = dict(
        Notice.objects.visible_to(by).open().order_by().values_list("home").annotate(Count("pk", distinct=True))
    )
    ministries = {held.office.home: held.line for held in offices_held() if held.is_current}
    tiles = [
        Tile(country, ministries.get(country.code), notices.get(country.code, 0), organisations.get(country.code, 0))
        for country in Country.objects.all()
    ]
    context = {
        "tiles": tiles,
        "total": sum(organisations.values()),
        "canonical": request.build_absolute_uri(reverse("countries")),
        "trail": (Crumb(_("Start page"), reverse("home")), Crumb(_("Directory"))),
    }
    return page(request, "places/six.html", context)


@login_not_required
@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    """A country: its focal point, its time, how it publishes, its organisations and its open notices."""
    found = get_object_or_404(Country, pk=code.upper())
    by = reader(request)
    held = offices_held(home=found.code)
    opened = Notice.objects.visible_to(by).open().filter(home=found.code)
    newest = opened.for_reading().order_by("-published_at", "pk")[:NEWEST]
    context = {
        "country": found,
        "present": [one for one in held if one.is_current],
        "former": [one for one in held if not one.is_current],
        "now": timezone.now(),
        "currency": get_currency_name(found.currency, locale=reader_locale()),
        "rows": rows_of_notices(newest, by=by),
        "open_count": opened.count(),
        "search_url": f"{reverse('search')}?country={found.code}&open=1",
        "types": types_in(found),
        "desk_url": desk_url(found, by),
        "others": others(found),
        "trail": (Crumb(_("Directory"), reverse("directory")), Crumb(country_in_words(found))),
    }
    return page(request, "places/country.html", context)


def types_in(country: Country) -> list[Choice]:
    """How many organisations of each type the directory lists there, in the order of the programme's words."""
    counted = dict(
        Organisation.objects.standing().filter(home=country.code).order_by().values_list("type").annotate(Count("pk"))
    )
    url = f"{reverse('organisations')}?country={country.code}"
    return [
        Choice(kind.label, f"{url}&type={kind.value}", count=counted[kind.value])
        for kind in OrganisationType
        if kind.value in counted
    ]


def desk_url(country: Country, by: User | None) -> str:
    """The country's desk, for those who sit at it."""
    sits_there = by is not None and country.code in by.audience.offices_of
    return f"{reverse('country-desk')}?country={country.code}" if sits_there else ""


def others(country: Country) -> list[Choice]:
    """All six, to go from one to the next."""
    return [
        Choice(country_in_words(one), reverse("country", args=[one.code.lower()]), one.code == country.code)
        for one in Country.objects.all()
    ]

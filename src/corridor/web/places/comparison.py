"""Two to four things that organisations have to give, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corridor.directory.models import Facility
from corridor.web.components.parts import Crumb, Fact
from corridor.web.page import page
from corridor.web.places.facilities import Wanted, identifier
from corridor.web.places.facility_facts import beginning_of, facts_of

FEWEST: Final = 2
MOST: Final = 4


@dataclass(frozen=True)
class Column:
    """One of those compared, with the address of the comparison without it."""

    facility: Facility
    without_url: str


@dataclass(frozen=True)
class Compared:
    """One fact of all that are compared; None where nothing was said."""

    label: object
    cells: list[tuple[Facility, Fact | None]]


@login_not_required
@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """The table, and in words why something that was chosen is not in it."""
    wanted = Wanted.read(request.GET)
    known = Facility.objects.visible_to(request.user).for_reading().in_bulk(wanted.chosen)
    usable = [known[key] for key in wanted.chosen if key in known and not known[key].is_closed]
    closed = [known[key] for key in wanted.chosen if key in known and known[key].is_closed]
    kept = usable[:MOST]
    context = {
        "columns": columns_of(kept) if len(kept) >= FEWEST else [],
        "rows": rows_of(kept) if len(kept) >= FEWEST else [],
        "notes": notes_of(len(usable), unknown_in(request, wanted.chosen, known)),
        "closed": closed,
        "left_out": usable[MOST:],
        "list_url": replace(wanted, chosen=tuple(facility.pk for facility in usable)).url(),
        "trail": (
            Crumb(_("Directory"), reverse("directory")),
            Crumb(_("Facilities and services"), reverse("facilities")),
            Crumb(_("Comparison")),
        ),
    }
    return page(request, "places/comparison.html", context)


def unknown_in(request: HttpRequest, chosen: Sequence[UUID], known: Mapping[UUID, Facility]) -> int:
    """How many of the identifiers in the address name nothing that is here."""
    garbled = {text for text in request.GET.getlist("id") if text and identifier(text) is None}
    return len(garbled) + len([key for key in chosen if key not in known])


def notes_of(usable: int, unknown: int) -> list[str]:
    """What the reader should know about what was chosen."""
    missing = _("Not in the directory: %(number)s of those you chose.") % {"number": unknown}
    return [
        *([missing] if unknown else []),
        *([_("Choose at least two to compare.")] if usable < FEWEST else []),
        *([_("Four at most stand side by side. The first four are shown.")] if usable > MOST else []),
    ]


def columns_of(compared: Sequence[Facility]) -> list[Column]:
    """The heads of the columns, in the order in which they were chosen."""
    keys = tuple(facility.pk for facility in compared)
    return [Column(facility, url_of(key for key in keys if key != facility.pk)) for facility in compared]


def url_of(keys: Iterable[UUID]) -> str:
    """The address of a comparison."""
    return f"{reverse('facility-comparison')}?{Wanted(chosen=tuple(keys)).query()}"


def rows_of(compared: Sequence[Facility]) -> list[Compared]:
    """The facts that at least one of them has, line by line; the description last, as it is longest."""
    facts = [(facility, facts_of(facility) | {"about": about_of(facility)}) for facility in compared]
    rows = []
    for name in facts[0][1]:
        cells = [(facility, own[name]) for facility, own in facts]
        label = next((fact.label for _facility, fact in cells if fact), "")
        if label:
            rows.append(Compared(label, cells))
    return rows


def about_of(facility: Facility) -> Fact | None:
    """The beginning of its description."""
    text = beginning_of(facility.about)
    return Fact(_("What it is"), text, language=facility.about_language) if text else None

"""What organisations have to give as a list: narrowed by a plain form, searched through the one index, chosen to be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corridor.directory.models import Facility, FacilityQuerySet, Organisation
from corridor.directory.states import FacilityKind, Opening
from corridor.kernel.models import User
from corridor.kernel.states import Theme
from corridor.language.operations.find import CANDIDATES, find
from corridor.language.states import Language
from corridor.web.components.names import country_in_words, own_name, shipped_countries
from corridor.web.components.parts import Crumb
from corridor.web.page import page, reader
from corridor.web.places.facility_facts import capacity_of, languages_of
from corridor.web.results import name_for_reader
from corridor.web.spreadsheet import spreadsheet

PAGE: Final = 20
MOST_CHOSEN: Final = 12  # kept in an address; more than a comparison shows, so that it can say which to leave out
MOST_EXPORTED: Final = 5000
COLUMNS: Final = (
    *("address", "kind", "name", "language", "organisation", "country", "place", "capacity", "unit", "opening"),
    *("spoken", "themes", "admission", "price", "source", "as_of"),
)


def identifier(text: str) -> UUID | None:
    """An identifier as an address says it."""
    try:
        return UUID(text)
    except ValueError:
        return None


def chosen_in(sent: QueryDict) -> tuple[UUID, ...]:
    """What was chosen, each once, in the order of the address."""
    found = (identifier(text) for text in sent.getlist("id")[: 4 * MOST_CHOSEN])
    return tuple(dict.fromkeys(key for key in found if key))[:MOST_CHOSEN]


@dataclass(frozen=True)
class Wanted:
    """What is looked for, and what was chosen to be compared. Empty means everything; a value that is not known counts as empty."""

    text: str = ""
    kind: str = ""
    country: str = ""
    theme: str = ""
    opening: str = ""
    spoken: str = ""
    organisation: str = ""
    chosen: tuple[UUID, ...] = ()

    @classmethod
    def read(cls, sent: QueryDict) -> Wanted:
        """What an address says. Clearing the filters keeps what was chosen."""
        if sent.get("clear"):
            return cls(chosen=chosen_in(sent))

        def known(name: str, values: Iterable[str]) -> str:
            value = sent.get(name, "")
            return value if value in values else ""

        return cls(
            text=" ".join(sent.get("q", "").replace("\0", " ").split())[:300],
            kind=known("kind", FacilityKind.values),
            country=known("country", shipped_countries()),
            theme=known("theme", Theme.values),
            opening=known("opening", Opening.values),
            spoken=known("spoken", Language.values),
            organisation=str(identifier(sent.get("organisation", "")) or ""),
            chosen=chosen_in(sent),
        )

    @property
    def narrowing(self) -> dict[str, str]:
        """What narrows the list, by its name in the address."""
        values = {
            "q": self.text,
            "kind": self.kind,
            "country": self.country,
            "theme": self.theme,
            "opening": self.opening,
            "spoken": self.spoken,
            "organisation": self.organisation,
        }
        return {name: value for name, value in values.items() if value}

    def query(self, **more: str) -> str:
        """The same list in an address, after the question mark."""
        return urlencode([*self.narrowing.items(), *(("id", str(key)) for key in self.chosen), *more.items()])

    def url(self, **more: str) -> str:
        """The address of the same list."""
        return f"{reverse('facilities')}?{query}" if (query := self.query(**more)) else reverse("facilities")

    def narrow(self, found: FacilityQuerySet) -> FacilityQuerySet:
        """Those among the found that fit."""
        plain = {"kind": self.kind, "home": self.country, "opening": self.opening, "organisation": self.organisation}
        fitting = found.filter(**{field: value for field, value in plain.items() if value})
        several = {"themes__contains": self.theme, "spoken__contains": self.spoken}
        return fitting.filter(**{field: [value] for field, value in several.items() if value})


@dataclass(frozen=True)
class Select:
    """One filter as a list to choose from."""

    name: str
    label: str
    options: Sequence[tuple[str, object, str]]  # value, label, language of the label
    current: str


@dataclass(frozen=True)
class GivenLine:
    """Something that an organisation has to give, as a line of a list."""

    facility: Facility
    organisation: str
    organisation_language: str
    capacity: str
    languages: str
    is_chosen: bool = False

    @property
    def opening(self) -> str:
        """Whether partners from other countries can use it, where it was said."""
        return "" if self.facility.opening == Opening.UNSAID else str(self.facility.get_opening_display())


def line_of(facility: Facility, chosen: Sequence[UUID] = ()) -> GivenLine:
    """The line of a facility that was read with `for_reading()`."""
    name, language = name_for_reader(facility.organisation)
    languages = ", ".join(map(str, languages_of(facility)))
    return GivenLine(facility, name, language, capacity_of(facility), languages, facility.pk in chosen)


def found_by_text(wanted: Wanted, by: User | None) -> list[Facility]:
    """Facilities by name, by what they are or by whose they are, in any language; the best first."""
    hits = find(
        wanted.text,
        by=by,
        kinds=["facility"],
        countries=[wanted.country] if wanted.country else [],
        directions=[wanted.kind] if wanted.kind else [],
        themes=[wanted.theme] if wanted.theme else [],
        limit=CANDIDATES,
    ).hits
    keys = [hit.record_id for hit in hits]
    listed = wanted.narrow(Facility.objects.open().for_reading()).in_bulk(keys)
    return [listed[key] for key in keys if key in listed]


def found_for(wanted: Wanted, by: User | None) -> list[Facility] | QuerySet[Facility]:
    """What fits: the best first where a text was asked for, else the newest first."""
    if wanted.text:
        return found_by_text(wanted, by)
    return wanted.narrow(Facility.objects.open().for_reading()).order_by("-created_at", "pk")


@login_not_required
@require_safe
def facilities(request: HttpRequest) -> HttpResponse:
    """The list, with boxes to choose what is compared."""
    wanted = Wanted.read(request.GET)
    found = found_for(wanted, reader(request))
    if request.GET.get("format") == "csv":
        rows = (cells(facility, request) for facility in found[:MOST_EXPORTED])
        return spreadsheet("facilities.csv", COLUMNS, rows)
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    where = {"first": shown.start_index(), "last": shown.end_index(), "all": shown.paginator.count}
    lines = [line_of(facility, wanted.chosen) for facility in shown.object_list]
    context = {
        "wanted": wanted,
        "lines": lines,
        "elsewhere": chosen_elsewhere(wanted, lines),
        "selects": selects_of(wanted),
        "organisation": named(wanted.organisation),
        "csv_url": replace(wanted, chosen=()).url(format="csv"),
        "shown": shown,
        "position": _("%(first)s to %(last)s of %(all)s") % where,
        "trail": (Crumb(_("Directory"), reverse("directory")), Crumb(_("Facilities and services"))),
    }  # fmt: skip
    return page(request, "places/facilities.html", context)


def chosen_elsewhere(wanted: Wanted, lines: Iterable[GivenLine]) -> list[Facility]:
    """What was chosen and does not stand on this page of the list, so that it is not lost."""
    missing = [key for key in wanted.chosen if key not in {line.facility.pk for line in lines}]
    known = Facility.objects.open().in_bulk(missing) if missing else {}
    return [known[key] for key in missing if key in known]


def named(organisation: str) -> Organisation | None:
    """The organisation whose facilities alone are listed."""
    return Organisation.objects.standing().with_names().filter(pk=organisation).first() if organisation else None


def selects_of(wanted: Wanted) -> list[Select]:
    """Kind, country, theme, opening and language as lists to choose from."""
    countries = [(code, country_in_words(code), "") for code in shipped_countries()]
    languages = [(code, own_name(code), code) for code in Language.values]
    return [
        Select("kind", _("Kind"), [(kind.value, kind.label, "") for kind in FacilityKind], wanted.kind),
        Select("country", _("Country"), countries, wanted.country),
        Select("theme", _("Theme"), [(theme.value, theme.label, "") for theme in Theme], wanted.theme),
        Select("opening", _("Partners from abroad"), [(o.value, o.label, "") for o in Opening], wanted.opening),
        Select("spoken", _("Language spoken there"), languages, wanted.spoken),
    ]


def cells(facility: Facility, request: HttpRequest) -> list[object]:
    """One row to take away. Where to ask stands on its page, so that nobody gathers addresses."""
    organisation = facility.organisation
    return [
        request.build_absolute_uri(reverse("facility", args=[facility.pk])),
        facility.kind,
        facility.name,
        facility.name_language,
        organisation.name,
        facility.home,
        ", ".join(part for part in (organisation.place, organisation.province) if part),
        "" if facility.capacity is None else facility.capacity,
        facility.capacity_unit,
        facility.opening,
        " ".join(facility.spoken),
        " ".join(facility.themes),
        facility.admission,
        facility.price,
        facility.source,
        facility.source_on,
    ]

"""Who sits at a country desk, for which country, and the way from one queue to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.directory.models import Country
from corridor.kernel.logic.verdict import Refused
from corridor.web.components.names import country_in_words
from corridor.web.components.parts import Choice, Crumb
from corridor.web.page import signed_in
from corridor.web.waiting import OnDesk, offices

PAGE = 20


def is_done(act: Callable[[], object], form: forms.Form) -> bool:
    """Do it, or say at the form why not."""
    try:
        act()
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, str(reason))
        return False
    return True


@dataclass(frozen=True)
class Desk:
    """The desk of one country, and the other countries whose desk the person has."""

    on_it: OnDesk
    countries: Sequence[Country]

    @property
    def country(self) -> Country:
        """Whose desk it is."""
        return self.on_it.country

    def url(self, name: str, **query: object) -> str:
        """The address of one of its pages."""
        said = {"country": self.country.code, **{key: value for key, value in query.items() if value}}
        return f"{reverse(name)}?{urlencode(said)}"

    def context(self, current: str, heading: str) -> dict[str, Any]:
        """What every page of the desk shows around its queue."""
        return {
            "desk": self,
            "country": self.country,
            "heading": heading,
            "title": _("Country desk: %(country)s") % {"country": country_in_words(self.country)},
            "tabs": self._tabs(current),
            "countries": self._countries(current) if len(self.countries) > 1 else (),
            "trail": (Crumb(_("Start page"), reverse("home")), Crumb(_("Country desk"))),
        }

    def _tabs(self, current: str) -> tuple[Choice, ...]:
        names = (
            ("country-desk", _("Submissions"), self.on_it.submissions),
            ("country-desk-people", _("People to vouch for"), self.on_it.people),
            ("country-desk-organisations", _("Organisations"), None),
            ("country-desk-corrections", _("Corrections"), self.on_it.corrections),
            ("country-desk-duplicates", _("Likely duplicates"), None),
            ("country-desk-imports", _("Imports"), None),
            ("country-desk-reports", _("Reports"), self.on_it.reported),
            ("country-desk-suspended", _("Suspended"), self.on_it.objections or None),
            ("introduction-proposal", _("Introductions"), None),
            ("country-desk-members", _("Members and officers"), None),
            ("country-desk-settings", _("Settings"), None),
        )
        return tuple(Choice(label, self.url(name), name == current, count) for name, label, count in names)

    def _countries(self, current: str) -> tuple[Choice, ...]:
        return tuple(
            Choice(country_in_words(one), f"{reverse(current)}?country={one.code}", one.code == self.country.code)
            for one in self.countries
        )


def desk_of(request: HttpRequest, home: str = "") -> Desk:
    """The desk that was asked for. Whoever sits at none is refused; another country's desk is not there."""
    found = offices(signed_in(request))
    if not found:
        raise Refused([_("The country desk is for officers and heads of a country's focal point.")])
    wanted = home or request.GET.get("country", "").upper()
    chosen = next((one for one in found if one.country.code == (wanted or found[0].country.code)), None)
    if chosen is None:
        raise Http404
    return Desk(chosen, [one.country for one in found])


def homes(request: HttpRequest) -> tuple[str, ...]:
    """The countries whose records this person decides on; refuses those who have none."""
    audience = signed_in(request).audience
    if not audience.offices_of:
        raise Refused([_("The country desk is for officers and heads of a country's focal point.")])
    return audience.offices_of


def back(name: str, home: str) -> HttpResponse:
    """To a queue of a country's desk."""
    return redirect(f"{reverse(name)}?{urlencode({'country': home})}")


def paged(request: HttpRequest, records: QuerySet | Sequence[Any], size: int = PAGE) -> Page:
    """The page of a list that was asked for, or its last."""
    return Paginator(records, size).get_page(request.GET.get("page"))


def links(desk: Desk, name: str, shown: Page, **query: object) -> dict[str, str]:
    """Addresses of the pages before and after, and where one is."""
    before = desk.url(name, page=shown.number - 1, **query) if shown.has_previous() else ""
    after = desk.url(name, page=shown.number + 1, **query) if shown.has_next() else ""
    where = {"first": shown.start_index(), "last": shown.end_index(), "all": shown.paginator.count}
    position = _("%(first)s to %(last)s of %(all)s") % where
    return {"previous_url": before, "next_url": after, "position": position}

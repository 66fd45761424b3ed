"""The page of an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corridor.directory import rules
from corridor.directory.models import FocalPoint, Identifier, Network, Organisation, OrganisationQuerySet, Verification
from corridor.directory.models.networks import STANDING
from corridor.directory.states import NameKind
from corridor.kernel.models import Grant, User
from corridor.kernel.states import Capability, Scope
from corridor.matching.models import Notice
from corridor.web.components.names import country_in_words
from corridor.web.components.parts import Crumb
from corridor.web.page import page, reader
from corridor.web.places.giving import giving_of
from corridor.web.places.lines import line_of
from corridor.web.places.structured import structured
from corridor.web.places.suspensions import suspension_of
from corridor.web.results import rows_of_notices
from corridor.web.waiting import organisations_where

MOST_NOTICES = 20
MOST_PARTS = 60
# Registers with an address for each of their identifiers.
REGISTERS = {
    "ror": ("ROR", "https://ror.org/{}"),
    "isni": ("ISNI", "https://isni.org/isni/{}"),
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
    "grid": ("GRID", ""),
    "fundref": ("Crossref Funder", ""),
    "crossref": ("Crossref Funder", ""),
}


@dataclass(frozen=True)
class Register:
    """What an organisation is called in another register, with the address there if it has one."""

    label: str
    value: str
    url: str


def registers_of(organisation: Organisation) -> list[Register]:
    """Its identifiers that mean something outside this installation."""
    known = [found for found in organisation.identifiers.all() if found.scheme in REGISTERS]
    return [
        register(found) for found in sorted(known, key=lambda found: (list(REGISTERS).index(found.scheme), found.value))
    ]


def register(found: Identifier) -> Register:
    """One identifier as a link."""
    label, pattern = REGISTERS[found.scheme]
    value = found.value.rstrip("/").rpartition("/")[2] if found.scheme == "ror" else found.value
    return Register(label, value, pattern.format(quote(value.replace(" ", ""))) if pattern else "")


def named_notices(organisation: Organisation, by: User | None) -> QuerySet[Notice]:
    """Its open notices that this reader may read, under its own name. Anonymous ones stay out, whoever reads."""
    mine = Notice.objects.filter(organisation=organisation, published__is_anonymous=False)
    return mine.visible_to(by).open().for_reading().order_by("-published_at", "pk")


def vouched_by(verification: Verification) -> str:
    """The ministry that was the country's focal point when it verified, or the one that is it now."""
    held = FocalPoint.objects.filter(home=verification.organisation.home).order_by("-starts_on")
    offices = list(held.select_related("organisation").prefetch_related("organisation__names"))
    then = [office for office in offices if office.held_on(verification.created_at.date())]
    return next((office.organisation.name for office in (*then, *offices)), "")


def has_people(organisation: Organisation) -> bool:
    """Whether somebody speaks for it here."""
    return Grant.objects.current().over(Scope.ORGANISATION, organisation.pk).exists()


@login_not_required
@require_safe
def organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Its names in all scripts, what and where it is, who vouches for it, what it has to give, and its open notices."""
    by = reader(request)
    found = get_object_or_404(in_full(), pk=pk)
    if found.merged_into_id:
        return to_kept(found)
    listed = list(named_notices(found, by)[: MOST_NOTICES + 1])
    context = {
        "organisation": found,
        "line": line_of(found),
        "names": names_of(found),
        "registers": registers_of(found),
        "parts": [line_of(part) for part in found.parts.standing().with_names().order_by("pk")[:MOST_PARTS]],
        "focal_points": list(found.focal_points.order_by("starts_on")),
        **standing_of(found),
        "rows": rows_of_notices(listed[:MOST_NOTICES], by=by),
        "more_url": more_url(found) if len(listed) > MOST_NOTICES else "",
        **for_reader(found, by),
        "may_verify": rules.may_verify(by, found) if by and found.home in by.audience.offices_of else None,
        "merged": merged_here(found, request.GET.get("merged", "")),
        "structured": structured(found, request.build_absolute_uri(request.path)),
        "trail": trail(found),
    }
    return page(request, "places/organisation.html", context)


def for_reader(organisation: Organisation, by: User | None) -> dict[str, Any]:
    """What it has to give, where it belongs, and what this reader can do about its entry."""
    return {
        "giving": giving_of(organisation, by),
        **networks_of(organisation, by),
        **upkeep_of(organisation, by),
        **suspension_of(organisation, by),
    }


def networks_of(organisation: Organisation, by: User | None) -> dict[str, Any]:
    """The networks it belongs to, and those into which this reader may invite it."""
    own = organisations_where(by, Capability.MANAGE_ORGANISATION) if by else []
    in_touch = organisation.network_memberships.filter(state__in=STANDING)
    convened = Network.objects.filter(convenor__in=own, closed_on=None).exclude(memberships__in=in_touch)
    joined = organisation.network_memberships.joined().select_related("network")
    return {"networks": list(joined), "invitable": list(convened.order_by("pk")) if own else []}


def upkeep_of(organisation: Organisation, by: User | None) -> dict[str, Any]:
    """Whether this reader works there and looks after the entry, and how many corrections wait there for them."""
    verdict = rules.may_edit(by, organisation) if by else None
    waiting = organisation.corrections.waiting().count() if verdict is not None and verdict.allowed else 0
    works_here = by is not None and str(organisation.pk) in by.audience.organisations
    return {"may_edit": verdict, "corrections": waiting, "works_here": works_here}


def in_full() -> OrganisationQuerySet:
    """Organisations with what their page shows."""
    return Organisation.objects.select_related("verification").prefetch_related("names", "identifiers", "parent__names")


def to_kept(gone: Organisation) -> HttpResponse:
    """To the entry that was kept. The browser asks each time, since a merge can be undone."""
    answer = HttpResponsePermanentRedirect(
        f"{reverse('organisation', args=[gone.merged_into_id])}?{urlencode({'merged': gone.pk})}"
    )
    answer["Cache-Control"] = "no-cache"
    return answer


def merged_here(kept: Organisation, key: str) -> Organisation | None:
    """The entry that a reader asked for and that was merged into this one."""
    try:
        return kept.merged.with_names().filter(pk=UUID(key)).first() if key else None
    except ValueError:
        return None


def standing_of(organisation: Organisation) -> dict[str, Any]:
    """Who gave their word for it and when, or that it was compiled from public facts and nobody speaks for it."""
    verification = organisation.verification if organisation.is_verified else None
    return {
        "verification": verification,
        "verifier": vouched_by(verification) if verification else "",
        "is_compiled": bool(organisation.source) and not organisation.is_sample and not has_people(organisation),
    }


def more_url(organisation: Organisation) -> str:
    """Where the rest of its notices are found."""
    return f"{reverse('search')}?q={quote(organisation.name)}"


def names_of(organisation: Organisation) -> list[tuple[str, str, str]]:
    """Every name once, as (kind in words, language, text), official ones first."""
    order = list(NameKind.values)
    rows = sorted(organisation.names.all(), key=lambda name: (order.index(name.kind), name.pk))
    return [(str(NameKind(name.kind).label), name.language, name.text) for name in rows]


def trail(organisation: Organisation) -> tuple[Crumb, ...]:
    """The way to its page."""
    home = organisation.home
    return (
        Crumb(_("Directory"), reverse("directory")),
        Crumb(country_in_words(home), reverse("country", args=[home.lower()])),
        Crumb(organisation.name),
    )

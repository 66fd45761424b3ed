"""Who holds which office in a country, since when, and the end of an office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from corridor.directory.models import Organisation
from corridor.kernel import rules
from corridor.kernel.logic.verdict import Verdict
from corridor.kernel.models import Grant, User
from corridor.kernel.operations import end_grant
from corridor.kernel.states import Office, Scope
from corridor.web.components.parts import Choice
from corridor.web.offices.frame import Desk, back, desk_of, homes, links, paged
from corridor.web.page import page, signed_in
from corridor.web.results import name_for_reader

ORDER = (
    Office.FOCAL_POINT_HEAD,
    Office.FOCAL_POINT_OFFICER,
    Office.TERMINOLOGIST,
    Office.ORGANISATION_MANAGER,
    Office.MEMBER,
)
PAGE = 50


@dataclass(frozen=True)
class Held:
    """One office somebody holds or held, as the list shows it."""

    grant: Grant
    organisation: str
    organisation_language: str
    may_end: Verdict


def held_in(home: str, *, is_former: bool) -> QuerySet[Grant]:
    """Offices of a country: the desk's own first, then organisations' managers and members by name."""
    current = Grant.objects.current()
    found = Grant.objects.filter(home=home, office__in=ORDER)
    found = found.exclude(pk__in=current.values("pk")) if is_former else found.filter(pk__in=current.values("pk"))
    places = [When(office=office, then=Value(place)) for place, office in enumerate(ORDER)]
    ranked = found.annotate(rank=Case(*places, output_field=IntegerField()))
    return ranked.select_related("user", "granted_by").order_by("rank", "user__name", "pk")


def lines(grants: Iterable[Grant], by: User) -> list[Held]:
    """The offices with the organisations they are held over, in one query for all of these."""
    listed = list(grants)
    keys = [grant.scope_id for grant in listed if grant.scope == Scope.ORGANISATION]
    organisations = {str(found.pk): found for found in Organisation.objects.with_names().filter(pk__in=keys)}
    return [held(grant, organisations.get(grant.scope_id), by) for grant in listed]


def held(grant: Grant, organisation: Organisation | None, by: User) -> Held:
    """One office as a line."""
    name, language = name_for_reader(organisation) if organisation else ("", "")
    return Held(grant, name, language, rules.may_end(by, grant))


@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """Everybody who holds an office in this country."""
    desk = desk_of(request)
    is_former = request.GET.get("state") == "former"
    shown = paged(request, held_in(desk.country.code, is_former=is_former), PAGE)
    context = {
        **desk.context("country-desk-members", _("Members and officers")),
        **links(desk, "country-desk-members", shown, state="former" if is_former else ""),
        "lines": lines(shown.object_list, signed_in(request)),
        "is_former": is_former,
        "views": views(desk, is_former),
    }
    return page(request, "offices/members.html", context)


def views(desk: Desk, is_former: bool) -> tuple[Choice, ...]:
    """Those in office, and those who were."""
    return (
        Choice(_("In office"), desk.url("country-desk-members"), not is_former),
        Choice(_("Former"), desk.url("country-desk-members", state="former"), is_former),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ending(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End an office: first what that means, then the deed."""
    found = Grant.objects.current().filter(home__in=homes(request), ends_on=None, office__in=ORDER)
    grant = get_object_or_404(found.select_related("user"), pk=pk)
    if request.method == "POST":
        end_grant(grant, by=signed_in(request))
        messages.success(request, _("Ended today. What was done in this office stays."))
        return back("country-desk-members", grant.home)
    desk = desk_of(request, grant.home)
    context = {
        **desk.context("country-desk-members", _("End an office")),
        "line": lines([grant], signed_in(request))[0],
        "queue_url": desk.url("country-desk-members"),
    }
    return page(request, "offices/ending.html", context)

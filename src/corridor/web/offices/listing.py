"""Organisations of a country that no focal point has verified yet: those with work waiting come first."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from corridor.directory import rules
from corridor.directory.models import MembershipRequest, Organisation
from corridor.directory.operations.organisations import verify
from corridor.directory.states import RequestState
from corridor.matching.models import Notice, Wording
from corridor.matching.states import NoticeState, WordingState
from corridor.web.decisions import ReasonForm, attempt
from corridor.web.offices.frame import back, desk_of, homes, links, paged
from corridor.web.page import page, signed_in
from corridor.web.waiting import count_of


def unverified(home: str, text: str) -> QuerySet[Organisation]:
    """Those without a focal point's word; with requests, submissions or open notices first, then the newest. Drafts count for nothing."""
    own = {"organisation": OuterRef("pk")}
    found = Organisation.objects.filter(home=home, verification=None)
    if text:
        found = found.filter(pk__in=Organisation.objects.filter(home=home, names__text__icontains=text).values("pk"))
    asking = MembershipRequest.objects.filter(state=RequestState.WAITING, **own)
    submitted = Wording.objects.filter(state=WordingState.SUBMITTED, notice__organisation=OuterRef("pk"))
    has_work = Q(people__gt=0) | Q(submissions__gt=0) | Q(open_notices__gt=0)
    return (
        found.with_names()
        .annotate(
            people=count_of(asking),
            submissions=count_of(submitted),
            open_notices=count_of(Notice.objects.filter(state=NoticeState.PUBLISHED, **own)),
        )
        .annotate(rank=Case(When(has_work, then=Value(0)), default=Value(1), output_field=IntegerField()))
        .order_by("rank", "-created_at", "pk")
    )


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Which organisations of this country could be verified."""
    desk = desk_of(request)
    text = request.GET.get("q", "").replace("\0", "").strip()[:200]
    shown = paged(request, unverified(desk.country.code, text))
    context = {
        **desk.context("country-desk-organisations", _("Organisations to verify")),
        **links(desk, "country-desk-organisations", shown, q=text),
        "organisations": shown.object_list,
        "text": text,
    }
    return page(request, "offices/organisations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def verification(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the focal point's word for one organisation, with how it was verified."""
    found = Organisation.objects.with_names().select_related("verification")
    organisation = get_object_or_404(found, pk=pk, home__in=homes(request))
    form = ReasonForm(
        request.POST or None, key=pk, help_text=_("For example: register number seen, or letter received.")
    )
    form.fields["reason"].label = _("How it was verified")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        act = lambda: verify(organisation, by=signed_in(request), reason=reason)  # noqa: E731
        if attempt(request, form, act, _("Verified. Its page says so from now on.")):
            return back("country-desk-organisations", organisation.home)
    desk = desk_of(request, organisation.home)
    context = {
        **desk.context("country-desk-organisations", organisation.name),
        "organisation": organisation,
        "verdict": rules.may_verify(signed_in(request), organisation),
        "form": form,
        "queue_url": desk.url("country-desk-organisations"),
    }
    return page(request, "offices/verification.html", context)

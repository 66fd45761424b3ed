"""Organisations of a country: those that no focal point has verified yet, giving its word for one, and taking it back."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from corridor.directory import rules
from corridor.directory.models import MembershipRequest, Organisation
from corridor.directory.operations.organisations import verify, withdraw_verification
from corridor.directory.states import RequestState
from corridor.kernel.logic.verdict import Verdict
from corridor.matching.models import Notice, Wording
from corridor.matching.states import NoticeState, WordingState
from corridor.web.decisions import ReasonForm, attempt
from corridor.web.offices.frame import back, desk_of, homes, links, paged
from corridor.web.page import page, signed_in
from corridor.web.waiting import count_of


def unverified(home: str, text: str) -> QuerySet[Organisation]:
    """Those without a focal point's word; with requests, submissions or open notices first, then the newest. Drafts count for nothing."""
    own = {"organisation": OuterRef("pk")}
    found = Organisation.objects.standing().filter(home=home, verification=None)
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
    organisation = to_decide(request, pk)
    form = ReasonForm(
        request.POST or None, key=pk, help_text=_("For example: register number seen, or letter received.")
    )
    form.fields["reason"].label = _("How it was verified")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        act = lambda: verify(organisation, by=signed_in(request), reason=reason)  # noqa: E731
        if attempt(request, form, act, _("Verified. Its page says so from now on.")):
            return back("country-desk-organisations", organisation.home)
    verdict = rules.may_verify(signed_in(request), organisation)
    return page(request, "offices/verification.html", shown(request, organisation, form, verdict))


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the focal point's word back, with the reason."""
    organisation = to_decide(request, pk)
    form = ReasonForm(request.POST or None, key=pk, help_text=_("It is kept with the name of who withdrew it."))
    form.fields["reason"].label = _("Why it is withdrawn")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        act = lambda: withdraw_verification(organisation, by=signed_in(request), reason=reason)  # noqa: E731
        if attempt(request, form, act, _("Withdrawn. Its page no longer says that it is verified.")):
            return back("country-desk-organisations", organisation.home)
    verdict = rules.may_withdraw_verification(signed_in(request), organisation)
    return page(request, "offices/withdrawal.html", shown(request, organisation, form, verdict))


def to_decide(request: HttpRequest, pk: UUID) -> Organisation:
    """An organisation of a country whose desk this person has; any other is not there."""
    found = Organisation.objects.with_names().select_related("verification")
    return get_object_or_404(found, pk=pk, home__in=homes(request))


def shown(request: HttpRequest, organisation: Organisation, form: ReasonForm, verdict: Verdict) -> dict[str, object]:
    """What the page of a decision on an organisation shows."""
    desk = desk_of(request, organisation.home)
    return {
        **desk.context("country-desk-organisations", organisation.name),
        "organisation": organisation,
        "verdict": verdict,
        "form": form,
        "queue_url": desk.url("country-desk-organisations"),
    }

"""The queue of entries that are probably one organisation, and the decision on a pair: merge them, or say that they are two."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corridor.directory import rules
from corridor.directory.models import LikelyDuplicate, LikelyDuplicateQuerySet
from corridor.directory.operations.merging import merge, name_pair, tell_apart
from corridor.directory.states import DuplicateState, MergeState
from corridor.kernel.logic.verdict import Refused, Verdict
from corridor.kernel.models import User
from corridor.web.decisions import ReasonForm, attempt
from corridor.web.offices.frame import Desk, back, desk_of, homes, links, paged
from corridor.web.offices.pairs import MergeForm, Pair, PairForm, compared, pairs_of
from corridor.web.page import page, signed_in


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Which entries of this country may be one organisation, the likeliest first."""
    return listed(request, desk_of(request), PairForm())


def listed(request: HttpRequest, desk: Desk, form: PairForm) -> HttpResponse:
    """The queue, with the form to name a pair oneself."""
    waiting = LikelyDuplicate.objects.waiting().filter(home=desk.country.code).order_by("-score", "pk")
    shown = paged(request, waiting)
    context = {
        **desk.context("country-desk-duplicates", _("Likely duplicates")),
        **links(desk, "country-desk-duplicates", shown),
        "pairs": pairs_of(shown.object_list),
        "form": form,
        "merges_url": desk.url("country-desk-merges"),
        "naming_url": desk.url("country-desk-pair-naming"),
    }
    return page(request, "offices/duplicates.html", context)


@require_POST
def naming(request: HttpRequest) -> HttpResponse:
    """Put a pair on the desk that nobody suggested."""
    desk = desk_of(request)
    form = PairForm(request.POST)
    if form.is_valid():
        try:
            named = name_pair(form.cleaned_data["one"], form.cleaned_data["other"], by=signed_in(request))
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(None, str(reason))
        else:
            return redirect("country-desk-pair", pk=named.pk)
    return listed(request, desk, form)


@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Two entries side by side, and the decision on them."""
    found = get_object_or_404(in_full(), pk=pk, home__in=homes(request))
    line = compared(found)
    is_merging = request.POST.get("decision") == "merge"
    merging = MergeForm(request.POST if is_merging else None, pair=line)
    apart = apart_form(request, found, is_sent=request.method == "POST" and not is_merging)
    form, act = (merging, merged) if is_merging else (apart, told_apart)
    if request.method == "POST" and form.is_valid() and act(request, line, form):
        return back("country-desk-duplicates", found.home)
    if found.state == DuplicateState.MERGED and (made := found.merges.filter(state=MergeState.IN_FORCE).first()):
        return redirect("country-desk-undoing", pk=made.pk)
    desk = desk_of(request, found.home)
    context = {
        **desk.context("country-desk-duplicates", _("Are these one organisation?")),
        "pair": line,
        "merging": merging,
        "apart": apart,
        **verdicts(signed_in(request), line),
        "queue_url": desk.url("country-desk-duplicates"),
    }
    return page(request, "offices/duplicate.html", context)


def in_full() -> LikelyDuplicateQuerySet:
    """Pairs with all that their page shows of both sides."""
    related = (
        "first__verification",
        "first__parent",
        "second__verification",
        "second__parent",
        "distinction__told_apart_by",
    )
    fetched = ("first__names", "first__identifiers", "second__names", "second__identifiers")
    return LikelyDuplicate.objects.select_related(*related).prefetch_related(*fetched)


def apart_form(request: HttpRequest, found: LikelyDuplicate, *, is_sent: bool) -> ReasonForm:
    """What one says when two entries are two organisations."""
    data = request.POST if is_sent else None
    return ReasonForm(data, key=f"apart-{found.pk}", help_text=_("How you know. The pair is not suggested again."))


def verdicts(user: User, line: Pair) -> dict[str, Verdict]:
    """What this person may do with the pair: merging may be possible in one direction only."""
    one, other = (side.organisation for side in line.sides)
    either = [rules.may_merge(user, one, other), rules.may_merge(user, other, one)]
    return {
        "may_merge": next((verdict for verdict in either if verdict.allowed), either[0]),
        "may_decide": rules.may_decide(user, line.record),
    }


def merged(request: HttpRequest, line: Pair, form: ReasonForm) -> bool:
    """Merge as the form says; a refusal goes to the form."""
    assert isinstance(form, MergeForm)
    said = {"reason": form.cleaned_data["reason"], "fill": form.cleaned_data.get("fill", [])}
    act = lambda: merge(form.kept, form.gone, by=signed_in(request), **said)  # noqa: E731
    return attempt(request, form, act, _("Merged. You can undo it under 'What was merged'."))


def told_apart(request: HttpRequest, line: Pair, form: ReasonForm) -> bool:
    """Say that they are two; a refusal goes to the form."""
    reason = form.cleaned_data["reason"]
    act = lambda: tell_apart(line.record, by=signed_in(request), reason=reason)  # noqa: E731
    return attempt(request, form, act, _("Kept apart. The pair is not suggested again."))

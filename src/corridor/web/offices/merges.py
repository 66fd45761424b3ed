"""What was merged in a country, and undoing a merge."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from corridor.directory import rules
from corridor.directory.models import Merge
from corridor.directory.operations.merging import undo
from corridor.directory.operations.references import came_since, still_there
from corridor.directory.states import MergeState
from corridor.web.decisions import ReasonForm, attempt
from corridor.web.offices.frame import back, desk_of, homes, links, paged
from corridor.web.offices.pairs import counted, side_of
from corridor.web.page import page, signed_in


@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    """What was merged, the newest first, with what was undone."""
    desk = desk_of(request)
    found = Merge.objects.filter(home=desk.country.code).select_related("merged_by", "undoing__undone_by")
    shown = paged(request, found.order_by("-created_at", "pk").prefetch_related("kept__names", "gone__names"))
    context = {
        **desk.context("country-desk-duplicates", _("What was merged")),
        **links(desk, "country-desk-merges", shown),
        "merges": [line_of(made) for made in shown.object_list],
        "queue_url": desk.url("country-desk-duplicates"),
    }
    return page(request, "offices/merges.html", context)


def line_of(made: Merge) -> dict[str, Any]:
    """One merge as the list and its page show it."""
    return {
        "record": made,
        "kept": side_of(made.kept, {}),
        "gone": side_of(made.gone, {}),
        "undoing": getattr(made, "undoing", None),
        "in_force": made.state == MergeState.IN_FORCE,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def undoing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One merge: what would come back, what would stay, and undoing it."""
    related = Merge.objects.select_related("kept", "gone", "merged_by", "undoing__undone_by")
    made = get_object_or_404(related.prefetch_related("kept__names", "gone__names"), pk=pk, home__in=homes(request))
    form = ReasonForm(request.POST or None, key=pk, help_text=_("It is kept with the name of who undid it."))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        act = lambda: undo(made, by=signed_in(request), reason=reason)  # noqa: E731
        if attempt(request, form, act, _("Undone. Both entries stand for themselves again.")):
            return back("country-desk-merges", made.home)
    desk = desk_of(request, made.home)
    context = {
        **desk.context("country-desk-duplicates", _("Undo a merge")),
        "item": line_of(made),
        **outlook(made),
        "form": form,
        "verdict": rules.may_undo(signed_in(request), made),
        "queue_url": desk.url("country-desk-merges"),
    }
    return page(request, "offices/merge.html", context)


def outlook(made: Merge) -> dict[str, Any]:
    """What undoing would give back, and what would stay with the kept entry."""
    if made.state != MergeState.IN_FORCE:
        stayed = made.undoing.stayed
        return {"comes_back": [], "changed": counted(stayed), "since": []}
    there = still_there(made.moved, made.kept)
    names = {(name.kind, name.text) for name in made.kept.names.all()}
    present = sum((kind, text) in names for kind, _language, text in made.added)
    changed = {key: len(rows) - there.get(key, 0) for key, rows in made.moved.items()}
    return {
        "comes_back": counted(there),
        "names": present,
        "changed": counted(changed | {"names": len(made.added) - present}),
        "since": counted(came_since(made.moved, made.kept, made.created_at)),
        "not_moved": counted(made.stayed),
    }

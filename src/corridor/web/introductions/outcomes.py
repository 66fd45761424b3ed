"""What came of it: said in the room, answered from a mail with one click, counted for everybody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from corridor.kernel.logic.verdict import Refused
from corridor.matching.operations.outcomes import FEWEST_SHOWN, Flow, flows, read_token, say_outcome
from corridor.matching.states import OutcomeKind
from corridor.web.components.names import shipped_countries
from corridor.web.introductions.forms import ClickForm, OutcomeForm
from corridor.web.introductions.who import back, entered, me, trail
from corridor.web.page import page

reading_and_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_and_sending
def outcome(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say how it stands, and see what was said before."""
    here = entered(request, pk)
    form = OutcomeForm(request.POST or None, kind=here.outcome.kind if here.outcome else "")
    if request.method == "POST" and form.is_valid():
        try:
            say_outcome(here, by=me(request), **form.cleaned_data)
            return back(request, "room", pk, _("Saved. Both sides see it."))
        except Refused as refusal:
            field = None if here.introduction.rests else "signed_on"
            form.add_error(field, [str(reason) for reason in refusal.reasons])
    context = {
        "room": here,
        "form": form,
        "said": here.outcomes.select_related("said_by").order_by("-number"),
        "trail": trail(_("What came of it")),
    }
    return page(request, "introductions/outcome.html", context, status=400 if form.errors else 200)


@login_not_required
@never_cache
@reading_and_sending
def answer(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """The answer to a mailed question. Opening the link changes nothing, since mail programs open links by themselves."""
    asked = read_token(token)
    if asked is None or kind not in OutcomeKind.values:
        raise Http404
    room, person = asked
    form = ClickForm({**request.POST.dict(), "kind": kind} if request.method == "POST" else None, kind=kind)
    is_saved = request.method == "POST" and form.is_valid()
    if is_saved:
        say_outcome(room, by=person, is_by_mail=True, **form.cleaned_data)
    context = {"form": form, "kind": OutcomeKind(kind), "is_saved": is_saved, "room": room}
    return page(request, "introductions/answer.html", context, status=400 if form.errors else 200)


@login_not_required
@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """How many conversations began between which countries, and how many led to an agreement."""
    order = list(shipped_countries())
    shown = sorted((flow for flow in flows() if flow.is_shown), key=lambda flow: place(flow, order))
    context: dict[str, Any] = {"flows": shown, "fewest": FEWEST_SHOWN, "trail": trail(_("Counted"))}
    return page(request, "introductions/counts.html", context)


def place(flow: Flow, order: list[str]) -> tuple[int, int]:
    """Where a pair stands: in the order of the six, whatever the numbers are."""
    first, second = (order.index(home) if home in order else len(order) for home in (flow.asker, flow.asked))
    return first, second

"""Assisted posting: the consent of somebody without an account, the paper with its code, and taking a notice over."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from corridor.kernel.logic.verdict import Refused
from corridor.matching import rules
from corridor.matching.models import Notice
from corridor.matching.operations import mandates
from corridor.web.limits import Limit
from corridor.web.notices import steps
from corridor.web.notices.forms import MandateForm, TakeoverForm
from corridor.web.notices.who import person
from corridor.web.notices.writing import editable
from corridor.web.page import page

TRIES = Limit("takeover", most=10, seconds=3600)
NUMBER_DIGITS = 12
WRONG = gettext_lazy(
    "Number or code is not right, or this notice can no longer be taken over. "
    "Look at the paper again, or ask whoever wrote it for you."
)


@never_cache
def mandate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record the consent; the answer is the paper with the code, which is shown this once."""
    notice = editable(request, pk)
    rules.may_post_for_others(person(request), notice.organisation, notice.home).enforce()
    known = getattr(notice, "mandate", None)
    initial = {"owner_name": known.owner_name, "contact": known.contact, "consent": known.consent} if known else None
    form = MandateForm(request.POST or None, initial=initial or {"owner_name": notice.problem_owner})
    if request.method == "POST" and form.is_valid():
        made, code = mandates.mandate(notice, by=person(request), **form.cleaned_data)
        address = request.build_absolute_uri(reverse("notice-takeover"))
        paper = {"mandate": made, "code": code, "number": number_of(notice), "address": address}
        return page(request, "notices/paper.html", {**paper, "notice": notice, "wording": notice.latest})
    context = {"notice": notice, "form": form, "known": known, "steps": steps.rail(notice, "facts")}
    return page(request, "notices/mandate.html", context, status=400 if form.errors else 200)


def number_of(notice: Notice) -> str:
    """A notice's number as one writes it on paper: the first twelve digits of its identifier in groups of four."""
    digits = notice.pk.hex[:NUMBER_DIGITS].upper()
    return "-".join(digits[place : place + 4] for place in range(0, NUMBER_DIGITS, 4))


def notice_of(number: str) -> Notice | None:
    """The notice with a number from paper that can still be taken over; None when there is none, or more than one."""
    digits = "".join(character for character in number.lower() if character in "0123456789abcdef")
    if len(digits) != NUMBER_DIGITS:
        return None
    first, last = UUID(f"{digits:0<32}"), UUID(f"{digits:f<32}")
    found = list(
        Notice.objects.filter(pk__gte=first, pk__lte=last, mandate__isnull=False, mandate__taken_over_at=None)[:2]
    )
    return found[0] if len(found) == 1 else None


@never_cache
def takeover(request: HttpRequest) -> HttpResponse:
    """Take a notice over with number and code. What is wrong is not told apart, and tries are counted."""
    form = TakeoverForm(request.POST or None, initial={"number": request.GET.get("number", "")[:40]})
    if request.method == "POST" and form.is_valid():
        if TRIES.is_reached(request):
            form.add_error(None, _("You tried too often. Please try again in an hour."))
        elif taken := _try(request, form):
            messages.success(request, _("The notice is yours now."))
            return redirect("notice", pk=taken.pk)
        else:
            TRIES.count(request)
            form.add_error(None, WRONG)
    return page(request, "notices/takeover.html", {"form": form}, status=400 if form.errors else 200)


def _try(request: HttpRequest, form: TakeoverForm) -> Notice | None:
    notice = notice_of(form.cleaned_data["number"])
    try:
        return mandates.take_over(notice, by=person(request), code=form.cleaned_data["code"]) if notice else None
    except Refused:
        return None

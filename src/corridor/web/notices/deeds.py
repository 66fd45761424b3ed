"""Deeds on a notice: each is one POST that calls one verb and leads back to the page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corridor.kernel.logic.verdict import Refused
from corridor.matching.models import Notice, Wording
from corridor.matching.operations import notices, suggestions
from corridor.matching.states import WordingState
from corridor.web.notices.can import seen_of
from corridor.web.notices.forms import DismissalForm, ReasonForm, RenewalForm
from corridor.web.notices.who import person


def found(request: HttpRequest, pk: UUID) -> Notice:
    """A notice that this person may read; else 404."""
    return get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)


def said(form: forms.Form) -> dict[str, Any]:
    """What was said with a deed. What is missing is a reason to refuse."""
    if not form.is_valid():
        raise Refused(
            [f"{form[name].label}: {' '.join(str(error) for error in errors)}" for name, errors in form.errors.items()]
        )
    return form.cleaned_data


def back(request: HttpRequest, notice: Notice, sentence: str) -> HttpResponse:
    """To the notice's page, which says what was done."""
    messages.success(request, sentence)
    return redirect("notice", pk=notice.pk)


@require_POST
def submission(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand the text in. Pressed twice, the second press finds it done."""
    notice = found(request, pk)
    if notice.latest.state != WordingState.SUBMITTED:
        notices.submit(notice, by=person(request))
    return back(request, notice, _("Your text is with the publisher now."))


@require_POST
def taking_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a submission back."""
    notice = found(request, pk)
    notices.take_back(notice, by=person(request))
    return back(request, notice, _("You took the text back. It is a draft again."))


def waiting(request: HttpRequest, notice: Notice) -> Wording:
    """The version that was read and is to be decided on; refuses when it was decided on or changed meanwhile."""
    wording = notice.wordings.filter(state=WordingState.SUBMITTED).first() or notice.latest
    seen = request.POST.get("seen", "")
    if seen and wording.state == WordingState.SUBMITTED and seen != seen_of(wording):
        raise Refused([_("This text was changed after you opened it. Read it again before you decide.")])
    return wording


@require_POST
def publication(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Publish the text that was read."""
    notice = found(request, pk)
    notices.publish(waiting(request, notice), by=person(request))
    return back(request, notice, _("Published. Readers see it now."))


@require_POST
def give_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the text that was read, with the reason. The desk is the place to go on: a draft is not an officer's to read."""
    notice = found(request, pk)
    notices.give_back(waiting(request, notice), by=person(request), reason=said(ReasonForm(request.POST))["reason"])
    messages.success(request, _("Returned to its author with your reason."))
    return redirect("country-desk")


@require_POST
def withdrawal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a notice for good."""
    notice = found(request, pk)
    form = ReasonForm(request.POST)
    form.fields["reason"].required = False
    notices.withdraw(notice, by=person(request), reason=said(form)["reason"])
    return back(request, notice, _("Withdrawn. Nobody else sees it any more."))


@require_POST
def fulfilment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was looked for was found."""
    notice = found(request, pk)
    notices.fulfil(notice, by=person(request))
    return back(request, notice, _("Marked as fulfilled. We are glad."))


@require_POST
def renewal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let it run on."""
    notice = found(request, pk)
    notices.renew(notice, by=person(request), until=said(RenewalForm(request.POST))["until"])
    return back(request, notice, _("Renewed."))


@require_POST
def suspension(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a public text off the site."""
    notice = found(request, pk)
    notices.suspend(notice, by=person(request), reason=said(ReasonForm(request.POST))["reason"])
    return back(request, notice, _("Suspended. Its author is told why."))


@require_POST
def lifting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a suspended text back."""
    notice = found(request, pk)
    notices.lift(notice, by=person(request))
    return back(request, notice, _("The text is back on the site."))


@require_POST
def watch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell me when something comes."""
    notice = found(request, pk)
    notices.watch(notice, by=person(request))
    return back(request, notice, _("We will write to you when something suitable is published."))


@require_POST
def unwatch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell me no more."""
    notice = found(request, pk)
    notices.unwatch(notice, by=person(request))
    return back(request, notice, _("We will not write to you about this any more."))


@require_POST
def dismissal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set a suggestion aside, in this person's list only."""
    notice = found(request, pk)
    wanted = said(DismissalForm(request.POST))
    suggestions.dismiss(
        notice, by=person(request), kind=wanted["kind"], record_id=wanted["record"], reason=wanted["reason"]
    )
    return back(request, notice, _("Set aside. Other people's lists stay as they are."))


@require_POST
def restoration(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring set-aside suggestions back."""
    notice = found(request, pk)
    suggestions.restore(notice, by=person(request))
    return back(request, notice, _("All suggestions are back."))

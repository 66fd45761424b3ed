"""Telling what is wrong in an entry, and answering it: for whoever looks after the entry."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corridor.directory import rules
from corridor.directory.models import Correction, Organisation
from corridor.directory.operations.corrections import answer_correction, suggest_correction
from corridor.directory.states import CorrectionAspect
from corridor.web.components.parts import Crumb
from corridor.web.decisions import ReasonForm, attempt
from corridor.web.limits import Limit
from corridor.web.page import page, reader, signed_in
from corridor.web.places.reading import trail

SUGGESTIONS = Limit("correction", most=10, seconds=3600)
MOST = 50


class CorrectionForm(forms.Form):
    """What is wrong, how it should be, and where that can be checked."""

    aspect = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"), choices=CorrectionAspect.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("How should it be?"), max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("In any language. Whoever looks after the entry reads it; it is not published."),
    )  # fmt: skip
    source = forms.URLField(
        label=gettext_lazy("Where can one check it?"), max_length=300, required=False, assume_scheme="https",
        help_text=gettext_lazy("With https:// at the beginning."),
    )  # fmt: skip


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell whoever looks after an entry what is wrong in it. No account is needed."""
    organisation = get_object_or_404(Organisation.objects.standing().with_names(), pk=pk)
    form = CorrectionForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        if SUGGESTIONS.is_reached(request):
            form.add_error(None, _("You sent many corrections within an hour. Please go on later."))
        else:
            SUGGESTIONS.count(request)
            suggest_correction(organisation, by=reader(request), **form.cleaned_data)
            messages.success(request, _("Thank you. Those who look after this entry will read it."))
            return redirect("organisation", pk=pk)
    context = {"organisation": organisation, "form": form, "trail": within(organisation, _("Tell them what is wrong"))}
    return page(request, "places/correction.html", context, status=400 if form.errors else 200)


@require_safe
def waiting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What readers said is wrong in one entry."""
    organisation = get_object_or_404(Organisation.objects.standing().with_names(), pk=pk)
    rules.may_edit(signed_in(request), organisation).enforce()
    found = organisation.corrections.waiting().select_related("said_by").order_by("created_at", "pk")[:MOST]
    context = {
        "organisation": organisation,
        "items": [(correction, answer_form(correction)) for correction in found],
        "trail": within(organisation, _("Corrections")),
    }
    return page(request, "places/corrections.html", context)


@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say whether a correction was taken up. A refusal and what was typed stay beside it."""
    correction = get_object_or_404(Correction.objects.select_related("organisation", "said_by"), pk=pk)
    organisation = correction.organisation
    rules.may_edit(signed_in(request), organisation).enforce()
    form = answer_form(correction, request.POST)
    if form.is_valid() and was_answered(request, correction, form):
        return redirect("organisation-corrections", pk=organisation.pk)
    context = {
        "organisation": organisation,
        "items": [(correction, form)],
        "trail": within(organisation, _("Corrections")),
    }
    return page(request, "places/corrections.html", context, status=400)


def was_answered(request: HttpRequest, correction: Correction, form: ReasonForm) -> bool:
    """Do what the button says; a refusal goes to the form."""
    said = {"is_taken_up": request.POST.get("decision") == "taken_up", "reason": form.cleaned_data["reason"]}
    act = lambda: answer_correction(correction, by=signed_in(request), **said)  # noqa: E731
    return attempt(request, form, act, _("Answered. Whoever told it is told."))


def answer_form(correction: Correction, data: QueryDict | None = None) -> ReasonForm:
    """What one says when a correction is answered."""
    return ReasonForm(data, key=correction.pk, help_text=_("What was mended, or why not. Whoever told it reads this."))


def within(organisation: Organisation, what: str) -> tuple[Crumb, ...]:
    """The way to a page of an organisation."""
    *before, last = trail(organisation)
    return (*before, Crumb(last.label, reverse("organisation", args=[organisation.pk])), Crumb(what))

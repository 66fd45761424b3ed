"""What an organisation's page says while it is suspended, and the organisation's answer to its focal point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from corridor.directory import rules
from corridor.directory.models import Objection, Organisation, OrganisationSuspension
from corridor.directory.operations.suspensions import object_to
from corridor.kernel.logic.verdict import Refused, Verdict
from corridor.kernel.models import User
from corridor.kernel.states import Capability
from corridor.web.components.parts import Crumb
from corridor.web.page import page, signed_in


@dataclass(frozen=True)
class Suspended:
    """That an organisation is suspended; why, for those who may read that."""

    suspension: OrganisationSuspension | None = None
    objection: Objection | None = None
    may_object: Verdict | None = None

    @property
    def is_told(self) -> bool:
        """Whether this reader reads why."""
        return self.suspension is not None


class ObjectionForm(forms.Form):
    """What the organisation says against its suspension."""

    text = forms.CharField(
        label=gettext_lazy("What do you say against it?"), max_length=2000, widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("In any language."),
    )  # fmt: skip


def suspension_of(organisation: Organisation, by: User | None) -> dict[str, Any]:
    """What the page says of it to this reader, and whether an officer may suspend it; no query for everybody else."""
    is_officer = by is not None and rules.is_its_officer(by, organisation)
    return {
        "suspended": suspended(organisation, by) if organisation.is_suspended else None,
        "may_suspend": rules.may_suspend_organisation(by, organisation) if by and is_officer else None,
    }


def suspended(organisation: Organisation, by: User | None) -> Suspended:
    """The suspension in force as this reader may read of it."""
    if by is None or not rules.knows_why(by, organisation):
        return Suspended()
    found = in_force(organisation)
    return Suspended(found, found.objection if found.is_objected else None, rules.may_object(by, found))


def in_force(organisation: Organisation) -> OrganisationSuspension:
    """The open suspension of an organisation that is suspended."""
    return organisation.suspensions.select_related("objection").get(lifted_at=None)


@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer the focal point, once, for one's own suspended organisation; for everybody else this is not there."""
    by = signed_in(request)
    organisation = get_object_or_404(Organisation.objects.suspended().with_names(), pk=pk)
    if not rules.belongs(by, Capability.SPEAK, organisation.pk):
        raise Http404
    against = in_force(organisation)
    if request.method != "POST":
        rules.may_object(by, against).enforce()
    form = ObjectionForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid() and was_said(form, against, by):
        messages.success(request, _("Sent. The officers of your country's focal point read it."))
        return redirect("organisation", pk=pk)
    trail = (Crumb(organisation.name, reverse("organisation", args=[pk])), Crumb(_("Answer the focal point")))
    context = {"organisation": organisation, "suspension": against, "form": form, "trail": trail}
    return page(request, "places/objection.html", context, status=400 if form.errors else 200)


def was_said(form: ObjectionForm, against: OrganisationSuspension, by: User) -> bool:
    """Say it; what is refused is told at the form, and nothing that was typed is lost."""
    try:
        object_to(against, by=by, text=form.cleaned_data["text"])
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, str(reason))
        return False
    return True

"""For which organisation somebody writes: find it and ask to be confirmed, or list a new one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from corridor.directory.models import Organisation
from corridor.directory.operations import membership, organisations
from corridor.directory.states import NameKind
from corridor.matching import rules
from corridor.matching.models import Notice
from corridor.matching.operations import notices
from corridor.web.components.names import reader_language
from corridor.web.notices import steps
from corridor.web.notices.forms import NewOrganisationForm, OrganisationForm
from corridor.web.notices.languages import recognised
from corridor.web.notices.who import person
from corridor.web.notices.writing import editable
from corridor.web.page import page

MOST = 20


def organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Find one's organisation, or list it, and ask to be confirmed by it."""
    notice = editable(request, pk)
    asked = request.GET.get("q", "").strip()[:200]
    sent = request.POST.get("go", "")
    joining = OrganisationForm(request.POST if sent == "join" else None, auto_id="join_%s")
    listing = NewOrganisationForm(request.POST if sent == "list" else None, auto_id="new_%s", initial={"name": asked})
    if sent == "join" and joining.is_valid() and (chosen := chosen_one(request, notice)):
        write_for(request, notice, chosen, joining.cleaned_data["statement"])
        return redirect("notice-facts", pk=pk)
    if sent == "list" and listing.is_valid():
        list_and_write_for(request, notice, listing)
        return redirect("notice-facts", pk=pk)
    context = {
        "notice": notice,
        "steps": steps.rail(notice, "facts"),
        "asked": asked,
        "results": near(asked, notice.home) if asked else [],
        "chosen": request.POST.get("organisation", ""),
        "joining": joining,
        "listing": listing,
        "lacks_choice": sent == "join",
    }
    return page(request, "notices/organisation.html", context, status=400 if sent else 200)


def near(asked: str, home: str) -> list[Organisation]:
    """Organisations of the country whose name, in any language, has these letters."""
    found = Organisation.objects.standing().filter(home=home, names__text__icontains=asked).distinct()
    return list(found.with_names().select_related("verification")[:MOST])


def chosen_one(request: HttpRequest, notice: Notice) -> Organisation | None:
    """The organisation that was ticked."""
    try:
        return (
            Organisation.objects.standing()
            .filter(pk=UUID(request.POST.get("organisation", "")), home=notice.home)
            .first()
        )
    except ValueError:
        return None


def write_for(request: HttpRequest, notice: Notice, chosen: Organisation, statement: str) -> None:
    """Write for an organisation; who does not speak for it yet asks to be confirmed."""
    user = person(request)
    with transaction.atomic():
        if not rules.speaks_for(user, chosen):
            membership.ask_membership(user, home=chosen.home, organisation=chosen, statement=statement, by=user)
            messages.success(request, _("You asked to be confirmed. You can go on writing meanwhile."))
        notices.write(notice, by=user, facts={"organisation": chosen})


def list_and_write_for(request: HttpRequest, notice: Notice, form: NewOrganisationForm) -> None:
    """Enter the organisation into the directory, and write for it."""
    said = form.cleaned_data
    names = [(NameKind.OFFICIAL, recognised(said["name"], "")[0] or reader_language(), said["name"])]
    if said["english"]:
        names.append((NameKind.TRANSLATION, "en", said["english"]))
    user = person(request)
    facts = {key: said[key] for key in ("type", "size", "place")}
    with transaction.atomic():
        made = organisations.list_organisation(by=user, names=names, home=notice.home, **facts)
        write_for(request, notice, made, said["statement"])

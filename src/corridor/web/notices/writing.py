"""Writing a notice in three steps: the text first, then the facts, then who reads it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from corridor.kernel.logic.verdict import Refused
from corridor.matching import rules
from corridor.matching.models import Notice
from corridor.matching.operations import notices
from corridor.matching.states import WordingState
from corridor.web.notices import beginning, partners, shown, steps, uploads
from corridor.web.notices.forms import CardForm, ReadersForm, TextForm
from corridor.web.notices.languages import language_of, telling
from corridor.web.notices.who import person
from corridor.web.page import page
from corridor.web.uploads import settle


def editable(request: HttpRequest, pk: UUID) -> Notice:
    """A notice that this person may change now: 404 when it is not theirs to see, 403 with reasons when not to change."""
    found = get_object_or_404(Notice.objects.visible_to(request.user).for_reading(), pk=pk)
    rules.may_edit(person(request), found).enforce()
    return found


def context_of(request: HttpRequest, notice: Notice, form: Any, step: str) -> dict[str, Any]:
    """What each step shows beside its form."""
    wording = notice.latest
    return {
        "notice": notice,
        "wording": wording,
        "form": form,
        "step": step,
        "steps": steps.rail(notice, step),
        "returned": shown.last_return(wording),
        "partners": partners.partners_of(notice, wording, person(request)),
        "autosave": "" if step == "facts" and notice.published_id else reverse("notice-draft", args=[notice.pk, step]),
    }


def new_notice(request: HttpRequest) -> HttpResponse:
    """Step 1 of a new notice. The form carries the number of the notice it begins, so that sent twice it begins one."""
    rules.may_draft(person(request)).enforce()
    form = beginning.form_for(request)
    if request.method == "POST" and form.is_valid():
        notice = beginning.begin(person(request), form, request.POST.get("draft", ""))
        return steps.go_on(request, notice, "text")
    context = {
        "form": form,
        "draft": request.POST.get("draft") or beginning.new_number(),
        "steps": steps.rail(None, "text"),
        "step": "text",
        "told": None,
        "autosave": reverse("notice-new-draft"),
    }
    return page(request, "notices/text.html", context, status=400 if form.errors else 200)


@require_POST
def new_draft(request: HttpRequest) -> HttpResponse:
    """A new notice saves itself for the first time, and says where it saves itself from now on."""
    form = beginning.form_for(request)
    if not form.is_valid():
        return HttpResponse(status=422)
    notice = beginning.begin(person(request), form, request.POST.get("draft", ""))
    return JsonResponse({"autosave": reverse("notice-draft", args=[notice.pk, "text"])})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The line that says which language the text seems to be in; a part of the page, for htmx."""
    said = telling(request.POST.get("title", ""), request.POST.get("text", ""), request.POST.get("language", ""))
    return page(request, "notices/_language.html", {"told": said})


def text(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Step 1: the text, in any language."""
    notice = editable(request, pk)
    form = steps.text_form(request, notice)
    if request.method == "POST" and form.is_valid():
        save_text(request, notice, form)
        return steps.go_on(request, notice, "text")
    wording = notice.latest
    context = context_of(request, notice, form, "text")
    context["told"] = telling(wording.title, wording.text, wording.language or "other")
    context["was_converted"] = bool(wording.original_text)
    return page(request, "notices/text.html", context, status=400 if form.errors else 200)


def save_text(request: HttpRequest, notice: Notice, form: TextForm) -> None:
    """Write what the text form says."""
    facts = {"kind": form.cleaned_data["kind"]} if "kind" in form.fields else {}
    texts = {**form.texts, "language": language_of(form.cleaned_data)}
    notices.write(notice, by=person(request), facts=facts, texts=texts)


def facts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Step 2: the card of facts."""
    notice = editable(request, pk)
    form = steps.card_form(request, notice)
    if request.method == "POST" and form.is_valid():
        notices.write(notice, by=person(request), facts=form.facts)
        if form.cleaned_data.get("is_assisted") and not hasattr(notice, "mandate"):
            return redirect("notice-mandate", pk=pk)
        return steps.go_on(request, notice, "facts")
    context = context_of(request, notice, form, "facts")
    context["waits_for"] = steps.waiting_request(person(request))
    return page(request, "notices/facts.html", context, status=400 if form.errors else 200)


@csrf_exempt  # the check is made below, once it is settled how much of a file is read
def readers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Step 3: who reads it, files, and handing it in. Files that are too large are not kept while they come in."""
    settle(request)
    return checked_readers(request, pk)


@csrf_protect
def checked_readers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Step 3, once the form is known to come from here."""
    if request.method == "POST" and is_handed_in(request, pk):
        return redirect("notice", pk=pk)
    notice = editable(request, pk)
    form = steps.readers_form(request, notice)
    if request.method == "POST" and form.is_valid() and save_readers(request, notice, form):
        return steps.go_on(request, notice, "readers")
    wording = notice.latest
    context = {
        **shown.context_of(notice, wording, None),
        **context_of(request, notice, form, "readers"),
        "attachments": notice.attachments.all(),
        "submission": rules.may_submit(person(request), notice),
        "doubts": shown.doubts(notice, wording),
        "anonymity": rules.stays_anonymous(notice.organisation, wording),
    }
    return page(request, "notices/readers.html", context, status=400 if form.errors else 200)


def is_handed_in(request: HttpRequest, pk: UUID) -> bool:
    """Whether this is the second press of "hand in": the text is with the publisher already."""
    found = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    return request.POST.get("go") == "submit" and found.latest.state == WordingState.SUBMITTED


def save_readers(request: HttpRequest, notice: Notice, form: ReadersForm) -> bool:
    """Write who may read it, then see to files and the handing in. What is refused is said at its field."""
    chosen = {name: form.cleaned_data[name] for name in ("visibility", "is_anonymous")}
    notices.write(notice, by=person(request), texts=chosen)
    if not uploads.see_to_files(request, notice, form):
        return False
    if request.POST.get("go") != "submit":
        return True
    try:
        notices.submit(notice, by=person(request))
    except Refused as refusal:
        form.add_error(None, [str(reason) for reason in refusal.reasons])
        return False
    return True


@require_POST
def draft(request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
    """A draft saves itself: 204, or 422 while something in the form cannot be kept."""
    notice = editable(request, pk)
    makers = {"text": steps.text_form, "facts": steps.card_form, "readers": steps.readers_form}
    form = makers[step](request, notice) if step in makers else None
    if form is None or not form.is_valid() or (step == "facts" and notice.published_id):
        return HttpResponse(status=422)
    if isinstance(form, TextForm):
        save_text(request, notice, form)
    elif isinstance(form, CardForm):
        notices.write(notice, by=person(request), facts=form.facts)
    else:
        chosen = {name: form.cleaned_data[name] for name in ("visibility", "is_anonymous")}
        notices.write(notice, by=person(request), texts=chosen)
    return HttpResponse(status=204)

"""Imports of organisations at a country desk: send a table in, see what is wrong with which cell, take all rows or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from corridor.directory import rules
from corridor.directory.logic.tables.encodings import ENCODINGS
from corridor.directory.logic.tables.writing import as_csv, as_xlsx
from corridor.directory.models import Import, ImportedRow
from corridor.directory.operations import imports as verbs
from corridor.directory.rules.remarks import SAVE_ANEW, in_words
from corridor.directory.states import ImportState, OrganisationType
from corridor.kernel.logic.verdict import Refused
from corridor.web.components.parts import Choice
from corridor.web.offices.frame import Desk, back, desk_of, links, paged
from corridor.web.offices.import_columns import remark_rows, stands_there, template_rows, template_sheets
from corridor.web.page import page, signed_in
from corridor.web.uploads import settle, was_skipped

PAGE = 50
FIRST = 5
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VIEWS = ("faults", "doubts", "rows")


class TableForm(forms.Form):
    """A table that somebody sends in."""

    table = forms.FileField(label=gettext_lazy("Table, as CSV or XLSX"))
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding of the text"),
        choices=[("", gettext_lazy("Find it out")), *ENCODINGS.items()],
        required=False,
        help_text=gettext_lazy("For CSV only. UTF-8 is best."),
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, label_suffix="", auto_id="import-%s")
        self.fields["table"].help_text = _("At most %(megabytes)d MB and %(rows)d rows. The file is not kept.") % {
            "megabytes": megabytes(),
            "rows": verbs.MOST_ON_THE_WEB,
        }
        self.fields["table"].widget.attrs["accept"] = f".csv,.tsv,.txt,.xlsx,text/csv,{XLSX}"


@dataclass(frozen=True)
class Remarked:
    """One fault or warning as the table shows it."""

    number: int
    column: str
    cell: str
    sentence: str
    organisation: str


def megabytes() -> int:
    """The size of the largest file."""
    return settings.UPLOAD_BYTES // (1024 * 1024)


@csrf_exempt  # the check is made below, once it is settled how much of a file is read
def imports(request: HttpRequest) -> HttpResponse:
    """The imports of a country, and a form for another one. Files that are too large are not kept while they come in."""
    settle(request)
    return checked_imports(request)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def checked_imports(request: HttpRequest) -> HttpResponse:
    """The same, once the form is known to come from here."""
    desk = desk_of(request)
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    if form.is_bound and (made := previewed(request, desk, form)):
        return redirect("country-desk-import", pk=made.pk)
    found = Import.objects.filter(home=desk.country.code).select_related("made_by").order_by("-created_at", "pk")
    shown = paged(request, found)
    context = {
        **desk.context("country-desk-imports", _("Import organisations")),
        **links(desk, "country-desk-imports", shown),
        "form": form,
        "verdict": rules.may_import(signed_in(request), desk.country.code),
        "batches": shown.object_list,
        "address": desk.url("country-desk-imports"),
    }
    return page(request, "offices/imports.html", context)


def previewed(request: HttpRequest, desk: Desk, form: TableForm) -> Import | None:
    """The preview of what was sent; None when it is no table, with the reason at the field."""
    if was_skipped(request):
        form.errors.pop("table", None)
        form.add_error("table", _("The file is larger than %(megabytes)d MB.") % {"megabytes": megabytes()})
    if not form.is_valid():
        return None
    sent = form.cleaned_data["table"]
    try:
        return verbs.preview(
            sent.read(), file_name=sent.name, home=desk.country.code, by=signed_in(request), encoding=form.cleaned_data["encoding"]
        )  # fmt: skip
    except Refused as refusal:
        form.add_error("table", [str(reason) for reason in refusal.reasons])
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One import: its preview while it waits, how far it has come while it is taken, what came of it afterwards."""
    found = Import.objects.visible_to(signed_in(request)).select_related("made_by", "progress")
    batch = get_object_or_404(found, pk=pk)
    refused = decided(request, batch) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return back("country-desk-imports", batch.home) if dropped(batch) else redirect("country-desk-import", pk=pk)
    desk = desk_of(request, batch.home)
    context = {
        **desk.context("country-desk-imports", batch.file_name),
        "batch": batch,
        "refused": refused,
        "encoding_name": ENCODINGS.get(batch.encoding, ""),
        "queue_url": desk.url("country-desk-imports"),
        **(preview_of(request, batch) if batch.is_open else {}),
    }
    return page(request, "offices/import.html", context, partial="progress")


def decided(request: HttpRequest, batch: Import) -> Refused | None:
    """Take or drop, as the button says; the refusal when it may not be."""
    try:
        if request.POST.get("decision") == "take":
            verbs.take(batch, by=signed_in(request), encoding=request.POST.get("encoding", ""))
            if batch.state == ImportState.TAKEN:
                messages.success(request, _("Taken. Search follows within minutes."))
        else:
            verbs.drop(batch, by=signed_in(request))
            messages.success(request, _("Dropped. Nothing of it was entered."))
    except Refused as refusal:
        batch.refresh_from_db()
        return refusal
    return None


def dropped(batch: Import) -> bool:
    """Whether nothing is left to see of it."""
    return batch.state == ImportState.DROPPED


def preview_of(request: HttpRequest, batch: Import) -> dict[str, Any]:
    """What is wrong, what is doubtful and what would be taken, a page of it; and what can be done."""
    by = signed_in(request)
    counts = {"faults": batch.faulty_count, "doubts": batch.doubtful_count, "rows": batch.row_count}
    asked = request.GET.get("show", "")
    view = asked if asked in VIEWS else next(name for name in VIEWS if counts[name] or name == "rows")
    lines = batch.lines.all() if view == "rows" else batch.lines.exclude(**{view: []})
    shown = paged(request, lines, PAGE)
    here = f"?show={view}&page="
    where = {"first": shown.start_index(), "last": shown.end_index(), "all": shown.paginator.count}
    return {
        "view": view,
        "views": views(view, counts),
        "remarks": [] if view == "rows" else [one for line in shown.object_list for one in remarked(line, view)],
        "lines": [(line, kind_of(line)) for line in shown.object_list] if view == "rows" else [],
        "first": list(batch.lines.all()[:FIRST]) if batch.is_encoding_guessed else [],
        "save_anew": SAVE_ANEW,
        "may_take": rules.may_take_import(by, batch, encoding=batch.encoding),
        "may_drop": rules.may_drop_import(by, batch),
        "previous_url": f"{here}{shown.number - 1}" if shown.has_previous() else "",
        "next_url": f"{here}{shown.number + 1}" if shown.has_next() else "",
        "position": _("%(first)s to %(last)s of %(all)s") % where,
    }


def kind_of(line: ImportedRow) -> str:
    """What the organisation of a row is, in words."""
    return str(dict(OrganisationType.choices).get(line.facts.get("type", ""), ""))


def views(current: str, counts: dict[str, int]) -> tuple[Choice, ...]:
    """What of an import can be looked at, with how many rows each has."""
    labels = {"faults": _("Rows with faults"), "doubts": _("Rows to look at"), "rows": _("All rows")}
    return tuple(Choice(label, f"?show={name}", name == current, counts[name]) for name, label in labels.items())


def remarked(line: ImportedRow, view: str) -> list[Remarked]:
    """The faults or the warnings of a row."""
    return [
        Remarked(
            line.number,
            remark["column"],
            stands_there(line, remark["column"]),
            in_words(remark),
            remark.get("facts", {}).get("organisation", ""),
        )
        for remark in (line.faults if view == "faults" else line.doubts)
    ]


@require_safe
def faults(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every fault and warning of an import as CSV, to keep beside the table."""
    batch = get_object_or_404(Import.objects.visible_to(signed_in(request)), pk=pk)
    return to_keep(as_csv(remark_rows(batch)), "text/csv; charset=utf-8", "corridor-faults.csv")


@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty table with explained columns, in the reader's language."""
    desk_of(request)
    if kind == "xlsx":
        return to_keep(as_xlsx(template_sheets()), XLSX, "corridor-organisations.xlsx")
    return to_keep(as_csv(template_rows()), "text/csv; charset=utf-8", "corridor-organisations.csv")


def to_keep(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep, never to open in the browser."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

"""What is wrong with a file, or doubtful in a cell, in words; the codes are those of `logic`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from corridor.directory.logic.tables.table import NotATable
from corridor.directory.rules.places import DOUBTS
from corridor.kernel.logic.verdict import Refused

SAVE_ANEW = _(
    "Save it anew as UTF-8: in Excel “Save as”, “CSV UTF-8”; in LibreOffice “Save as”, “Text CSV”, “Unicode (UTF-8)”. "
    "Or send it as XLSX."
)

# Why a file is no table that can be taken.
FILES = {
    "empty": _("The file is empty."),
    "no_rows": _("There is a head, but no row below it. Rows that begin with # are remarks."),
    "too_large": _(
        "The file is larger than %(megabytes)d MB. Split it, or ask your operator to load it on the command line."
    ),
    "too_many_rows": _(
        "The file has more than %(most)d rows. Split it, or ask your operator to load it on the command line."
    ),
    "too_many_empty_rows": _(
        "The sheet goes on for more than %(most)d rows, most of them empty. Delete the empty rows below your data."
    ),
    "too_many_columns": _("Row %(row)d has more than %(most)d columns."),
    "cell_too_long": _("A cell in row %(row)d is longer than a spreadsheet allows."),
    "quotes": _(
        "From row %(row)d on the cells cannot be told apart: a quotation mark does not end, or stands in the middle of a cell."
    ),
    "separator": _("The cells of a CSV file are separated by commas, semicolons or tabs."),
    "no_columns": _("These columns are missing: %(columns)s. Take the template, it has all columns."),
    "column_twice": _("The column %(column)s stands there twice."),
    "encoding_unknown": _(
        "The text is not UTF-8, and its encoding is not one of those known here (it may be %(encoding)s)."
    ),
    "encoding_wrong": _("The text cannot be read as %(encoding)s."),
    "binary": _("This is no table. Send CSV or XLSX."),
    "old_excel": _(
        "This is an older Excel file (.xls), or one with a password. Save it as XLSX or CSV, without a password."
    ),
    "open_document": _("This is an OpenDocument file. Save it as XLSX or CSV."),
    "other_zip": _("This is a packed file, but no Excel workbook."),
    "locked": _("The workbook is locked with a password. Save it without one."),
    "damaged": _("The workbook is damaged. Open it in your spreadsheet and save it again."),
    "bomb": _(
        "The workbook unpacks to far more than a list of organisations needs, so it was not opened. Save the list alone as CSV."
    ),
}

# What keeps a row from being taken.
FAULTS = {
    "required": _("This cell must not be empty."),
    "no_words": _("Write the name in words."),
    "too_long": _("Longer than %(most)d characters."),
    "formula": _(
        "This begins like a formula (= + - @) or is one. Write the value itself; put a word before a name that begins with such a sign."
    ),
    "telephone": _(
        "Telephone numbers are not kept here. Empty the cell, or write 00 for the + where the number belongs to a text."
    ),
    "error_value": _("The spreadsheet shows an error here, such as #N/A. Write the value itself."),
    "beyond": _("This cell stands beyond the last column that has a name. Is there a comma too many?"),
    "unknown_type": _("No such type. The template lists them."),
    "unknown_size": _("No such size. The template lists them."),
    "unknown_language": _("No such language. Write its code, such as lo, or its own name."),
    "no_degrees": _("Write degrees as a number, such as 17.96667, without minutes."),
    "no_website": _("This is no web address."),
    **{doubt.value: sentence for doubt, sentence in DOUBTS.items()},
}

# What should be looked at before a row is taken.
WARNINGS = {
    "zawgyi": _("Written in Zawgyi; it was turned into Unicode."),
    "unknown_province": _("No such province in ISO 3166-2; it is kept as it is written."),
    "several_towns": _(
        "%(count)d towns have this name, so no coordinates are taken. Name the province, or give coordinates."
    ),
    "same_in_file": _("Row %(row)d has this name too."),
    "same_site_in_file": _("Row %(row)d has this web site too."),
    "same_listed": _("An organisation of this name is listed already."),
    "same_site_listed": _("An organisation with this web site is listed already."),
}


def in_words(remark: Mapping[str, Any]) -> str:
    """The sentence of a fault or a warning as it is kept with a row."""
    code = str(remark["code"])
    sentence = FAULTS.get(code) or WARNINGS[code]
    return str(sentence) % dict(remark.get("facts", {})) if remark.get("facts") else str(sentence)


def refusal(reason: NotATable) -> Refused:
    """Why a file is not taken, and for a strange encoding how to save it anew."""
    sentence = str(FILES[reason.code])
    said = sentence % reason.facts if reason.facts else sentence
    return Refused([said, SAVE_ANEW] if reason.code.startswith("encoding") else [said])

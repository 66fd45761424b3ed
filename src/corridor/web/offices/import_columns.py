"""The table that an import wants: its columns explained for the reader, examples that are marked as such, and what was wrong as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corridor.directory.logic.listing import COLUMNS
from corridor.directory.models import Import, ImportedRow
from corridor.directory.rules.remarks import in_words
from corridor.directory.states import OrganisationType, SizeClass
from corridor.language.states import Language

EXPLAINED = {
    "name": gettext_lazy("Official name, in its own script. Must be there."),
    "name_language": gettext_lazy("Language of the official name, as a code."),
    "type": gettext_lazy("What it is. Must be there."),
    "size": gettext_lazy("How many people work there."),
    "place": gettext_lazy("Town or district, in any script."),
    "province": gettext_lazy("Province, by name or ISO 3166-2 code."),
    "latitude": gettext_lazy("Decimal degrees, such as 17.96667. Empty for a town that is known."),
    "longitude": gettext_lazy("Decimal degrees, such as 102.60000."),
    "website": gettext_lazy("Web address."),
    "about": gettext_lazy("What it does, in a few sentences. No names or numbers of persons."),
    "about_language": gettext_lazy("Language of this description, as a code."),
    "other_names": gettext_lazy("Other names and abbreviations, with semicolons between them."),
}
# Invented organisations; their rows begin with #, so that they are not taken.
EXAMPLES: tuple[dict[str, str], ...] = (
    {
        "name": "ສະຫະກອນກາເຟ ຕົວຢ່າງ", "name_language": "lo", "type": "cooperative", "size": "small", "place": "ປາກເຊ",
        "province": "Champasak", "website": "https://coffee.example", "other_names": "ECC; Example Coffee",
        "name_en": "Example Coffee Cooperative",
    },
    {
        "name": "Example Rice Institute", "name_language": "en", "type": "institute", "size": "medium", "place": "Example town",
        "latitude": "13.10270", "longitude": "103.19822", "about": "It breeds rice that stands in water.", "about_language": "en",
    },
)  # fmt: skip


def explanation(column: str) -> str:
    """What belongs into a column."""
    if column in EXPLAINED:
        return str(EXPLAINED[column])
    language = Language(column.removeprefix("name_")).label
    return _("Its name in this language: %(language)s") % {"language": language}


def allowed(column: str) -> str:
    """What a cell may hold where that is a list."""
    if column == "type":
        return _listed(OrganisationType.choices)
    if column == "size":
        return _listed(SizeClass.choices)
    if column.endswith("_language"):
        return _listed(settings.LANGUAGES)
    return ""


def _listed(choices: Sequence[tuple[str, object]]) -> str:
    return "; ".join(f"{code} = {label}" for code, label in choices)


def template_rows() -> list[list[str]]:
    """The head, a remark under each column, and examples."""
    remarks = [" ".join(part for part in (explanation(column), allowed(column)) if part) for column in COLUMNS]
    remarks[0] = f"# {remarks[0]} {_('Rows that begin with # are remarks and not taken.')}"
    rows = [list(COLUMNS), remarks]
    for example in EXAMPLES:
        cells = [example.get(column, "") for column in COLUMNS]
        cells[0] = f"# {_('Example, invented:')} {cells[0]}"
        rows.append(cells)
    return rows


def template_sheets() -> dict[str, list[list[str]]]:
    """The same as a workbook, with a sheet that explains."""
    explained = [[column, explanation(column), allowed(column)] for column in COLUMNS]
    return {
        "organisations": template_rows(),
        "explanation": [[_("Column"), _("What belongs there"), _("What a cell may hold")], *explained],
    }


def remark_rows(batch: Import) -> Iterator[list[object]]:
    """Every fault and every warning of an import, a row for each."""
    yield [_("Row"), _("Column"), _("What stands there"), _("Kind"), _("What is said of it")]
    for line in batch.lines.all().iterator(chunk_size=500):
        for kind, remarks in ((_("Fault"), line.faults), (_("Warning"), line.doubts)):
            for remark in remarks:
                yield [line.number, remark["column"], stands_there(line, remark["column"]), kind, in_words(remark)]


def stands_there(line: ImportedRow, column: str) -> str:
    """What was written in a cell, or its beginning."""
    return line.said.get(column, "")

"""Imports at a country desk: template, preview, faults to keep, taking, dropping, and files that mean harm."""

import csv
import io
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from corridor.directory.logic.listing import COLUMNS
from corridor.directory.models import Import, Organisation
from corridor.directory.operations.imports import carry_out
from corridor.directory.rules.remarks import FAULTS
from corridor.kernel.models import User
from tests import make

As = Callable[..., Client]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
LIST = "country-desk-imports"
GOOD = "name,type,place\nສະຫະກອນກາເຟ,cooperative,Pakse\nRice Works,enterprise,\n"
FAULTY = "name,type,website,phone\nWorks,castle,x,+856 21 123\n=1+1,enterprise,,\n"


def send(client: Client, content: str | bytes, *, name: str = "list.csv", **facts: str):
    """Send a table in."""
    data = content.encode() if isinstance(content, str) else content
    return client.post(reverse(LIST), {"table": SimpleUploadedFile(name, data), **facts})


def page_of(answer, client: Client) -> str:
    """The text of the page to which an answer leads."""
    return unescape(client.get(answer["Location"]).content.decode())


def workbook(*rows: list[object]) -> bytes:
    """A workbook as a spreadsheet saves it."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_an_import_reads_in_every_language(as_: As, language: str) -> None:
    client = as_(make.officer("LA"), language)
    assert client.get(reverse(LIST)).status_code == 200
    answer = send(client, FAULTY)
    assert [client.get(f"{answer['Location']}?show={show}").status_code for show in ("faults", "doubts", "rows")] == [
        200
    ] * 3
    assert client.get(reverse("country-desk-import-faults", args=[Import.objects.get().pk])).status_code == 200


def test_a_table_is_looked_at_and_then_taken(as_: As) -> None:
    client = as_(make.officer("LA"))
    answer = send(client, GOOD)
    batch = Import.objects.get()
    assert answer["Location"] == reverse("country-desk-import", args=[batch.pk])
    page = page_of(answer, client)
    assert "ສະຫະກອນກາເຟ" in page
    assert "Take all rows: 2" in page
    assert Organisation.objects.count() == 0
    client.post(answer["Location"], {"decision": "take"})
    assert sorted(one.native_name for one in Organisation.objects.with_names()) == ["Rice Works", "ສະຫະກອນກາເຟ"]
    assert "All rows were taken." in page_of(answer, client)


def test_a_workbook_is_taken_as_a_table(as_: As) -> None:
    client = as_(make.officer("LA"))
    answer = send(
        client, workbook(["name", "type", "latitude", "longitude"], ["Works", "hub", 17.9667, 102.6]), name="a.xlsx"
    )
    client.post(answer["Location"], {"decision": "take"})
    made = Organisation.objects.get()
    assert (made.type, str(made.latitude)) == ("hub", "17.96670")


def test_a_formula_of_a_workbook_is_refused_at_its_cell(as_: As) -> None:
    client = as_(make.officer("LA"))
    page = page_of(send(client, workbook(["name", "type"], ["=A1&A2", "hub"])), client)
    assert "This begins like a formula" in page
    assert 'name="decision" value="take" type="button" disabled' in page


def test_faults_stand_in_a_table_by_row_and_column_and_nothing_can_be_taken(as_: As) -> None:
    client = as_(make.officer("LA"))
    answer = send(client, FAULTY)
    page = page_of(answer, client)
    told = re.findall(
        r'<td class="number">(\d+)</td><th scope="row"><code>(.*?)</code></th><td dir="auto">(.*?)</td><td>(.*?)</td>',
        page,
    )
    assert told == [
        ("2", "type", "castle", "No such type. The template lists them."),
        ("2", "website", "x", "This is no web address."),
        (
            "3", "name", "=1+1",
            str(FAULTS["formula"]),
        ),
    ]  # fmt: skip
    assert 'These columns are not known and were left out: <code dir="auto">phone</code>' in page
    assert "All rows are taken or none. Mend the faults in your file and send it again." in page
    refused = client.post(answer["Location"], {"decision": "take"})
    assert (refused.status_code, Organisation.objects.count()) == (200, 0)


def test_faults_can_be_kept_as_a_table_that_no_spreadsheet_runs(as_: As) -> None:
    client = as_(make.officer("LA"))
    send(client, FAULTY)
    answer = client.get(reverse("country-desk-import-faults", args=[Import.objects.get().pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="corridor-faults.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert [row[:4] for row in rows[1:]] == [
        ["2", "type", "castle", "Fault"], ["2", "website", "x", "Fault"], ["3", "name", "'=1+1", "Fault"],
    ]  # fmt: skip


def test_what_is_listed_already_is_shown_with_a_way_to_it(as_: As) -> None:
    listed = make.organisation("LA", name="Rice works")
    client = as_(make.officer("LA"))
    page = page_of(send(client, GOOD), client)
    assert "An organisation of this name is listed already." in page
    assert reverse("organisation", args=[listed.pk]) in page


def test_a_strange_encoding_is_told_previewed_and_read_only_when_said(as_: As) -> None:
    client = as_(make.officer("TH"))
    text = "name,type\nมหาวิทยาลัยตัวอย่างแห่งหนึ่งในประเทศไทย,university\n"
    answer = send(client, text.encode("cp874"))
    page = page_of(answer, client)
    assert "This file is not UTF-8. It seems to be TIS-620 (Windows-874) and reads like this:" in page
    assert "มหาวิทยาลัยตัวอย่างแห่งหนึ่งในประเทศไทย" in page
    assert "Save it anew as UTF-8" in page
    without = client.post(answer["Location"], {"decision": "take"})
    assert "Say first that the text reads right in this encoding." in unescape(without.content.decode())
    assert Organisation.objects.count() == 0
    client.post(answer["Location"], {"decision": "take", "encoding": "cp874"})
    assert Organisation.objects.count() == 1


def test_dropping_leaves_nothing(as_: As) -> None:
    client = as_(make.officer("LA"))
    answer = send(client, GOOD)
    client.post(answer["Location"], {"decision": "drop"})
    assert (Organisation.objects.count(), Import.objects.get().state) == (0, "dropped")
    again = client.post(answer["Location"], {"decision": "take"})
    assert "taken or dropped in the meantime" in again.content.decode()
    assert Organisation.objects.count() == 0


def test_many_rows_can_be_left_and_found_again(as_: As) -> None:
    client = as_(make.officer("LA"))
    rows = "".join(f"Works {number},enterprise\n" for number in range(300))
    answer = send(client, f"name,type\n{rows}")
    client.post(answer["Location"], {"decision": "take"})
    page = page_of(answer, client)
    assert "0 of 300 rows are prepared. None is seen before all are." in page
    assert 'hx-trigger="every 3s"' in page
    assert "Being taken" in client.get(reverse(LIST)).content.decode()
    carry_out(str(Import.objects.get().pk))
    part = client.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "All rows were taken." in part
    assert ("<h1" in part, "hx-trigger" in part) == (False, False)


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "list.csv", "The submitted file is empty."),
        (b"%PDF-1.7", "list.csv", "This is no table. Send CSV or XLSX."),
        (b"PK\x03\x04nonsense", "list.xlsx", "The workbook is damaged."),
        (b"name,type\n" + b"a,b\n" * 200_000, "list.csv", "The file has more than 5000 rows."),
        (
            "name,type\nПриветствие всем людям,x\n".encode("koi8-r"),
            "list.csv",
            "its encoding is not one of those known here",
        ),
    ],
)
def test_what_is_no_table_is_said_at_the_file(as_: As, content: bytes, name: str, reason: str) -> None:
    answer = send(as_(make.officer("LA")), content, name=name)
    assert reason in " ".join(answer.context["form"].errors["table"])
    assert Import.objects.count() == 0


def test_a_file_that_is_too_large_is_not_kept_while_it_comes_in(as_: As, settings) -> None:
    settings.UPLOAD_BYTES = 1024 * 1024
    answer = send(as_(make.officer("LA")), b"name,type\n" + b"x" * 1_100_000)
    assert answer.context["form"].errors["table"] == ["The file is larger than 1 MB."]
    assert Import.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "shown"), [("../../x.csv", "x.csv"), ("<b>bold.csv", "<b>bold.csv"), ("x\u202egpj.csv", "xgpj.csv")]
)
def test_the_name_of_a_file_does_no_harm(as_: As, sent: str, shown: str) -> None:
    client = as_(make.officer("LA"))
    answer = send(client, GOOD, name=sent)
    assert Import.objects.get().file_name == shown
    assert "<b>bold" not in client.get(answer["Location"]).content.decode()


def test_an_import_needs_the_sign_of_this_site(as_: As) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.officer("LA"))
    assert send(client, GOOD).status_code == 403
    assert Import.objects.count() == 0


@pytest.mark.parametrize("somebody", ["person", "manager", "operator", "officer of another country"])
def test_nobody_else_sees_or_sends_an_import(as_: As, somebody: str) -> None:
    send(as_(make.officer("LA")), GOOD)
    batch = Import.objects.get()
    people: dict[str, User] = {
        "person": make.person("LA"),
        "manager": make.manager(make.organisation("LA", is_verified=True)),
        "operator": make.operator(),
        "officer of another country": make.officer("KH"),
    }
    client, before = as_(people[somebody]), Organisation.objects.count()
    one, kept = (reverse(name, args=[batch.pk]) for name in ("country-desk-import", "country-desk-import-faults"))
    assert [client.get(url).status_code for url in (one, kept)] == [404, 404]
    assert client.post(one, {"decision": "take"}).status_code == 404
    if somebody != "officer of another country":
        urls = [reverse(LIST), reverse("country-desk-import-template"), reverse("country-desk-import-workbook")]
        assert [client.get(url).status_code for url in urls] == [403] * 3
        assert send(client, GOOD).status_code == 403
    else:
        assert client.get(f"{reverse(LIST)}?country=LA").status_code == 404
        assert client.post(f"{reverse(LIST)}?country=LA", {}).status_code == 404
    batch.refresh_from_db()
    assert (batch.state, Import.objects.count(), Organisation.objects.count()) == ("previewed", 1, before)


def test_a_visitor_signs_in_first(as_: As) -> None:
    assert as_().get(reverse(LIST))["Location"].startswith(reverse("account_login"))


def test_the_template_explains_its_columns_and_its_examples_are_not_taken(as_: As) -> None:
    client = as_(make.officer("LA"))
    answer = client.get(reverse("country-desk-import-template"))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows[0] == list(COLUMNS)
    assert [row[0][0] for row in rows[1:]] == ["#", "#", "#"]
    assert "Example, invented:" in rows[2][0]
    again = send(client, answer.content)
    assert again.context["form"].errors["table"] == [
        "There is a head, but no row below it. Rows that begin with # are remarks."
    ]
    filled = answer.content.decode("utf-8-sig") + "Works,en,hub" + "," * (len(COLUMNS) - 3) + "\r\n"
    send(client, filled)
    assert (Import.objects.get().row_count, Import.objects.get().faulty_count) == (1, 0)


def test_the_workbook_has_the_same_and_a_sheet_that_explains(as_: As) -> None:
    client = as_(make.officer("LA"))
    content = client.get(reverse("country-desk-import-workbook")).content
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["organisations", "explanation"]
    assert [cell.value for cell in book["organisations"][1]] == list(COLUMNS)
    book["organisations"].append(["Works", "en", "hub"])
    file = io.BytesIO()
    book.save(file)
    send(client, file.getvalue(), name="filled.xlsx")
    assert (Import.objects.get().row_count, Import.objects.get().faulty_count) == (1, 0)


def test_the_examples_of_the_template_could_be_taken_if_they_were_no_examples(as_: As) -> None:
    client = as_(make.officer("KH"))
    rows = list(
        csv.reader(io.StringIO(client.get(reverse("country-desk-import-template")).content.decode("utf-8-sig")))
    )
    file = io.StringIO()
    csv.writer(file).writerows([rows[0], [rows[3][0].rpartition(": ")[2], *rows[3][1:]]])
    send(client, file.getvalue())
    assert (Import.objects.get().row_count, Import.objects.get().faulty_count) == (1, 0)


def queries(client: Client, url: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_the_lists_take_the_same_number_of_queries_whatever_they_hold(as_: As) -> None:
    client = as_(make.officer("LA"))
    first = send(client, GOOD)["Location"]
    few = (queries(client, reverse(LIST)), queries(client, first))
    second = send(client, "name,type\n" + "".join(f"Works {number},enterprise\n" for number in range(40)))["Location"]
    send(client, GOOD)
    assert (queries(client, reverse(LIST)), queries(client, second)) == few

"""What a file is, by its content and not by its name."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event
from corridor.matching.models import Attachment
from corridor.matching.operations import notices
from corridor.matching.operations.attachments import MOST_FILES, attach, detach, safe_name
from tests import make
from tests.matching.pictures import with_position

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20


def office(folder: str, *more: str) -> bytes:
    """An Office file of that kind."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in ("[Content_Types].xml", f"{folder}/main.xml", *more):
            archive.writestr(name, "<x/>")
    return content.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a browser sends it, with a type that says nothing true."""
    return SimpleUploadedFile(name, content, content_type="image/svg+xml")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.PDF", PDF, "application/pdf"),
        ("a.docx", office("word"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", office("xl"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.pptx", office("ppt"), "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("a.txt", "ສະບາຍດີ".encode(), "text/plain; charset=utf-8"),
        ("a.csv", b"name,price\r\nhusk,3\r\n", "text/csv; charset=utf-8"),
    ],
)
def test_what_is_allowed_is_kept_with_the_type_of_its_content(name, content, kind):
    notice = make.notice()
    made = attach(notice, by=notice.author, upload=upload(name, content))
    assert (made.name, made.content_type, made.size) == (name, kind, len(content))
    assert Path(made.file.path).read_bytes() == content
    assert Path(made.file.name).stem == made.pk.hex
    assert Event.objects.about(notice).last().facts == {"attachment": str(made.pk), "size": len(content)}


@pytest.mark.parametrize(("name", "kind"), [("a.png", "image/png"), ("a.jpg", "image/jpeg"), ("a.jpeg", "image/jpeg")])
def test_a_picture_is_kept_without_what_the_camera_wrote(name, kind):
    notice, given = make.notice(), with_position("PNG" if kind == "image/png" else "JPEG")
    made = attach(notice, by=notice.author, upload=upload(name, given))
    kept = Path(made.file.path).read_bytes()
    assert (made.content_type, made.size, b"Secret Camera" in given) == (kind, len(kept), True)
    assert [mark in kept for mark in (b"Secret Camera", b"GPS", b"Exif", b"eXIf")] == [False] * 4


MACRO = (
    "This file carries macros: small programs that run when it is opened. Save it without macros and attach it again."
)
PICTURE = "This picture cannot be read, or it has too many pixels."
LIES = "The content of this file is not what its name says."
KINDS = "Only PDF, PNG, JPEG, Word, Excel, PowerPoint, text and CSV files can be attached."


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", PNG, LIES),
        ("a.pdf", b"<html>%PDF-", LIES),
        ("a.png", b"MZ\x90\0", LIES),
        ("a.jpg", PDF, LIES),
        ("a.docx", office("xl"), LIES),
        ("a.docx", office("word", "word/vbaProject.bin"), MACRO),
        ("a.xlsx", office("xl", "xl/VBAPROJECT.BIN"), MACRO),
        ("a.xlsx", office("xl", "xl/macrosheets/sheet1.xml"), MACRO),
        ("a.png", PNG, PICTURE),
        ("a.jpg", JPEG, PICTURE),
        ("a.docx", b"PK\x03\x04", LIES),
        ("a.docx", PDF, LIES),
        ("a.txt", b"<svg onload=alert(1)>", LIES),
        ("a.txt", b"  \n<!DOCTYPE html>", LIES),
        ("a.csv", b"<?xml version='1.0'?>", LIES),
        ("a.txt", b"nul\0byte", LIES),
        ("a.txt", b"\xff\xfe\x00", LIES),
        ("a.txt", "ไทย".encode("cp874"), LIES),
        ("a.svg", b"<svg/>", KINDS),
        ("a.html", b"<p>", KINDS),
        ("a.exe", b"MZ", KINDS),
        ("a.zip", b"PK", KINDS),
        ("a.docm", office("word"), KINDS),
        ("a", b"text", KINDS),
        ("a.pdf.exe", PDF, KINDS),
        ("a.pdf", b"", "The file is empty."),
        ("a.pdf", PDF + b"x" * 3_000_000, "The file is larger than 2 MB."),
    ],
)
def test_what_is_not_allowed_or_lies_is_refused_and_nothing_is_kept(settings, name, content, reason):
    settings.UPLOAD_BYTES = 2 * 1024 * 1024
    notice = make.notice()
    before = Event.objects.count()
    with pytest.raises(Refused) as refusal:
        attach(notice, by=notice.author, upload=upload(name, content))
    assert [str(r) for r in refusal.value.reasons] == [reason]
    assert (Attachment.objects.count(), Event.objects.count()) == (0, before)
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\plan.pdf", "plan.pdf"),
        ('a<b>"c":d|e?.pdf', "a b c d e .pdf"),
        ("ແຜນ ງານ.pdf", "ແຜນ ງານ.pdf"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("a\u202etxt.pdf", "a txt.pdf"),
    ],
)
def test_names_lose_folders_and_what_browsers_and_shells_might_misread(given, kept):
    assert safe_name(given) == kept


def test_a_notice_has_eight_files_at_most():
    notice = make.notice()
    for number in range(MOST_FILES):
        attach(notice, by=notice.author, upload=upload(f"{number}.pdf", PDF))
    with pytest.raises(Refused) as refusal:
        attach(notice, by=notice.author, upload=upload("nine.pdf", PDF))
    assert str(refusal.value) == "A notice can have 8 files at most."
    assert Attachment.objects.count() == MOST_FILES


def test_people_from_outside_neither_attach_nor_remove():
    notice = make.notice()
    made = attach(notice, by=notice.author, upload=upload("a.pdf", PDF))
    for other in (make.member(), make.officer("LA"), make.operator()):
        with pytest.raises(Refused):
            attach(notice, by=other, upload=upload("b.pdf", PDF))
        with pytest.raises(Refused):
            detach(made, by=other)
    assert list(Attachment.objects.values_list("name", flat=True)) == ["a.pdf"]


def test_nothing_is_attached_while_the_text_waits_for_the_publisher():
    notice = make.submitted()
    with pytest.raises(Refused):
        attach(notice, by=notice.author, upload=upload("a.pdf", PDF))
    notices.take_back(notice, by=notice.author)
    attach(notice, by=notice.author, upload=upload("a.pdf", PDF))
    assert Attachment.objects.count() == 1


def test_a_removed_file_is_gone_from_the_disk_after_the_commit(committed_db):
    notice = make.notice()
    made = attach(notice, by=notice.author, upload=upload("a.pdf", PDF))
    path = Path(made.file.path)
    assert path.is_file()
    detach(made, by=notice.author)
    assert (path.exists(), Attachment.objects.count()) == (False, 0)
    assert [e.verb for e in Event.objects.about(notice)][-2:] == ["notice.file_attached", "notice.file_removed"]

"""Files beside a notice: what they really are decides, and they are handed out to keep only."""

import io
import re
import threading
import zipfile
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corridor.matching.models import Attachment
from corridor.matching.operations import notices
from tests import make
from tests.web.notices.pages import address, client_of, words

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n"


def docx(*names: str) -> bytes:
    """An Office file with these parts."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *names):
            archive.writestr(name, "<x/>")
    return kept.getvalue()


def attach(notice, name: str, content: bytes, **sent):
    """Send a file with the third step."""
    upload = SimpleUploadedFile(name, content)
    return client_of(notice.author).post(
        address("notice-readers", notice), {"visibility": "members", "go": "attach", "upload": upload, **sent}
    )


def handed_out(path: str, reader=None) -> int:
    """The answer to somebody who wants the file."""
    response = client_of(reader).get(path)
    if response.streaming:
        b"".join(response.streaming_content)  # read to its end, a file is closed
    return response.status_code


def test_a_pdf_is_attached_and_handed_out_to_keep():
    notice = make.notice()
    assert attach(notice, "plan of the dryer.pdf", PDF).status_code == 302
    kept = Attachment.objects.get()
    response = client_of(notice.author).get(f"/notices/files/{kept.pk}/")
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == 'attachment; filename="plan of the dryer.pdf"'
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("invoice.pdf", b"MZ\x90\x00\x03" * 40, "The content of this file is not what its name says."),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Only PDF, PNG"),
        ("notes.txt", b"<html><script>alert(1)</script></html>", "The content of this file is not what its name says."),
        ("macros.docm", docx("word/vbaProject.bin"), "Only PDF, PNG"),
        ("macros.docx", docx("word/vbaProject.bin"), "This file carries macros"),
        ("archive.docx", b"PK\x03\x04 broken", "The content of this file is not what its name says."),
        ("nothing.pdf", b"", "The file is empty."),
        ("page.html", b"<p>hello</p>", "Only PDF, PNG"),
        ("noname", PDF, "Only PDF, PNG"),
    ],
)
def test_what_is_disguised_or_unwanted_is_refused_at_its_field_and_the_rest_is_kept(name, content, sentence):
    notice = make.notice()
    response = attach(notice, name, content, is_anonymous="on")
    assert response.status_code == 400
    assert sentence in words(response)
    page = response.content.decode()
    assert 'id="id_upload_error"' in page
    assert re.search(r'value="members"[^>]* checked', page)
    assert not Attachment.objects.exists()


def test_a_clean_office_file_is_attached():
    notice = make.notice()
    assert attach(notice, "plan.docx", docx()).status_code == 302
    assert Attachment.objects.get().name == "plan.docx"


def test_a_name_cannot_turn_its_reading_order():
    notice = make.notice()
    attach(notice, "invoice\u202efdp.txt", b"hello")
    assert Attachment.objects.get().name == "invoicefdp.txt"


def test_too_large_a_file_is_refused_and_never_kept(settings, tmp_path):
    settings.UPLOAD_BYTES = 2 * 1024 * 1024
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "incoming")
    (tmp_path / "incoming").mkdir()
    notice = make.notice()
    response = attach(notice, "large.pdf", PDF + b"x" * (3 * 1024 * 1024))
    assert response.status_code == 400
    assert "The file is larger than 2 MB." in words(response)
    assert list((tmp_path / "incoming").iterdir()) == []
    assert not Attachment.objects.exists()


class Slowly(io.RawIOBase):
    """Fifty megabytes of form that are made while they are read."""

    def __init__(self, head: bytes, size: int, tail: bytes) -> None:
        self.pieces = self._pieces(head, size, tail)
        self.rest = b""

    def _pieces(self, head: bytes, size: int, tail: bytes) -> Iterator[bytes]:
        yield head
        for _ in range(size // 65536):
            yield b"x" * 65536
        yield tail

    def read(self, most: int = -1) -> bytes:
        if not self.rest:
            self.rest = next(self.pieces, b"")
        given, self.rest = (self.rest, b"") if most < 0 else (self.rest[:most], self.rest[most:])
        return given


def test_fifty_megabytes_stream_by_without_being_kept(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "incoming")
    (tmp_path / "incoming").mkdir()
    notice = make.notice()
    seen: list[int] = []
    watching = threading.Event()

    def watch() -> None:
        while not watching.wait(0.01):
            seen.extend(file.stat().st_size for file in (tmp_path / "incoming").glob("*"))

    watcher = threading.Thread(target=watch)
    watcher.start()
    size = 50 * 1024 * 1024
    head = (
        b'--edge\r\nContent-Disposition: form-data; name="visibility"\r\n\r\nmembers\r\n--edge\r\n'
        b'Content-Disposition: form-data; name="upload"; filename="large.pdf"\r\n\r\n%PDF-'
    )
    tail = b'\r\n--edge\r\nContent-Disposition: form-data; name="go"\r\n\r\nattach\r\n--edge--\r\n'
    browser = client_of(notice.author)
    try:
        response = browser.generic(
            "POST",
            address("notice-readers", notice),
            CONTENT_TYPE="multipart/form-data; boundary=edge",
            CONTENT_LENGTH=str(len(head) + size + len(tail)),
            **{"wsgi.input": Slowly(head, size, tail)},
        )
    finally:
        watching.set()
        watcher.join()
    assert response.status_code == 400
    assert "The file is larger than 10 MB." in words(response)
    assert max(seen, default=0) <= settings.UPLOAD_BYTES
    assert notice.latest.visibility == "members"  # what came before and after the file was read


def test_a_form_from_elsewhere_attaches_nothing():
    notice = make.notice()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(notice.author)
    sent = {"visibility": "public", "go": "attach", "upload": SimpleUploadedFile("a.pdf", PDF)}
    assert browser.post(address("notice-readers", notice), sent).status_code == 403
    assert not Attachment.objects.exists()


def test_a_file_is_removed():
    notice = make.notice()
    attach(notice, "plan.pdf", PDF)
    sent = {"visibility": "public", "detach": str(Attachment.objects.get().pk)}
    client_of(notice.author).post(address("notice-readers", notice), sent)
    assert not Attachment.objects.exists()


def test_files_are_for_those_who_read_the_notice():
    notice = make.notice()
    attach(notice, "plan.pdf", PDF, visibility="members")
    path = f"/notices/files/{Attachment.objects.get().pk}/"
    notices.submit(notice, by=notice.author)
    notices.publish(notice.latest, by=make.officer("LA"))
    assert handed_out(path, make.member(home="TH")) == 200
    assert handed_out(path, make.person()) == 404
    assert handed_out(path) == 404


def test_a_file_added_later_waits_for_the_publisher():
    notice = make.published()
    attach(notice, "later.pdf", PDF, visibility="public")
    path = f"/notices/files/{Attachment.objects.get().pk}/"
    assert handed_out(path) == 404
    assert "later.pdf" not in words(client_of().get(address("notice", notice)))
    assert handed_out(path, notice.author) == 200


def test_an_unnamed_organisation_gives_no_files_away():
    notice = make.notice(is_anonymous=True)
    attach(notice, "plan of Paksong.pdf", PDF, visibility="public", is_anonymous="on")
    notices.submit(notice, by=notice.author)
    notices.publish(notice.latest, by=make.officer("LA"))
    assert "plan of Paksong" not in client_of().get(address("notice", notice)).content.decode()
    assert client_of().get(f"/notices/files/{Attachment.objects.get().pk}/").status_code == 404

"""In development mail lies in a folder of this machine, and a page shows it there and nowhere else."""

import datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.web.site import settle

MAILBOX = "/mailbox/"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path, db: None) -> Path:
    """An empty mailbox."""
    settle(settings)
    settings.ROOT_URLCONF = "tests.web.mailbox.site"
    settings.EMAIL_BACKEND = "corridor.web.mailbox.backend.MailboxBackend"
    settings.ALLOWED_HOSTS = ["*"]
    settings.VAR = tmp_path
    return tmp_path / "mail"


@pytest.fixture
def near() -> Client:
    """A browser on the same machine."""
    return Client(HTTP_HOST="localhost:8000")


def only(folder: Path) -> str:
    """The path of the page of the only mail."""
    (file,) = folder.iterdir()
    return reverse("mail", args=[UUID(file.stem)])


def test_mail_is_kept_in_files_that_only_their_owner_reads(folder: Path) -> None:
    assert send_mail("Subject", "Text", "a@example.org", ["b@example.org"]) == 1
    (file,) = folder.iterdir()
    assert (file.suffix, file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (".eml", 0o600, 0o700)


def test_mail_is_listed_newest_first_with_subject_reader_and_time(near: Client) -> None:
    assert "No mail yet" in near.get(MAILBOX).content.decode()
    for number in range(3):
        send_mail(f"ເລື່ອງ {number}", "Text", "a@example.org", [f"b{number}@example.org"])
    mails = near.get(MAILBOX).context["mails"]
    assert [(mail.subject, mail.to) for mail in mails] == [(f"ເລື່ອງ {n}", f"b{n}@example.org") for n in (2, 1, 0)]
    age = datetime.datetime.now(datetime.UTC) - mails[0].at
    assert datetime.timedelta(seconds=-1) < age < datetime.timedelta(minutes=1)


def test_a_mail_is_shown_as_text_and_its_links_can_be_pressed(near: Client, folder: Path) -> None:
    link = "http://localhost:8000/account/login/link/WyJh:1vX:a-b_c/?next=%2Fdesk%2F"
    send_mail("Link", f"ສະບາຍດີ,\n\n{link}\n\n<script>alert(1)</script>", "a@example.org", ["b@example.org"])
    page = near.get(only(folder)).content.decode()
    assert f'<a href="{link}" rel="nofollow">' in page
    assert "ສະບາຍດີ" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_html_is_never_shown_as_html(near: Client, folder: Path) -> None:
    message = EmailMessage("Only HTML", "<img src=x onerror=alert(1)><b>bold</b>", "a@example.org", ["b@example.org"])
    message.content_subtype = "html"
    message.send()
    page = near.get(only(folder)).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;&lt;b&gt;bold" in page
    assert "this is its source" in page


def test_the_text_is_shown_where_there_is_also_html(near: Client, folder: Path) -> None:
    message = EmailMultiAlternatives("Both", "plain words", "a@example.org", ["b@example.org"])
    message.attach_alternative("<i>other words</i>", "text/html")
    message.attach("plan.csv", "=1+1", "text/csv")
    message.send()
    shown = near.get(only(folder)).context["mail"]
    assert (shown.text.strip(), shown.is_source, shown.attachments) == ("plain words", False, ("plan.csv",))


@pytest.mark.parametrize(
    "place",
    [
        {"HTTP_HOST": "corridor.example.org"},
        {"HTTP_HOST": "localhost", "REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
    ],
)
def test_there_is_no_mailbox_for_anybody_elsewhere(folder: Path, place: dict[str, str]) -> None:
    send_mail("Subject", "Text", "a@example.org", ["b@example.org"])
    client = Client(**place)
    assert [client.get(path).status_code for path in (MAILBOX, only(folder))] == [404, 404]


def test_there_is_no_mailbox_outside_development(near: Client, folder: Path, settings: Settings) -> None:
    send_mail("Subject", "Text", "a@example.org", ["b@example.org"])
    settings.DEVELOPMENT = False
    assert [near.get(path).status_code for path in (MAILBOX, only(folder))] == [404, 404]


@pytest.mark.parametrize("name", ["01a20000-0000-7000-8000-000000000001", "..%2Fsecret-key", "x"])
def test_a_mail_that_is_not_there_is_not_found(near: Client, folder: Path, name: str) -> None:
    (folder.parent / "secret-key").write_text("secret")
    assert near.get(f"{MAILBOX}{name}/").status_code == 404


def test_other_files_and_broken_mail_do_not_break_the_list(near: Client, folder: Path) -> None:
    send_mail("Subject", "Text", "a@example.org", ["b@example.org"])
    (folder / "notes.eml").write_text("not ours")
    (folder / "01a20000-0000-7000-8000-000000000001.eml").write_bytes(b"\xff\xfe\x00 broken")
    (folder / "01a20000-0000-7000-8000-000000000002.half").write_text("half")
    assert [mail.subject for mail in near.get(MAILBOX).context["mails"]] == ["Subject", ""]
    assert near.get(reverse("mail", args=["01a20000-0000-7000-8000-000000000001"])).status_code == 200

"""Verbs of files beside a notice: attach, after looking at what the file really is, and remove."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import puremagic
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from corridor.directory.operations.acting import hold_parties
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.kernel.operations import hold, record
from corridor.language.logic.words import tidy
from corridor.matching import rules
from corridor.matching.logic.pictures import FORMATS, UnreadableError, without_metadata
from corridor.matching.models import Attachment, Notice

MOST_FILES = 8
# What may be attached, by content: suffix → type. Nothing here runs in a browser: no HTML, no SVG, no macros.
ALLOWED = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
}
UNSAFE = re.compile(r'[\x00-\x1f\x7f"<>|:*?\\/\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
OFFICE = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACRO_PARTS = ("vbaproject", "vbadata", "macrosheets/", "activex/")
MACRO = _(
    "This file carries macros: small programs that run when it is opened. Save it without macros and attach it again."
)
HEADS = {".pdf": b"%PDF-", ".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}


@transaction.atomic
def attach(notice: Notice, *, by: User, upload: UploadedFile[Any]) -> Attachment:
    """Keep a file beside a notice. Its size and its content decide, not its name or what the browser says."""
    hold_parties(notice.organisation)
    hold(notice)
    rules.may_edit(by, notice).enforce()
    if notice.attachments.count() >= MOST_FILES:
        raise Refused([_("A notice can have %(most)d files at most.") % {"most": MOST_FILES}])
    kept = keepable(upload)
    made = Attachment(
        notice=notice,
        attached_by=by,
        name=safe_name(upload.name or ""),
        content_type=kept.content_type,
        size=kept.file.size,
    )
    made.file.save(f"{made.pk.hex}{PurePath(made.name).suffix.lower()}", kept.file, save=False)
    made.save()
    record("notice.file_attached", notice, by=by, attachment=made.pk, size=made.size)
    return made


@transaction.atomic
def detach(attachment: Attachment, *, by: User) -> None:
    """Remove a file for good."""
    notice = attachment.notice
    hold_parties(notice.organisation)
    hold(notice)
    rules.may_edit(by, notice).enforce()
    record("notice.file_removed", notice, by=by, attachment=attachment.pk)
    storage, name = attachment.file.storage, attachment.file.name
    attachment.delete()
    # Only a file nobody points to any more may go; a lost race leaves a stray file, never a record without one.
    transaction.on_commit(lambda: storage.delete(name or ""))


@dataclass(frozen=True)
class Keepable:
    """A file as it may be kept: its type by its content, its bytes, and whether a position was taken out of it."""

    content_type: str
    file: File[Any]
    had_position: bool = False


def keepable(upload: UploadedFile[Any]) -> Keepable:
    """Look at what a file is and take out of a picture what the camera wrote beside it. Raises `Refused` with the reason."""
    content_type = content_type_of(upload)
    upload.seek(0)
    if content_type not in FORMATS:
        return Keepable(content_type, upload)
    try:
        picture = without_metadata(upload.read(), content_type)
    except UnreadableError as error:
        raise Refused([_("This picture cannot be read, or it has too many pixels.")]) from error
    return Keepable(content_type, ContentFile(picture.content), picture.had_position)


def content_type_of(upload: UploadedFile[Any]) -> str:
    """What the file is by its content. Raises `Refused` when it is too large, empty, not allowed, or not what its name says."""
    size = upload.size or 0
    limit = settings.UPLOAD_BYTES
    if size > limit:
        raise Refused([_("The file is larger than %(megabytes)d MB.") % {"megabytes": limit // (1024 * 1024)}])
    if size == 0:
        raise Refused([_("The file is empty.")])
    suffix = PurePath(upload.name or "").suffix.lower()
    if suffix not in ALLOWED:
        raise Refused([_("Only PDF, PNG, JPEG, Word, Excel, PowerPoint, text and CSV files can be attached.")])
    upload.seek(0)
    content = upload.read()
    if suffix in OFFICE and has_macro(content):
        raise Refused([MACRO])
    if not _is_what_it_says(content, suffix):
        raise Refused([_("The content of this file is not what its name says.")])
    return ALLOWED[suffix]


def _is_what_it_says(content: bytes, suffix: str) -> bool:
    if suffix in HEADS:
        return content.startswith(HEADS[suffix])
    if suffix in OFFICE:
        return _is_office(content, OFFICE[suffix])
    return _is_text(content)


def _is_office(content: bytes, folder: str) -> bool:
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except zipfile.BadZipFile:
        return False
    return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)


def has_macro(content: bytes) -> bool:
    """Whether an Office file carries macros, by its content: parts of a zip (ECMA-376), or the old binary form (MS-OVBA §2.2.1)."""
    if content.startswith(OLE):
        return "VBA".encode("utf-16-le") in content or "Macros".encode("utf-16-le") in content
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        return any(mark in name.lower() for name in archive.namelist() for mark in MACRO_PARTS)
    except zipfile.BadZipFile:
        return False


def _is_text(content: bytes) -> bool:
    if b"\0" in content or re.match(rb"\s*(<\?xml|<!doctype|<html|<svg|<script)", content[:512], re.IGNORECASE):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    try:
        return not puremagic.from_string(content[:4096]).startswith((".exe", ".zip", ".elf"))
    except puremagic.PureError:
        return True


def safe_name(name: str) -> str:
    """The file's own name without folders, control characters and marks that turn the reading order, short enough to show."""
    plain = UNSAFE.sub(" ", tidy(PurePath(name.replace("\\", "/")).name).text).strip()
    suffix = PurePath(plain).suffix
    return f"{plain[: 150 - len(suffix)].removesuffix(suffix)}{suffix}" if plain else "file"
